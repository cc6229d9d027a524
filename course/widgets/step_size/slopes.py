"""Numerical derivatives with steps of every size, and the digits that cancel in the subtraction (unit 02)."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

EACH_DECADE = 4
STEPS = np.array([float(f"{10 ** (-k / EACH_DECADE):.15g}") for k in range(16 * EACH_DECADE + 1)])
ONE_SIDE, BOTH_SIDES = "to one side: from x to x + h", "to both sides: from x - h to x + h"
PRECISIONS: dict[str, type[np.floating]] = {"float64": np.float64, "float32": np.float32}
DIGITS = {"float64": 17, "float32": 9}


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
