"""Inputs of an exercise as hypothesis searches them: from the author's draws, and cut to smaller sizes."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException, UnsatisfiedAssumption

from autograder.exercises import Exercise
from autograder.mutants.search.chosen_numbers import ChosenNumbers, Draw, TooManyRequests
from autograder.mutants.search.domain import Domain
from autograder.notebook import quiet
from course.functions import Named

MOST_CUT = 12
"""Sizes up to this one are made smaller."""


def inputs_of(exercise: Exercise) -> st.SearchStrategy[dict[str, Any]]:
    """A strategy for the inputs of an exercise: any of its draws or corners, with numbers that hypothesis chooses.

    One draw in four is as the author means it: some wait for numbers that hypothesis would hardly ever choose.
    """
    ordinary = [draw.inputs for draw in exercise.draws if draw.care is None]
    domain = Domain(exercise)

    @st.composite
    def inputs(draw: Draw) -> dict[str, Any]:
        drawing = draw(st.sampled_from([draw.inputs for draw in exercise.draws]))
        at_corner = draw(st.integers(0, 3)) == 3
        try:
            with quiet(), np.errstate(all="ignore"):
                usual = draw(st.integers(0, 3)) == 3
                rng: Any = np.random.default_rng(draw(st.integers(0, 999))) if usual else ChosenNumbers(draw)
                corners = list(exercise.corners.drawn(ordinary, rng)) if at_corner else []
                found = draw(st.sampled_from(corners)).inputs if corners else drawing(rng)
        except (HypothesisException, UnsatisfiedAssumption):
            raise
        except (Exception, TooManyRequests):  # the draw can't work with these numbers
            assume(False)
        sizes = sorted({size for size in sizes_of(found) if 1 < size <= MOST_CUT})
        if sizes and draw(st.booleans()):
            shorter = {size: draw(st.integers(1, size)) for size in sizes}
            found = {name: cut(value, shorter) for name, value in found.items()}
        assume(domain.allows(found))
        return found

    return inputs()


def sizes_of(value: Any) -> Iterator[int]:
    """The sizes of all axes of all arrays in a value."""
    if isinstance(value, np.ndarray):
        yield from value.shape
    elif isinstance(value, dict):
        for item in value.values():
            yield from sizes_of(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from sizes_of(item)
    elif isinstance(value, Named):
        yield from sizes_of(value.parameters)


def cut(value: Any, shorter: dict[int, int]) -> Any:
    """A value whose axes of some sizes are shorter: those of one size stay alike."""
    if isinstance(value, np.ndarray):
        return value[tuple(slice(shorter.get(size)) for size in value.shape)].copy() if value.ndim else value
    if isinstance(value, dict):
        return {name: cut(item, shorter) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(cut(item, shorter) for item in value)
    if isinstance(value, Named):
        return Named(value.name, **cut(value.parameters, shorter))
    return value
