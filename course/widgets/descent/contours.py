"""The heights of a surface on a grid, and its lines of equal height."""

from collections.abc import Callable
from typing import Any

import numpy as np

Height = Callable[[Any, Any], Any]
View = tuple[float, float, float, float]
GRID = 121
COARSE = 61


def heights_on(height: Height, view: View, points: int = GRID) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A grid over the view and the heights on it.

    Returns
    -------
    xs, ys : ndarrays, shape (points,)
        Fewer where the height takes only two numbers at a time.
    heights : ndarray, shape (points, points)
        One row for each y.
    """
    left, right, bottom, top = view
    with np.errstate(all="ignore"):
        xs, ys = np.linspace(left, right, points), np.linspace(bottom, top, points)
        heights = _all_at_once(height, xs, ys)
        if heights is None:
            xs, ys = np.linspace(left, right, COARSE), np.linspace(bottom, top, COARSE)
            heights = np.array([[float(height(x, y)) for x in xs.tolist()] for y in ys.tolist()])
    return xs, ys, heights


def _all_at_once(height: Height, xs: np.ndarray, ys: np.ndarray) -> np.ndarray | None:
    """The heights on a grid from one call with arrays; None where the function is not written for arrays."""
    try:
        heights = np.asarray(height(*np.meshgrid(xs, ys)), dtype=float)
        corner = float(height(float(xs[-1]), float(ys[0])))
    except Exception:  # a function of two numbers may do anything with arrays
        return None
    fits = heights.shape == (len(ys), len(xs)) and np.isclose(heights[0, -1], corner, equal_nan=True)
    return heights if fits else None


def contours(height: Height, view: View, count: int = 16) -> list[tuple[float, list[np.ndarray]]]:
    """Lines of equal height: for each level its lines, each of shape (n, 2)."""
    from contourpy import contour_generator

    xs, ys, heights = heights_on(height, view)
    seen = np.where(np.isfinite(heights), heights, np.nan)
    if np.isnan(seen).all():
        return []
    bottom, top = np.nanmin(seen), np.nanquantile(seen, 0.98)
    # Evenly spaced roots: near the bottom, where a path ends, the lines lie closer in height.
    levels = bottom + (top - bottom) * (np.arange(1, count + 1) / count) ** 2
    generator = contour_generator(xs, ys, np.ma.masked_invalid(seen))
    return [(float(level), [np.asarray(line) for line in generator.lines(level)]) for level in levels]
