"""Properties of results that are right in many ways: one draw at a time, and several draws compared."""

import numpy as np
import pytest

from autograder.exercises import Exercise
from autograder.exercises.keys import make_key
from course.checking.judge import judge
from course.errors import CourseError
from course.properties import JOINT, hold, lacking, lacking_in_all

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


def skewed(W):
    """The same mean size and spread, and fewer positive numbers than negative ones."""
    return np.where((W > 0) & (np.arange(W.size).reshape(W.shape) % 4 == 0), -W, W)


WEIGHTS = (
    "two-layer-weights",
    "two-layer-biases",
    "zero-biases",
    "no-two-equal",
    "zero-mean",
    "spread-by-fan-in",
    "normally-drawn",
    "separately-drawn",
    "each-matrix-by-the-seed",
)


def test_right_parameters_have_every_property():
    for seed in range(0, 100, 2):
        runs = runs_of(params, seed, seed + 1)
        assert {name: lacking_in_all(name, runs) for name in WEIGHTS} == dict.fromkeys(WEIGHTS)


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
        ("spread-by-fan-in", {"W1": 1.2 * params(1)["W1"]}, "W1, shape (150, 8), the standard deviation 0.09"),
        ("spread-by-fan-in", {"W1": 1.3 * params(1)["W1"]}, "asked for is 1/√150 = 0.0816."),
        ("spread-by-fan-in", {"W1": 2**0.5 * params(1)["W1"]}, "√2 times as much is the rule for a ReLU."),
        ("zero-mean", {"W2": params(1)["W2"] + 0.1}, "asked for is 0."),
        ("normally-drawn", {"W1": np.linspace(-0.141, 0.141, 1200).reshape(150, 8)}, "of 0.866 standard deviations"),
        ("normally-drawn", {"W1": skewed(params(1)["W1"])}, "a positive sign in 37% of all"),
        (
            "no-two-equal",
            {"W1": np.repeat(params(1)["W1"][:, :1], 8, axis=1)},
            "entries that are equal to each other",
        ),
        ("no-two-equal", {"W1": np.concatenate([params(1)["W1"][:75]] * 2)}, "each weight is drawn on its own"),
        ("separately-drawn", {"W2": 9 * params(3)["W1"].ravel()[:1120].reshape(8, 140)}, "numbers of W1 once more"),
        ("separately-drawn", {"W2": params(3)["W1"].ravel()[1119::-1].reshape(8, 140)}, "numbers of W1 once more"),
    ],
)
def test_lacking_property_is_told(name, changes, words):
    assert words in lacking_in_all(name, [(params(3, **changes), {**WIDE, "seed": 3})])


def small_runs(change=lambda W: W):
    """What forty small networks start with."""
    runs = runs_of(lambda seed: params(seed, 7, 5, 3), *range(40))
    return [({**outputs, "W1": change(outputs["W1"])}, inputs) for outputs, inputs in runs]


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("spread-by-fan-in", lambda W: 1.3 * W, "times √(fan-in), the standard deviation 1.2961; asked for is 1."),
        ("zero-mean", np.abs, "gives the entries of W1 in 40 small networks, times √(fan-in), the mean 0.7916; asked"),
        ("normally-drawn", np.sign, "W1 in 40 small networks, times √(fan-in), a mean size of 1.000 standard dev"),
    ],
)
def test_small_matrices_are_looked_at_together(name, change, words):
    assert lacking_in_all(name, small_runs()) is None
    assert words in lacking_in_all(name, small_runs(change))


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
    for name in ("same-for-a-seed", "other-for-another-seed"):
        assert name in JOINT
        assert lacking(name, *right[0]) is None
        assert lacking_in_all(name, right) is None
    assert "twice with seed=1" in lacking_in_all("same-for-a-seed", other_each_time)
    assert "for seed=1 and seed=2" in lacking_in_all("other-for-another-seed", always_the_same)


def test_joint_properties_take_arrays_as_inputs():
    x = np.arange(6.0)
    runs = [({"order": np.array([1, 0])}, {"x": x, "seed": seed}) for seed in (1, 1, 2)]
    assert lacking_in_all("same-for-a-seed", runs) is None
    assert "the same numbers" in lacking_in_all("other-for-another-seed", runs)


def test_matrix_that_follows_no_seed_is_told_by_its_name():
    fixed = params(9)["W2"]
    told = lacking_in_all("each-matrix-by-the-seed", runs_of(lambda seed: params(seed, W2=fixed), 1, 2))
    assert told == "gives W2 the same numbers for seed=1 and seed=2."


def test_few_equal_float32_numbers_are_no_fault():
    W1 = params(3)["W1"]
    W1[0, 0] = W1[1, 1]
    assert lacking_in_all("no-two-equal", [(params(3, W1=W1), {**WIDE, "seed": 3})]) is None


N, SIZE = 106, 10


def batch_runs(order, *seeds):
    """Draws of batches, cut of an order that is made from the seed."""
    x, y = np.arange(float(N)).reshape(N, 1), np.arange(N)
    runs = []
    for seed in seeds:
        rows = np.asarray(order(seed))
        cut = [[x[rows[k : k + SIZE]], y[rows[k : k + SIZE]]] for k in range(0, N, SIZE)]
        runs.append(({"batches": cut}, dict(x=x, y=y, size=SIZE, seed=seed)))
    return runs


def shuffled(seed, n=N):
    return np.random.default_rng(seed).permutation(n)


@pytest.mark.parametrize(
    ("name", "order", "words"),
    [
        ("rows-moved", lambda seed: np.roll(np.arange(N), seed), "in the order in which they stand in x."),
        ("rows-mixed", lambda seed: np.arange(N)[::-1], "batches of rows that stand together in x."),
        ("rows-mixed", lambda seed: np.arange(N) * 9 % N, "batches of rows that stand 9 places apart in x."),
        ("mixed-by-the-seed", lambda seed: np.roll(shuffled(0), seed), "the same rows together for seed=1 and seed=2."),
        (
            "every-batch-mixed",
            lambda seed: np.append(shuffled(seed, 100), np.arange(100, 106)),
            "puts the same rows into batch 10 for seed=1 and seed=2.",
        ),
    ],
)
def test_batches_that_are_not_mixed_are_told(name, order, words):
    assert words in lacking_in_all(name, batch_runs(order, 1, 2))
    for seed in range(0, 100, 2):
        assert lacking_in_all(name, batch_runs(shuffled, seed, seed + 1)) is None


def test_rows_that_stand_in_order_in_one_draw_alone_are_told_as_rows_that_stay_together():
    runs = batch_runs(lambda seed: np.arange(N) if seed == 1 else shuffled(seed), 1, 2)
    assert lacking_in_all("rows-moved", runs) is None
    assert "stand together in x" in lacking_in_all("rows-mixed", runs)


def test_half_of_the_rows_in_their_places_in_one_draw_are_told():
    def half_in_place(seed):
        rows = np.arange(N)
        moved = np.sort(shuffled(0)[: N // 2])
        rows[moved] = np.random.default_rng(seed).permutation(moved)
        return rows if seed == 1 else shuffled(seed)

    runs = batch_runs(half_in_place, 1, 2)
    assert lacking_in_all("rows-mixed", runs) is None
    assert "in the order in which they stand in x" in lacking_in_all("rows-moved", runs)


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
