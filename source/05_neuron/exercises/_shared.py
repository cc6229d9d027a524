"""Unit 05: what several exercises share."""

import numpy as np


def labels(rng, n):
    """Zeros and ones in any order, both of them there, and not equally many."""
    ones = int(rng.integers(2, n // 2))
    return rng.permutation(np.repeat([1, 0], [ones, n - ones]))


def logits_and_labels(rng):
    """Some logits, right and wrong ones among both kinds of rows."""
    n = int(rng.choice([7, 9, 11, 13]))
    return dict(z=rng.normal(0.3, 1.5, size=n), y=labels(rng, n))


def large_positive_logits(rng):
    """Rows that are sure of class 1, rightly and wrongly."""
    z, y = np.array([1000.0, 1000.0, 60.0, 0.5]), np.array([1, 0, 0, 1])
    order = rng.permutation(4)
    return dict(z=z[order], y=y[order])


def large_negative_logits(rng):
    """Rows that are sure of class 0, rightly and wrongly."""
    z, y = np.array([-1000.0, -1000.0, -45.0, 0.5]), np.array([0, 1, 1, 0])
    order = rng.permutation(4)
    return dict(z=z[order], y=y[order])


def sure_and_right(rng):
    """Rows that are sure of the truth: each has a slope of 0, and nothing else hides a small one."""
    order = rng.permutation(4)
    return dict(z=np.array([1000.0, 60.0, -1000.0, -60.0])[order], y=np.array([1, 1, 0, 0])[order])


def large_logits_and_labels(rng):
    """Rows that are sure: of the truth and of its opposite, benign and malignant."""
    z = np.array([1000.0, -1000.0, 1000.0, -1000.0, 60.0, -45.0, 0.5])
    order = rng.permutation(7)
    return dict(z=z[order], y=np.array([1, 1, 0, 0, 0, 1, 1])[order])
