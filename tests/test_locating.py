"""The first wrong step of a composite backward pass is told, also of faults that no known wrong answer foresees."""

import dataclasses

import numpy as np
import pytest

from autograder.asked import exercises_of
from autograder.declared import Probing
from autograder.errors import BrokenUnit
from autograder.exercises import Exercise, Step
from autograder.keymaking import make_key
from autograder.source import right_answer
from course.answering import Answered
from course.judging import judge, judge_results
from course.key_files import key_from_json, key_to_json

UNIT, NAME = "09_two_layers", "two_layer_backward"


def passed_back(
    dW2=lambda a1, dz2: a1.T @ dz2,
    db2=lambda dz2: dz2.sum(axis=0),
    da1=lambda dz2, W2: dz2 @ W2.T,
    dz1=lambda da1, a1: da1 * (1 - a1**2),
    dW1=lambda x, dz1, da1: x.T @ dz1,
    db1=lambda dz1, da1: dz1.sum(axis=0),
):
    """A backward pass in which one step is replaced."""

    def answer(params, cache, dz2):
        x, a1 = cache["x"], cache["a1"]
        grads = {"W2": dW2(a1, dz2), "b2": db2(dz2)}
        back = da1(dz2, params["W2"])
        through = dz1(back, a1)
        return {**grads, "W1": dW1(x, through, back), "b1": db1(through, back)}

    return answer


def shifted(array):
    return np.roll(array, 1, axis=0)


FAULTS = {
    "dW2": [
        passed_back(dW2=lambda a1, dz2: a1.T @ np.abs(dz2)),
        passed_back(dW2=lambda a1, dz2: shifted(a1).T @ dz2),
        passed_back(dW2=lambda a1, dz2: np.outer(a1.sum(axis=0), dz2.sum(axis=0))),
        passed_back(dW2=lambda a1, dz2: dz2.T @ a1),
        passed_back(dW2=lambda a1, dz2: a1 @ dz2),
        passed_back(dW2=lambda a1, dz2: a1[-1:].T @ dz2[-1:]),
        passed_back(dW2=lambda a1, dz2: a1.T @ dz2 / len(dz2)),
    ],
    "db2": [
        passed_back(db2=lambda dz2: dz2.max(axis=0)),
        passed_back(db2=lambda dz2: dz2[0]),
        passed_back(db2=lambda dz2: dz2.sum()),
        passed_back(db2=lambda dz2: dz2.sum(axis=1)),
    ],
    "da1": [
        passed_back(da1=lambda dz2, W2: dz2 @ W2),
        passed_back(da1=lambda dz2, W2: dz2 @ np.abs(W2).T),
        passed_back(da1=lambda dz2, W2: np.sign(dz2) @ W2.T),
        passed_back(da1=lambda dz2, W2: dz2[:, :1] @ W2[:, :1].T),
        passed_back(da1=lambda dz2, W2: (dz2.mean(axis=0) @ W2.T) + 0 * dz2[:, :1]),
        passed_back(da1=lambda dz2, W2: dz2 @ (W2 / np.linalg.norm(W2)).T),
        passed_back(da1=lambda dz2, W2: (dz2 - dz2.mean(axis=1, keepdims=True)) @ W2.T),
        passed_back(da1=lambda dz2, W2: dz2 @ (W2 - 0.1 * W2**2).T),
        passed_back(da1=lambda dz2, W2: dz2**2 @ W2.T),
        passed_back(da1=lambda dz2, W2: shifted(dz2) @ W2.T),
        passed_back(da1=lambda dz2, W2: dz2 @ W2.T + W2.sum(axis=1)),
        passed_back(da1=lambda dz2, W2: dz2 @ W2[::-1].T),
        passed_back(da1=lambda dz2, W2: (dz2 @ W2.T).sum(axis=1, keepdims=True) + 0 * W2[:, 0]),
    ],
    "dz1": [
        passed_back(dz1=lambda da1, a1: da1 * (1 + a1**2)),
        passed_back(dz1=lambda da1, a1: da1 * (1 - a1) ** 2),
        passed_back(dz1=lambda da1, a1: da1 * np.sqrt(1 - a1**2)),
        passed_back(dz1=lambda da1, a1: da1 - a1**2),
        passed_back(dz1=lambda da1, a1: da1 / (1 - a1**2)),
        passed_back(dz1=lambda da1, a1: da1 * (1 - a1**3)),
        passed_back(dz1=lambda da1, a1: da1 * 2 * a1),
        passed_back(dz1=lambda da1, a1: da1 * (1 - a1**2).mean(axis=0)),
        passed_back(dz1=lambda da1, a1: da1 * np.exp(-a1)),
        passed_back(dz1=lambda da1, a1: da1 * (da1 > 0)),
        passed_back(dz1=lambda da1, a1: np.tanh(da1)),
        passed_back(dz1=lambda da1, a1: da1 * (1 - a1**2) ** 2),
    ],
    "dW1": [
        passed_back(dW1=lambda x, dz1, da1: x.T @ np.abs(dz1)),
        passed_back(dW1=lambda x, dz1, da1: x.T @ (dz1 + da1)),
        passed_back(dW1=lambda x, dz1, da1: dz1.T @ x),
        passed_back(dW1=lambda x, dz1, da1: x @ dz1),
        passed_back(dW1=lambda x, dz1, da1: shifted(x).T @ dz1),
        passed_back(dW1=lambda x, dz1, da1: np.outer(x.sum(axis=0), dz1.sum(axis=0))),
    ],
    "db1": [
        passed_back(db1=lambda dz1, da1: dz1.mean(axis=0)),
        passed_back(db1=lambda dz1, da1: dz1[-1]),
        passed_back(db1=lambda dz1, da1: dz1.sum(axis=1)),
        passed_back(db1=lambda dz1, da1: dz1.sum()),
    ],
}
PLANTED = [(step, number) for step, faults in FAULTS.items() for number in range(len(faults))]


