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
    Outputs,
    Parameter,
)
from course.functions import Named

BOUNDED = AsDrawn("nothing is said of it")
DRAWS = 20
"""So many ordinary draws show how large a number gets that is taken as it is drawn."""
LARGE_FROM, TINY_BELOW = 100.0, 1e-3


class Domain:
    """The inputs that an exercise may be asked with.

    A parameter lies between its edges and what is drawn, a number that stays as it is drawn within what is drawn. An
    input that a kind of corner is left out for is not at this corner. Of an input that nothing is said of, a single
    number stays within what is drawn; so do the numbers of a function that is handed over.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._kinds: Mapping[str, InputKind] = exercise.corners.inputs
        self._without = set(exercise.corners.without)
        rng = np.random.default_rng(0)
        drawings = [*(draw.inputs for draw in exercise.draws), *(drawing for _, drawing in exercise.corners.own)]
        found: dict[str, list[float]] = {}
        for inputs in (drawing(rng) for drawing in drawings for _ in range(DRAWS)):
            for name, number in self._bounded(inputs):
                found.setdefault(name, []).append(number)
        for name, kind in self._kinds.items():
            found.setdefault(name, []).extend(kind.edges if isinstance(kind, Parameter) else ())
        self._ranges = {name: (min(numbers), max(numbers)) for name, numbers in found.items() if numbers}

    def _bounded(self, inputs: dict[str, Any]) -> Iterator[tuple[str, float]]:
        """The numbers that stay within what is drawn, by name; those of a function by the names of both."""
        for name, value in inputs.items():
            if isinstance(value, Named):
                for parameter, numbers in value.parameters.items():
                    yield from ((f"{value.name}({parameter})", number) for number in np.ravel(numbers).tolist())
            elif isinstance(value, int | float) and isinstance(self._kinds.get(name, BOUNDED), Parameter | AsDrawn):
                yield name, value

    def allows(self, inputs: dict[str, Any]) -> bool:
        """Whether the exercise may be asked with these inputs."""
        for name, number in self._bounded(inputs):
            if name in self._ranges and not self._ranges[name][0] <= number <= self._ranges[name][1]:
                return False
        for name, kind in self._kinds.items():
            numbers = np.concatenate([np.zeros(0), *_numbers(inputs.get(name))])
            if _corners_of(numbers, kind) & (self._without | set(kind.without)):
                return False
        return True


def _corners_of(numbers: np.ndarray, kind: InputKind) -> set[str]:
    """The kinds of corner that some numbers are at; outputs of a function are large at its ends."""
    if not numbers.size:
        return set()
    sizes = np.abs(numbers)
    large = sizes.max() >= LARGE_FROM
    if isinstance(kind, Outputs):
        low, high = kind.function(np.array([-1000.0, 1000.0]))
        large = ((numbers <= low) | (numbers >= high)).any()
    found = {ZEROS: not sizes.any(), NEGATIVE: (numbers < 0).all(), LARGE: large}
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
