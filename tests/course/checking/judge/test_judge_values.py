"""Which returned values pass and which do not: values of every kind, form and shape, in plain and in unusual dress."""

import functools
import sys
from collections import namedtuple
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from support.odd_notebooks.strange_objects import never_judged, wrong_numbers
from support.small_exercises import (
    Asked,
    asked_both_gradients,
    asked_gd_step,
    asked_linear_backward,
    asked_loss,
    asked_mse_grad,
    asked_partial_sums,
    asked_winner,
    gd_step,
    linear_backward,
    loss,
    mse_grad,
    partial_sums,
    refused,
    winner,
)

from autograder.exercises import Exercise
from course.answers.compare import Difference
from course.answers.result import Failure, Kind
from course.checking.verdict import Diagnosis

pytestmark = pytest.mark.usefixtures("fewer_entries")


# What an answer returns


def test_right_answer_of_every_form_passes(asked: Asked) -> None:
    verdict = asked.judge(asked.right)
    assert (verdict.passed, verdict.fraction, verdict.mistake) == (True, 1.0, None)


@pytest.mark.parametrize("name", never_judged())
def test_object_that_is_no_value_is_refused(asked: Asked, name: str) -> None:
    for wrapped in (lambda value: value, lambda value: [value] * 2, lambda value: {"dx": value, "dW": value}):
        refused(asked.judge(lambda *inputs, wrapped=wrapped: wrapped(never_judged()[name])))


@pytest.mark.parametrize("name", wrong_numbers())
def test_value_of_another_kind_is_refused(asked: Asked, name: str) -> None:
    refused(asked.judge(lambda *inputs: wrong_numbers()[name]))
    refused(asked.judge(lambda *inputs: [wrong_numbers()[name]] * 3))
    refused(asked.judge(lambda *inputs: {output: wrong_numbers()[name] for output in asked.key.outputs}))


@pytest.mark.parametrize(
    ("value", "failure"),
    [
        (None, Failure(Kind.RETURNS_NONE)),
        (np.array([1, None]), Failure(Kind.NOT_NUMBERS, "an array of dtype object")),
        (max, Failure(Kind.NOT_NUMBERS, "a function; perhaps its parentheses are missing")),
    ],
)
def test_returned_value_that_holds_no_numbers_is_a_failure(value: Any, failure: Failure) -> None:
    assert refused(asked_mse_grad().judge(lambda y_hat, y: value)).failure == failure


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        ("text", "form", "text"),
        ({"a": 1.0}, "form", "a dict"),
        ([1.0, None], "form", "a list with None in it"),
        (np.full(5, 1j), "form", "an array of complex numbers"),
        (1.0, "shape", ""),
        (np.ones((5, 1)), "shape", ""),
        (np.full(5, np.nan), "finite", ""),
    ],
)
def test_returned_value_of_another_form_is_named(value: Any, kind: str, text: str) -> None:
    gap = refused(asked_mse_grad().judge(lambda y_hat, y: value)).difference
    assert gap is not None
    assert (gap.kind, gap.where, gap.text) == (kind, "[0]" if kind == "finite" else "", text)
    if kind == "shape":
        assert (gap.got.shape, gap.expected.shape) == (np.shape(value), (5,))


@pytest.mark.parametrize(
    ("value", "failure"),
    [
        ((1.0, 2.0), Failure(Kind.OTHER_NUMBER_OF_VALUES, count=2)),
        (([1.0, 2.0, 3.0],), Failure(Kind.OTHER_NUMBER_OF_VALUES, count=1)),
        (np.zeros(5), Failure(Kind.OTHER_NUMBER_OF_VALUES, count=5, shape=(5,))),
        (1.0, Failure(Kind.SINGLE_VALUE)),
        ("text", Failure(Kind.SINGLE_VALUE)),
        ({"dx": 1.0}, Failure(Kind.DICT_INCOMPLETE, names=("dx",))),
        (None, Failure(Kind.RETURNS_NONE)),
    ],
)
def test_several_outputs_that_are_missing_are_counted(value: Any, failure: Failure) -> None:
    assert refused(asked_linear_backward().judge(lambda dz, x, W: value)).failure == failure


