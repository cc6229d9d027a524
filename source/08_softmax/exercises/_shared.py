"""Unit 08: what several exercises share."""

import numpy as np

SIZES = ((5, 3), (7, 3), (7, 4), (9, 4), (8, 5), (11, 3))
"""N and C: coprime, and N large enough for every class to occur."""


def logits(rng):
    """Logits (N, C) of moderate size, each row at a height of its own, and labels (N,) that cover every class."""
    n, c = SIZES[rng.integers(len(SIZES))]
    z = rng.uniform(-2, 2, size=(n, c)) + rng.uniform(-1, 1, size=(n, 1))
    y = rng.permutation(np.concatenate([np.arange(c), rng.integers(c, size=n - c)]))
    return z, y


def probabilities(rng):
    """Softmax of moderate logits, (N, C)."""
    e = np.exp(logits(rng)[0])
    return e / e.sum(axis=1, keepdims=True)


def rows_far_apart(rng):
    """Logits (N, C) whose rows lie near -1000, 0 and 1000, and labels (N,): no shift suits them all."""
    z, y = logits(rng)
    heights = rng.permutation(np.arange(len(z)) % 3 * 1000.0 - 1000)
    return z + heights[:, None], y


def labelled(rng):
    z, y = logits(rng)
    return dict(z=z, y=y)


def labelled_near_1000(rng):
    z, y = logits(rng)
    return dict(z=z + 1000, y=y)


def labelled_near_minus_1000(rng):
    z, y = logits(rng)
    return dict(z=z - 1000, y=y)


def truth_far_below(rng):
    """The truth lies near -1000, another class near 1000."""
    z, y = logits(rng)
    z[np.arange(len(y)), y] -= 1000
    z[np.arange(len(y)), y - 1] += 1000
    return dict(z=z, y=y)


def sure_and_right(rng):
    """The truth lies far above the rest in every row: loss and slopes are 0, and nothing hides a small number there."""
    y = rng.permutation(3)
    return dict(z=2000 * np.eye(3)[y] - 1000, y=y)


def nearly_sure(rng):
    """The truth lies 8 above the rest in every row: the loss is small."""
    y = rng.permutation(3)
    return dict(z=8 * np.eye(3)[y], y=y)


def labelled_far_apart(rng):
    z, y = rows_far_apart(rng)
    return dict(z=z, y=y)
