"""Data to learn from and data held out: which rows go where depends on the seed alone."""

from importlib import resources
from typing import Any, NamedTuple

import numpy as np


class Split(NamedTuple):
    """Rows to train with and rows held out; ``x`` (N, D), ``y`` (N,) integers."""

    x_train: np.ndarray
    y_train: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray
    features: tuple[str, ...] = ()


class ThreeWaySplit(NamedTuple):
    """Rows to train with, rows to choose by, and rows held out until the end; ``x`` (N, D), ``y`` (N,) integers."""

    x_train: np.ndarray
    y_train: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray


def split(x: np.ndarray, y: np.ndarray, held_out: int, seed: int = 0, features: tuple[str, ...] = ()) -> Split:
    """Hold some rows out, in an order that the seed decides.

    Parameters
    ----------
    x : array of shape (N, D)
    y : array of shape (N,)
    held_out : int
        How many rows the test set gets; at least 1, and fewer than N.
    seed : int
        The same seed gives the same rows.
    features : tuple of str
        Names of the columns, if there are any.

    Returns
    -------
    Split

    Raises
    ------
    ValueError
        If x and y differ in length, or held_out leaves one of the two sets empty.
    """
    if len(x) != len(y):
        raise ValueError(f"x has {len(x)} rows and y {len(y)}: each row needs its label.")
    if not 0 < held_out < len(x):
        raise ValueError(f"{held_out} of {len(x)} rows can't be held out: both sets need at least one row.")
    order = np.random.default_rng(seed).permutation(len(x))
    test, train = order[:held_out], order[held_out:]
    return Split(x[train], y[train], x[test], y[test], features)


def breast_cancer(seed: int = 0) -> Split:
    """Breast cancer Wisconsin (diagnostic): cell nuclei measured in images, benign (0) or malignant (1).

    Parameters
    ----------
    seed : int
        Which 142 of the 569 rows are held out.

    Returns
    -------
    Split
        ``x`` (427, 30) and (142, 30) as measured; ``features`` holds the 30 names.

    Source: Street, Wolberg and Mangasarian 1993, by the UCI Machine Learning Repository. CC BY 4.0.
    """
    stored = _stored("breast_cancer.npz")
    return split(stored["x"], stored["y"].astype(int), 142, seed, tuple(stored["features"].tolist()))


def digits(seed: int = 0) -> ThreeWaySplit:
    """Handwritten digits, 8 by 8 pixels, each row of the image after the other.

    Parameters
    ----------
    seed : int
        Which 500 of the 1,797 images are held out, and which 273 are there to choose by.

    Returns
    -------
    ThreeWaySplit
        ``x`` (1024, 64), (273, 64) and (500, 64), from 0 (paper) to 1 (ink); ``y`` the digit, 0 to 9.

    Source: Alpaydin and Kaynak 1998, by the UCI Machine Learning Repository. CC BY 4.0.
    """
    stored = _stored("digits.npz")
    x, y, x_test, y_test, _ = split(stored["images"] / 16.0, stored["y"].astype(int), 500, seed)
    return ThreeWaySplit(x[273:], y[273:], x[:273], y[:273], x_test, y_test)


def _stored(name: str) -> dict[str, Any]:
    with (resources.files("course.data") / name).open("rb") as file, np.load(file) as arrays:
        return dict(arrays)
