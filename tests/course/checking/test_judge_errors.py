"""The verdict on an answer that stops, is no function, or is not written yet."""

import functools
import types
from typing import Any

import numpy as np
import pytest
from support.odd_notebooks.strange_objects import EvilMeta, trapped
from support.small_exercises import (
    Asked,
    asked_linear_backward,
    asked_mse_grad,
    asked_partial_sums,
    asked_slope,
    mse_grad,
    refused,
)

from autograder.exercises import Exercise
from course.checking import display

pytestmark = pytest.mark.usefixtures("fewer_entries")


# Answers that stop


class Loud(BaseException):
    pass


class Mute(Exception):
    def __str__(self):
        raise SystemExit

    __repr__ = __str__


class Sly(Exception):
    def __str__(self):
        return trapped(str)("sly text")


class Long(Exception):
    def __str__(self):
        return "x" * 10**6


class Nameless(Exception, metaclass=type("Meta", (type,), {"__name__": property(lambda cls: 1 / 0)})):  # type: ignore[misc]
    pass


class Disguised(Exception):
    @property
    def __class__(self):
        raise ValueError

    @__class__.setter
    def __class__(self, value):
        pass

    __traceback__ = property(lambda self: 1 / 0)  # type: ignore[assignment]


def endless(*inputs):
    return endless(*inputs)


STOPS: dict[str, Any] = {
    "SystemExit": SystemExit(3),
    "GeneratorExit": GeneratorExit(),
    "StopIteration": StopIteration(1),
    "MemoryError": MemoryError(),
    "AssertionError": AssertionError(),
    "own BaseException": Loud("no"),
    "text that raises": Mute(),
    "long text": Long(),
    "evil text": ValueError(trapped(str)("x")),
    "text of an evil kind": Sly(),
    "evil name": Nameless("no"),
    "disguised": Disguised("no"),
    "unicode": UnicodeDecodeError("utf-8", b"\xff", 0, 1, "no"),
    "surrogate": ValueError("\ud800"),
    "group": ExceptionGroup("many", [ValueError("a"), TypeError("b")]),
}


@pytest.mark.parametrize("name", STOPS)
def test_answer_that_raises_is_told_what_and_where(asked: Asked, name: str) -> None:
    BaseException.with_traceback(STOPS[name], None)

    def stops(*inputs):
        raise STOPS[name]

    message = refused(asked.judge(stops))
    assert f"{asked.key.exercise} stops with {type.__dict__['__name__'].__get__(type(STOPS[name]))}" in message
    assert "in the line\n    raise STOPS[name]\nIt was called with " in message


def test_answer_that_raises_is_quoted_whatever_its_text_is_made_of() -> None:
    def stops(y_hat, y):
        raise Sly

    assert "mse_grad stops with Sly: sly text, in the line" in refused(asked_mse_grad().judge(stops))


@pytest.mark.parametrize("name", STOPS)
def test_generator_that_raises_is_told_what_and_where(name: str) -> None:
    def stops(values):
        yield 1.0
        raise STOPS[name]

    if name == "StopIteration":
        assert "stops with RuntimeError: generator raised StopIteration" in refused(asked_partial_sums().judge(stops))
    else:
        assert "in the line\n    raise STOPS[name]\n" in refused(asked_partial_sums().judge(stops))


def test_endless_recursion_is_told() -> None:
    message = refused(asked_mse_grad().judge(endless))
    assert "mse_grad stops with RecursionError: maximum recursion depth exceeded" in message
    assert "return endless(*inputs)" in message


def test_interrupt_from_the_keyboard_goes_through() -> None:
    def interrupted(y_hat, y):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        asked_mse_grad().judge(interrupted)


