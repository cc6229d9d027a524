"""Unit 02, live: why not make h as small as possible?

The error of a measured slope against the step, the secant at the chosen step, and the digits that cancel.
"""

from collections.abc import Callable
from typing import Any

import ipywidgets
import numpy as np

from course.widgets.kit.controls import Gate, choice, rate_slider
from course.widgets.kit.film import Frame, Strips, Values
from course.widgets.kit.panel import Panel
from course.widgets.kit.standing_in import standing_in
from course.widgets.step_size.picture import Shown, StepPicture
from course.widgets.step_size.slopes import (
    BOTH_SIDES,
    DIGITS,
    EACH_DECADE,
    ONE_SIDE,
    PRECISIONS,
    SCENES,
    STEPS,
    Scene,
    best_step,
    own_derivative,
    reference,
    slopes,
    subtraction,
    with_gaps,
)

START = 1e-12
QUESTION = "Where is the lowest point of the error to both sides? Move the grey V, then see."


class StepSize:
    """The figure: its controls, and what each of them does."""

    def __init__(self, derivative: Any, scenes: dict[str, Scene]) -> None:
        self.code = standing_in("numerical_derivative", derivative, own_derivative)
        self.scenes = scenes
        self.h = rate_slider("step h", START, 1e-16, 1.0, factor=10 ** (1 / EACH_DECADE), readout=".1e")
        self.scheme = choice("measured", (BOTH_SIDES, ONE_SIDE), BOTH_SIDES)
        self.scene = choice("function", tuple(scenes), next(iter(scenes)))
        self.precision = choice("numbers", tuple(PRECISIONS), "float64")
        self.guess = GuessedV()
        self.view = StepPicture()
        film = self.view.picture.film
        self.panel = Panel(
            film, name="The error of a measured slope against the step h", badge=self.code.badge, still=self._still
        )
        self._measured: tuple[Any, dict[str, np.ndarray]] = ((), {})
        self._settled: Any = None
        self._guessed = True
        sliders = {"h": self.h, "guessed h": self.guess.h, "guessed error": self.guess.error}
        self.strips = Strips(film, sliders, self._frame, self.panel.say)
        self._connect()
        self.gate = Gate(QUESTION, self.guess, self.panel.safely(self.opened))
        self.panel.controls = [self.gate]
        self.panel.safely(self.strips.show)()

    def _connect(self) -> None:
        moved, show = (
            self.panel.safely(lambda change: self.strips.moved()),
            self.panel.safely(lambda change: self.strips.show()),
        )
        for slider in self.strips.sliders.values():
            slider.observe(moved, "value")
        for menu in (self.scheme, self.scene, self.precision):
            menu.observe(show, "value")

    def errors(self) -> dict[str, np.ndarray]:
        """How far each measured slope is off; measured anew only where the function or the precision changed."""
        asked = (self.scene.value, self.precision.value)
        scene = self.scenes[self.scene.value]
        if self._measured[0] != asked:
            self._measured = (asked, slopes(scene, self.precision.value, self.code.function))
        return {scheme: np.abs(measured - scene.slope) for scheme, measured in self._measured[1].items()}

    def opened(self, guess: tuple[float, float] | None) -> None:
        """The question is answered: the errors and the controls appear."""
        self.view.reveal()
        self._settled, self._guessed = None, guess is not None
        self.panel.controls = [self.h, self.scheme, self.scene, self.precision]
        self.strips.show("" if guess is None else f"You guessed h = {guess[0]:.0e}. ")

    def shown(self, h: float) -> Shown:
        """What the menus and this step ask for."""
        scene, scheme, errors = self.scenes[self.scene.value], self.scheme.value, self.errors()
        at = int(np.abs(np.log(STEPS / h)).argmin())
        measured = float(self._measured[1][scheme][at])
        digits = subtraction(scene, STEPS[at], scheme, self.precision.value)
        return Shown(self.scene.value, scene, self.precision.value, scheme, at, measured, errors, digits)

    def _frame(self, values: Values, before: Values) -> Frame:
        shown = self.shown(values["h"])
        asked = (shown.name, shown.precision, shown.scheme)
        if self._settled != asked:
            self.view.settle(shown, ghost=self._settled is not None and self._settled[:2] != asked[:2])
            self._settled = asked
        markup = self.view.picture.markup(self._shapes(shown, values))
        hidden = f"The error of the slope of {shown.name}, against the step h, is hidden. {QUESTION}"
        return Frame(markup, sentence(shown) if self.view.shown else hidden)

    def _shapes(self, shown: Shown, values: Values) -> list[Any]:
        guess = (values["guessed h"], values["guessed error"])
        return self.view.moving(shown, guess if self._guessed else None)

    def _still(self) -> tuple[bytes, str]:
        return self.view.picture.still(self._shapes(self.shown(self.h.value), self.strips.values()))


class GuessedV(ipywidgets.VBox):
    """Two sliders that move the lowest point of a V; ``value`` is (h, error)."""

    def __init__(self) -> None:
        self.h = rate_slider("guess: best h", 1e-12, 1e-16, 1.0, factor=10.0, readout=".0e")
        self.error = rate_slider("guess: error there", 1e-6, 1e-14, 1.0, factor=10.0, readout=".0e")
        super().__init__([self.h, self.error])

    @property
    def value(self) -> tuple[float, float]:
        """Where the reader puts the lowest point."""
        return self.h.value, self.error.value


def sentence(shown: Shown) -> str:
    """The state in words: what was measured, what cancelled, and which power of ten is best."""
    h, digits = STEPS[shown.at], DIGITS[shown.precision]
    best = {scheme: best_step(errors) for scheme, errors in shown.errors.items()}
    way = shown.scheme.split(":")[0]
    return (
        f"{shown.name}, {shown.precision}, {way}, h = {h:.1e}: measured {shown.measured:.10g}, "
        f"exact {shown.scene.slope:.10g}, error {shown.errors[shown.scheme][shown.at]:.2g}. "
        f"{shown.digits.lost} of {digits} digits cancel in the subtraction. "
        f"Of the powers of ten, h = {best[BOTH_SIDES][0]:.0e} is best to both sides (error {best[BOTH_SIDES][1]:.0e}) "
        f"and h = {best[ONE_SIDE][0]:.0e} to one side (error {best[ONE_SIDE][1]:.0e})."
    )


def step_size(
    numerical_derivative: Any = None, f: Callable[[Any], Any] | None = None, x: float = 1.0, slope: float | None = None
) -> ipywidgets.Widget:
    """Why not make h as small as possible?

    Parameters
    ----------
    numerical_derivative : callable, optional
        The student's own function of unit 02.
    f : callable, optional
        A function of your own, of one number; it comes first in the menu.
    x : float
        Where its slope is measured.
    slope : float, optional
        Its exact slope there; without it, one extrapolated to about 11 digits.

    Returns
    -------
    Panel
        Shown by the cell that it ends.
    """
    scenes = dict(SCENES)
    if f is not None:
        own = Scene(with_gaps(f), x, reference(f, x) if slope is None else slope)
        scenes = {f"your function at x = {x:g}": own, **scenes}
    return StepSize(numerical_derivative, scenes).panel