@pytest.fixture(scope="module", params=[3, 11])
def key(course, request):
    """The real exercise's key, with no known wrong answers: every fault is one that nobody foresaw."""
    exercise = exercises_of(UNIT, course)[NAME]
    key = make_key(exercise, UNIT, right_answer(course, UNIT, NAME), seed=request.param)
    cases = tuple(dataclasses.replace(case, mistakes={}) for case in key.cases)
    return dataclasses.replace(key, mistakes={}, cases=cases)


@pytest.mark.parametrize(("step", "number"), PLANTED, ids=[f"{step}-{number}" for step, number in PLANTED])
def test_first_wrong_step_of_an_unforeseen_fault_is_named(key, step, number):
    verdict = judge(FAULTS[step][number], key)
    assert not verdict.passed
    assert verdict.step == step, verdict.message
    assert f"{step} is the first that is wrong" in verdict.message


def test_right_answer_has_no_wrong_step(key):
    verdict = judge(passed_back(), key)
    assert verdict.passed
    assert verdict.step == ""


def test_message_says_what_is_right_before_the_wrong_step(key):
    message = judge(passed_back(dz1=lambda da1, a1: da1 * (1 + a1**2)), key).message
    assert "dz1 is the first that is wrong: dW2, db2 and da1 are right." in message
    assert "dz1 is da1 times the slope of the tanh" in message
    first = judge(passed_back(dW2=lambda a1, dz2: -a1.T @ dz2), key).message
    assert "dW2 is the first that is wrong. Mend it first" in first


def test_probe_that_fails_says_what_was_seen(key):
    message = judge(passed_back(da1=lambda dz2, W2: dz2 @ np.abs(W2).T), key).message
    assert "We tried another dz2 and another W2 that make the same da1." in message


