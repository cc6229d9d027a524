"""Corners of inputs, such as equal sizes and zeros: what is wrong only there fails, and what is right passes."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from support.sampling import everything, sample
from support.wrong_at_corners import COURSE, WRONG, right

from autograder.exercises import Exercise, Numbers
from autograder.exercises.corners.input_kinds import KINDS
from autograder.exercises.keys import make_key
from autograder.exercises.loader import exercises_of
from course.answers.key import Key
from course.answers.key_files import load_key
from course.checking.judge import judge

EXERCISES = {name: (unit, e) for unit in COURSE.units() for name, e in exercises_of(unit, COURSE).items()}
SEEDS = range(20) if everything() else range(3)
LONG_SEEDS = SEEDS[:8]
"""For exercises that train: a draw of theirs takes as long as a hundred of others."""
TRAIN = ("MLP", "train_mlp")
LARGEST_CORNER = 400
"""Numbers in the inputs of a corner; those of minibatches are so many that one can see whether they are mixed."""


@cache
def fresh_key(name: str, seed: int) -> Key:
    """The key of a grading run."""
    unit, exercise = EXERCISES[name]
    return make_key(exercise, unit, right(exercise.subject), seed)


def seeds(name: str) -> range:
    return LONG_SEEDS if name in TRAIN else SEEDS


def passes(name: str, answer: Callable[..., Any], seed: int) -> bool:
    return judge(EXERCISES[name][1].answer(answer), fresh_key(name, seed)).passed


def entries(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return value.size
    items = value.values() if isinstance(value, dict) else value
    return sum(map(entries, items)) if isinstance(value, list | tuple | dict) else 1


@pytest.mark.parametrize(("name", "answer"), WRONG, ids=[f"{name}-{answer.__name__}" for name, answer in WRONG])
def test_wrong_answer_fails_whatever_is_drawn(name, answer):
    assert [seed for seed in seeds(name) if passes(name, answer, seed)] == []


@pytest.mark.parametrize("name", EXERCISES)
def test_right_answer_and_unusual_ones_pass_whatever_is_drawn(name):
    exercise = EXERCISES[name][1]
    answers = [right(exercise.subject), *sample(exercise.unusuals, 3)]
    assert [(answer, seed) for answer in answers for seed in seeds(name) if not passes(name, answer, seed)] == []


@pytest.mark.parametrize("name", ["linear_backward", "Linear", "softmax", "chain_backward", "relu_forward", "mse"])
def test_wrong_answer_is_told_what_it_is_wrong_at_by_check_too(name, at):
    at(COURSE)
    answers = [answer for exercise, answer in WRONG if exercise == name]
    for answer in answers:
        verdict = judge(EXERCISES[name][1].answer(answer), load_key(name))
        assert not verdict.passed
        assert verdict.mistake
        assert "right" in verdict.message


@pytest.mark.parametrize("name", EXERCISES)
def test_exercise_says_of_which_kind_its_inputs_are(name):
    plan = EXERCISES[name][1].corners
    reasons = [*plan.without.items(), *(pair for kind in plan.inputs.values() for pair in kind.without.items())]
    assert plan.inputs or plan.own
    assert {kind for kind, _ in (*reasons, *plan.own)} <= set(KINDS)
    assert [kind for kind, reason in reasons if len(reason.split()) < 3] == []


@pytest.mark.parametrize("name", EXERCISES)
def test_corners_are_small_and_are_those_of_its_kinds(name):
    key = fresh_key(name, 1)
    plan = EXERCISES[name][1].corners
    assert key.corners or name == "train_mlp"
    assert {case.corner for case in key.corners}.isdisjoint(set(plan.without) - {kind for kind, _ in plan.own})
    assert [case.corner for case in key.corners if sum(map(entries, case.inputs.values())) > LARGEST_CORNER] == []


def remembering(answer: Callable[..., Any], of: Callable[..., Any]) -> Callable[..., Any]:
    """An answer that gives what it gave before where its inputs look the same in one respect."""
    found: dict[Any, Any] = {}

    def call(*inputs: Any) -> Any:
        seen = repr(of(inputs))
        if seen not in found:
            found[seen] = answer(*inputs)
        return found[seen]

    return call


FUNCTIONS = [
    name for name, (_, e) in EXERCISES.items() if not e.scenario_function and not e.properties and e.form != "yields"
]


def seen_of(exercise: Exercise) -> dict[str, Callable[..., Any]]:
    """In which respects inputs are looked at: their shapes, and all of them but one."""
    count = len(fresh_key(exercise.name, 1).cases[0].inputs)
    but_one = {f"all but input {k}": lambda inputs, k=k: [*inputs[:k], *inputs[k + 1 :]] for k in range(count)}
    return {
        "shapes": lambda inputs: [np.shape(i) if not isinstance(i, list | dict) else len(i) for i in inputs]
    } | but_one


MADE_OF_OTHERS = {
    ("best_of_restarts", "all but input 0"),
    ("best_of_restarts", "all but input 1"),
    ("long_chain_backward", "all but input 2"),
    ("two_layer_backward", "all but input 0"),
}
"""Inputs that can't change alone: a height has its slope, a cache the parameters that it was made with."""


