"""Unit 01, live: what does one point cost, and where is the best line?

Six points, a line, a true square on each error, and the loss of all lines around as a map.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import ipywidgets
import numpy as np

from course.widgets.kit.controls import Gate, choice, slider, tick
from course.widgets.kit.panel import Panel
from course.widgets.kit.standing_in import standing_in
from course.widgets.kit.strips import Frame, Strips, Values
from course.widgets.line_fit.picture import LinePicture

X = np.arange(6.0)
Y = (1.2, 2.9, 3.2, 5.4, 5.6, 7.9)
NUDGE = 0.1
W_RANGE, B_RANGE, POINT_RANGE = (-1.0, 3.0), (-1.0, 7.0), (0.0, 10.0)
QUESTION = "Turn w up by 0.1, or b up by 0.1: which lowers the loss more?"
GUESSES = ("w", "b", "neither of them")


@dataclass(frozen=True)
class Fit:
    """Points, a line, and the functions that guess and judge.

    Parameters
    ----------
    predict : callable
        (x, w, b) to guesses.
    mse : callable
        (guesses, y) to the loss.
    w, b : float
        The line.
    points : tuple of float
        Their heights; that of the sixth point is ``last``.
    last : float
    centred : bool
        Whether x is counted from its mean.
    """

    predict: Callable[..., Any]
    mse: Callable[..., Any]
    w: float = -0.5
    b: float = 6.0
    points: tuple[float, ...] = Y
    last: float = Y[-1]
    centred: bool = False

    @property
    def x(self) -> np.ndarray:
        """Where the points stand, as the line counts it; shape (6,)."""
        return X - X.mean() if self.centred else X.copy()

    @property
    def y(self) -> np.ndarray:
        """Their heights, shape (6,)."""
        return np.array([*self.points[:-1], self.last])

    @property
    def guesses(self) -> np.ndarray:
        """The heights of the line at the points, shape (6,)."""
        return np.array(self.predict(self.x, self.w, self.b), dtype=float)

    @property
    def areas(self) -> np.ndarray:
        """The square on each error, shape (6,)."""
        return np.square(self.guesses - self.y)

    def loss(self, w: float | None = None, b: float | None = None) -> float:
        """The loss of this line, or of another one."""
        guesses = self.predict(self.x, self.w if w is None else w, self.b if b is None else b)
        return float(self.mse(guesses, self.y))

    def nudged(self) -> dict[str, float]:
        """How much the loss changes when w or b alone is turned up or down by 0.1."""
        here = self.loss()
        return {
            "w+": self.loss(w=self.w + NUDGE) - here,
            "w-": self.loss(w=self.w - NUDGE) - here,
            "b+": self.loss(b=self.b + NUDGE) - here,
            "b-": self.loss(b=self.b - NUDGE) - here,
        }

    def best(self) -> tuple[float, float]:
        """The slope and intercept with the least mean of squares."""
        slope, intercept = np.polyfit(self.x, self.y, 1)
        return float(slope), float(intercept)

    def elongation(self) -> float:
        """How many times as long as wide the curves of equal loss are: 1 for circles."""
        bend = 2 * np.array([[np.mean(self.x**2), self.x.mean()], [self.x.mean(), 1.0]])
        flat, steep = np.linalg.eigvalsh(bend)
        return float(np.sqrt(steep / flat))

    def losses(self, ws: np.ndarray, bs: np.ndarray) -> np.ndarray:
        """The loss of every line (w, b); shape (len(bs), len(ws))."""
        x, y = self.x, self.y
        return np.array([[float(self.mse(self.predict(x, w, b), y)) for w in ws] for b in bs])

    def recounted(self, centred: bool) -> "Fit":
        """The same line with x counted from its mean, or from 0."""
        shift = X.mean() * self.w * (int(centred) - int(self.centred))
        return replace(self, centred=centred, b=self.b + shift)


def sentence(fit: Fit) -> str:
    """The state in words: the loss with its numbers put in, the dearest point, two nudges, the best line."""
    areas, nudged = fit.areas, fit.nudged()
    dearest = int(areas.argmax())
    share = areas[dearest] / areas.sum() if areas.sum() else 0.0
    summed = " + ".join(f"{area:.2f}" for area in areas)
    w, b = fit.best()
    return (
        f"Line w = {fit.w:.2f}, b = {fit.b:.2f}. Loss ({summed}) / 6 = {fit.loss():.3f}. "
        f"Point {dearest + 1} owns {share:.0%} of it. "
        f"w + 0.1 changes the loss by {nudged['w+']:+.2f}, b + 0.1 by {nudged['b+']:+.2f}. "
        f"Best line: w = {w:.3f}, b = {b:.3f}, loss {fit.loss(w, b):.3f}. "
        f"The curves of equal loss are {fit.elongation():.1f} times as long as wide."
    )


def verdict(fit: Fit, guess: str | None) -> str:
    """What the reader's guess was worth; empty where none was made."""
    if guess is None:
        return ""
    nudged = fit.nudged()
    falls = {name: nudged[f"{name}+"] for name in "wb"}
    lower = min(falls, key=lambda name: falls[name])
    right = lower if falls[lower] < 0 else "neither of them"
    return f"You said {guess}: {'right' if guess == right else f'it is {right}'}. "