def test_line_shown_is_the_students_even_where_the_course_raised() -> None:
    def wrong_argument(f, x):
        return f("x")

    assert (
        'in the line\n    return f("x")\nIt was called with f = polynomial (c₀ + c₁x + c₂x² + …; coefficients = ['
        in refused(asked_slope().judge(wrong_argument))
    )


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda y_hat: y_hat, "takes the arguments (y_hat); it is called with 2 of them: y_hat, y."),
        (lambda: 1.0, "takes no arguments; it is called with 2 of them: y_hat, y."),
        (lambda a, b, c=range(10**4), *, d: a, "takes the arguments (a, b, c, d); it is called with 2 of them"),
        (lambda a, b, c, **d: a, "takes the arguments (a, b, c, **d); it is called with 2 of them: y_hat, y."),
    ],
)
def test_wrong_number_of_arguments_is_told(answer: Any, words: str) -> None:
    message = refused(asked_mse_grad().judge(answer))
    assert f"mse_grad {words}" in message
    assert asked_mse_grad().judge(answer).mistake == "wrong-arguments"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, "mse_grad is None, not a function."),
        (1.5, "mse_grad is a number, not a function."),
        (np.float64(1.5), "mse_grad is a number, not a function."),
        (np.zeros(3), "mse_grad is an array, not a function."),
        ("mse", "mse_grad is text, not a function."),
        ([mse_grad], "mse_grad is an object of type list, not a function."),
        (types, "mse_grad is an object of type module, not a function."),
    ],
)
def test_answer_that_is_no_function_is_told(answer: Any, words: str) -> None:
    assert refused(asked_mse_grad().judge(answer)) == words


def test_answer_that_is_an_evil_object_is_told() -> None:
    for answer in (trapped()(), EvilMeta("Evil", (), {})()):
        assert refused(asked_mse_grad().judge(answer)) == "mse_grad is an object of type Evil, not a function."


def test_callable_with_evil_attributes_is_judged_by_what_it_returns() -> None:
    body = {"__call__": lambda self, y_hat, y: mse_grad(y_hat, y), "__getattr__": trapped().__getattr__}
    assert asked_mse_grad().judge(type("Odd", (), body)()).passed

    class Stub:
        __signature__ = property(lambda self: 1 / 0)

        def __getattr__(self, name):
            return self

        def __call__(self, *inputs):
            raise NotImplementedError

    assert not asked_mse_grad().judge(Stub()).written
    Stub.__call__ = lambda self, *inputs: 1 / 0  # type: ignore[method-assign]
    assert "stops with ZeroDivisionError: division by zero" in refused(asked_mse_grad().judge(Stub()))


# Stubs


def stub(*inputs):
    raise NotImplementedError()


class StubObject:
    def __call__(self, *inputs):
        raise NotImplementedError

    def method(self, *inputs):
        raise NotImplementedError


@pytest.mark.parametrize(
    "answer",
    [
        stub,
        functools.partial(stub),
        functools.lru_cache(stub),
        functools.wraps(stub)(stub),
        StubObject(),
        StubObject().method,
    ],
    ids=["function", "partial", "cached", "wrapped", "object", "method"],
)
def test_stub_is_not_written_yet(answer: Any) -> None:
    exercise = Exercise("square")
    exercise.draw(lambda rng: dict(x=float(rng.normal())))
    verdict = Asked(exercise, lambda x: x * x).judge(answer)
    assert (verdict.written, verdict.passed, verdict.fraction, verdict.mistake) == (False, False, 0.0, "not-written")
    assert display.as_text(verdict) == "square: not written yet"


def test_one_array_in_place_of_several_results_is_told_so() -> None:
    verdict = asked_linear_backward().judge(lambda dz, x, W: np.zeros(5))
    assert "returns one array with 5 entries; 3 results are asked for, with commas: dx, dW, db." in refused(verdict)


def test_answer_below_the_stubs_line_is_told_so() -> None:
    def mse_grad(y_hat, y):
        raise NotImplementedError()
        return 2 * (y_hat - y) / y.size

    verdict = asked_mse_grad().judge(mse_grad)
    assert not verdict.written
    assert display.as_text(verdict).endswith(
        ": not written yet; the line raise NotImplementedError() still stands above what you wrote"
    )


def test_stub_of_a_generator_is_not_written_yet() -> None:
    def unwritten(values):
        raise NotImplementedError
        yield

    assert not asked_partial_sums().judge(unwritten).written


def test_helper_that_is_not_written_is_named() -> None:
    def helper(y):
        raise NotImplementedError

    verdict = asked_mse_grad().judge(lambda y_hat, y: helper(y))
    assert verdict.written
    assert verdict.mistake == "needs-another"
    assert refused(verdict) == "mse_grad calls helper, which is not written yet."
