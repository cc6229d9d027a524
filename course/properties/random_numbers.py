"""Measures of random numbers: which of them come again, and whether others were made from them."""

import numpy as np

CLOSE = 1e-7
"""The relative distance within which two numbers are taken to be one, also where one of them passed through float32."""
LONG, MOST_ALIKE = 40, 0.9
FEWEST, SHARE = 3, 0.05
"""How many numbers two arrays have in common if one was made from the other, at least, and which share of the smaller.

Numbers drawn on their own agree by chance as well: each of n standard normal numbers lies within 1e-7, relative, of one
given number with probability below 5e-8, so two arrays of 1,200 have less than 0.1 in common on average, and 60 (the
share asked for) never. Of arrays with 49 entries or fewer, three agree with probability (49 · 49 · 5e-8)³ / 6 = 3e-13.
"""


def single(values: np.ndarray) -> float:
    """The share of the numbers that are left when those of equal size, with either sign, are counted once."""
    return len(np.unique(np.abs(values))) / max(np.size(values), 1)


def units_differ(W: np.ndarray) -> bool:
    """Whether no two rows, and no two columns, follow each other: scaled, turned round or with small changes.

    Looked at where they have 40 entries or more: two of so many independent ones are correlated beyond 0.9 with
    probability 2e-15, and a large matrix has 10,000 pairs of them.
    """
    sides = [side for side in (W, W.T) if side.shape[1] >= LONG and len(side) > 1]
    with np.errstate(all="ignore"):
        found = [np.abs(np.corrcoef(side) - np.eye(len(side))) for side in sides]
    return all(np.max(correlations) <= MOST_ALIKE for correlations in found)


def many_in_common(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether numbers of one array come again in the other, in any order and with either sign."""
    few, many = sorted((np.unique(np.abs(one)), np.unique(np.abs(other))), key=len)
    places = np.clip(np.searchsorted(many, few), 1, max(len(many) - 1, 1))
    around = [np.abs(many[np.clip(places - k, 0, len(many) - 1)] - few) <= CLOSE * few for k in (0, 1)]
    found = int(np.sum(np.logical_or(*around)))
    return found >= min(FEWEST, len(few)) and found > SHARE * len(few)


def correlated(one: np.ndarray, other: np.ndarray, limit: float) -> bool:
    """Whether the numbers of two arrays, entry by entry as far as both go, are correlated beyond a limit / √n."""
    size = min(one.size, other.size)
    a, b = (array.ravel()[:size] - array.ravel()[:size].mean() for array in (one, other))
    return bool(abs(a @ b) * size**0.5 > limit * np.linalg.norm(a) * np.linalg.norm(b))
