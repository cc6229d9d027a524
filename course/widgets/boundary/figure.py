"""Unit 09, live: what does one hidden unit contribute, while the network trains?

The training, and every map, is computed here with the student's functions; drawing and playing happen in the browser.
"""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import numpy as np
import traitlets

from course.widgets.boundary.data import SEED, TOYS, Points, own_points, toy
from course.widgets.boundary.networks import OWN, Network, start, trainer
from course.widgets.boundary.still import picture as still_picture
from course.widgets.boundary.training import MOST_STEPS, STEPS, Maps, Trace, maps, train
from course.widgets.boundary.words import badge, sentence, told
from course.widgets.kit.animation import Animation
from course.widgets.kit.assets import read_assets
from course.widgets.kit.standing_in import standing_in

SCRIPTS = (
    "kit/plane.js",
    "kit/controls.js",
    "kit/playback.js",
    "kit/exchange.js",
    "boundary/field.js",
    "boundary/units.js",
    "boundary/player.js",
    "boundary/figure.js",
)
MOST_HIDDEN = 16
RATES = (0.01, 100.0)
GAP_SCALE = 1000
"""A difference of logits is sent as a whole number of thousandths, up to ±32."""
UNIT_SCALE, POINT_SCALE = 127, 32767


class Boundary(Animation):
    """The live figure; made by :func:`boundary`.

    Attributes
    ----------
    wish : dict
        What the reader set: data, hidden, lr, seed, equal, off.
    scene : dict
        The points and the plane around them. Sent when the data change.
    run : dict
        The settings that were used, the kept steps, and what came of them, in words.
    gap, units, point_gap, point_units, weights, losses : bytes
        After each kept step: the maps as whole numbers (int16, int8), the points (float32, int16), and W1, b1, the
        difference of the two columns of W2, and that of b2 (float64). And the loss after every step (float64).
    """

    _esm = read_assets(*SCRIPTS)
    _css = read_assets("kit/base.css", "boundary/figure.css")
    gap = traitlets.Bytes().tag(sync=True)
    units = traitlets.Bytes().tag(sync=True)
    point_gap = traitlets.Bytes().tag(sync=True)
    point_units = traitlets.Bytes().tag(sync=True)
    weights = traitlets.Bytes().tag(sync=True)
    losses = traitlets.Bytes().tag(sync=True)

    def __init__(self, answers: dict[str, Any], data: dict[str, Points], steps: int) -> None:
        self.network, self.badge = _stand_ins(answers)
        self.steps = steps
        self._data = data
        self._trained: tuple[tuple[Any, ...], Trace] | None = None
        self.trace: Trace
        self.maps: Maps
        super().__init__()

    @property
    def points(self) -> Points:
        """Those that are learned now."""
        return self._data[self.run["data"]]

    def walk(self, wish: dict[str, Any]) -> None:
        """Train with these settings and show it; what is left out has its default."""
        used = settings(wish, tuple(self._data))
        points = self._data[used["data"]]
        trace = self._trace(used, points)
        seen = maps(self.network, trace, points.x, points.reach, tuple(used["off"]))
        self.trace, self.maps = trace, seen
        with self.hold_sync():
            if self.scene.get("name") != used["data"]:
                self.scene = self._scene(used["data"], points)
            for name, numbers in _numbers(trace, seen).items():
                self.set_trait(name, numbers.tobytes())
            self.run = {
                **used,
                **told(trace, seen, points.y),
                "serial": wish.get("serial", 0),
                "badge": self.badge,
                "sentence": sentence(used, trace, seen, points.y),
            }
            self.trouble = ""
            if trace.error is not None:
                self.fail(trace.error)

    def _trace(self, used: dict[str, Any], points: Points) -> Trace:
        """A training, or the last one where only a plug was pulled."""
        key = (self.network, *(used[name] for name in ("data", "hidden", "lr", "seed", "equal")))
        if self._trained is None or self._trained[0] != key:
            params = start(self.network, used["hidden"], used["seed"], used["equal"])
            self._trained = key, train(self.network, params, points.x, points.y, used["lr"], self.steps)
        return self._trained[1]

    def _scene(self, name: str, points: Points) -> dict[str, Any]:
        return {
            "name": name,
            "menu": list(self._data),
            "x": np.round(points.x, 4).tolist(),
            "y": points.y.tolist(),
            "reach": points.reach,
            "rates": list(RATES),
            "most_hidden": MOST_HIDDEN,
        }

    def still(self) -> bytes:
        """The run as it is set, drawn by matplotlib."""
        return still_picture(self.points, self.trace, self.maps, self.run)


