"""Whether a right answer that is lent while another is judged gives that one away: tried, with many arguments."""

import itertools
import warnings
from collections.abc import Callable, Iterator
from inspect import signature
from typing import Any, NamedTuple

import numpy as np

from autograder.exercises import Exercise
from autograder.exercises.keys import make_key
from autograder.exercises.loader import exercises_of
from autograder.judge.grade import lendable
from autograder.notebook import points_of, right_namespace
from autograder.paths import Course
from course.answers.call import LocalCaller
from course.answers.compare import close, copied
from course.answers.key import Case, Key
from course.answers.normalize import leaves, plain
from course.checking.judge import judge
from course.errors import NotPlain

MAX_TRIES = 3000
"""For one lent answer and one that is judged."""
MAX_ITEMS = 50
CORNERS = (0, 1, -1, 2, None)
FORMS: dict[str, tuple[int, Callable[[Any], Any]]] = {
    "{}.T": (2, lambda array: array.T),
    "eye of {}": (2, lambda array: np.eye(array.shape[1])),
    "zeros like {}": (1, np.zeros_like),
    "ones like {}": (1, np.ones_like),
}
"""What is made of an array of at least so many axes."""
TOLERANCE = 1e-8
TRIED_WITH = 5
"""The seed of the draws that are tried."""


class Argument(NamedTuple):
    """Something to call a lent answer with: how it is written, and what it is for the inputs of a draw."""

    text: str
    of: Callable[[dict[str, Any]], Any]


def lending_faults(course: Course, unit: str) -> Iterator[str]:
    """The pairs in which one right answer gives another, or one of its results, and is lent while that is judged."""
    exercises, right = exercises_of(unit, course), right_namespace(course, unit)
    for name in (name for name in points_of(course, unit) if name in exercises):
        exercise = exercises[name]
        try:
            key = make_key(exercise, unit, right[exercise.subject], TRIED_WITH)
        except Exception:  # the proof of the exercise says what is wrong with it
            continue
        for subject in dict.fromkeys(exercises[lent].subject for lent in lendable(name, course, unit, exercises)):
            call = giving_call(right[subject], exercise, key) if subject != exercise.subject else ""
            if call:
                yield (
                    f"{unit}: {subject} is lent while {name} is judged, and {subject}{call} gives it or a part of it. "
                    f"Add withheld=({subject!r},) to {name}, or let {name} be graded first."
                )


def giving_call(lent: Any, exercise: Exercise, key: Key) -> str:
    """The arguments with which a lent answer gives a result of an exercise, the same in each draw; none, if none do."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        if exercise.scenario_function:
            return " in its place" if judge(LocalCaller(exercise.answer(lent)), key).fraction else ""
        first, *others = key.cases
        wanted = _wanted(first)
        for call, arguments in _calls(lent, first):
            given = _results(call, arguments, first)
            found = {output for output in wanted if _is_among(first.expected[output], given)}
            for case in others if found else ():
                given = _results(call, arguments, case)
                found = {output for output in found if _is_among(case.expected[output], given)}
            if found:
                return f"({', '.join(argument.text for argument in arguments)})"
    return ""


def _calls(lent: Any, case: Case) -> Iterator[tuple[Callable[..., Any], tuple[Argument, ...]]]:
    """Ways to call a lent answer, the likely ones first: those that take an input of the same name as what it is."""
    for call, names in _callables(lent):
        arguments = _arguments(case.inputs)
        own = [[a for a in arguments if a.text == name] or arguments for name in names]
        tried = itertools.islice(itertools.product(*own), MAX_TRIES // 2)
        likely = itertools.islice(itertools.product(arguments, repeat=len(names)), MAX_TRIES // 2)
        yield from ((call, chosen) for chosen in itertools.chain(tried, likely))


def _callables(lent: Any) -> Iterator[tuple[Callable[..., Any], list[str]]]:
    """A function, or a class with each of its methods, and the names of what it takes."""
    names = list(signature(lent).parameters)
    if not isinstance(lent, type):
        yield lent, names
        return
    for name, method in vars(lent).items():
        if callable(method) and not name.startswith("_"):
            more = list(signature(method).parameters)[1:]

            def call(*values: Any, name: str = name) -> Any:
                return getattr(lent(*values[: len(names)]), name)(*values[len(names) :])

            yield call, names + more


def _arguments(inputs: dict[str, Any]) -> list[Argument]:
    """What the inputs offer: themselves, turned, and full of ones and zeros; and numbers at the corners."""
    found = [Argument(name, _input(name)) for name in inputs]
    for name, value in inputs.items():
        axes = value.ndim if isinstance(value, np.ndarray) else 0
        found += [
            Argument(form.format(name), _input(name, change))
            for form, (least, change) in FORMS.items()
            if axes >= least
        ]
    return found + [Argument(repr(number), _constant(number)) for number in CORNERS]


def _input(name: str, change: Callable[[Any], Any] = lambda value: value) -> Callable[[dict[str, Any]], Any]:
    """A function that gives an input of a draw, or what is made of it."""
    return lambda given: change(given[name])


def _constant(value: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda given: value


def _results(call: Callable[..., Any], arguments: tuple[Argument, ...], case: Case) -> list[np.ndarray]:
    """All arrays and numbers that a call gives for the inputs of a draw; none, if it fails."""
    try:
        value = call(*(copied(argument.of(case.inputs)) for argument in arguments))
        if hasattr(type(value), "__next__"):
            value = list(itertools.islice(value, MAX_ITEMS))
    except Exception:  # arguments that make no sense
        return []
    return _arrays(value)


def _wanted(case: Case) -> list[str]:
    """The outputs of a draw that are no input as it came, nor zeros."""
    given = [leaf for value in case.inputs.values() for leaf in _arrays(value)]
    return [
        name
        for name, value in case.expected.items()
        if isinstance(value, np.ndarray) and value.size and np.any(value) and not _is_among(value, given)
    ]


def _arrays(value: Any) -> list[np.ndarray]:
    """All arrays and numbers in a value; none, if there is something else in it."""
    try:
        return [leaf for _, leaf in leaves(plain(value)) if isinstance(leaf, np.ndarray)]
    except NotPlain:
        return []


def _is_among(expected: Any, given: list[np.ndarray]) -> bool:
    """Whether one of the results is what is expected."""
    return isinstance(expected, np.ndarray) and any(
        found.shape == expected.shape and found.dtype.kind in "fi" and close(found, expected, TOLERANCE)
        for found in given
    )
