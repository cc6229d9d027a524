"""No right answer gives another one that is judged while it is lent: ``verify`` tries, and finds those that do."""

import pytest
from support.courses import ROOT, SMALL

from autograder.exercises.keys import make_key
from autograder.exercises.loader import exercises_of
from autograder.notebook import points_of, right_namespace
from autograder.paths import Course
from autograder.verify.lending import giving_call, lending_faults

COURSES = [Course(SMALL), Course(ROOT)]
UNITS = [pytest.param(course, unit, id=unit) for course in COURSES for unit in course.units()]
WITHHELD = [
    pytest.param(course, unit, exercise.name, name, id=f"{name}-for-{exercise.name}")
    for course in COURSES
    for unit in course.units()
    for exercise in exercises_of(unit, course).values()
    for name in exercise.withheld
]


def call_that_gives(course, unit, lent, judged):
    """How one right answer gives another, if it does."""
    exercises, right = exercises_of(unit, course), right_namespace(course, unit)
    exercise = exercises[judged]
    return giving_call(right[exercises[lent].subject], exercise, make_key(exercise, unit, right[exercise.subject], 5))


@pytest.mark.parametrize(("course", "unit"), UNITS)
def test_nothing_that_is_lent_gives_what_is_judged(course, unit):
    assert list(lending_faults(course, unit)) == []


@pytest.mark.parametrize(("course", "unit", "judged", "lent"), WITHHELD)
def test_what_is_withheld_would_give_the_answer(course, unit, judged, lent):
    assert lent in list(points_of(course, unit))
    assert call_that_gives(course, unit, lent, judged)


@pytest.mark.parametrize(
    ("lent", "judged"),
    [
        ("leaky_relu_forward", "relu_forward"),
        ("leaky_relu_backward", "relu_forward"),
        ("leaky_relu_backward", "relu_backward"),
    ],
)
def test_general_answer_is_found_to_give_the_special_one(lent, judged):
    assert call_that_gives(Course(ROOT), "07_activations", lent, judged)


@pytest.mark.parametrize(
    ("unit", "lent", "judged"),
    [
        ("10_mlp", "MLP", "Linear"),
        ("09_two_layers", "train_two_layer", "two_layer_forward"),
        ("04_gradient_descent", "momentum_step", "gd_step"),
        ("03_chain_rule", "long_chain_forward", "chain_forward"),
    ],
)
def test_later_answer_may_give_an_earlier_one_since_it_is_not_lent(unit, lent, judged):
    names = list(points_of(Course(ROOT), unit))
    assert names.index(lent) > names.index(judged)


def test_verify_says_what_to_do(monkeypatch):
    course = Course(ROOT)
    monkeypatch.setattr(exercises_of("05_neuron", course)["neuron_backward"], "withheld", ())
    (fault,) = lending_faults(course, "05_neuron")
    assert fault.startswith("05_neuron: neuron_forward is lent while neuron_backward is judged, and neuron_forward(")
    assert "Add withheld=('neuron_forward',) to neuron_backward" in fault
