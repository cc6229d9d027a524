"""A plain function in the place of a class earns nothing, whatever it gives back."""

from types import SimpleNamespace

import numpy as np
import pytest
from support.courses import ROOT

from autograder.exercises.loader import exercises_of
from autograder.judge.grade import judged
from autograder.notebook import points_of, right_answer
from autograder.paths import Course

COURSE = Course(ROOT)


def nothing(*given):
    """What a model's methods are replaced by."""
    return []


METHODS = dict.fromkeys(("forward", "backward", "params", "grads"), nothing)
STAND_INS = {
    "its first argument": lambda *given: given[0] if given else None,
    "its last argument": lambda *given: given[-1] if given else None,
    "zero": lambda *given: 0.0,
    "zeros": lambda *given: np.zeros(3),
    "an empty list": lambda *given: [],
    "an empty dict": lambda *given: {},
    "itself": lambda *given: STAND_INS["itself"],
    "an object without attributes": lambda *given: object(),
    "an object that does nothing": lambda *given: SimpleNamespace(**METHODS),
    "an object that gives what it is given": lambda *given: SimpleNamespace(
        **METHODS | dict.fromkeys(("forward", "backward"), lambda x: x)
    ),
    "an object that gives zeros": lambda *given: SimpleNamespace(
        **METHODS | dict.fromkeys(("forward", "backward"), np.zeros_like)
    ),
}
CLASSES = [
    (unit, name)
    for unit in COURSE.units()
    for name, exercise in exercises_of(unit, COURSE).items()
    if name in points_of(COURSE, unit) and isinstance(right_answer(COURSE, unit, exercise.subject), type)
]


@pytest.mark.parametrize("unit, name", CLASSES, ids=[f"{unit}-{name}" for unit, name in CLASSES])
def test_function_in_the_place_of_a_class_earns_nothing(unit, name):
    shares = {kind: judged(name, function, unit, 12345, COURSE).fraction for kind, function in STAND_INS.items()}
    assert {kind: share for kind, share in shares.items() if share} == {}
