"""A line through six points: its guesses and loss, what a nudge of w or b changes, the best line; also in words."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

X = np.arange(6.0)
Y = (1.2, 2.9, 3.2, 5.4, 5.6, 7.9)
NUDGE = 0.1


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