def test_dict_that_is_asked_for_is_named() -> None:
    diagnosis = refused(asked_both_gradients().judge(lambda params, x, dz: (x.T @ dz, dz.sum(axis=0))))
    assert diagnosis.failure == Failure(Kind.NOT_A_DICT)


def shapes(diagnosis: Diagnosis) -> tuple[Any, Any]:
    """The two shapes that differ."""
    gap = diagnosis.difference
    assert gap is not None
    assert gap.kind == "shape"
    return gap.got.shape, gap.expected.shape


def test_single_number_is_asked_for() -> None:
    assert shapes(refused(asked_loss().judge(lambda y_hat, y: (y_hat - y) ** 2))) == ((5,), ())


def test_generator_that_returns_nothing_is_told_so() -> None:
    assert refused(asked_partial_sums().judge(lambda values: None)).failure == Failure(Kind.RETURNS_NONE)


def test_generator_that_returns_a_number_is_told_so() -> None:
    assert shapes(refused(asked_partial_sums().judge(lambda values: 1.0))) == ((), (6,))


def test_generator_without_an_end_is_cut() -> None:
    def endless(values):
        while True:
            yield 1.0

    assert shapes(refused(asked_partial_sums().judge(endless))) == ((50,), (6,))


def test_long_text_is_shortened() -> None:
    verdict = asked_winner().judge(lambda scores: "x" * 100_000)
    refused(verdict)
    assert len(verdict.message) < 300


def test_wrong_text_is_held_beside_the_right_one() -> None:
    asked = asked_winner()
    gap = refused(asked.judge(lambda scores: "up")).difference
    assert gap == Difference("value", "", "up", winner(asked.key.cases[0].inputs["scores"]))


# Right answers in unusual dress


def fortran(a):
    return np.asfortranarray(a)


def strided(a):
    wide = np.zeros((*a.shape, 2))
    wide[..., 0] = a
    return wide[..., 0]


def read_only(a):
    a = a.copy()
    a.setflags(write=False)
    return a


class Callable3:
    def __call__(self, dz, x, W):
        return linear_backward(dz, x, W)

    def method(self, dz, x, W):
        return linear_backward(dz, x, W)


def noisy(dz, x, W, *extra, verbose=False, **options):
    print("shapes", dz.shape)
    print("to stderr", file=sys.stderr)
    return linear_backward(dz, x, W)


@functools.wraps(linear_backward)
def decorated(*arguments):
    return linear_backward(*arguments)


