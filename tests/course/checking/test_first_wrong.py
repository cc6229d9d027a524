"""The first wrong step of a composite backward pass is told, also of faults that no known wrong answer foresees."""

import dataclasses

import numpy as np
import pytest

from autograder.build.key_json import key_to_json
from autograder.errors import BrokenUnit
from autograder.exercises import Exercise, Step
from autograder.exercises.declarations import Probing
from autograder.exercises.keys import make_key
from autograder.exercises.loader import exercises_of
from autograder.judge.grade import judged
from autograder.notebook import cells_of, right_answer
from autograder.verify.proof import key_for
from course.answers.key_files import key_from_json, load_key
from course.answers.result import Answered, Kind
from course.checking.judge import judge, judge_results
from course.checking.messages import titled

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
        passed_back(da1=lambda dz2, W2: dz2 @ (W2 / np.linalg.norm(W2)).T),
        passed_back(da1=lambda dz2, W2: (dz2 - dz2.mean(axis=1, keepdims=True)) @ W2.T),
        passed_back(da1=lambda dz2, W2: dz2 @ (W2 - 0.1 * W2**2).T),
        passed_back(da1=lambda dz2, W2: dz2**2 @ W2.T),
        passed_back(da1=lambda dz2, W2: dz2 @ W2.T + W2.sum(axis=1)),
    ],
    "da1 or dz1": [
        passed_back(da1=lambda dz2, W2: (dz2.mean(axis=0) @ W2.T) + 0 * dz2[:, :1]),
        passed_back(da1=lambda dz2, W2: shifted(dz2) @ W2.T),
        passed_back(da1=lambda dz2, W2: dz2 @ W2[::-1].T),
        passed_back(da1=lambda dz2, W2: (dz2 @ W2.T).sum(axis=1, keepdims=True) + 0 * W2[:, 0]),
        passed_back(dz1=lambda da1, a1: np.roll(da1 * (1 - a1**2), 1, axis=1)),
        passed_back(dz1=lambda da1, a1: shifted(da1) * (1 - a1**2)),
        passed_back(dz1=lambda da1, a1: (da1 - da1.mean(axis=1, keepdims=True)) * (1 - a1**2)),
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


def located(verdict):
    """The first wrong step that the diagnosis holds."""
    assert verdict.diagnosis.located is not None
    return verdict.diagnosis.located


@pytest.mark.parametrize(("step", "number"), PLANTED, ids=[f"{step}-{number}" for step, number in PLANTED])
def test_first_wrong_step_of_an_unforeseen_fault_is_named(key, step, number):
    verdict = judge(FAULTS[step][number], key)
    assert not verdict.passed
    assert verdict.step == step, verdict.message
    assert located(verdict).step == step


def test_right_answer_has_no_wrong_step(key):
    verdict = judge(passed_back(), key)
    assert verdict.passed
    assert verdict.step == ""


def test_what_is_right_before_the_wrong_step_is_known(key):
    later = located(judge(passed_back(dz1=lambda da1, a1: da1 * (1 + a1**2)), key))
    assert (later.steps, later.right) == (("dz1",), ("dW2", "db2", "da1"))
    assert "dz1 is da1 times the slope of the tanh" in later.advice
    first = located(judge(passed_back(dW2=lambda a1, dz2: -a1.T @ dz2), key))
    assert (first.steps, first.right) == (("dW2",), ())


def test_gradient_is_called_after_its_step_and_not_like_the_parameter(key):
    verdict = judge(passed_back(dW1=lambda x, dz1, da1: 2 * x.T @ dz1), key)
    assert (verdict.diagnosis.failing, verdict.diagnosis.output) == (("W1",), "W1")
    assert (titled(key, "W1"), verdict.evidence.output) == ("dW1", "dW1")


def test_units_that_are_mixed_after_da1_are_not_said_to_be_mixed_in_it(key):
    seen = located(judge(passed_back(dz1=lambda da1, a1: np.roll(da1 * (1 - a1**2), 1, axis=1)), key)).seen
    assert "What the other units pass back changed too, so units are mixed." in seen
    assert "mixed in da1" not in seen


def test_probe_that_fails_says_what_was_seen(key):
    seen = located(judge(passed_back(da1=lambda dz2, W2: dz2 @ np.abs(W2).T), key)).seen
    assert "We tried another dz2 and another W2 that make the same da1." in seen


def test_factor_that_can_come_in_at_either_of_two_steps_names_both(key):
    halved = passed_back(da1=lambda dz2, W2: dz2 @ W2.T / 2)
    negative = passed_back(dz1=lambda da1, a1: da1 * (a1**2 - 1))
    for answer in (halved, negative):
        verdict = judge(answer, key)
        assert verdict.step == "da1 or dz1"
        found = located(verdict)
        assert (found.steps, found.right) == (("da1", "dz1"), ("dW2", "db2"))
        seen = "A factor that is the same for all entries can come in at either, or in all that follows."
        assert found.seen == seen


def test_answer_that_stops_is_located_where_all_sizes_are_equal(key):
    verdict = judge(passed_back(da1=lambda dz2, W2: dz2 @ W2), key)
    assert verdict.mistake == "raises-error"
    assert verdict.diagnosis.kind is Kind.RAISES_ERROR
    assert located(verdict).steps == ("da1",)


def test_answer_that_stops_there_too_is_told_its_error_alone(key):
    verdict = judge(lambda params, cache, dz2: cache["z1"], key)
    assert verdict.step == ""
    assert verdict.diagnosis.located is None
    assert verdict.diagnosis.failure.error.kind == "KeyError"


def test_answer_that_fails_in_a_probe_alone_is_judged_all_the_same(key):
    def fails_on_zeros(params, cache, dz2):
        if not cache["x"].all():
            raise ValueError("zeros")
        return passed_back(dz1=lambda da1, a1: da1 * (1 + a1**2))(params, cache, dz2)

    assert judge(fails_on_zeros, key).step == "da1 or dz1"


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


# Faults planted afterwards, by someone who looked at neither the probes nor the faults above: whole functions.

WRITTEN_OUT = """
def two_layer_backward(params, cache, dz2):
    x, a1 = cache["x"], cache["a1"]
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    dW2 = a1.T @ dz2
    db2 = dz2.sum(axis=0)
    da1 = dz2 @ W2.T
    dz1 = da1 * (1 - a1**2)
    dW1 = x.T @ dz1
    db1 = dz1.sum(axis=0)
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
"""
LATER = [
    ("da1 * (1 - a1**2)", "da1", "dz1"),
    ("(1 - a1**2)", "(1 - np.tanh(a1)**2)", "dz1"),
    ("(1 - a1**2)", "a1 * (1 - a1)", "dz1"),
    ("(1 - a1**2)", "(1 - np.tanh(x @ W1)**2)", "dz1"),
    ("(1 - a1**2)", "(1 - a1.mean(axis=0)**2)", "dz1"),
    ("da1 * (1 - a1**2)", "(da1 * (1 - a1**2)).astype(int)", "dz1"),
    ("* (1 - a1**2)", "/ np.cosh(a1)**2", "dz1"),
    ("a1.T @ dz2", "x.T @ dz2", "dW2"),
    ("a1.T @ dz2", "(1 - a1**2).T @ dz2", "dW2"),
    ("dW2 = a1.T", "dz2 = dz2 * (1 - np.tanh(a1 @ W2 + b2)**2)\n    dW2 = a1.T", "dW2"),
    ("dW2 = a1.T @ dz2", "for n in range(len(x)):\n        dW2 = np.outer(a1[n], dz2[n])", "dW2"),
    ("dz2.sum(axis=0)", "dz2.mean(axis=0)", "db2"),
    ("dz2 @ W2.T", "dz2 @ W1", "da1"),
    ("da1 = dz2 @ W2.T", "da1 = dz2 @ (W2 - 0.1 * dW2).T", "da1"),
    ("dz2 @ W2.T", "np.outer(dz2[:, -1], W2[:, -1])", "da1"),
    ("dz2 @ W2.T", "(dz2 - b2) @ W2.T", "da1"),
    ("dz2 @ W2.T", "(dz2 * (1 - dz2)) @ W2.T", "da1"),
    ("dz2 @ W2.T", "-dz2 @ W2.T", "da1 or dz1"),
    ("dz2 @ W2.T", "dz2 @ W2.T / a1.shape[1]", "da1 or dz1"),
    ("(1 - a1**2)", "(1 - a1**2) / len(x)", "da1 or dz1"),
    ("x.T @ dz1", "x.T @ da1", "dW1"),
    ("x.T @ dz1", "x.T @ (da1 * (1 - a1)**2)", "dW1"),
    ("dz1.sum(axis=0)", "da1.sum(axis=0)", "db1"),
    ("dz1.sum(axis=0)", "dz1[0]", "db1"),
]


def written(text, name, old, new, names):
    """An answer given as text, with one piece of it replaced."""
    assert text.count(old) == 1
    exec(text.replace(old, new), names)
    return names[name]


@pytest.mark.parametrize(("old", "new", "step"), LATER)
def test_first_wrong_step_of_a_fault_planted_later_is_named(course, old, new, step):
    answer = written(WRITTEN_OUT, NAME, old, new, {"np": np})
    verdict = judge(answer, key_for(course, UNIT, exercises_of(UNIT, course)[NAME], 5))
    assert verdict.step == step, verdict.message
    opened = judge(answer, load_key(NAME))
    assert opened.step == step, opened.message


@pytest.mark.parametrize("step", ["da1", "dz1"])
@pytest.mark.parametrize("lost", ["[:, -1]", "[-1]"])
def test_unit_or_row_that_is_lost_at_either_step_names_both(key, step, lost):
    def losing(value):
        value = value.copy()
        exec(f"value{lost} = 0")
        return value

    faults = {
        "da1": passed_back(da1=lambda dz2, W2: losing(dz2 @ W2.T)),
        "dz1": passed_back(dz1=lambda da1, a1: losing(da1 * (1 - a1**2))),
    }
    verdict = judge(faults[step], key)
    assert verdict.step == "da1 or dz1"
    seen = "Each entry is wrong by a factor that can come in at either, or in all that follows."
    assert located(verdict).seen == seen


def test_mistake_told_from_a_later_output_names_no_step_that_is_right(course):
    """db2 averaged alone has the numbers of a mistake that also averages dW2, and dW2 is right here."""
    key = key_for(course, UNIT, exercises_of(UNIT, course)[NAME], 5)
    verdict = judge(passed_back(db2=lambda dz2: dz2.mean(axis=0)), key)
    assert (verdict.step, verdict.mistake) == ("db2", "averaged-biases")
    assert located(verdict).right == ("dW2",)


# A class with several layers, judged in the open check and when graded

OWN = """
class MLP:
    def __init__(self, sizes, seed):
        rng = np.random.default_rng(seed)
        self.W = [rng.normal(0, np.sqrt(2 / m), (m, n)) for m, n in zip(sizes[:-1], sizes[1:])]
        self.b = [np.zeros(n) for n in sizes[1:]]
    def forward(self, x):
        self.a, self.z = [x], []
        for i, (W, b) in enumerate(zip(self.W, self.b)):
            z = self.a[-1] @ W + b
            self.z.append(z)
            if i < len(self.W) - 1:
                self.a.append(np.maximum(0, z))
        return z
    def backward(self, dz):
        L = len(self.W)
        self.dW, self.db = [None] * L, [None] * L
        for i in range(L - 1, -1, -1):
            self.dW[i] = self.a[i].T @ dz
            self.db[i] = dz.sum(axis=0)
            da = dz @ self.W[i].T
            if i > 0:
                dz = da * (self.z[i - 1] > 0)
        return da
    def params(self):
        return [p for pair in zip(self.W, self.b) for p in pair]
    def grads(self):
        return [g for pair in zip(self.dW, self.db) for g in pair]
"""
IN_LAYERS = [
    ("(self.z[i - 1] > 0)", "(self.a[i] >= 0)", "dz2"),
    ("(self.z[i - 1] > 0)", "(da > 0)", "dz2"),
    ("(self.z[i - 1] > 0)", "self.a[i]", "dz2"),
    ("(self.z[i - 1] > 0)", "np.where(self.z[i - 1] > 0, 1, 0.01)", "dz2"),
    ("(self.z[i - 1] > 0)", "(self.z[i] > 0)", "dz2"),
    ("dz = da * (self.z[i - 1] > 0)", "dz = np.clip(da * (self.z[i - 1] > 0), -1, 1)", "dz2"),
    ("dz = da * (self.z[i - 1] > 0)", "dz = da * (self.z[i - 1] > 0) if i > 1 else da", "dz1"),
    ("self.a[i].T @ dz", "(self.z[i - 1] if i else self.a[0]).T @ dz", "dW3"),
    ("self.a[i].T @ dz", "self.a[i][::-1].T @ dz", "dW3"),
    ("self.a[i].T @ dz", "self.a[i].T @ (dz if i else da)", "dW1"),
    ("self.db[i] = dz.sum(axis=0)", "self.db[i] = (dz if i == L - 1 else da).sum(axis=0)", "db2"),
    ("dz.sum(axis=0)", "dz.sum()", "db3"),
    ("da = dz @ self.W[i].T", "da = dz @ (self.W[i] - 0.1 * self.dW[i]).T", "da2"),
    ("da = dz @ self.W[i].T", "da = dz @ self.W[i - 1].T", "da2"),
    ("da = dz @ self.W[i].T", "da = dz @ self.W[i]", "da2"),
    ("da = dz @ self.W[i].T", "da = dz @ self.W[i].T\n            da = da / np.linalg.norm(da)", "da2 or dz2"),
    ("da = dz @ self.W[i].T", "da = dz @ self.W[i].T if i else -dz @ self.W[i].T", "dx"),
    ("return da", "return dz", "dx"),
]


@pytest.fixture(scope="module")
def mlp_check(course):
    """The check cell's run as the notebook has it, and the open key of MLP."""
    (text,) = [c.text for c in cells_of(course, "10_mlp") if 'grade("MLP"' in c.text]
    return text[: text.index("mlp_run.subject")], load_key("MLP")


@pytest.mark.parametrize(("old", "new", "step"), IN_LAYERS)
def test_first_wrong_step_between_layers_is_named(course, mlp_check, old, new, step):
    names = {"np": np}
    answer = written(OWN, "MLP", old, new, names)
    assert judged("MLP", answer, "10_mlp", 5, course).step == step
    exec(mlp_check[0], names)
    opened = judge(names["mlp_run"], mlp_check[1])
    assert opened.step == step, opened.message
