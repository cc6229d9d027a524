"""Unit 04, live: gradient descent on a surface, its path, its next step and its loss.

The trace is computed here with the student's function; drawing, playing and rewinding happen in the browser.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import traitlets

from course.widgets.descent.contours import View, contours
from course.widgets.descent.scene import scene, sentence, settings, told
from course.widgets.descent.still import picture as still_picture
from course.widgets.descent.surface import Slope, Surface, disagreement, own_surface
from course.widgets.descent.surfaces import SURFACES
from course.widgets.descent.trace import Trace, descend, plain_step, rolling_step
from course.widgets.kit.animation import Animation
from course.widgets.kit.assets import read_assets
from course.widgets.kit.standing_in import standing_in

SCRIPTS = (
    "kit/plane.js",
    "descent/paths.js",
    "kit/controls.js",
    "kit/playback.js",
    "kit/exchange.js",
    "descent/settings.js",
    "descent/player.js",
    "descent/figure.js",
)
MOST_STARTS = 8

Point = tuple[float, float]


class Descent(Animation):
    """The live figure; made by :func:`descent`.

    Attributes
    ----------
    wish : dict
        What the reader set: surface, x, y, lr, momentum, steps.
    scene : dict
        The surface: its contours, its view, its goal. Sent when the surface changes.
    run : dict
        The settings that were used, and what came of each start, in words.
    trace : bytes
        Of each start point, slope, velocity and loss after each step, 7 float64 a step.
    """

    advice = "The picture shows the last values that worked: move on, or mend it."
    _esm = read_assets(*SCRIPTS)
    _css = read_assets("kit/base.css", "descent/figure.css")
    trace = traitlets.Bytes().tag(sync=True)
    with_momentum = traitlets.Bool(False).tag(sync=True)
    surfaces = traitlets.List().tag(sync=True)

    def __init__(self, step: Any, momentum_step: Any, surfaces: dict[str, Surface], more: Sequence[Point]) -> None:
        self._step = standing_in("gd_step", step, plain_step)
        self._momentum_step = standing_in("momentum_step", momentum_step, rolling_step)
        self._surfaces = surfaces
        self._more = tuple(more)
        self.traces: tuple[Trace, ...] = ()
        super().__init__(surfaces=list(surfaces))

    @property
    def surface(self) -> Surface:
        """The one that is walked down."""
        return self._surfaces[self.run["surface"]]

    @property
    def badge(self) -> str:
        """Whose code takes the steps."""
        return self.run["badge"]

    def walk(self, wish: dict[str, Any]) -> None:
        """Compute a run with these settings and show it; what is left out has the surface's default."""
        name = wish.get("surface", next(iter(self._surfaces)))
        surface = self._surfaces[name]
        used = settings(surface, wish)
        start = (used["x"], used["y"])
        self.traces = tuple(self._descended(surface, place, used) for place in (start, *self._more))
        with self.hold_sync():
            if self.scene.get("name") != name:
                self.scene = scene(name, surface)
            self.trace = np.concatenate([trace.table() for trace in self.traces]).tobytes()
            self.run = {
                **used,
                "surface": name,
                "serial": wish.get("serial", 0),
                "badge": self._badge(surface, used["momentum"]),
                "sentence": sentence(surface, used, self.traces),
                "runs": [told(trace, surface) for trace in self.traces],
            }
            self._say_trouble(surface, start)

    def _descended(self, surface: Surface, place: Point, used: dict[str, Any]) -> Trace:
        return descend(
            surface,
            place,
            used["lr"],
            used["steps"],
            momentum=used["momentum"],
            gd_step=self._step.function,
            momentum_step=self._momentum_step.function,
        )

    def _badge(self, surface: Surface, momentum: float) -> str:
        badge = (self._momentum_step if momentum > 0 else self._step).badge
        if surface in SURFACES.values():
            return badge
        return f"{badge} The surface is your own; its gradient is {surface.slope_from}."

    def _say_trouble(self, surface: Surface, start: Point) -> None:
        error = next((trace.error for trace in self.traces if trace.error is not None), None)
        if error is not None:
            self.fail(error, "The picture shows the steps before it: mend the function and run this cell again.")
        else:
            self.trouble = disagreement(surface, *start)

    def still(self) -> bytes:
        """The run as it is set, drawn by matplotlib."""
        return still_picture(self.surface, self.traces, self.run)


def descent(
    step: Callable[..., Any] | None = None,
    momentum_step: Callable[..., Any] | None = None,
    *,
    surface: str | Surface | Callable[..., Any] = "ravine",
    gradient: Slope | None = None,
    view: View | None = None,
    goal: float | None = None,
    start: Point | None = None,
    starts: Sequence[Point] = (),
    lr: float | None = None,
    momentum: float | None = None,
    steps: int | None = None,
    guess_first: bool = True,
) -> Descent:
    """The live figure of unit 04: how big a step?

    Parameters
    ----------
    step : callable, optional
        The student's ``gd_step``. The course's own stands in until its check passes.
    momentum_step : callable, optional
        The student's; takes the steps where momentum is above 0. Given, the figure has a slider for momentum.
    surface : str, Surface or callable
        The name of one of the course's surfaces, or a loss of your own: ``my_loss(x, y)``, a number.
    gradient : callable, optional
        Of your own loss: ``my_gradient(x, y)``, two numbers. Left out, finite differences stand in.
    view : tuple of float, optional
        Left, right, bottom and top of the picture of your own surface.
    goal : float, optional
        The loss that counts as having arrived on your own surface, 0.01 where nothing is said.
    start : tuple of float, optional
    starts : sequence of points, optional
        Several starts at once, at most eight; the first one can be moved.
    lr, momentum, steps : float, float, int, optional
        What is set at first sight.
    guess_first : bool
        Whether the figure asks for a guess before it plays.

    Returns
    -------
    Descent
    """
    surfaces, chosen, problem = _surfaces_with(surface, gradient, view=view, goal_loss=goal)
    places = [(float(x), float(y)) for x, y in starts][:MOST_STARTS]
    first = start or (places[0] if places else None)
    figure = Descent(step, momentum_step, surfaces, places[1:])
    figure.guess_first = guess_first
    wish = {"surface": chosen, "lr": lr, "momentum": momentum or 0.0, "steps": steps}
    if first:
        wish |= {"x": float(first[0]), "y": float(first[1])}
    figure.walk({name: value for name, value in wish.items() if value is not None})
    figure.with_momentum = momentum_step is not None or momentum is not None
    if problem:
        figure.fail(problem, f"The {chosen} stands in for your surface: mend it and run this cell again.")
    return figure


def _surfaces_with(surface: Any, gradient: Any, **looks: Any) -> tuple[dict[str, Surface], str, Exception | None]:
    """The surfaces to choose from, the one to begin with, and what went wrong with the reader's own."""
    if isinstance(surface, str):
        if surface not in SURFACES:
            raise ValueError(f"There is no surface {surface!r}; there are: {', '.join(SURFACES)}. Or give a function.")
        return SURFACES, surface, None
    given = {name: value for name, value in looks.items() if value is not None}
    try:
        own = surface if isinstance(surface, Surface) else own_surface(surface, gradient, **given)
        contours(own.height, own.view)
    except Exception as error:  # whatever the reader's function does, the figure appears
        return SURFACES, next(iter(SURFACES)), error
    return {own.name: own, **SURFACES}, own.name, None
