"""How a network of many layers starts: what can be said of its random weights, whatever they are drawn from."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np

from course.properties.random_numbers import many_in_common, single, units_differ

SIZES, SEEDS = (64, 48, 40, 32), range(12)
"""Twelve networks, so that even the smallest of the three matrices comes to 15,360 numbers.

The root mean square of so many normal numbers is off by a share of 1/√(2n) = 0.6 %, their mean by 1/√n = 0.8 % of that
(uniform numbers are off by less): to be rounded to another tenth they must be off by 5 %, more than 6 of these, which
has probability 6e-10.
"""
DISTINCT = 0.95
"""The share of the numbers of several seeds that must be different: float32 numbers are equal once in a thousand."""


def first_weights(MLP: Callable[..., Any]) -> dict[str, Any]:
    """What twelve networks start with, those with the sizes 64, 48, 40 and 32 and the seeds 0 to 11.

    Parameters
    ----------
    MLP : class
        Made with a list of sizes and a seed; ``params()`` gives W1, b1, W2, and so on.

    Returns
    -------
    dict
        ``weights``: for each W, ``spread``, the root mean square of its numbers over √(2/fan-in); ``mean``, their mean
        over their root mean square; ``distinct``, the share of its entries that are different, or 0 where one unit
        follows another; all rounded to one decimal. ``biases``: the largest bias, in size. ``seeds``: ``"True"`` or
        ``"False"`` for what is asked of them.
    """
    starts = [_params(MLP, SIZES, seed) for seed in SEEDS]
    again, alike = _params(MLP, SIZES, SEEDS[0]), _params(MLP, (8, 8, 8), 5)
    weights = [np.array([start[k] for start in starts]) for k in range(0, len(starts[0]), 2)]
    sizes = [float(np.sqrt(np.mean(W**2))) for W in weights]
    distinct = [single(W[0]) * units_differ(W[0]) for W in weights]
    told = {
        "same for one seed": [np.array_equal(W[0], same) for W, same in zip(weights, again[::2], strict=True)],
        "other for each seed": [single(W) > DISTINCT * single(W[0]) for W in weights],
        "other in each layer": [not any(_common_layers(start) for start in (starts[0], alike))],
    }
    return dict(
        weights=dict(
            spread=[np.round(size * np.sqrt(W.shape[1] / 2), 1) for size, W in zip(sizes, weights, strict=True)],
            mean=[np.round(np.mean(W) / (size or 1.0), 1) + 0.0 for size, W in zip(sizes, weights, strict=True)],
            distinct=[np.round(share, 1) for share in distinct],
        ),
        biases=max(float(np.max(np.abs(b))) for start in starts for b in start[1::2]),
        seeds={name: [str(bool(one)) for one in holds] for name, holds in told.items()},
    )


def _params(MLP: Callable[..., Any], sizes: tuple[int, ...], seed: int) -> list[np.ndarray]:
    return [np.array(p, float) for p in MLP(list(sizes), seed).params()]


def _common_layers(start: list[np.ndarray]) -> bool:
    """Whether two layers have numbers in common, scaled to their fan-in or not."""
    weights = start[::2]
    scaled = [W * np.sqrt(len(W)) for W in weights]
    return any(many_in_common(a, b) for some in (weights, scaled) for a, b in combinations(some, 2))