def settings(wish: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The settings of a run: what was wished, within limits, and the defaults for the rest."""
    hidden = min(max(int(wish.get("hidden", 2)), 1), MOST_HIDDEN)
    return {
        "data": wish["data"] if wish.get("data") in names else names[0],
        "hidden": hidden,
        "lr": abs(float(wish.get("lr", 1.0))),
        "seed": abs(int(wish.get("seed", 0))),
        "equal": bool(wish.get("equal", False)),
        "off": sorted({int(unit) for unit in wish.get("off", ()) if 0 <= int(unit) < hidden}),
    }


def _stand_ins(answers: dict[str, Any]) -> tuple[Network, str]:
    """The network of those functions that pass their checks, and of the course's own; and the words for it."""
    stands = {name: standing_in(name, answer, getattr(OWN, name)) for name, answer in answers.items()}
    network = Network(**{name: stand.function for name, stand in stands.items()})
    if not stands["train_two_layer"].yours:
        network = replace(network, train_two_layer=trainer(network.two_layer_forward, network.two_layer_backward))
    return network, badge({name: stand.yours for name, stand in stands.items()})


def _numbers(trace: Trace, seen: Maps) -> dict[str, np.ndarray]:
    """What the browser draws from, by the trait's name."""

    def whole(values: np.ndarray, scale: int, kind: type[np.signedinteger[Any]]) -> np.ndarray:
        most = np.iinfo(kind).max
        return np.rint(np.clip(np.nan_to_num(values) * scale, -most, most)).astype(kind)

    weights = [
        np.concatenate([p["W1"][0], p["W1"][1], p["b1"], p["W2"] @ [-1, 1], [p["b2"] @ [-1, 1]]]) for p in trace.params
    ]
    return {
        "gap": whole(seen.gap, GAP_SCALE, np.int16),
        "units": whole(np.moveaxis(seen.units, 3, 1), UNIT_SCALE, np.int8),
        "point_gap": seen.point_gap.astype(np.float32),
        "point_units": whole(seen.point_units, POINT_SCALE, np.int16),
        "weights": np.array(weights, dtype=float),
        "losses": trace.losses.astype(float),
    }


def boundary(
    init_two_layer: Callable[..., Any] | None = None,
    two_layer_forward: Callable[..., Any] | None = None,
    two_layer_backward: Callable[..., Any] | None = None,
    train_two_layer: Callable[..., Any] | None = None,
    *,
    data: str = "circle",
    x: Any = None,
    y: Any = None,
    hidden: int = 2,
    lr: float = 1.0,
    seed: int = 0,
    steps: int = STEPS,
    guess_first: bool = True,
) -> Boundary:
    """The live figure of unit 09: what does one hidden unit contribute?

    Parameters
    ----------
    init_two_layer, two_layer_forward, two_layer_backward, train_two_layer : callable, optional
        The student's. The course's own stand in until their checks pass.
    data : str
        "circle", "XOR", "moons" or "spiral": 200 points each.
    x : array of shape (N, 2), optional
        Rows of your own, of size about 1: standardise them first.
    y : array of int, shape (N,), optional
        0 or 1 for each of them.
    hidden, lr, seed : int, float, int
        Units, learning rate and seed of the start at first sight.
    steps : int
        Of each training, at most 10,000.
    guess_first : bool
        Whether the figure asks for a guess before it plays.

    Returns
    -------
    Boundary
    """
    given = (init_two_layer, two_layer_forward, two_layer_backward, train_two_layer)
    answers = {field.name: answer for field, answer in zip(fields(Network), given, strict=True)}
    points = {name: toy(name, SEED) for name in TOYS}
    if x is not None:
        points, data = {"yours": own_points(x, y), **points}, "yours"
    elif data not in points:
        raise ValueError(f"There are no data {data!r}; there are: {', '.join(points)}. Or give x and y.")
    figure = Boundary(answers, points, min(max(int(steps), 1), MOST_STEPS))
    figure.guess_first = guess_first
    wish = {"data": data, "hidden": hidden, "lr": lr, "seed": seed}
    try:
        figure.walk(wish)
    except Exception as error:  # the student's function raised at once: the figure appears all the same
        figure.network = OWN
        figure.badge = "The course's functions are running, since one of yours raised an exception."
        figure.walk(wish)
        figure.fail(error)
    return figure
