"""A result in float32 is as good as one in float64, and no way to be less exact where none is asked for."""

import numpy as np
import pytest
from support.courses import ROOT

from autograder.exercises.keys import make_key
from autograder.exercises.loader import exercises_of
from autograder.notebook import right_answer
from autograder.paths import Course
from course.checking.judge import judge

COURSE = Course(ROOT)
EXACT = [
    pytest.param(unit, exercise.name, id=exercise.name)
    for unit in COURSE.units()
    for exercise in exercises_of(unit, COURSE).values()
    if not exercise.scenario_function and not exercise.properties and "float32" not in exercise.care
]


def single(value, factor=1.0):
    """A result in float32, and too large by a factor."""
    if isinstance(value, list | tuple):
        return type(value)(single(item, factor) for item in value)
    if isinstance(value, dict):
        return {name: single(item, factor) for name, item in value.items()}
    return np.float32(np.asarray(value) * factor) if np.asarray(value).dtype.kind == "f" else value


@pytest.mark.parametrize(("unit", "name"), EXACT)
def test_rounding_costs_nothing_and_hides_nothing(unit, name):
    exercise = exercises_of(unit, COURSE)[name]
    right = right_answer(COURSE, unit, exercise.subject)
    key = make_key(exercise, unit, right, 3)
    assert judge(lambda *inputs: single(right(*inputs)), key).passed
    less_exact = judge(lambda *inputs: single(right(*inputs), 1.00004), key)
    assert less_exact.fraction == judge(lambda *inputs: right_times(right, inputs), key).fraction


def right_times(right, inputs):
    """A right result that is too large by as much, in float64."""
    return doubled(single(right(*inputs), 1.00004))


def doubled(value):
    """The same numbers in float64."""
    if isinstance(value, list | tuple):
        return type(value)(map(doubled, value))
    if isinstance(value, dict):
        return {name: doubled(item) for name, item in value.items()}
    return value.astype(float) if isinstance(value, np.ndarray | np.generic) else value
