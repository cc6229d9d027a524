"""Unit 02, live: why not make h as small as possible?

The error of a measured slope against the step, the secant at the chosen step, and the digits that cancel.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ipywidgets
import numpy as np

from course.widgets import step_picture
from course.widgets.controls import Gate, choice, rate_slider
from course.widgets.panel import Panel
from course.widgets.standing_in import standing_in

EACH_DECADE = 4
STEPS = np.array([float(f"{10 ** (-k / EACH_DECADE):.15g}") for k in range(16 * EACH_DECADE + 1)])
START = 1e-12
ONE_SIDE, BOTH_SIDES = "to one side: from x to x + h", "to both sides: from x - h to x + h"
PRECISIONS: dict[str, type[np.floating]] = {"float64": np.float64, "float32": np.float32}
DIGITS = {"float64": 17, "float32": 9}
QUESTION = "Where is the lowest point of the error to both sides? Move the grey V, then see."


@dataclass(frozen=True)
class Scene:
    """A function, where its slope is measured, and the slope that is right."""

    f: Callable[[Any], Any]
    x: float
    slope: float


def with_gaps(f: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The function, with NaN where it is not defined."""

    def gapped(x: Any) -> Any:
        try:
            return f(x)
        except (ValueError, ArithmeticError):
            return math.nan

    return gapped


def sigmoid(x: Any) -> Any:
    """The S-shaped curve from 0 to 1, in the precision of x."""
    return (1 + np.tanh(x / 2)) / 2


SCENES = {
    "sin at x = 1": Scene(np.sin, 1.0, math.cos(1.0)),
    "x³ at x = 2": Scene(lambda x: x**3, 2.0, 12.0),
    "exp at x = 1": Scene(np.exp, 1.0, math.e),
    "sigmoid at x = 1": Scene(sigmoid, 1.0, (1 - math.tanh(0.5) ** 2) / 4),
    "ReLU at x = 0.001": Scene(lambda x: np.maximum(x, 0), 1e-3, 1.0),
}


def own_derivative(f: Callable[[Any], Any], x: Any, h: Any = 1e-5) -> Any:
    """The course's slope to both sides, while the student's is not right yet."""
    rise = f(x + h) - f(x - h)
    return rise / h / 2


def reference(f: Callable[[Any], Any], x: float) -> float:
    """The slope of any smooth function to about 11 digits, by Richardson's extrapolation.

    Source: Press et al. 2007, *Numerical Recipes*, sec. 5.7.
    """
    row = [float(own_derivative(f, x, 0.1 / 2**k)) for k in range(6)]
    for order in range(1, 6):
        row = [(4**order * finer - coarser) / (4**order - 1) for coarser, finer in zip(row, row[1:], strict=False)]
    return row[0]


@np.errstate(all="ignore")
def slopes(scene: Scene, precision: str, derivative: Callable[..., Any]) -> dict[str, np.ndarray]:
    """The slope as measured with each of ``STEPS``, to one side and to both."""
    kind = PRECISIONS[precision]
    at = kind(scene.x)
    here = scene.f(at)
    one = [float((scene.f(at + kind(h)) - here) / kind(h)) for h in STEPS]
    both = [float(derivative(scene.f, at, kind(h))) for h in STEPS]
    return {ONE_SIDE: np.array(one), BOTH_SIDES: np.array(both)}


def best_step(errors: np.ndarray) -> tuple[float, float]:
    """The power of ten with the least error, and that error: between them lie lucky points."""
    decades = np.where(np.isfinite(errors), errors, np.inf)[::EACH_DECADE]
    return float(STEPS[::EACH_DECADE][decades.argmin()]), float(decades.min())


@dataclass(frozen=True)
class Subtraction:
    """Two numbers and their difference, digit below digit, and how many columns cancel.

    Attributes
    ----------
    high, low, difference : str
        With as many decimals as the larger number has digits for.
    lost : int
        Digits that the larger number has and the difference has no longer.
    columns : tuple of int
        From which character to which they stand; equal where nothing cancels.
    """

    high: str
    low: str
    difference: str
    lost: int
    columns: tuple[int, int]


