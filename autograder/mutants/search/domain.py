"""Which inputs an exercise may be asked with, by what its author declares of them for the corners."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from autograder.exercises import Exercise
from autograder.exercises.corners.input_kinds import (
    LARGE,
    NEGATIVE,
    TINY,
    ZEROS,
    AsDrawn,
    InputKind,
    Parameter,
)

DRAWS = 20
"""So many ordinary draws show how large a number gets that is taken as it is drawn."""
LARGE_FROM, TINY_BELOW = 100.0, 1e-3


class Domain:
    """The inputs that an exercise may be asked with.

    A parameter lies between its edges and what is drawn, a number that stays as it is drawn within what is drawn. An
    input that a kind of corner is left out for is not at this corner.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._kinds: Mapping[str, InputKind] = exercise.corners.inputs
        self._without = set(exercise.corners.without)
        rng = np.random.default_rng(0)
        drawn = [draw.inputs(rng) for draw in exercise.draws for _ in range(DRAWS)]
        self._ranges = {name: range_ for name in self._kinds if (range_ := self._range(name, drawn))}

    def _range(self, name: str, drawn: list[dict[str, Any]]) -> tuple[float, float] | None:
        """The least and the most that a single number may be; None for what is no such number, or may be any."""
        kind = self._kinds[name]
        values = [one[name] for one in drawn if name in one]
        if not isinstance(kind, Parameter | AsDrawn) or not all(isinstance(value, int | float) for value in values):
            return None
        edges = kind.edges if isinstance(kind, Parameter) else ()
        return min(*values, *edges), max(*values, *edges)

    def allows(self, inputs: dict[str, Any]) -> bool:
        """Whether the exercise may be asked with these inputs."""
        for name, kind in self._kinds.items():
            if name not in inputs:
                continue
            if name in self._ranges and not self._ranges[name][0] <= inputs[name] <= self._ranges[name][1]:
                return False
            numbers = np.concatenate([np.zeros(0), *_numbers(inputs[name])])
            if _corners_of(numbers) & (self._without | set(kind.without)):
                return False
        return True


def _corners_of(numbers: np.ndarray) -> set[str]:
    """The kinds of corner that some numbers are at."""
    if not numbers.size:
        return set()
    sizes = np.abs(numbers)
    found = {ZEROS: not sizes.any(), NEGATIVE: (numbers < 0).all(), LARGE: sizes.max() >= LARGE_FROM}
    return {kind for kind, there in (found | {TINY: 0 < sizes.max() < TINY_BELOW}).items() if there}


def _numbers(value: Any) -> Iterator[np.ndarray]:
    """All floats in a value."""
    if isinstance(value, dict):
        for item in value.values():
            yield from _numbers(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _numbers(item)
    elif isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
        yield np.ravel(value)
