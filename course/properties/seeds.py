"""What a seed decides: the same result for the same seed, another one for another seed."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from course.answers.compare import same
from course.properties.registry import Run, jointly


def seed_pairs(runs: Sequence[Run], same_seed: bool = False) -> Iterator[tuple[Run, Run]]:
    """All pairs of draws that differ in the seed and in nothing else, or in nothing at all."""
    alike: dict[tuple[Any, ...], list[Run]] = {}
    for run in runs:
        alike.setdefault(_all_but_the_seed(run[1]), []).append(run)
    for draws in alike.values():
        for one, other in combinations(draws, 2):
            if same_seed == np.array_equal(one[1]["seed"], other[1]["seed"]):
                yield one, other


def _all_but_the_seed(inputs: dict[str, Any]) -> tuple[Any, ...]:
    arrays = {name: np.asarray(value) for name, value in inputs.items() if name != "seed"}
    return tuple((name, array.shape, array.tobytes()) for name, array in arrays.items())


@jointly
def same_for_a_seed(runs: Sequence[Run]) -> str | None:
    """Two draws with the same inputs give the same result."""
    for (one, inputs), (other, _) in seed_pairs(runs, same_seed=True):
        if not same(one, other, 0.0):
            return f"gives other numbers when it is called twice with seed={inputs['seed']}; they must be the same."
    return None


@jointly
def other_for_another_seed(runs: Sequence[Run]) -> str | None:
    """Two draws that differ in the seed alone give different results."""
    for (one, inputs), (other, again) in seed_pairs(runs):
        if same(one, other):
            return f"gives the same numbers for {both_seeds(inputs, again)}: does it use the seed?"
    return None


def both_seeds(inputs: dict[str, Any], others: dict[str, Any]) -> str:
    """The seeds of two draws, in words."""
    return f"seed={inputs['seed']} and seed={others['seed']}"
