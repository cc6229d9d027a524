"""Unit 06: what several exercises share."""

SIZES = (3, 4, 5, 7)
"""Pairwise coprime, so that a factor tells which size it comes from."""


def three_sizes(rng):
    """N, D and M, all different."""
    return rng.permutation(SIZES)[:3]