def test_factor_that_can_come_in_at_either_of_two_steps_names_both(key):
    halved = passed_back(da1=lambda dz2, W2: dz2 @ W2.T / 2)
    negative = passed_back(dz1=lambda da1, a1: da1 * (a1**2 - 1))
    for answer in (halved, negative):
        verdict = judge(answer, key)
        assert verdict.step == "da1 or dz1"
        assert "da1 or dz1 is the first that is wrong: dW2 and db2 are right." in verdict.message
        assert (
            "A factor that is the same for all entries can come in at either, or in all that follows."
            in verdict.message
        )


def test_answer_that_stops_is_located_where_all_sizes_are_equal(key):
    verdict = judge(passed_back(da1=lambda dz2, W2: dz2 @ W2), key)
    assert verdict.mistake == "raises-error"
    assert "Where all sizes are equal it runs. There, da1 is the first that is wrong" in verdict.message


def test_answer_that_stops_there_too_is_told_its_error_alone(key):
    verdict = judge(lambda params, cache, dz2: cache["z1"], key)
    assert verdict.step == ""
    assert "KeyError" in verdict.message


def test_answer_that_fails_in_a_probe_alone_is_judged_all_the_same(key):
    def fails_on_zeros(params, cache, dz2):
        if not cache["x"].all():
            raise ValueError("zeros")
        return passed_back(dz1=lambda da1, a1: da1 * (1 + a1**2))(params, cache, dz2)

    assert judge(fails_on_zeros, key).step == "da1"


def test_results_alone_name_both_hidden_steps(key):
    case = key.cases[0]
    single = dataclasses.replace(key, cases=(case,))
    outputs = passed_back(dz1=lambda da1, a1: da1 * (1 + a1**2))(**case.inputs)
    assert judge_results(Answered(outputs), single).step == "da1 or dz1"


def test_swapped_results_are_told_as_such(key):
    def swapped(params, cache, dz2):
        grads = passed_back()(params, cache, dz2)
        return {"W1": grads["W2"], "b1": grads["b2"], "W2": grads["W1"], "b2": grads["b1"]}

    assert judge(swapped, key).mistake == "wrong-order"


def test_key_with_steps_survives_being_written_and_read(key):
    again = key_from_json(key.exercise, key.unit, key_to_json(key))
    assert key_to_json(again) == key_to_json(key)
    assert judge(FAULTS["da1"][0], again).step == "da1"
    assert judge(FAULTS["dz1"][0], again).step == "dz1"


def doubled_twice(**options):
    """Two hidden steps and one output, with no right value in between."""
    exercise = Exercise("doubled_twice", steps=(Step("u"), Step("v"), Step("out", "doubled_twice")), **options)
    exercise.draw(lambda rng: dict(x=rng.normal(size=3)))
    return exercise


def quadruple(x):
    return 4 * x


def test_probe_with_a_single_draw_asks_for_right_results():
    exercise = doubled_twice()
    exercise.probe("u")(lambda rng, x: [dict(x=np.zeros(3))])
    key = make_key(exercise, "00_tests", quadruple, 1)
    assert judge(lambda x: 4 * x + 1, key).step == "u"
    assert judge(lambda x: 4 * x**2, key).step == "v"


def test_hidden_steps_whose_probes_all_hold_leave_the_next_output():
    exercise = doubled_twice()
    exercise.probe("v")(lambda rng, x: [dict(x=np.zeros(3))])
    assert judge(lambda x: 4 * x**2, make_key(exercise, "00_tests", quadruple, 1)).step == "out"


def test_probe_that_the_right_answer_fails_is_refused():
    exercise = doubled_twice()
    exercise.probe("u")(lambda rng, x: [dict(x=x), dict(x=2 * x)])
    with pytest.raises(BrokenUnit, match="asks for the same doubled_twice in all its draws"):
        make_key(exercise, "00_tests", quadruple, 1)


def test_probe_of_a_step_that_is_not_hidden_is_refused():
    exercise = doubled_twice()
    exercise.probes.append(Probing("out", "", (), lambda rng, x: [dict(x=x)]))
    with pytest.raises(BrokenUnit, match="a probe of out, which is no hidden step"):
        make_key(exercise, "00_tests", quadruple, 1)
