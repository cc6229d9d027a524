"""Making keys: what is drawn, measured and dressed, and what is told of an exercise that can't be drawn."""

import numpy as np
import pytest

from autograder.build.key_json import key_to_json
from autograder.errors import BrokenUnit
from autograder.exercises import Exercise
from autograder.exercises.gradcheck import numerical_gradients
from autograder.exercises.keys import make_key
from autograder.exercises.loader import exercises_of
from autograder.notebook import right_answer
from course.answers.key_files import key_from_json
from course.checking.judge import judge

UNIT = "01_kinds"


@pytest.fixture
def key(small_course):
    """A key of the small course's exercise with three outputs."""
    exercise = exercises_of(UNIT, small_course)["linear_backward"]
    return make_key(exercise, UNIT, right_answer(small_course, UNIT, "linear_backward"), seed=3)


def test_answer_that_ignores_the_upstream_gradient_is_named(key):
    def ignores(dz, x, W):
        ones = np.ones_like(dz)
        return ones @ W.T, x.T @ ones, ones.sum(axis=0)

    verdict = judge(ignores, key)
    assert verdict.mistake == "upstream-ignored"
    assert "dz plays no part in this result." in verdict.message


def test_same_seed_gives_the_same_key(small_course, key):
    exercise = exercises_of(UNIT, small_course)["linear_backward"]
    right = right_answer(small_course, UNIT, "linear_backward")
    assert key_to_json(make_key(exercise, UNIT, right, 3)) == key_to_json(key)
    assert key_to_json(make_key(exercise, UNIT, right, 4)) != key_to_json(key)


def test_sizes_of_the_draws_differ(key):
    assert len({tuple(case.sizes.values()) for case in key.cases}) > 1


def test_finite_differences_agree_with_the_right_answer(key):
    for case in key.cases:
        assert set(case.measured) == {"dx", "dW", "db"}
        for name, measured in case.measured.items():
            assert np.allclose(measured, case.expected[name], rtol=1e-7, atol=1e-9)


def test_batch_of_one_has_one_row(key):
    (case,) = key.care["one row"]
    assert {name: len(value) for name, value in case.inputs.items()} == {"dz": 1, "x": 1, "W": len(case.inputs["W"])}


def test_views_are_read_only_and_not_contiguous(key):
    (case,) = key.care["views"]
    for value in case.inputs.values():
        assert not value.flags.writeable
        assert not value.flags.c_contiguous


def test_key_survives_being_written_and_read(key):
    again = key_from_json(key.exercise, key.unit, key_to_json(key))
    assert key_to_json(again) == key_to_json(key)
    assert not again.care["views"][0].inputs["x"].flags.writeable


def broken(**options):
    exercise = Exercise("square", **options)
    exercise.draw(lambda rng: dict(x=rng.normal(size=3)))
    return exercise


@pytest.mark.parametrize(
    ("exercise", "right", "words"),
    [
        (Exercise("square"), np.square, "The exercise square of 01_kinds has no draw: say how its inputs are drawn."),
        (
            broken(care=("in the dark",)),
            np.square,
            "square in 01_kinds asks for 'in the dark', but has no draw for it.",
        ),
        (broken(), lambda x: None, "The right answer of square in 01_kinds returns None."),
        (
            broken(outputs=("a", "b")),
            lambda x: (x,),
            "The right answer of square in 01_kinds returns 1 value; 2 results",
        ),
    ],
)
def test_exercise_that_can_not_be_drawn_is_told(exercise, right, words):
    with pytest.raises(BrokenUnit) as found:
        make_key(exercise, UNIT, right, 1)
    assert str(found.value).startswith(words)


def test_numerical_gradients_of_a_product():
    found = numerical_gradients(lambda x, w: x * w, {"x": 3.0, "w": np.array([2.0, 5.0])}, {"dx": "x", "dw": "w"})
    assert found["dx"] == pytest.approx(7.0)
    assert found["dw"] == pytest.approx(np.array([3.0, 3.0]))


def test_numerical_gradients_take_an_upstream_gradient():
    found = numerical_gradients(lambda w: 2 * w, {"w": np.array([1.0, 1.0])}, {"dw": "w"}, np.array([10.0, -1.0]))
    assert found["dw"] == pytest.approx(np.array([20.0, -2.0]))
