"""Unit 09: what several exercises share."""

import numpy as np

PARAMETERS = {"W2": "HC", "b2": "C", "W1": "DH", "b1": "H"}
"""A letter for each axis."""


def sizes(rng):
    """N, D, H and C: no two equal, no two with a common factor."""
    return (int(size) for size in rng.permutation([3, 4, 5, 7]))


def parameters(rng, d, h, c):
    """Parameters with biases that are not zero, so that leaving one out shows; the second layer stands first, so that
    taking them by their places shows too."""
    first = {"W1": rng.normal(size=(d, h)) / np.sqrt(d), "b1": rng.normal(size=h) / 2}
    return {"W2": rng.normal(size=(h, c)) / np.sqrt(h), "b2": rng.normal(size=c) / 2, **first}
