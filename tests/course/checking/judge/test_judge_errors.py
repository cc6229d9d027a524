"""The verdict on an answer that stops, is no function, or is not written yet."""

import functools
import types
from typing import Any

import numpy as np
import pytest
from support.odd_notebooks.strange_objects import EvilMeta, trapped
from support.small_exercises import (
    Asked,
    asked_mse_grad,
    asked_partial_sums,
    asked_slope,
    mse_grad,
    refused,
)

from autograder.exercises import Exercise
from course.answers.error_kinds import Fact
from course.answers.error_report import ErrorReport
from course.answers.result import Failure, Kind
from course.checking.error_messages import error_advice
from course.checking.verdict import Verdict

pytestmark = pytest.mark.usefixtures("fewer_entries")


def stopped(verdict: Verdict) -> ErrorReport:
    """The report on the error that an answer stopped with."""
    diagnosis = refused(verdict)
    assert diagnosis.kind is Kind.RAISES_ERROR
    assert diagnosis.failure is not None
    assert diagnosis.failure.error is not None
    return diagnosis.failure.error


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

    verdict = asked.judge(stops)
    error = stopped(verdict)
    assert (error.kind, error.line) == (type.__dict__["__name__"].__get__(type(STOPS[name])), "raise STOPS[name]")
    assert verdict.diagnosis is not None
    assert verdict.diagnosis.case is asked.key.cases[0]


def test_answer_that_raises_is_quoted_whatever_its_text_is_made_of() -> None:
    def stops(y_hat, y):
        raise Sly

    assert stopped(asked_mse_grad().judge(stops)).raised == "Sly: sly text"


@pytest.mark.parametrize("name", STOPS)
def test_generator_that_raises_is_told_what_and_where(name: str) -> None:
    def stops(values):
        yield 1.0
        raise STOPS[name]

    if name == "StopIteration":
        assert stopped(asked_partial_sums().judge(stops)).raised == "RuntimeError: generator raised StopIteration"
    else:
        assert stopped(asked_partial_sums().judge(stops)).line == "raise STOPS[name]"


def test_endless_recursion_is_told() -> None:
    error = stopped(asked_mse_grad().judge(endless))
    assert error.raised.startswith("RecursionError: maximum recursion depth exceeded")
    assert error.line == "return endless(*inputs)"


def test_interrupt_from_the_keyboard_goes_through() -> None:
    def interrupted(y_hat, y):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        asked_mse_grad().judge(interrupted)


def test_line_shown_is_the_students_even_where_the_course_raised() -> None:
    def wrong_argument(f, x):
        return f("x")

    assert stopped(asked_slope().judge(wrong_argument)).line == 'return f("x")'


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        (lambda y_hat: y_hat, ("y_hat",)),
        (lambda: 1.0, ()),
        (lambda a, b, c=range(10**4), *, d: a, ("a", "b", "c", "d")),
        (lambda a, b, c, **d: a, ("a", "b", "c", "**d")),
    ],
)
def test_wrong_number_of_arguments_is_told(answer: Any, names: tuple[str, ...]) -> None:
    verdict = asked_mse_grad().judge(answer)
    diagnosis = refused(verdict)
    assert diagnosis.failure is not None
    assert (diagnosis.failure.kind, diagnosis.failure.names) == (Kind.WRONG_ARGUMENTS, names)
    assert diagnosis.case is not None
    assert list(diagnosis.case.inputs) == ["y_hat", "y"]
    assert verdict.mistake == "wrong-arguments"


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (None, "None"),
        (1.5, "a number"),
        (np.float64(1.5), "a number"),
        (np.zeros(3), "an array"),
        ("mse", "text"),
        ([mse_grad], "an object of type list"),
        (types, "an object of type module"),
    ],
)
def test_answer_that_is_no_function_is_told(answer: Any, found: str) -> None:
    assert refused(asked_mse_grad().judge(answer)).failure == Failure(Kind.NOT_A_FUNCTION, found)


def test_answer_that_is_an_evil_object_is_told() -> None:
    for answer in (trapped()(), EvilMeta("Evil", (), {})()):
        failure = refused(asked_mse_grad().judge(answer)).failure
        assert failure == Failure(Kind.NOT_A_FUNCTION, "an object of type Evil")


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
    assert stopped(asked_mse_grad().judge(Stub())).raised == "ZeroDivisionError: division by zero"


@pytest.mark.parametrize(
    ("source", "cause"),
    [
        ("return e / y.size", Fact("unknown-name", ("e",))),
        ("return mean(y_hat)", Fact("unknown-name", ("mean",))),
        ("return y_haty", Fact("unknown-name", ("y_haty",))),
        ("return 1 if y_hat > y else -1", Fact("truth-of-array")),
        ("a = []; a[0] = y", Fact("list-not-filled")),
        ("a, b = 1, 2, 3", Fact("unpacking")),
        ("return y @ np.ones(9)", Fact("matmul-shapes")),
        ("return y + np.ones(9)", Fact("broadcast-shapes")),
        ("return 2(y_hat - y)", Fact("number-called")),
        ("return (y_hat - y) ^ 2", Fact("power-caret")),
        ("return 10.0 ** 400", Fact("overflow")),
        ("return y.mean(axis=7)", Fact("no-such-axis")),
        ("return y[99]", Fact("index-beyond-axis", ("99", "5"))),
        ("return [1.0][99]", Fact("index-too-large")),
    ],
)
@pytest.mark.filterwarnings("ignore::SyntaxWarning")
def test_error_that_many_meet_is_told_by_its_cause(source: str, cause: Fact) -> None:
    names: dict[str, Any] = {"np": np}
    exec(f"def mse_grad(y_hat, y):\n    {source}\n", names)
    verdict = asked_mse_grad().judge(names["mse_grad"])
    error = stopped(verdict)
    assert (error.cause, error.arguments) == (cause, ("y_hat", "y"))
    assert verdict.message.splitlines()[-1] == error_advice(error) != ""


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
    assert verdict.diagnosis is not None
    assert (verdict.diagnosis.kind, verdict.diagnosis.code_below_stub) == (Kind.NOT_WRITTEN, False)


def test_answer_below_the_stubs_line_is_told_so() -> None:
    def mse_grad(y_hat, y):
        raise NotImplementedError()
        return 2 * (y_hat - y) / y.size

    verdict = asked_mse_grad().judge(mse_grad)
    assert not verdict.written
    assert verdict.diagnosis is not None
    assert verdict.diagnosis.code_below_stub


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
    failure = refused(verdict).failure
    assert failure is not None
    assert (failure.kind, failure.names) == (Kind.NEEDS_ANOTHER, ("helper",))
