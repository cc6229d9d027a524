"""Telling a wrong result's mistake, and never saying of a result what is not so."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from support.small_exercises import (
    Asked,
    asked_both_gradients,
    asked_gd_step,
    asked_linear_backward,
    asked_loss,
    asked_mse_grad,
    asked_partial_sums,
    asked_slope,
    gd_step,
    linear_backward,
    loss,
    mse_grad,
    partial_sums,
    slope,
)

from autograder.exercises import Exercise
from course.answers.result import Kind
from course.checking.judge import judge
from course.checking.verdict import Recognised, Verdict


def known(verdict: Verdict) -> Recognised:
    """The mistake that was recognised."""
    assert verdict.diagnosis is not None
    assert verdict.diagnosis.recognised is not None
    return verdict.diagnosis.recognised


def not_recognised(verdict: Verdict) -> bool:
    """Whether outputs are wrong, by no mistake that is known."""
    diagnosis = verdict.diagnosis
    return diagnosis is not None and diagnosis.kind is Kind.WRONG_OUTPUTS and diagnosis.recognised is None


def scaled(factor: float) -> Callable[..., Any]:
    return lambda y_hat, y: factor * mse_grad(y_hat, y)


@pytest.mark.parametrize(
    ("factor", "mistake"),
    [
        (-1, "factor--1"),
        (2, "factor-2"),
        (0.5, "factor-1/2"),
        (0.2, "factor-1/N"),
        (3.7, "factor"),
        (-0.25, "factor"),
    ],
)
def test_factor_is_named(factor: float, mistake: str) -> None:
    verdict = asked_mse_grad().judge(scaled(factor))
    assert verdict.mistake == mistake
    assert known(verdict).mistake == mistake


def test_factor_of_a_size_names_its_letter() -> None:
    asked = asked_linear_backward()
    times_m = asked.judge(lambda dz, x, W: (dz @ W.T, 3 * x.T @ dz, dz.sum(axis=0)))
    over_m = asked.judge(lambda dz, x, W: (dz @ W.T, x.T @ dz / 3, dz.sum(axis=0)))
    assert times_m.mistake == "factor-M"
    assert over_m.mistake == "factor-1/M"


def test_factor_of_a_batch_of_one_is_not_a_size() -> None:
    verdict = asked_mse_grad((1,)).judge(scaled(2))
    assert verdict.mistake == "factor-2"


def test_factor_is_read_where_one_draw_has_no_such_size() -> None:
    asked = asked_mse_grad()
    cases = asked.key.cases
    mixed = replace(asked.key, cases=(cases[0], replace(cases[1], sizes={}), cases[2]))
    assert judge(scaled(-1), mixed).mistake == "factor--1"


def test_factor_of_a_size_is_not_read_from_a_batch_of_one_among_others() -> None:
    asked, one = asked_mse_grad(), asked_mse_grad((1,))
    mixed = replace(asked.key, cases=(one.key.cases[0], *asked.key.cases))
    verdict = judge(lambda y_hat, y: mse_grad(y_hat, y) / len(y), mixed)
    assert verdict.mistake is None
    assert not_recognised(verdict)


def test_factor_that_differs_between_draws_is_not_named() -> None:
    asked = asked_mse_grad()
    verdict = asked.judge(lambda y_hat, y: y_hat[0] * mse_grad(y_hat, y))
    assert verdict.mistake is None
    assert not_recognised(verdict)


def test_factor_of_whole_numbers_does_not_overflow() -> None:
    asked = asked_mse_grad()
    verdict = asked.judge(lambda y_hat, y: np.where(y > y[0], 2**62, 2**61))
    assert verdict.mistake is None


def test_known_wrong_answer_comes_before_a_factor() -> None:
    verdict = asked_mse_grad().judge(lambda y_hat, y: 2 * (y_hat - y))
    assert verdict.mistake == "sum"
    assert known(verdict) == Recognised("sum", "The loss is a mean.", whole=True)


def test_known_wrong_answer_in_one_output_alone_is_named() -> None:
    verdict = asked_linear_backward().judge(lambda dz, x, W: (-dz @ W.T, x.T @ dz, dz.mean(axis=0)))
    assert verdict.mistake in ("averaged-rows", "factor--1")
    only_db = asked_linear_backward().judge(
        lambda dz, x, W: {"dx": dz @ W.T, "dW": x.T @ dz, "db": dz.sum(0) / len(dz)}
    )
    assert only_db.mistake == "averaged-rows"
    assert only_db.fraction == pytest.approx(2 / 3)
    assert only_db.diagnosis is not None
    assert (only_db.diagnosis.failing, only_db.diagnosis.output) == (("db",), "db")


def test_known_wrong_answer_that_raises_is_named_by_its_error() -> None:
    verdict = asked_linear_backward().judge(lambda dz, x, W: (dz @ W.T, x @ dz, dz.sum(axis=0)))
    assert verdict.mistake == "x-not-transposed"
    assert known(verdict).message == "x must be transposed for dW."


def test_upstream_ignored_is_named() -> None:
    verdict = asked_linear_backward().judge(lambda dz, x, W: linear_backward(np.ones_like(dz), x, W))
    assert verdict.mistake == "upstream-ignored"
    assert known(verdict).message.startswith("dz plays no part in this result.")


def test_wrong_order_is_named() -> None:
    verdict = asked_linear_backward().judge(lambda dz, x, W: linear_backward(dz, x, W)[::-1])
    assert verdict.mistake == "wrong-order"
    swapped = asked_both_gradients().judge(lambda params, x, dz: {"db": x.T @ dz, "dW": dz.sum(axis=0)})
    assert swapped.mistake == "wrong-order"


def test_transposed_is_named() -> None:
    verdict = asked_mse_grad((5, 3)).judge(lambda y_hat, y: mse_grad(y_hat, y).T)
    assert verdict.mistake == "transposed"


@pytest.mark.parametrize("shape", [(5, 3), (5,)])
def test_first_row_only_is_named(shape: tuple[int, ...]) -> None:
    def first(y_hat, y):
        out = mse_grad(y_hat, y)
        out[1:] = 7.0
        return out

    verdict = asked_mse_grad(shape).judge(first)
    assert verdict.mistake == "first-row-only"


def test_first_row_only_is_not_said_where_another_row_is_right() -> None:
    def last_wrong(y_hat, y):
        out = mse_grad(y_hat, y)
        out[-1] = 7.0
        return out

    verdict = asked_mse_grad((5, 3)).judge(last_wrong)
    assert verdict.mistake is None
    assert not_recognised(verdict)


def test_right_where_positive_is_named() -> None:
    verdict = asked_mse_grad((5, 3)).judge(lambda y_hat, y: np.where(y > 0, mse_grad(y_hat, y), 7.0))
    assert verdict.mistake == "right-where-positive"


def test_right_where_positive_is_not_said_where_some_others_are_right() -> None:
    def one_wrong(y_hat, y):
        out = mse_grad(y_hat, y)
        out[np.unravel_index(np.argmin(y), y.shape)] = 7.0
        return out

    assert asked_mse_grad((5, 3)).judge(one_wrong).mistake is None


def test_patterns_are_sought_in_lists_of_arrays() -> None:
    verdict = asked_gd_step().judge(lambda params, grads, lr: [-p for p in gd_step(params, grads, lr)])
    assert verdict.mistake == "factor--1"


def test_patterns_are_sought_in_what_a_generator_yields() -> None:
    verdict = asked_partial_sums().judge(lambda values: [-v for v in partial_sums(values)])
    assert verdict.mistake == "factor--1"


def test_patterns_cope_with_inputs_of_many_shapes() -> None:
    verdict = asked_gd_step(((7, 3), (3,), ())).judge(lambda params, grads, lr: params)
    assert verdict.mistake is None
    assert not_recognised(verdict)


def test_patterns_cope_with_single_numbers_and_functions() -> None:
    assert asked_loss().judge(lambda y_hat, y: loss(y_hat, y) / 2).mistake == "factor-1/2"
    assert asked_slope().judge(lambda f, x: -slope(f, x)).mistake == "factor--1"


@pytest.mark.parametrize("value", [1j, np.nan, np.inf, 0.0, 1e308, -1e308])
def test_patterns_say_nothing_about_odd_numbers_but_that_there_is_only_one(value: complex) -> None:
    verdict = asked_mse_grad((5, 3)).judge(lambda y_hat, y: np.full(y.shape, value))
    assert verdict.mistake in ("one-number", "not-finite", "not-numbers")


def two_of_three(*, dW: bool, db: bool) -> Callable[..., Any]:
    """An answer with a factor at these outputs."""

    def answer(dz, x, W):
        dx, right_dW, right_db = linear_backward(dz, x, W)
        return dx, 7 * right_dW if dW else right_dW, dz.sum(axis=0) / len(dz) if db else right_db

    return answer


def asked_with(message: str, wrong: Callable[..., Any], spoils: tuple[str, ...]) -> Any:
    """linear_backward with one more known mistake."""
    asked = asked_linear_backward()
    asked.exercise.wrong("planted", message, spoils=spoils)(wrong)
    asked.__post_init__()
    return asked


def test_mistake_of_one_output_does_not_call_another_right_that_is_wrong() -> None:
    seven = two_of_three(dW=True, db=False)
    asked = asked_with("db is right, dW is not: the factor is 7. Seven is too many.", seven, ("dW",))
    alone = asked.judge(seven)
    assert (known(alone).mistake, known(alone).whole) == ("planted", True)
    both = asked.judge(two_of_three(dW=True, db=True))
    assert (known(both).mistake, known(both).whole) == ("planted", False)
    assert both.diagnosis is not None
    assert both.diagnosis.failing == ("dW", "db")


def test_mistake_of_two_outputs_is_not_said_where_only_one_has_its_numbers() -> None:
    def both(dz, x, W):
        dx, dW, db = linear_backward(dz, x, W)
        return dx, 7 * dW, 5 * db

    asked = asked_with("Seven and five are too many.", both, ("dW", "db"))
    assert asked.judge(both).mistake == "planted"
    for answer in (two_of_three(dW=True, db=True), two_of_three(dW=True, db=False)):
        assert asked.judge(answer).mistake not in ("planted", None)


# What is said where values are right in some draws, and where two mistakes fit


def asked_logarithm(*wrongs: tuple[str, Callable[..., Any], bool], care: bool = True) -> Asked:
    """ln x, for x of ordinary size and, as care or as a further draw, for tiny x; with these wrong answers."""
    exercise = Exercise("logarithm")

    @exercise.draw
    def ordinary(rng):
        return dict(x=rng.uniform(0.5, 2, size=3))

    @exercise.draw(times=1, care="tiny inputs" if care else None)
    def tiny(rng):
        return dict(x=np.full(4, 1e-30))

    for name, answer, free in wrongs:
        exercise.wrong(name, f"{name}.", answer, fails="tiny inputs" if care else (), free_number=free)
    return Asked(exercise, np.log)


SMALL = ("small-number", lambda x: np.log(x + 1e-12), False)
INFINITE = ("infinite", lambda x: np.where(x < 1e-9, -np.inf, np.log(x)), False)
CLIPPED = ("clipped", lambda x: np.log(np.maximum(x, 1e-20)), False)


def test_lack_of_care_is_named_by_the_numbers_that_it_gives() -> None:
    asked = asked_logarithm(INFINITE, SMALL, CLIPPED)
    assert asked.judge(lambda x: np.log(np.maximum(x, 1e-20))).mistake == "clipped"
    assert asked.judge(lambda x: np.log(1e-12 + x)).mistake == "small-number"


def test_lack_of_care_is_named_by_the_way_in_which_it_goes_wrong() -> None:
    asked = asked_logarithm(INFINITE, SMALL)
    assert asked.judge(lambda x: np.log(x + 1e-11)).mistake == "small-number"
    assert asked.judge(lambda x: np.where(x < 1e-5, np.nan, np.log(x))).mistake == "infinite"


def test_lack_of_care_of_another_kind_has_no_name() -> None:
    asked = asked_logarithm(INFINITE, SMALL)
    assert asked.judge(lambda x: np.log(x)[: 3 if x[0] > 0.1 else 2]).mistake == "fails-tiny-inputs"


def test_two_mistakes_that_fit_are_both_said() -> None:
    verdict = asked_logarithm(SMALL, CLIPPED).judge(lambda x: np.log(x + 1e-11))
    assert verdict.mistake == "small-number"
    assert "It may be the first: small-number.\nOr it may be the second: clipped." in verdict.message


def test_mistake_with_a_number_of_the_student_is_told_by_its_draws() -> None:
    asked = asked_logarithm(("small-number", lambda x: np.log(x + 1e-12), True), care=False)
    assert asked.judge(lambda x: np.log(x + 1e-15)).mistake == "small-number"
    assert asked.judge(lambda x: np.log(x + 1)).mistake is None
    assert asked_logarithm(SMALL, care=False).judge(lambda x: np.log(x + 1e-15)).mistake is None


def test_answer_that_is_nearly_right_is_told_so_or_named_by_its_care() -> None:
    assert asked_logarithm().judge(lambda x: np.log(x) * (1 + 1e-4 * x)).mistake == "nearly-right"
    assert asked_logarithm(SMALL).judge(lambda x: np.log(x + 1e-5)).mistake == "small-number"
    assert asked_logarithm().judge(lambda x: np.log(x + 0.5)).mistake is None


def test_smallest_draw_that_is_wrong_is_shown() -> None:
    exercise = Exercise("doubled")
    for size in (5, 2, 3):
        exercise.draw(lambda rng, size=size: dict(x=rng.normal(size=size)), times=1)
    verdict = Asked(exercise, lambda x: 2 * x).judge(lambda x: 3 * x)
    assert verdict.diagnosis is not None and verdict.diagnosis.case is not None
    assert len(verdict.diagnosis.case.inputs["x"]) == 2


def test_error_is_recognised_whichever_operand_stands_first() -> None:
    exercise = Exercise("product")
    exercise.draw(lambda rng: dict(x=rng.normal(size=3), y=rng.normal(size=(2, 3))))
    exercise.wrong("untransposed", "Turn y.", lambda x, y: x * y.T)
    asked = Asked(exercise, lambda x, y: x * y)
    assert asked.judge(lambda x, y: y.T * x).mistake == "untransposed"
    assert asked.judge(lambda x, y: y.T[:, :1] * np.ones(4) * x).mistake == "raises-error"