def own_predict(x: np.ndarray, w: float, b: float) -> np.ndarray:
    """The course's guesses, while the student's are not right yet."""
    return np.polyval([w, b], x)


def own_mse(y_hat: np.ndarray, y: np.ndarray) -> float:
    """The course's loss, while the student's is not right yet."""
    errors = np.subtract(y_hat, y).ravel()
    return float(errors.dot(errors) / errors.size)


class LineFit:
    """The figure: its controls, and what each of them does."""

    def __init__(self, predict: Any = None, mse: Any = None, points: Sequence[float] = Y) -> None:
        guesses, loss = standing_in("predict", predict, own_predict), standing_in("mse", mse, own_mse)
        self.fit = Fit(guesses.function, loss.function, points=tuple(points), last=float(points[-1]))
        self.view = LinePicture(W_RANGE, B_RANGE)
        self.w = slider("slope w", self.fit.w, *W_RANGE, 0.05)
        self.b = slider("intercept b", self.fit.b, *B_RANGE, 0.1)
        self.last = slider("height of point 6", self.fit.last, *POINT_RANGE, 0.1)
        self.centred = tick("centre x: count x from its mean, 2.5")
        self.panel = Panel(
            self.view.picture.film,
            name="A line through six points, with the squares on its errors and the map of its loss",
            badge=f"{guesses.badge} {loss.badge}",
            still=lambda: self.view.picture.still(self.view.moving(self.fit, self.fit)),
        )
        self._settled: Any = None
        sliders = {"w": self.w, "b": self.b, "last": self.last}
        # Each height of point 6 has a map of its own: too much to draw ahead.
        self.strips = Strips(self.view.picture.film, sliders, self._frame, self.panel.say, ahead=("w", "b"))
        self._turning = False
        self._connect()
        self.gate = Gate(QUESTION, choice("your guess", GUESSES, "w"), self.panel.safely(self.opened))
        self.panel.controls = [self.gate]
        self.panel.safely(self.strips.show)(said="Six points and a line, with a square on each error. " + QUESTION)

    def _connect(self) -> None:
        changed, turned = self.panel.safely(self._changed), self.panel.safely(self._turned)
        for control in (self.w, self.b, self.last):
            control.observe(changed, "value")
        self.centred.observe(turned, "value")

    def _changed(self, change: Any) -> None:
        if not self._turning:
            self.strips.moved()
            self.fit = self._fit(self.strips.now)

    def _turned(self, change: Any) -> None:
        """The line stays where it is; its b is another number."""
        self.fit = self.fit.recounted(self.centred.value)
        self._turning = True
        self.b.value = self.fit.b
        self._turning = False
        self.strips.show()

    def opened(self, guess: str | None) -> None:
        """The question is answered: the map and the sliders appear."""
        self.view.reveal()
        self._settled = None
        self.panel.controls = [self.w, self.b, self.last, self.centred]
        self.strips.show(verdict(self.fit, guess))

    def _fit(self, values: Values) -> Fit:
        return replace(self.fit, w=values["w"], b=values["b"], last=values["last"])

    def _frame(self, values: Values, before: Values) -> Frame:
        """The line with these values; the map is drawn anew where it is another one."""
        fit = self._fit(values)
        shapes = self.view.moving(fit, self._fit(before))
        frame = Frame(self.view.picture.markup(shapes), sentence(fit))
        if self._settled != (fit.last, fit.centred):
            self.view.settle(fit)
            self._settled = (fit.last, fit.centred)
        return frame


def line_fit(predict: Any = None, mse: Any = None, *, points: Sequence[float] = Y) -> ipywidgets.Widget:
    """What does one point cost, and where is the best line?

    Parameters
    ----------
    predict, mse : callables, optional
        The student's own functions of unit 01.
    points : sequence of float
        The heights of six points of your own, at x = 0, 1, … 5; from 0 to 10 to be seen.

    Returns
    -------
    Panel
        Shown by the cell that it ends.
    """
    if len(points) != len(X) or not np.all(np.isfinite(points)):
        raise ValueError(f"points takes {len(X)} numbers, the heights at x = 0, 1, … {len(X) - 1}.")
    return LineFit(predict, mse, points).panel
