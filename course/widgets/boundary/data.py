"""The data sets of unit 09: the course's toy data, or the reader's own points."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from course.data import toys

SEED = 0
POINTS = 200
MOST_POINTS = 400
TOYS = {"circle": toys.circle, "XOR": toys.xor, "moons": toys.moons, "spiral": toys.spirals}
REACH = 2.3
MARGIN = 1.1


@dataclass(frozen=True, eq=False)
class Points:
    """Points of two classes, and half a side of the square that is drawn around them.

    Attributes
    ----------
    x : ndarray, shape (N, 2)
    y : ndarray of int, shape (N,)
    reach : float
    """

    x: np.ndarray
    y: np.ndarray
    reach: float


def toy(name: str, seed: int) -> Points:
    """Data of the course by their name in the menu: as many as in the unit."""
    return Points(*TOYS[name](POINTS, seed), REACH)


def own_points(x: Any, y: Any) -> Points:
    """The reader's own rows and labels, as points.

    Raises
    ------
    ValueError
    """
    rows, labels = np.array(x, dtype=float), np.array(y)
    if rows.ndim != 2 or rows.shape[1] != 2 or not 2 <= len(rows) <= MOST_POINTS:
        raise ValueError(f"x takes 2 to {MOST_POINTS} rows of two numbers; its shape is {rows.shape}.")
    if labels.shape != (len(rows),) or not np.isin(labels, (0, 1)).all() or len(set(labels.tolist())) < 2:
        raise ValueError("y takes a 0 or a 1 for each row of x, and both must occur.")
    if not np.isfinite(rows).all() or not rows.any():
        raise ValueError("x holds nothing but zeros, or infinite numbers, or nan: leave those rows out.")
    return Points(rows, labels.astype(int), MARGIN * float(np.abs(rows).max()))
