"""Right answers that are supplied while another is judged: none from which that one could be had."""

import numpy as np
import pytest
from support.courses import ROOT

from autograder.exercises.loader import exercises_of
from autograder.judge.grade import _fresh_key, _needs, judged, lendable
from autograder.notebook import points_of
from autograder.paths import Course


def product(x, w):
    return x * w


def loss(x, w):
    def inner():
        return product(x, w) ** 2

    return inner()


class Model:
    def loss(self, x):
        return loss(x, 2.0)


def alone(x):
    return x


RIGHT = {"product": product, "loss": loss, "Model": Model, "alone": alone}


def test_answer_needs_itself():
    assert _needs(RIGHT, "product", "product")


def test_answer_needs_what_it_calls_through_others_and_through_classes():
    assert _needs(RIGHT, "loss", "product")
    assert _needs(RIGHT, "Model", "product")


def test_answer_does_not_need_what_calls_it_or_stands_beside_it():
    assert not _needs(RIGHT, "product", "loss")
    assert not _needs(RIGHT, "alone", "product")


def test_answers_are_lent_of_what_was_graded_before_and_does_not_give_this_one():
    course = Course(ROOT)
    for unit in course.units():
        exercises, names = exercises_of(unit, course), list(points_of(course, unit))
        for place, name in enumerate(names):
            lent = lendable(name, course, unit, exercises)
            assert lent == set(names[:place]) - set(exercises[name].withheld)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("relu_forward", "leaky_relu_forward = None\nrelu_forward = lambda z: leaky_relu_forward(z, 0.0)"),
        ("relu_forward", "leaky_relu_backward = None\nrelu_forward = lambda z: leaky_relu_backward(z, z, 0.0)"),
        ("relu_backward", "leaky_relu_backward = None\nrelu_backward = lambda da, z: leaky_relu_backward(da, z, 0.0)"),
    ],
)
def test_practice_gives_no_answer(name, lines):
    names = {}
    exec(lines, names)
    assert judged(name, names[name], "07_activations", 3, Course(ROOT)).fraction == 0.0


def test_draws_of_one_exercise_tell_nothing_of_anothers():
    """No number of one is among those of another, though all are drawn for one run; the text's own have few digits."""
    course, unit = Course(ROOT), "01_mse"
    seen = []
    for exercise in exercises_of(unit, course).values():
        cases = _fresh_key(exercise, course, unit, 7, 0).cases
        values = [np.ravel(value) for case in cases for value in case.inputs.values()]
        seen.append({float(number) for value in values for number in value if round(float(number), 2) != number})
    for place, numbers in enumerate(seen):
        assert len(numbers) > 2
        for others in seen[:place]:
            assert not numbers & others