UNUSUAL: dict[str, Callable[..., Any]] = {
    "list": lambda dz, x, W: list(linear_backward(dz, x, W)),
    "lists of lists": lambda dz, x, W: [out.tolist() for out in linear_backward(dz, x, W)],
    "tuples of tuples": lambda dz, x, W: [tuple(map(tuple, np.atleast_2d(o))) for o in linear_backward(dz, x, W)],
    "dict": lambda dz, x, W: dict(zip(("dx", "dW", "db"), linear_backward(dz, x, W), strict=True)),
    "dict in another order": lambda dz, x, W: dict(db=dz.sum(0), dW=x.T @ dz, dx=dz @ W.T, cache=dz),
    "named tuple": lambda dz, x, W: namedtuple("Gradients", "dx dW db")(*linear_backward(dz, x, W)),
    "Fortran order": lambda dz, x, W: tuple(map(fortran, linear_backward(dz, x, W))),
    "strided": lambda dz, x, W: tuple(map(strided, linear_backward(dz, x, W))),
    "read-only": lambda dz, x, W: tuple(map(read_only, linear_backward(dz, x, W))),
    "float32": lambda dz, x, W: tuple(out.astype(np.float32) for out in linear_backward(dz, x, W)),
    "long double": lambda dz, x, W: tuple(out.astype(np.longdouble) for out in linear_backward(dz, x, W)),
    "complex": lambda dz, x, W: tuple(out + 0j for out in linear_backward(dz, x, W)),
    "row for a bias": lambda dz, x, W: (dz @ W.T, x.T @ dz, dz.sum(axis=0, keepdims=True)),
    "partial": functools.partial(lambda scale, dz, x, W: linear_backward(dz, x, W), 1.0),
    "extra parameter": lambda dz, x, W, scale=1.0: linear_backward(scale * dz, x, W),
    "stars": lambda *inputs: linear_backward(*inputs),
    "callable object": Callable3(),
    "method": Callable3().method,
    "decorated": decorated,
    "prints": noisy,
    "loops": lambda dz, x, W: (dz @ W.T, sum(np.outer(a, b) for a, b in zip(x, dz, strict=True)), sum(dz)),
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_unusual_right_answer_passes(name: str) -> None:
    verdict = asked_linear_backward(care=("unchanged", "one row", "float32", "views")).judge(UNUSUAL[name])
    assert verdict.passed, verdict.message


@pytest.mark.parametrize("number", [float, np.float64, np.float32, np.array, complex, lambda x: np.array(x + 0j)])
def test_number_of_any_type_passes(number: Callable[[float], Any]) -> None:
    assert asked_loss().judge(lambda y_hat, y: number(loss(y_hat, y))).passed


@pytest.mark.parametrize("text", [str, np.str_])
def test_text_of_any_type_passes(text: type) -> None:
    assert asked_winner().judge(lambda scores: text(winner(scores))).passed


def test_cached_answer_passes() -> None:
    exercise = Exercise("square")
    exercise.draw(lambda rng: dict(x=float(rng.normal())))
    assert Asked(exercise, lambda x: x * x).judge(functools.lru_cache(lambda x: x**2)).passed


def test_view_of_an_input_passes() -> None:
    exercise = Exercise("columns", care=("unchanged", "views"))
    exercise.draw(lambda rng: dict(x=rng.normal(size=(5, 3))))
    asked = Asked(exercise, lambda x: x.T.copy())
    assert asked.judge(lambda x: x.T).passed


@pytest.mark.parametrize("zero", [-0.0, 0, np.float32(-0.0), np.zeros(()), False])
def test_zero_of_any_kind_passes(zero: Any) -> None:
    exercise = Exercise("nothing")
    exercise.draw(lambda rng: dict(x=float(rng.normal())))
    assert Asked(exercise, lambda x: 0.0).judge(lambda x: zero).passed


def test_whole_number_too_large_for_an_array_passes_as_a_float() -> None:
    exercise = Exercise("huge")
    exercise.draw(lambda rng: dict(n=int(rng.integers(30, 40))))
    assert Asked(exercise, lambda n: 10.0**n).judge(lambda n: 10**n).passed


def test_list_of_arrays_passes_as_one_array() -> None:
    asked = asked_gd_step(((3,), (3,)))
    assert asked.judge(lambda params, grads, lr: np.array(gd_step(params, grads, lr))).passed
    assert asked.judge(lambda params, grads, lr: tuple(gd_step(params, grads, lr))).passed


def test_generator_passes_as_list_and_array() -> None:
    assert asked_partial_sums().judge(lambda values: list(partial_sums(values))).passed
    assert asked_partial_sums().judge(np.cumsum).passed


# Wrong answers that other graders accept


def test_shape_by_broadcasting_is_refused() -> None:
    asked = asked_linear_backward()
    for spoilt in (lambda db: db[:, None], lambda db: db[None, None], lambda db: db.reshape(3, 1)):
        verdict = asked.judge(lambda dz, x, W, spoilt=spoilt: (dz @ W.T, x.T @ dz, spoilt(dz.sum(axis=0))))
        diagnosis = refused(verdict)
        assert diagnosis.failing == (diagnosis.output,) == ("db",)
        assert shapes(diagnosis) == (spoilt(np.zeros(3)).shape, (3,))
        assert verdict.mistake in ("wrong-shape", "transposed")


def test_wrong_in_a_later_draw_alone_is_refused() -> None:
    asked = asked_mse_grad()
    first = asked.key.cases[0].inputs["y"]
    verdict = asked.judge(lambda y_hat, y: mse_grad(y_hat, y) * (1 if np.array_equal(y, first) else 2))
    diagnosis = refused(verdict)
    assert (diagnosis.kind, diagnosis.failing) == (Kind.WRONG_OUTPUTS, ("mse_grad",))
    assert diagnosis.case is asked.key.cases[1]


def test_nan_beside_right_numbers_is_refused() -> None:
    asked = asked_mse_grad()
    verdict = asked.judge(lambda y_hat, y: np.where(np.arange(5) == 3, np.nan, mse_grad(y_hat, y)))
    gap = refused(verdict).difference
    assert gap is not None
    assert (gap.kind, gap.where) == ("finite", "[3]")
    assert verdict.mistake == "not-finite"


# What the diagnosis holds beside the mistake


def test_diagnosis_holds_the_draw_that_is_wrong_and_its_worst_entry() -> None:
    exercise = Exercise("count")
    exercise.draw(lambda rng: dict(n=int(rng.integers(5, 9))))
    asked = Asked(exercise, lambda n: n)
    diagnosis = refused(asked.judge(lambda n: n + 1))
    case = asked.key.cases[0]
    assert diagnosis.case is case
    assert diagnosis.difference == Difference("value", "", case.inputs["n"] + 1, case.inputs["n"])


def test_diagnosis_holds_the_stage_that_is_wrong_first() -> None:
    diagnosis = refused(asked_linear_backward().judge(lambda dz, x, W: (dz @ W.T + 1, x.T @ dz, dz.sum(axis=0))))
    assert (diagnosis.failing, diagnosis.output) == (("dx",), "dx")
    assert diagnosis.stage_advice == "Begin with dx."
    assert diagnosis.case is not None
    assert "dx" in diagnosis.case.measured
    assert diagnosis.recognised is None


def test_diagnosis_holds_no_stage_whose_outputs_are_right() -> None:
    diagnosis = refused(asked_linear_backward().judge(lambda dz, x, W: (dz @ W.T, x.T @ dz + 1, dz.sum(axis=0))))
    assert (diagnosis.failing, diagnosis.stage_advice) == (("dW",), "")


def test_diagnosis_of_a_result_in_order_holds_its_first_wrong_entry() -> None:
    exercise = Exercise("curve", in_order=True)
    exercise.draw(lambda rng: dict(x=rng.uniform(1, 2, size=4)))
    asked = Asked(exercise, np.cumprod)
    gap = refused(asked.judge(lambda x: np.cumprod(x) + np.array([0.0, 0.1, 0.2, 5.0]))).difference
    assert gap is not None
    assert gap.where == "[1]"


def test_diagnosis_of_wrong_outputs_holds_the_inputs_that_were_changed() -> None:
    def changes(y_hat, y):
        y_hat += 1
        return mse_grad(y_hat, y)

    assert set(refused(asked_mse_grad(care=("unchanged",)).judge(changes)).changed) == {"y_hat"}
    assert refused(asked_mse_grad().judge(changes)).changed == ()


def test_diagnosis_of_a_right_answer_holds_its_relative_error_and_its_care() -> None:
    diagnosis = asked_linear_backward(care=("unchanged", "one row")).judge(linear_backward).diagnosis
    assert diagnosis is not None
    assert diagnosis.kept == ("unchanged", "one row")
    assert diagnosis.relative_error is not None
    assert 0 < diagnosis.relative_error < 1e-6


def test_diagnosis_holds_a_warning_that_costs_nothing() -> None:
    def overflows(y_hat, y):
        np.exp(np.array([1000.0]))
        return mse_grad(y_hat, y)

    verdict = asked_mse_grad().judge(overflows)
    assert verdict.passed
    assert verdict.diagnosis is not None
    assert [warning.kind for warning in verdict.diagnosis.warnings] == ["overflow"]
