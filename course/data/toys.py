"""Toy data in the plane, made from a seed: two classes that no straight line separates.

Each function returns ``x`` of shape (N, 2) and ``y`` of shape (N,), integers 0 and 1, in mixed order; n rows in all,
half of them (one more of class 0 where n is odd) of each class.
"""

import numpy as np

RADIUS = 1.6
"""Of the disc in :func:`circle`: it covers half of the square."""
GAP = 0.15
TURNS = 1.25
Points = tuple[np.ndarray, np.ndarray]


def xor(n: int, seed: int) -> Points:
    """Class 1 where the two coordinates have different signs, class 0 where they have the same.

    Parameters
    ----------
    n : int
        Rows.
    seed : int

    Returns
    -------
    x : ndarray, shape (n, 2)
        Between -2 and 2, at least 0.15 from both axes.
    y : ndarray of int, shape (n,)
    """
    rng = np.random.default_rng(seed)
    y = _labels(n)
    size = rng.uniform(GAP, 2, size=(n, 2))
    sign = np.where(np.arange(n) // 2 % 2, 1.0, -1.0)
    x = size * np.column_stack([sign, np.where(y == 1, -sign, sign)])
    return _mixed(x, y, rng)


def circle(n: int, seed: int) -> Points:
    """Class 1 inside a disc of radius 1.6, class 0 around it, in a square.

    Parameters
    ----------
    n : int
        Rows.
    seed : int

    Returns
    -------
    x : ndarray, shape (n, 2)
        Between -2 and 2, at least 0.15 from the rim.
    y : ndarray of int, shape (n,)
    """
    rng = np.random.default_rng(seed)
    tried = rng.uniform(-2, 2, size=(20 * n + 100, 2))
    far = np.hypot(*tried.T)
    inside, outside = tried[far < RADIUS - GAP], tried[far > RADIUS + GAP]
    y = _labels(n)
    ones = int(y.sum())
    x = np.empty((n, 2))
    x[y == 1], x[y == 0] = inside[:ones], outside[: n - ones]
    return _mixed(x, y, rng)


def moons(n: int, seed: int) -> Points:
    """Two half circles that reach into each other, with noise.

    Parameters
    ----------
    n : int
        Rows.
    seed : int

    Returns
    -------
    x : ndarray, shape (n, 2)
        About between -2 and 2.
    y : ndarray of int, shape (n,)
    """
    rng = np.random.default_rng(seed)
    y = _labels(n)
    angle = rng.uniform(0, np.pi, size=n)
    side = np.where(y == 1, 1.0, -1.0)
    x = np.column_stack([1.2 * np.cos(angle) - 0.6 * side, side * (1.2 * np.sin(angle) - 0.3)])
    return _mixed(x + rng.normal(0, 0.12, size=(n, 2)), y, rng)


def spirals(n: int, seed: int) -> Points:
    """Two spirals that wind around each other, with a little noise.

    Parameters
    ----------
    n : int
        Rows.
    seed : int

    Returns
    -------
    x : ndarray, shape (n, 2)
        About between -2 and 2.
    y : ndarray of int, shape (n,)
    """
    rng = np.random.default_rng(seed)
    y = _labels(n)
    way = np.sqrt(rng.uniform(0.03, 1, size=n))
    angle = 2 * np.pi * TURNS * way + np.pi * y
    x = 2 * way[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return _mixed(x + rng.normal(0, 0.05, size=(n, 2)), y, rng)


def _labels(n: int) -> np.ndarray:
    return np.arange(n) % 2


def _mixed(x: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> Points:
    order = rng.permutation(len(y))
    return x[order], y[order]
