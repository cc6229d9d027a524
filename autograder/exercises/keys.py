"""Making a key: drawing inputs, and computing all that judging needs for them."""

import copy
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.errors import BrokenUnit
from autograder.exercises.corners.plan import Corner
from autograder.exercises.key_cases import DRESSES, CaseMaker, dressed
from autograder.exercises.probes import probed_steps, square_draws
from autograder.exercises.spec import Exercise
from course.answers.compare import close
from course.answers.key import Case, Key
from course.answers.normalize import leaves, simplified

CaseAt = Callable[[Corner, list[Case]], Case]
TRIES = 5
STEADY = 1e-5
"""How much the results may change, relative to their size."""


def build_seed(name: str) -> int:
    """The seed of an exercise's built key: always the same for its name."""
    return zlib.crc32(name.encode())


def make_key(exercise: Exercise, unit: str, right: Any, seed: int) -> Key:
    """Draw afresh and compute everything that judging needs.

    Parameters
    ----------
    exercise : Exercise
    unit : str
    right : callable or class
        The right answer.
    seed : int
        The same seed gives the same key.

    Returns
    -------
    Key
        The known wrong answers are computed when first looked at: a right answer never needs them.

    Raises
    ------
    BrokenUnit
        If the right answer does not run.
    """
    maker = CaseMaker(exercise, unit, right)
    rng = np.random.default_rng(seed)
    core = [maker.case(draw.inputs(rng)) for draw in exercise.draws if draw.care is None for _ in range(draw.times)]
    if not core:
        raise BrokenUnit(f"The exercise {exercise.name} of {unit} has no draw: say how its inputs are drawn.")
    key = maker.key(maker.told_apart(core), {aspect: maker.care(aspect, core, rng) for aspect in exercise.care})
    steps = probed_steps(exercise, maker.case, core[0].inputs, rng)
    square = square_draws(exercise, maker.case, rng)
    return replace(key, steps=steps, square=square, corners=_corners(maker, core, rng))


def _corners(
    maker: CaseMaker, core: list[Case], rng: np.random.Generator, case_at: CaseAt | None = None
) -> tuple[Case, ...]:
    """The corners of an exercise as cases, in which the known mistakes are those that the core draws don't show.

    They are drawn again where a result is no number, as where a column of few rounded numbers has no spread; and where
    what they add up nearly cancels: an answer in single precision would be wrong by chance.
    """
    exercise, cases = maker.exercise, tuple[Case, ...]()
    draws = [draw.inputs for draw in exercise.draws if draw.care is None]
    for _ in range(TRIES):
        corners = exercise.corners.drawn(draws, rng, one_row_apart="one row" in exercise.care)
        cases = tuple((case_at or maker.corner)(corner, core) for corner in corners)
        single = "float32" in exercise.care and not exercise.properties
        if all(_is_a_number(case) and (not single or _is_steady(maker, case)) for case in cases):
            break
    return cases


def _is_a_number(case: Case) -> bool:
    """Whether no result is NaN."""
    arrays = [value for _, value in leaves(case.expected) if isinstance(value, np.ndarray)]
    return not any(np.isnan(array).any() for array in arrays if array.dtype.kind in "fc")


def _is_steady(maker: CaseMaker, case: Case) -> bool:
    """Whether inputs in single precision hardly change what the right answer gives."""
    inputs = {name: dressed(DRESSES["float32"], value) for name, value in case.inputs.items()}
    outputs = maker.answered(maker.right, inputs).outputs
    pairs = [
        pair
        for name, expected in case.expected.items()
        for pair in zip(leaves(simplified(outputs[name])), leaves(expected), strict=True)
    ]
    numbers = [(got, expected) for (_, got), (_, expected) in pairs if isinstance(expected, np.ndarray)]
    return all(close(np.asarray(got, dtype=float), expected, STEADY) for got, expected in numbers)


def make_shown_key(exercise: Exercise, unit: str, right: Any) -> Key:
    """The key of a scenario, with the inputs that the notebook's check cell uses in the open.

    Where the cell's function takes inputs, the key has what can be seen by handing over some: whether they are left
    unchanged, probes of hidden steps, and draws of equal sizes.
    """
    maker = CaseMaker(exercise, unit, right)
    shown = copy.deepcopy(exercise.shown or {})

    def handed(inputs: dict[str, Any], core: bool = True) -> Case:
        case = maker.case(inputs, core=core)
        given = {name: inputs[name] for name in exercise.handed}
        return Case(given, case.expected, mistakes=case.mistakes, sizes=case.sizes)

    if not exercise.handed:
        return maker.key([handed(shown)], {}, scenario=True)
    fixed = {name: value for name, value in shown.items() if name not in exercise.handed}

    def handed_at(corner: Corner, core: list[Case]) -> Case:
        case = maker.corner(Corner(corner.kind, {**corner.inputs, **fixed}), core)
        return replace(case, inputs={name: case.inputs[name] for name in exercise.handed})

    care: dict[str, tuple[Case, ...]] = {"unchanged": ()} if "unchanged" in exercise.care else {}
    key = maker.key([handed(shown)], care, scenario=True)
    rng = np.random.default_rng(build_seed(exercise.name))
    steps, square = probed_steps(exercise, handed, shown, rng), square_draws(exercise, handed, rng)
    corners = _corners(maker, [maker.case(shown)], rng, handed_at)
    return replace(key, steps=steps, square=square, corners=corners)
