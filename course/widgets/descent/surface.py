"""A loss of two parameters: its height and gradient, the part of it that is shown, and the goal of a descent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.widgets.descent.contours import Height, View, heights_on
from course.widgets.kit.formatting import number

Slope = Callable[[Any, Any], tuple[Any, Any]]
Reached = Callable[[np.ndarray], np.ndarray]
NUDGE = 1e-5
DONE = 0.01


@dataclass(frozen=True)
class Surface:
    """One loss of two parameters.

    Attributes
    ----------
    name, formula : str
    height : callable
        ``height(x, y)``, the loss.
    slope : callable
        ``slope(x, y)``, its two derivatives.
    view : tuple of float
        Left, right, bottom and top of the picture.
    start : tuple of float
    lr : float
        The learning rate of the first sight.
    rates : tuple of float
        The smallest and the largest rate worth trying.
    steps : int
    goal : str
        What counts as having arrived, in words; empty where the loss alone says so.
    goal_loss : float or None
        Below this loss a run has arrived; None where the place counts.
    reached : callable, optional
        ``reached(points)``, whether each point of a path is there, where the place counts.
    lowest : tuple of points
        Where the valleys are deepest.
    floor : float
        What is taken off the loss before its logarithm is drawn.
    axes : tuple of str
        What the two parameters are called.
    slope_from : str
        Where the slope comes from, in words.
    """

    name: str
    formula: str
    height: Height
    slope: Slope
    view: View
    start: tuple[float, float]
    lr: float
    rates: tuple[float, float]
    steps: int = 60
    goal: str = ""
    goal_loss: float | None = DONE
    reached: Reached | None = None
    lowest: tuple[tuple[float, float], ...] = ((0.0, 0.0),)
    floor: float = 0.0
    axes: tuple[str, str] = ("x", "y")
    slope_from: str = "a formula"

    @property
    def aim(self) -> str:
        """What counts as having arrived, in words."""
        below = None if self.goal_loss is None else f"loss below {number(self.goal_loss)}"
        return ", ".join(filter(None, (self.goal, below)))

    def arrived(self, points: np.ndarray, losses: np.ndarray) -> np.ndarray:
        """Whether each point of a path has arrived."""
        if self.reached is not None:
            return self.reached(points)
        return losses < (DONE if self.goal_loss is None else self.goal_loss)


def own_surface(loss: Height, gradient: Slope | None = None, view: View = (-5, 5, -5, 5), **given: Any) -> Surface:
    """The reader's own surface.

    Parameters
    ----------
    loss : callable
        ``loss(x, y)``, called with floats.
    gradient : callable, optional
        ``gradient(x, y)`` gives two numbers; left out, central differences of the loss stand in.
    view : tuple of float
    **given
        Any other attribute of :class:`Surface`.
    """
    left, right, bottom, top = view
    looks: dict[str, Any] = {
        "name": getattr(loss, "__name__", "").replace("<lambda>", "") or "your surface",
        "formula": "your own loss",
        "start": (left + 0.2 * (right - left), bottom + 0.7 * (top - bottom)),
        "lr": 0.05,
        "rates": (0.0005, 5.0),
        "lowest": (),
        "slope_from": "the one you gave" if gradient else "taken by finite differences",
    }
    slope = gradient or differences(loss)
    surface = Surface(**{**looks, **given, "height": loss, "slope": slope, "view": view})
    heights = heights_on(loss, view)[2]
    lowest = float(np.min(heights[np.isfinite(heights)], initial=np.inf))
    if "floor" not in given and np.isfinite(lowest) and lowest < 0:
        spread = float(np.max(heights[np.isfinite(heights)])) - lowest
        surface = Surface(**{**vars(surface), "floor": lowest - 1e-3 * spread})
    return surface


def differences(loss: Height, nudge: float = NUDGE) -> Slope:
    """The slope of a loss by central differences."""

    def slope(x: float, y: float) -> tuple[float, float]:
        along_x = (loss(x + nudge, y) - loss(x - nudge, y)) / (2 * nudge)
        along_y = (loss(x, y + nudge) - loss(x, y - nudge)) / (2 * nudge)
        return along_x, along_y

    return slope


def disagreement(surface: Surface, x: float, y: float) -> str:
    """Where the slope at a point is not what finite differences of the height give: both, in words; else empty."""
    given = np.asarray(surface.slope(x, y), dtype=float)
    measured = np.asarray(differences(surface.height)(x, y), dtype=float)
    if np.allclose(given, measured, rtol=1e-3, atol=1e-6):
        return ""
    here, told, witness = (f"({number(a)}, {number(b)})" for a, b in ((x, y), given, measured))
    return f"The gradient given at {here} is {told}; finite differences of the loss give {witness}."