@pytest.mark.parametrize("name", FUNCTIONS)
def test_answer_that_remembers_what_it_gave_for_such_inputs_fails(name):
    """The same function is called again with other numbers, of which all but one are as before."""
    exercise = EXERCISES[name][1]
    for what, of in seen_of(exercise).items():
        assert (name, what) in MADE_OF_OTHERS or not passes(name, remembering(right(name), of), 1), what


def test_plan_without_a_kind_has_no_corner_of_it():
    exercise = Exercise("twice")
    exercise.draw(lambda rng: dict(x=rng.uniform(1, 2, size=(4, 5))))
    exercise.corners(x=Numbers("ND", {"zeros": "for this test"}), without={"size one": "for this test"})
    key = make_key(exercise, "00_tests", lambda x: 2 * x, 1)
    assert [case.corner for case in key.corners] == ["equal sizes", "negative values", "large values", "tiny values"]
    assert [case.inputs["x"].shape for case in key.corners] == [(3, 3), (2, 3), (2, 3), (2, 3)]


def test_built_key_holds_a_view_that_may_be_written_to(at):
    at(COURSE)
    (view,) = [case.inputs["x"] for case in load_key("numerical_gradient").corners if case.corner == "writable views"]
    assert view.flags.writeable
    assert not view.flags.c_contiguous


def test_output_that_is_wrong_at_a_corner_alone_earns_nothing_beside_one_that_is_always_wrong():
    def answer(dz, x, W):
        dx = dz @ W if dz.shape[1] == W.shape[0] else dz @ W.T
        return dx, 2 * (x.T @ dz), dz.sum(axis=0)

    verdict = judge(answer, fresh_key("linear_backward", 1))
    assert verdict.fraction == pytest.approx(1 / 3)
    assert verdict.mistake == "factor-2"
    assert verdict.message.startswith("linear_backward: db is right, dx and dW are not.")


def test_answer_that_is_wrong_and_stops_at_a_corner_is_told_what_is_wrong_and_earns_nothing():
    def answer(x, w, b, y):
        dx, dw, db = right("chain_backward")(x, w, b, y)
        return dx * (float(x) / float(x)), 2 * dw, db

    verdict = judge(answer, fresh_key("chain_backward", 1))
    assert verdict.fraction == 0
    assert verdict.mistake == "factor-2"


def test_answer_that_stops_at_a_corner_alone_is_told_its_inputs():
    def answer(x):
        return 2 * x * np.sin(x) + x**2 * np.cos(x) * (float(x) / float(x))

    verdict = judge(answer, fresh_key("fork_backward", 1))
    assert verdict.mistake == "raises-error"
    assert "It was called with x = 0." in verdict.message
