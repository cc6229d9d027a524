"""Answers that were found in public courses, issue trackers and forums: wrong ones whose cause is named, and right
ones.

They stand in ``public_answers/``, a file for each unit, written anew for the exercises. A wrong answer must be rejected
with the same mistake for every seed, and a right one, however unusual, earns everything.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.judged_answers import COURSE, key_of, written

from autograder.exercises.loader import exercises_of
from course.answers.result import Answered
from course.checking.judge import judge
from course.checking.patterns import input_without_part
from course.checking.verdict import Verdict

FOLDER = Path(__file__).with_name("public_answers")
SEEDS = (0, 7, 99)
RIGHT = "right"


def _answers() -> list[Any]:
    """Unit, exercise, mistake and text of each answer."""
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        for number, part in enumerate(path.read_text(encoding="utf-8").split("# %% ")[1:], 1):
            title, text = part.split("\n", 1)
            exercise, mistake = title.split(": ")
            found.append(pytest.param(path.stem, exercise, mistake, text, id=f"{exercise}-{mistake}-{number}"))
    return found


def _verdicts(unit: str, exercise: str, text: str) -> list[Verdict]:
    asked = exercises_of(unit, COURSE)[exercise]
    return [judge(asked.answer(written(unit, exercise, text)), key_of(unit, exercise, seed)) for seed in SEEDS]


WRONG = [answer for answer in _answers() if answer.values[2] != RIGHT]


@pytest.mark.parametrize(("unit", "exercise", "mistake", "text"), WRONG)
def test_public_mistake_is_rejected_and_named_the_same_for_every_seed(unit, exercise, mistake, text):
    verdicts = _verdicts(unit, exercise, text)
    assert not any(verdict.passed for verdict in verdicts)
    assert {verdict.mistake for verdict in verdicts} == {mistake}
    wrongs = exercises_of(unit, COURSE)[exercise].wrongs
    told = next((wrong.message for wrong in wrongs if wrong.mistake == mistake), "")
    assert all(told.split("\n")[0] in verdict.message for verdict in verdicts)


@pytest.mark.parametrize(
    ("unit", "exercise", "mistake", "text"), [answer for answer in _answers() if answer.values[2] == RIGHT]
)
def test_public_right_answer_earns_everything_with_every_seed(unit, exercise, mistake, text):
    verdicts = _verdicts(unit, exercise, text)
    assert [(verdict.passed, verdict.fraction) for verdict in verdicts] == [(True, 1.0)] * len(SEEDS)


EXERCISES = [(unit, name) for unit in COURSE.units() for name in exercises_of(unit, COURSE)]


@pytest.mark.parametrize(("unit", "name"), EXERCISES)
def test_no_input_is_said_to_play_no_part_where_all_results_are_right(unit, name):
    key = key_of(unit, name, SEEDS[0])
    core = [(Answered(case.expected), case) for case in (*key.cases, *key.corners)]
    outputs = () if key.properties else key.outputs
    assert [output for output in outputs if input_without_part(key, core, output)] == []


GRADIENTS = [(unit, name) for unit, name in EXERCISES if name.endswith(("_backward", "_grad", "_grads"))]


@pytest.mark.parametrize(("unit", "name"), GRADIENTS)
def test_gradient_is_compared_with_finite_differences(unit, name):
    assert exercises_of(unit, COURSE)[name].forward is not None


def other_spread(rule):
    """First weights with the standard deviations that a rule gives for fan-in and fan-out."""

    def init_two_layer(D, H, C, seed):
        rng = np.random.default_rng(seed)
        W1, W2 = (rng.normal(0, rule(*fans), fans) for fans in ((D, H), (H, C)))
        return dict(W1=W1, b1=np.zeros(H), W2=W2, b2=np.zeros(C))

    return init_two_layer


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (lambda fan_in, fan_out: 1 / fan_in, "It is 1/fan-in: the root is missing."),
        (lambda fan_in, fan_out: fan_out**-0.5, "It is 1/√(fan-out)"),
        (lambda fan_in, fan_out: (2 / fan_in) ** 0.5, "the rule for a ReLU"),
        (lambda fan_in, fan_out: (2 / (fan_in + fan_out)) ** 0.5, "Glorot's rule"),
        (lambda fan_in, fan_out: 0.01, "All layers have the same one"),
    ],
)
def test_first_weights_of_another_rule_are_told_of_it(rule, told):
    unit, name = "09_two_layers", "init_two_layer"
    for seed in SEEDS:
        assert told in judge(other_spread(rule), key_of(unit, name, seed)).message


def test_batches_in_another_order_are_told_from_rows_in_another_order():
    def minibatches(x, y, size, seed):
        starts = np.random.default_rng(seed).permutation(np.arange(0, len(x), size))[::-1]
        for k in np.roll(starts, 1 if starts[-1] == max(starts) else 0):
            yield x[k : k + size], y[k : k + size]

    asked = exercises_of("10_mlp", COURSE)["minibatches"]
    verdict = judge(asked.answer(minibatches), key_of("10_mlp", "minibatches", SEEDS[0]))
    assert "shuffle the rows, not the batches" in verdict.message
