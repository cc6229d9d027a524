"""What the message of a verdict says."""

from typing import Any

import numpy as np
import pytest
from support.small_exercises import (
    Asked,
    asked_linear_backward,
    asked_loss,
    asked_mse_grad,
    asked_winner,
    linear_backward,
    loss,
    mse_grad,
    refused,
)

from autograder.exercises import Exercise
from course.checking import display

# What the message says


def test_message_shows_few_inputs_in_full() -> None:
    exercise = Exercise("add")
    exercise.draw(lambda rng: dict(a=0.5, b=np.array([[1.0, 2.0], [3.0, 0.25]]), c=[1, 2]))
    message = refused(Asked(exercise, lambda a, b, c: a + b).judge(lambda a, b, c: a + 2 * b))
    assert "This was for a = 0.5, b = [[1, 2], [3, 0.25]], c = [1, 2]." in message
    assert message.endswith("Work this one entry out by hand with the numbers above, and compare each step.")


def test_message_speaks_of_numbers_above_only_where_they_are() -> None:
    message = refused(asked_linear_backward().judge(lambda dz, x, W: (dz @ W.T + 1, x.T @ dz, dz.sum(axis=0))))
    assert "This was for dz = an array of shape (5, 3), x = an array of shape (5, 7)" in message
    assert "above" not in message
    assert "Work this one entry out by hand for a small example, and compare each step." in message


def test_message_names_the_stage_that_is_wrong_first() -> None:
    message = refused(asked_linear_backward().judge(lambda dz, x, W: (dz @ W.T + 1, x.T @ dz, dz.sum(axis=0))))
    lines = message.splitlines()
    assert lines[0] == "linear_backward: dW and db are right, dx is not."
    assert lines[1].startswith("dx[") and "; finite differences give " in lines[1]
    assert lines[3] == "Begin with dx."


def test_stage_gives_way_to_a_mistake_that_was_recognised() -> None:
    message = refused(asked_linear_backward().judge(lambda dz, x, W: (2 * dz @ W.T, x.T @ dz, dz.sum(axis=0))))
    assert "Every entry is twice the expected value" in message
    assert "Begin with dx." not in message


def test_message_shows_the_first_wrong_entry_of_a_result_in_order() -> None:
    exercise = Exercise("curve", in_order=True)
    exercise.draw(lambda rng: dict(x=rng.uniform(1, 2, size=4)))
    asked = Asked(exercise, np.cumprod)
    assert "curve[1] is " in refused(asked.judge(lambda x: np.cumprod(x) + np.array([0.0, 0.1, 0.2, 5.0])))


@pytest.mark.parametrize("decimals", [2, 4])
def test_rounded_result_is_told_so(decimals: int) -> None:
    verdict = asked_mse_grad().judge(lambda y_hat, y: np.round(mse_grad(y_hat, y), decimals))
    assert verdict.mistake == "rounded"
    assert f"The result is rounded to {decimals} decimals. Return it as it is" in refused(verdict)


@pytest.mark.parametrize(
    ("source", "advice"),
    [
        ("return e / y.size", "e is not known here. A name made inside another function is gone when that ends; "),
        ("return 1 if y_hat > y else -1", "An if, a max or a min of Python's own asks one question, and here"),
        ("return mean(y_hat)", "In numpy it is called np.mean."),
        ("return y_haty", "A product needs a star: y_hat * y."),
        ("a = []; a[0] = y", "A list has no place to fill until something is appended."),
        ("a, b = 1, 2, 3", "What stands left of = must be as many names as there are results on the right."),
        ("return y @ np.ones(9)", "A matrix product needs shapes that fit, (N, D) @ (D, M)."),
        ("return y + np.ones(9)", "These two shapes do not fit entry by entry."),
        ("return 2(y_hat - y)", "Is a times sign missing? Python wants 2 * (…), not 2(…)."),
        ("return (y_hat - y) ^ 2", "In Python a power is written **, not ^."),
        ("return 10.0 ** 400", "A number runs away to infinity: does each step go against the slope"),
        ("return y.mean(axis=7)", "This axis does not exist: print the shape of the array first."),
        ("return y[99]", "Does a loop run one too far, or over a size that is written in by hand?"),
    ],
)
@pytest.mark.filterwarnings("ignore::SyntaxWarning")
def test_error_that_many_meet_comes_with_advice(source: str, advice: str) -> None:
    names: dict[str, Any] = {"np": np}
    exec(f"def mse_grad(y_hat, y):\n    {source}\n", names)
    assert advice in refused(asked_mse_grad().judge(names["mse_grad"]))


def test_message_tells_two_close_numbers_apart() -> None:
    message = refused(asked_loss().judge(lambda y_hat, y: loss(y_hat, y) + 1e-5))
    got, expected = message.splitlines()[1].removeprefix("loss is ").rstrip(".").split("; expected ")
    assert got != expected


def test_message_shows_whole_numbers_whole() -> None:
    exercise = Exercise("count")
    exercise.draw(lambda rng: dict(n=int(rng.integers(5, 9))))
    asked = Asked(exercise, lambda n: n)
    n = asked.key.cases[0].inputs["n"]
    assert f"count is {n + 1}; expected {n}." in refused(asked.judge(lambda n: n + 1))


def test_message_of_a_right_answer_has_its_relative_error() -> None:
    verdict = asked_linear_backward(care=("unchanged", "one row")).judge(linear_backward)
    lines = display.as_text(verdict).splitlines()
    assert lines[0] == "linear_backward"
    assert lines[1].startswith("  dx, dW, db  right in 3 draws; finite differences agree (relative error ")
    assert lines[2:] == [
        "  unchanged   the inputs are left as they were",
        "  one row     right for a batch of one",
    ]


def test_message_is_the_same_whatever_numpy_prints() -> None:
    asked = asked_winner()
    with np.printoptions(precision=1, formatter={"all": lambda value: 1 / 0}):
        message = refused(asked.judge(lambda scores: 1 / 0))
    assert "It was called with scores = [" in message


def test_warning_becomes_advice_and_costs_nothing() -> None:
    def overflows(y_hat, y):
        np.exp(np.array([1000.0]))
        return mse_grad(y_hat, y)

    verdict = asked_mse_grad().judge(overflows)
    assert verdict.passed
    assert "A number grew too large for a float (overflow)" in display.as_text(verdict)
