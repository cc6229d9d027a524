"""The verdict on an answer: what it says, what it costs, and that nothing an answer does stops the judge."""

import functools
import sys
import types
import warnings
from collections import namedtuple
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from support.odd_notebooks.strange_objects import EvilMeta, Trap, never_judged, trapped, wrong_numbers
from support.small_exercises import (
    EVERY_FORM,
    Asked,
    asked_both_gradients,
    asked_gd_step,
    asked_linear_backward,
    asked_loss,
    asked_mse_grad,
    asked_partial_sums,
    asked_slope,
    asked_winner,
    gd_step,
    linear_backward,
    loss,
    mse_grad,
    partial_sums,
    winner,
)

from autograder.exercises import Exercise
from autograder.exercises.loader import exercises_of
from autograder.notebook import right_namespace
from autograder.paths import Course
from course.answers.call import named_results
from course.answers.key import Case, Key
from course.checking import display
from course.checking.judge import judge, judge_results
from course.checking.verdict import Verdict

ALL_CARE = ("unchanged", "one row", "float32", "views", "lists", "no warnings")


@pytest.fixture(autouse=True)
def fewer_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a list with too many entries is found so sooner."""
    monkeypatch.setattr("course.answers.normalize.MOST_ENTRIES", 10_000)


@pytest.fixture(scope="module", params=EVERY_FORM)
def asked(request: pytest.FixtureRequest) -> Asked:
    """An exercise of each form."""
    return EVERY_FORM[request.param]()


def refused(verdict: Verdict) -> str:
    """The message of a verdict that must not have passed."""
    assert not verdict.passed
    assert verdict.fraction < 1
    assert type(verdict.message) is str
    assert verdict.message.startswith(verdict.exercise)
    assert len(verdict.message) < 1500
    assert display.as_text(verdict) == verdict.message
    return verdict.message


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
    ("value", "words"),
    [
        (None, "mse_grad returns None. Does it end in a return statement?"),
        ("text", "mse_grad is text."),
        ({"a": 1.0}, "mse_grad is a dict."),
        ([1.0, None], "mse_grad is a list with None in it."),
        (1.0, "mse_grad is a single number; expected shape (5,)."),
        (np.ones((5, 1)), "mse_grad has shape (5, 1); expected (5,)."),
        (np.full(5, np.nan), "mse_grad[0] is nan; expected "),
        (np.full(5, 1j), "mse_grad is an array of complex numbers."),
        (np.array([1, None]), "mse_grad returns an array of dtype object."),
        (max, "mse_grad returns a function; perhaps its parentheses are missing."),
    ],
)
def test_returned_value_of_another_form_is_named(value: Any, words: str) -> None:
    assert words in refused(asked_mse_grad().judge(lambda y_hat, y: value))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ((1.0, 2.0), "linear_backward returns 2 values; 3 results are asked for, with commas: dx, dW, db."),
        (([1.0, 2.0, 3.0],), "linear_backward returns 1 value; 3 results are asked for, with commas: dx, dW, db."),
        (1.0, "linear_backward returns a single value; 3 are asked for: dx, dW, db."),
        ("text", "linear_backward returns a single value; 3 are asked for: dx, dW, db."),
        ({"dx": 1.0}, "linear_backward returns a dict without dW, db."),
        (None, "linear_backward returns None."),
    ],
)
def test_several_outputs_that_are_missing_are_counted(value: Any, words: str) -> None:
    assert words in refused(asked_linear_backward().judge(lambda dz, x, W: value))


def test_dict_that_is_asked_for_is_named() -> None:
    message = refused(asked_both_gradients().judge(lambda params, x, dz: (x.T @ dz, dz.sum(axis=0))))
    assert message == "both_gradients must return a dict with the keys dW, db."


def test_single_number_is_asked_for_in_words() -> None:
    message = refused(asked_loss().judge(lambda y_hat, y: (y_hat - y) ** 2))
    assert "loss has shape (5,); a single number is expected." in message


def test_generator_that_returns_nothing_is_told_so() -> None:
    assert "partial_sums returns None." in refused(asked_partial_sums().judge(lambda values: None))


def test_generator_that_returns_a_number_is_told_so() -> None:
    message = refused(asked_partial_sums().judge(lambda values: 1.0))
    assert "partial_sums is a single number; expected shape (6,)." in message


def test_generator_without_an_end_is_cut() -> None:
    def endless(values):
        while True:
            yield 1.0

    assert "partial_sums has shape (50,); expected (6,)." in refused(asked_partial_sums().judge(endless))


def test_long_text_is_shortened() -> None:
    assert len(refused(asked_winner().judge(lambda scores: "x" * 100_000))) < 300


def test_wrong_text_is_shown_beside_the_right_one() -> None:
    asked = asked_winner()
    message = refused(asked.judge(lambda scores: "up"))
    assert f"winner is 'up'; expected {winner(asked.key.cases[0].inputs['scores'])!r}." in message


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
        assert "db has shape" in refused(verdict)
        assert verdict.mistake in ("wrong-shape", "transposed")


def test_wrong_in_a_later_draw_alone_is_refused() -> None:
    asked = asked_mse_grad()
    first = asked.key.cases[0].inputs["y"]
    verdict = asked.judge(lambda y_hat, y: mse_grad(y_hat, y) * (1 if np.array_equal(y, first) else 2))
    assert "mse_grad is not right yet." in refused(verdict)


def test_nan_beside_right_numbers_is_refused() -> None:
    asked = asked_mse_grad()
    verdict = asked.judge(lambda y_hat, y: np.where(np.arange(5) == 3, np.nan, mse_grad(y_hat, y)))
    assert "mse_grad[3] is nan; expected " in refused(verdict)
    assert verdict.mistake == "not-finite"


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


# Care


def aspect_missing(answer: Callable[..., Any], aspect: str, asked: Asked | None = None) -> str:
    """The message of an answer whose values are right and that fails one aspect of care."""
    asked = asked or asked_mse_grad((5, 3), care=(aspect,))
    verdict = asked.judge(answer)
    assert verdict.fraction == pytest.approx(0.95)
    lines = refused(verdict).splitlines()
    assert lines[0].endswith(": the values are right; one thing is left.")
    assert asked.judge(asked.right).passed
    return "\n".join(lines[1:])


def test_care_for_inputs_names_what_changed() -> None:
    def changes(y_hat, y):
        out = mse_grad(y_hat, y)
        y_hat[0] = 7
        y.resize(1, refcheck=False)
        return out

    message = aspect_missing(changes, "unchanged")
    assert message.splitlines()[0] == (
        "It changes its input y_hat and y. Work on a copy, or build a new array: the caller still needs it."
    )
    assert message.endswith("y_hat belongs to the caller.")


MUTATIONS: dict[str, Callable[..., Any]] = {
    "array in place": lambda params, grads, lr: params[0].fill(7),
    "array's shape": lambda params, grads, lr: setattr(params[0], "shape", (3, 7)),
    "array resized": lambda params, grads, lr: params[1].resize(2),
    "read-only undone": lambda params, grads, lr: (grads[1].setflags(write=True), grads[1].fill(0)),
    "item replaced by a number": lambda params, grads, lr: params.__setitem__(0, 7.0),
    "item replaced by an evil array": lambda params, grads, lr: params.__setitem__(0, wrong_numbers()["evil array"]),
    "item replaced by an evil object": lambda params, grads, lr: params.__setitem__(0, trapped()()),
    "item added": lambda params, grads, lr: params.append(1.0),
    "item dropped": lambda params, grads, lr: params.pop(),
    "list in itself": lambda params, grads, lr: params.__setitem__(0, params),
    "list emptied": lambda params, grads, lr: params.clear(),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_care_for_inputs_sees_every_change_of_a_list_of_arrays(name: str) -> None:
    def changes(params, grads, lr):
        out = gd_step(params, grads, lr)
        MUTATIONS[name](params, grads, lr)
        return out

    assert "It changes its input " in aspect_missing(changes, "unchanged", asked_gd_step(care=("unchanged",)))


@pytest.mark.parametrize(
    "change",
    [
        lambda params: params["W"].fill(0),
        lambda params: params.pop("W"),
        lambda params: params.update(extra=1.0),
        lambda params: params.update(W=params["W"].astype(np.float32)),
    ],
    ids=["in place", "popped", "added", "another dtype"],
)
def test_care_for_inputs_sees_every_change_of_a_dict(change: Callable[[dict], Any]) -> None:
    def changes(params, x, dz):
        change(params)
        return {"dW": x.T @ dz, "db": dz.sum(axis=0)}

    message = aspect_missing(changes, "unchanged", asked_both_gradients(care=("unchanged",)))
    assert "It changes its input params." in message


def test_care_for_inputs_sees_a_changed_number_in_a_list() -> None:
    def changes(values):
        out = list(partial_sums(values))
        values[2] += 1
        return out

    assert "It changes its input values." in aspect_missing(
        changes, "unchanged", asked_partial_sums(care=("unchanged",))
    )


@pytest.mark.parametrize("item", [0, 1])
def test_care_for_inputs_sees_a_changed_whole_number_or_text_in_a_list(item: int) -> None:
    exercise = Exercise("first", care=("unchanged",))
    exercise.draw(lambda rng: dict(pair=[int(rng.integers(1, 5)), "left"]))

    def changes(pair):
        out = list(pair)
        pair[item] *= 2
        return out

    message = aspect_missing(changes, "unchanged", Asked(exercise, lambda pair: list(pair)))
    assert "It changes its input pair." in message


def test_care_for_inputs_allows_what_the_exercise_allows() -> None:
    exercise = Exercise("nudge", care=("unchanged",), unchanged_within=1e-12)
    exercise.draw(lambda rng: dict(x=rng.normal(size=3), values=rng.normal(size=3).tolist()))
    asked = Asked(exercise, lambda x, values: 2 * x)

    def nudges(by):
        def answer(x, values):
            out = 2 * x
            x += by
            values[0] += by
            return out

        return answer

    assert asked.judge(nudges(1e-14)).passed
    assert not asked.judge(nudges(1e-9)).passed


def test_care_for_inputs_does_not_see_one_draw_in_the_next() -> None:
    asked = asked_mse_grad()

    def changes(y_hat, y):
        out = mse_grad(y_hat, y)
        y_hat[...] = y[...] = 0
        return out

    assert asked.judge(changes).passed
    assert asked.judge(mse_grad).passed
    assert asked.key.cases[0].inputs["y"].any()


def test_care_for_a_function_among_the_inputs_keeps_the_key_whole() -> None:
    asked = asked_slope()

    def spoils(f, x):
        f.parameters.clear()
        return 1.0

    refused(asked.judge(spoils))
    assert asked.judge(asked.right).passed


def test_care_for_a_batch_of_one() -> None:
    message = aspect_missing(lambda y_hat, y: mse_grad(y_hat, y) * (1 if len(y) > 1 else 2), "one row")
    assert message.startswith("For a batch of one, mse_grad[")


def test_care_for_float32() -> None:
    message = aspect_missing(lambda y_hat, y: mse_grad(y_hat, y) * (1 if y.dtype == float else 1.01), "float32")
    assert message.startswith("With float32 inputs, mse_grad[")


def test_care_for_views() -> None:
    def in_place(y_hat, y):
        y_hat -= y
        return 2 * y_hat / y.size

    message = aspect_missing(in_place, "views")
    assert message.startswith(
        "With inputs that are read-only views (not contiguous in memory), it stops with ValueError"
    )


def test_care_for_lists() -> None:
    message = aspect_missing(lambda y_hat, y: 2 * (y_hat - y) / y.size, "lists", _lists_too())
    assert message.startswith("With plain lists as inputs, it stops with TypeError: unsupported operand type(s)")


def _lists_too() -> Asked:
    exercise = Exercise("mse_grad", care=("lists",))
    exercise.draw(lambda rng: dict(y_hat=rng.normal(size=3), y=rng.normal(size=3)))
    return Asked(exercise, lambda y_hat, y: mse_grad(np.asarray(y_hat), np.asarray(y)))


def test_care_that_is_not_written_is_no_stub() -> None:
    def refuses(y_hat, y):
        if len(y) == 1:
            raise NotImplementedError
        return mse_grad(y_hat, y)

    assert aspect_missing(refuses, "one row") == "For a batch of one, it stops with NotImplementedError."


def test_care_for_warnings() -> None:
    def divides(y_hat, y):
        np.ones(1) / np.zeros(1)
        return mse_grad(y_hat, y)

    message = aspect_missing(divides, "no warnings")
    assert message == "numpy warns: divide by zero encountered in divide.\nSomething is divided by zero."


def test_care_that_fails_twice_is_told_once() -> None:
    asked = asked_mse_grad((5, 3), care=ALL_CARE[:4])

    def careless(y_hat, y):
        y_hat -= y
        return 2 * y_hat / y.size

    verdict = asked.judge(careless)
    assert verdict.fraction == pytest.approx(0.90)
    assert "also fails on" not in refused(verdict)


def test_care_counts_only_where_the_core_passed() -> None:
    verdict = asked_mse_grad((5, 3), care=ALL_CARE[:3]).judge(lambda y_hat, y: 3.3 * mse_grad(y_hat, y))
    assert (verdict.fraction, verdict.diagnosis.kept) == (0.0, ())


def test_care_of_an_exercise_with_properties_looks_at_the_properties() -> None:
    exercise = Exercise("batches", form="yields", properties=("every-row-once",), care=("float32",))
    exercise.draw(lambda rng: dict(x=rng.normal(size=(6, 2)), y=rng.normal(size=6)))
    asked = Asked(exercise, lambda x, y: [(x[:3], y[:3]), (x[3:], y[3:])])
    assert asked.judge(lambda x, y: [(x[::2], y[::2]), (x[1::2], y[1::2])]).passed
    verdict = asked.judge(lambda x, y: [(x if x.dtype == float else x[1:], y)])
    assert "With float32 inputs, it hands out 5 rows; x has 6." in refused(verdict)


# Properties


@pytest.mark.parametrize("name", {**never_judged(), **wrong_numbers()})
def test_properties_refuse_anything(name: str, small_course: Course) -> None:
    key = _batches_key(small_course)
    both = {**never_judged(), **wrong_numbers()}
    refused(judge(lambda *inputs: both[name], key))
    refused(judge(lambda *inputs: [both[name]] * 3, key))
    both = {**never_judged(), **wrong_numbers()}
    refused(judge(lambda *inputs: [(both[name], both[name])] * 3, key))


@functools.lru_cache
def _batches_key(course: Course) -> Key:
    exercise = exercises_of("01_kinds", course)["batches"]
    return Asked(exercise, right_namespace(course, "01_kinds")["batches"]).key


def test_properties_say_what_is_missing(small_course: Course) -> None:
    key = _batches_key(small_course)
    assert judge(lambda x, y, size, seed: [(x[k : k + 4], y[k : k + 4]) for k in (0, 4, 8)], key).passed
    message = refused(judge(lambda x, y, size, seed: [(x, y)], key))
    assert message.startswith("batches makes batches of [11] rows; [4, 4, 3] are asked for.")
    message = refused(judge(lambda x, y, size, seed: [(x[k : k + 4], y[k : k + 4]) for k in (0, 4, 7)], key))
    assert "batches makes batches of [4, 4, 4] rows" in message
    message = refused(judge(lambda x, y, size, seed: [(x[:4], y[:4]), (x[:4], y[4:8]), (x[8:], y[8:])], key))
    assert "batches does not hand out every row exactly once." in message
    message = refused(judge(lambda x, y, size, seed: [(x[:4], y[:4][::-1]), (x[4:8], y[4:8]), (x[8:], y[8:])], key))
    assert "batches separates rows of x from their labels." in message


def test_properties_name_the_form_where_it_is_another(small_course: Course) -> None:
    message = refused(judge(lambda x, y, size, seed: [{"x": x, "y": y}], _batches_key(small_course)))
    assert message.startswith("batches gives a result of another form than the one asked for.")


# Scenarios


def scenario_key() -> Key:
    return Key(
        "node", "00_tests", ("da", "db"), "dict", (Case({}, {"da": np.array(2.0), "db": np.array(3.0)}),), scenario=True
    )


def test_results_that_are_right_pass() -> None:
    verdict = judge_results(
        named_results({"da": 2, "db": np.float32(3), "other": object}, scenario_key()), scenario_key()
    )
    assert not verdict.passed
    verdict = judge_results(named_results({"da": 2, "db": np.float32(3), "other": 1.0}, scenario_key()), scenario_key())
    assert verdict.passed


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ({}, "node needs the results da, db as well."),
        ({"da": 2.0}, "node needs the results db as well."),
        ({"da": 2.0, "db": object()}, "node has an object of type object among its results."),
        ({"da": 2.0, "db": None}, "db is None."),
        ({"da": 2.0, "db": -3.0}, "node: da is right, db is not.\ndb is -3.0000; expected 3.0000."),
        ({"da": 3.0, "db": 2.0}, "under other names: da holds the right db, db holds the right da."),
    ],
)
def test_results_that_are_wrong_are_named(results: dict[str, Any], words: str) -> None:
    assert words in refused(judge_results(named_results(results, scenario_key()), scenario_key()))


@pytest.mark.parametrize("name", {**never_judged(), **wrong_numbers()})
def test_results_of_any_kind_are_refused(name: str) -> None:
    both = {**never_judged(), **wrong_numbers()}
    refused(judge_results(named_results({"da": 2.0, "db": both[name]}, scenario_key()), scenario_key()))


# What an answer leaves behind


def test_settings_of_numpy_and_warnings_do_not_leak() -> None:
    asked = asked_mse_grad()
    before, filters = np.geterr(), list(warnings.filters)

    def careless(y_hat, y):
        np.seterr(all="raise")
        warnings.simplefilter("error")
        return np.full(y.shape, 1e308)

    refused(asked.judge(careless))
    assert np.geterr() == before
    assert warnings.filters == filters


def test_settings_of_the_notebook_do_not_change_a_verdict() -> None:
    asked = asked_mse_grad(care=("no warnings",))

    def overflows(y_hat, y):
        np.exp(np.full(3, 1000.0))
        return np.full(y.shape, 1e308)

    plain = asked.judge(overflows)
    for setting in ("raise", "ignore"):
        with np.errstate(all=setting):  # type: ignore[call-overload]
            assert asked.judge(overflows).message == plain.message


@pytest.mark.parametrize(
    "category", [UserWarning, DeprecationWarning, RuntimeWarning, ResourceWarning, SyntaxWarning, BytesWarning, Warning]
)
def test_warning_of_any_category_costs_nothing(category: type[Warning]) -> None:
    def warns(y_hat, y):
        warnings.warn("careful", category, stacklevel=1)
        return mse_grad(y_hat, y)

    assert asked_mse_grad().judge(warns).passed


def test_warning_with_evil_text_costs_nothing() -> None:
    class Evil(RuntimeWarning):
        armed = False

        def __str__(self):
            if self.armed:
                raise SystemExit
            return "harmless"

    def warns(y_hat, y):
        warning = Evil()
        warnings.warn(warning, stacklevel=1)
        warning.armed = True
        return mse_grad(y_hat, y)

    assert asked_mse_grad().judge(warns).passed


def test_answer_that_deletes_its_module_is_judged() -> None:
    module = types.ModuleType("student")
    exec("def mse_grad(y_hat, y):\n    globals().clear()\n    return 2 * (y_hat - y) / y.size", module.__dict__)
    assert asked_mse_grad().judge(module.mse_grad).passed


def test_trap_is_never_sprung_by_the_judge() -> None:
    with pytest.raises(Trap):
        len(trapped(list)([1.0]))
