"""Properties of results that are right in many ways: one draw at a time, and several draws compared."""

import numpy as np
import pytest

from autograder.exercises import Exercise
from autograder.exercises.keys import make_key
from course.checking.judge import judge
from course.errors import CourseError
from course.properties import JOINT, PROPERTIES, hold, lacking, lacking_in_all

WIDE = dict(D=150, H=8, C=140)


def params(seed, D=150, H=8, C=140, **changes):
    rng = np.random.default_rng(seed)
    right = {
        "W1": rng.normal(size=(D, H)) / np.sqrt(D),
        "b1": np.zeros(H),
        "W2": rng.normal(size=(H, C)) / np.sqrt(H),
        "b2": np.zeros(C),
    }
    return {**right, **changes}


def test_right_parameters_have_every_property():
    for seed in range(50):
        for name in (*(n for n in PROPERTIES if "batch" not in n and "row" not in n),):
            assert lacking(name, params(seed), {**WIDE, "seed": seed}) is None


@pytest.mark.parametrize(
    ("name", "changes", "words"),
    [
        ("two-layer-weights", {"W2": np.ones((140, 8))}, "gives W2 the shape (140, 8) for D=150, H=8, C=140; expected"),
        (
            "two-layer-biases",
            {"b1": np.zeros((1, 8))},
            "gives b1 the shape (1, 8) for D=150, H=8, C=140; expected (8,)",
        ),
        ("zero-biases", {"b2": np.ones(140)}, "gives b2 entries that are not 0"),
        ("spread-by-fan-in", {"W1": 1.3 * params(1)["W1"]}, "asked for is 1/√150 = 0.0816."),
        ("spread-by-fan-in", {"W1": 2**0.5 * params(1)["W1"]}, "√2 times as much is the rule for a ReLU."),
        ("zero-mean", {"W2": params(1)["W2"] + 0.1}, "asked for is 0."),
        ("normally-drawn", {"W1": np.linspace(-0.141, 0.141, 1200).reshape(150, 8)}, "no entry beyond 2.5 standard"),
        (
            "no-two-equal",
            {"W1": np.repeat(params(1)["W1"][:, :1], 8, axis=1)},
            "entries that are equal to each other",
        ),
        ("separately-drawn", {"W2": 9 * params(3)["W1"].ravel()[:1120].reshape(8, 140)}, "the random numbers of W1"),
    ],
)
def test_lacking_property_is_told(name, changes, words):
    assert words in lacking(name, params(3, **changes), {**WIDE, "seed": 3})


def test_labels_of_a_batch_have_one_axis():
    x = np.arange(6.0).reshape(3, 2)
    inputs = dict(x=x, y=np.arange(3), size=2, seed=0)
    columns = [[x[:2], np.zeros((2, 1))], [x[2:], np.zeros((1, 1))]]
    told = lacking("batch-shapes", {"batches": columns}, inputs)
    assert told == "makes a batch of shapes (2, 2) and (2, 1); (2, 2) and (2,) are asked for."
    assert lacking("batch-shapes", {"batches": [[x, np.zeros(3)]]}, inputs) is None


def runs_of(answer, *seeds):
    return [(answer(seed), {**WIDE, "seed": seed}) for seed in seeds]


def test_joint_properties_compare_draws():
    right = runs_of(params, 1, 1, 2)
    other_each_time = [(params(k), {**WIDE, "seed": 1}) for k in range(2)]
    always_the_same = runs_of(lambda seed: params(0), 1, 2)
    for name in JOINT:
        assert lacking(name, *right[0]) is None
        assert lacking_in_all(name, right) is None
    assert "twice with seed=1" in lacking_in_all("same-for-a-seed", other_each_time)
    assert "for seed=1 and seed=2" in lacking_in_all("other-for-another-seed", always_the_same)


def test_joint_properties_take_arrays_as_inputs():
    x = np.arange(6.0)
    runs = [({"order": np.array([1, 0])}, {"x": x, "seed": seed}) for seed in (1, 1, 2)]
    assert lacking_in_all("same-for-a-seed", runs) is None
    assert "the same numbers" in lacking_in_all("other-for-another-seed", runs)


def test_property_of_a_result_in_another_form_is_told_so():
    assert "another form" in lacking("two-layer-weights", {"W1": None}, {**WIDE, "seed": 1})
    assert "another form" in lacking_in_all("same-for-a-seed", [({"a": "x"}, {}), ({"a": "y"}, {})])


def test_property_that_does_not_exist_is_refused():
    with pytest.raises(CourseError, match="There is no property 'lucky'"):
        hold("lucky", {}, {})


def test_key_of_an_exercise_with_properties_holds_no_numbers():
    exercise = Exercise("init", outputs=("W1", "b1"), form="dict", properties=("same-for-a-seed",))
    exercise.draw(times=2)(lambda rng: dict(seed=4))
    key = make_key(exercise, "00_tests", lambda seed: {"W1": np.array([[1.0, 2.0]]), "b1": 3.0}, 1)
    assert not np.any(key.cases[0].expected["W1"])
    assert key.cases[0].expected["W1"].shape == (1, 2)
    assert judge(lambda seed: {"W1": np.array([[5.0, 6.0]]), "b1": 7.0}, key).passed