@np.errstate(all="ignore")
def subtraction(scene: Scene, h: float, scheme: str, precision: str) -> Subtraction:
    """The two values whose difference makes the slope, and what is left of their digits."""
    kind, digits = PRECISIONS[precision], DIGITS[precision]
    at, step = kind(scene.x), kind(h)
    high = scene.f(at + step)
    low = scene.f(at if scheme == ONE_SIDE else at - step)
    values = [float(value) for value in (high, low, high - low)]
    if not all(map(math.isfinite, values)):
        return Subtraction(str(values[0]), str(values[1]), str(values[2]), 0, (0, 0))
    first = math.floor(math.log10(max(abs(values[0]), abs(values[1])) or 1.0))
    decimals = max(digits - 1 - first, 0)
    written = [f"{value: .{decimals}f}" for value in values]
    size = max(len(text) for text in written)
    texts = [text.rjust(size) for text in written]
    left = next((k for k, mark in enumerate(texts[2]) if mark in "123456789"), size)
    start = min(next((k for k, mark in enumerate(t) if mark in "123456789"), size) for t in texts[:2])
    lost = sum(mark.isdigit() for mark in texts[2][start:left])
    return Subtraction(texts[0], texts[1], texts[2], lost, (start, max(start, left)))


class StepSize:
    """The figure: its controls, and what each of them does."""

    def __init__(self, derivative: Any, scenes: dict[str, Scene]) -> None:
        self.code = standing_in("numerical_derivative", derivative, own_derivative)
        self.scenes = scenes
        self.h = rate_slider("step h", START, 1e-16, 1.0, factor=10 ** (1 / EACH_DECADE), readout=".1e")
        self.scheme = choice("measured", (BOTH_SIDES, ONE_SIDE), BOTH_SIDES)
        self.scene = choice("function", tuple(scenes), next(iter(scenes)))
        self.precision = choice("numbers", tuple(PRECISIONS), "float64")
        self.view = step_picture.StepPicture()
        self.panel = Panel(
            self.view.picture.image,
            name="The error of a measured slope against the step h",
            badge=self.code.badge,
            still=self.view.picture.still,
        )
        self._measured: tuple[Any, dict[str, np.ndarray]] = ((), {})
        show = self.panel.safely(lambda change: self.show())
        for control in (self.h, self.scheme, self.scene, self.precision):
            control.observe(show, "value")
        self.guess = GuessedV(self.panel.safely(self.view.guess))
        self.gate = Gate(QUESTION, self.guess, self.panel.safely(self.opened))
        self.panel.controls = [self.gate]
        self.panel.safely(self.show)()
        self.panel.say(f"The error of the slope of {self.scene.value}, against the step h, is hidden. {QUESTION}")

    def errors(self) -> dict[str, np.ndarray]:
        """How far each measured slope is off; measured anew only where the function or the precision changed."""
        asked = (self.scene.value, self.precision.value)
        scene = self.scenes[self.scene.value]
        if self._measured[0] != asked:
            self._measured = (asked, slopes(scene, self.precision.value, self.code.function))
        return {scheme: np.abs(measured - scene.slope) for scheme, measured in self._measured[1].items()}

    def opened(self, guess: tuple[float, float] | None) -> None:
        """The question is answered: the errors and the controls appear."""
        self.view.reveal(guess is not None)
        self.panel.controls = [self.h, self.scheme, self.scene, self.precision]
        self.show("" if guess is None else f"You guessed h = {guess[0]:.0e}. ")

    def show(self, before: str = "") -> None:
        """Draw everything as the controls have it, and say the numbers."""
        scene, scheme, errors = self.scenes[self.scene.value], self.scheme.value, self.errors()
        at = int(np.abs(np.log(STEPS / self.h.value)).argmin())
        measured = float(self._measured[1][scheme][at])
        digits = subtraction(scene, STEPS[at], scheme, self.precision.value)
        shown = step_picture.Shown(self.scene.value, scene, self.precision.value, scheme, at, measured, errors, digits)
        self.view.draw(shown)
        self.panel.say(before + sentence(shown))


class GuessedV(ipywidgets.VBox):
    """Two sliders that move the lowest point of a V; ``value`` is (h, error)."""

    def __init__(self, moved: Callable[[float, float], None]) -> None:
        self.h = rate_slider("guess: best h", 1e-12, 1e-16, 1.0, factor=10.0, readout=".0e")
        self.error = rate_slider("guess: error there", 1e-6, 1e-14, 1.0, factor=10.0, readout=".0e")
        super().__init__([self.h, self.error])
        for control in self.children:
            control.observe(lambda change: moved(*self.value), "value")
        moved(*self.value)

    @property
    def value(self) -> tuple[float, float]:
        """Where the reader puts the lowest point."""
        return self.h.value, self.error.value


def sentence(shown: "step_picture.Shown") -> str:
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
