"""The course's own surfaces: bowl, ravine, two valleys, saddle, plateau, Rosenbrock, and w1·w2."""

from typing import Any

import numpy as np

from course.widgets.descent.surface import Surface


def _two_valleys_slope(x: Any, y: Any) -> tuple[Any, Any]:
    return x * (x**2 - 2) + 0.3, y


def _rosenbrock_slope(x: Any, y: Any) -> tuple[Any, Any]:
    bend = y - x**2
    return -2 * (1 - x) - 40 * x * bend, 20 * bend


def _product_slope(w1: Any, w2: Any) -> tuple[Any, Any]:
    error = w1 * w2 - 1
    return error * w2, error * w1


def _plateau_slope(x: Any, y: Any) -> tuple[Any, Any]:
    fall = np.exp(-(x**2 + y**2) / 2)
    return x * fall, y * fall


BOWL = Surface(
    name="bowl",
    formula="½(x² + y²)",
    height=lambda x, y: 0.5 * (x**2 + y**2),
    slope=lambda x, y: (x, y),
    view=(-5, 5, -5, 5),
    start=(-4, 1),
    lr=0.3,
    rates=(0.005, 2.3),
)
RAVINE = Surface(
    name="ravine",
    formula="½(x² + 20y²)",
    height=lambda x, y: 0.5 * (x**2 + 20 * y**2),
    slope=lambda x, y: (x, 20 * y),
    view=(-5, 5, -2.2, 2.2),
    start=(-4, 1),
    lr=0.09,
    rates=(0.005, 0.25),
)
TWO_VALLEYS = Surface(
    name="two valleys",
    formula="¼(x² − 2)² + 0.3x + ½y²",
    height=lambda x, y: 0.25 * (x**2 - 2) ** 2 + 0.3 * x + 0.5 * y**2,
    slope=_two_valleys_slope,
    view=(-2.7, 2.7, -1.5, 1.5),
    start=(2.2, 1),
    lr=0.1,
    rates=(0.005, 1.0),
    goal="the deeper valley",
    goal_loss=-0.42,
    lowest=((-1.48397, 0.0), (1.33222, 0.0)),
    floor=-0.43498,
)
SADDLE = Surface(
    name="saddle",
    formula="½x² − ½y² + 0.05y⁴",
    height=lambda x, y: 0.5 * x**2 - 0.5 * y**2 + 0.05 * y**4,
    slope=lambda x, y: (x, 0.2 * y**3 - y),
    view=(-3, 3, -3.2, 3.2),
    start=(-2, 0.001),
    lr=0.1,
    rates=(0.005, 2.2),
    steps=100,
    goal="off the saddle, |y| above 1",
    goal_loss=None,
    reached=lambda points: np.abs(points[:, 1]) > 1,
    lowest=((0.0, 5**0.5), (0.0, -(5**0.5))),
    floor=-1.2500001,
)
PLATEAU = Surface(
    name="plateau",
    formula="1 − exp(−(x² + y²)/2)",
    height=lambda x, y: 1 - np.exp(-(x**2 + y**2) / 2),
    slope=_plateau_slope,
    view=(-5, 5, -5, 5),
    start=(3, 0),
    lr=0.1,
    rates=(0.005, 2.5),
    steps=200,
)
ROSENBROCK = Surface(
    name="Rosenbrock",
    formula="(1 − x)² + 10(y − x²)²",
    height=lambda x, y: (1 - x) ** 2 + 10 * (y - x**2) ** 2,
    slope=_rosenbrock_slope,
    view=(-2, 2, -1, 3),
    start=(-1.2, 1),
    lr=0.01,
    rates=(0.001, 0.1),
    steps=400,
    lowest=((1.0, 1.0),),
)
PRODUCT = Surface(
    name="w1*w2",
    formula="½(w₁·w₂ − 1)²",
    height=lambda w1, w2: 0.5 * (w1 * w2 - 1) ** 2,
    slope=_product_slope,
    view=(-2, 2, -2, 2),
    start=(0.55, -0.45),
    lr=0.15,
    rates=(0.005, 1.5),
    lowest=((1.0, 1.0), (-1.0, -1.0)),
    axes=("w₁", "w₂"),
)

SURFACES: dict[str, Surface] = {
    surface.name: surface for surface in (RAVINE, BOWL, TWO_VALLEYS, SADDLE, PLATEAU, ROSENBROCK, PRODUCT)
}
"""The course's own surfaces by name; the first one is shown first."""
