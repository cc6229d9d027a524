"""``grade``: judge one answer with fresh draws, print the feedback, give the points."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType
from typing import Any

from autograder.exercises import Exercise
from autograder.exercises.keys import make_key
from autograder.exercises.loader import exercises_of, unit_of
from autograder.judge.context import GradingContext, current
from autograder.judge.seeds import derived_seed
from autograder.notebook import points_of, right_answer, right_namespace
from autograder.paths import Course
from autograder.sandbox.confined.rpc.proxy import Remote, identity_of, supplied_elsewhere
from autograder.sandbox.confined.rpc.remote_caller import RemoteCaller
from autograder.sandbox.confined.substitution import names_swapped
from course.answers.call import Caller, LocalCaller, own_code
from course.answers.key import Key
from course.checking import display
from course.checking.judge import judge
from course.checking.messages import with_message
from course.checking.verdict import Verdict

CALLS = ("call", "method")
"""Requests of the student's process that call something of what is lent."""


def judged(
    name: str, subject: Any, unit: str, seed: int, course: Course, context: GradingContext | None = None
) -> Verdict:
    """The verdict on one answer with draws from the seed.

    What the answer calls of the exercises that are graded before it, and that this student got wrong, is taken from
    the right answers when that is what it takes to be right, so that one mistake costs once. An answer has one try
    each way: a verdict that the cell has reached before stands, once, and what is lent counts for an answer that
    calls it.
    """
    exercises = exercises_of(unit, course)
    exercise = exercises[name]
    key = _fresh_key(exercise, course, unit, seed, course.text(unit).stat().st_mtime_ns)
    verdict = context.verdicts.pop(name, None) if context else None
    verdict = verdict or judge(caller_of(exercise.answer(subject)), key)
    if verdict.passed or not verdict.written or (context and not context.errors_stand and _has_stopped(subject)):
        return verdict
    if context and not _connection_failed(subject):
        context.verdicts[name] = verdict
    if context and not context.lends:
        return verdict
    right = right_namespace(course, unit)
    passed = context.passed if context else set()
    others = {
        e.subject: right[e.subject]
        for e in exercises.values()
        if e.name in lendable(name, course, unit, exercises) - passed and not _needs(right, e.subject, exercise.subject)
    }
    with supplied(subject, others) as lent:
        if not lent.names:
            return verdict
        second = judge(caller_of(exercise.answer(subject)), key)
    if second.fraction <= verdict.fraction or not lent.called:
        return verdict
    return with_message(second, supplied=tuple(lent.names))


def caller_of(answer: Any) -> Caller:
    """What calls an answer where it runs: in this process, or in the student's, which is another."""
    return RemoteCaller(answer) if issubclass(type(answer), Remote) else LocalCaller(answer)


def _connection_failed(subject: Any) -> bool:
    """Whether the connection to an answer has failed, so that a verdict on it says nothing."""
    return isinstance(subject, Remote) and identity_of(subject)[0].failure is not None


def _has_stopped(subject: Any) -> bool:
    """Whether a call in the process of an answer has stopped with an error."""
    return isinstance(subject, Remote) and identity_of(subject)[0].stopped


def lendable(name: str, course: Course, unit: str, exercises: dict[str, Exercise]) -> set[str]:
    """The exercises whose right answers may be lent while one is judged.

    They were graded before, so that nothing can be earned with them any more: practice, which never is graded, is not
    among them. Nor is one that gives this answer with other arguments, which ``verify`` finds.
    """
    graded = list(points_of(course, unit))
    before = graded[: graded.index(name)] if name in graded else graded
    return set(before) - set(exercises[name].withheld)


@lru_cache(maxsize=128)
def _fresh_key(exercise: Exercise, course: Course, unit: str, seed: int, _modified: int) -> Key:
    """The key of an exercise for one grading run, in which everyone meets the same numbers."""
    return make_key(exercise, unit, right_answer(course, unit, exercise.subject), derived_seed(seed, exercise.name))


def _needs(right: dict[str, Any], one: str, another: str) -> bool:
    """Whether one right answer is made with another, so that it would give that away to whoever calls it."""
    found, todo = set[str](), [one]
    while todo:
        name = todo.pop()
        if name not in found and name in right:
            found.add(name)
            todo += [inner for code in own_code(right[name]) for inner in _names_in(code)]
    return another in found


def _names_in(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from _names_in(part)


@dataclass
class Lent:
    """The names of what was lent to an answer, and whether any of it was called."""

    names: list[str]
    called: bool


@contextlib.contextmanager
def supplied(subject: Any, others: dict[str, Any]) -> Iterator[Lent]:
    """Put right answers in the place of the names that the subject's own globals bind otherwise.

    Whether they are called is seen where they run for another process; in this one they count as called.
    """
    if not isinstance(subject, Remote):
        names, before = names_swapped(subject, others)
        try:
            yield Lent(list(before), called=True)
        finally:
            names.update(before)
        return
    peer, _ = identity_of(subject)
    lent, serve = Lent([], called=False), peer.serve

    def serve_and_look(operation: str, value: Any = None, *arguments: Any) -> Any:
        lent.called |= operation in CALLS and any(value is other for other in others.values())
        return serve(operation, value, *arguments)

    peer.serve = serve_and_look
    try:
        with supplied_elsewhere(subject, others) as swapped:
            lent.names = swapped
            yield lent
    finally:
        peer.serve = serve


def grade(name: str, subject: Any) -> float:
    """Judge an answer in a hidden test: the feedback goes to stdout, the points are returned.

    Parameters
    ----------
    name : str
        The exercise.
    subject : callable or class
        The student's answer.

    Returns
    -------
    float
        Between 0 and the points of the exercise's cell: nbgrader takes a cell's last value as its score.
    """
    context = current()
    course, seed = context.course, context.seed
    unit = unit_of(name, course)
    most = points_of(course, unit).get(name, 0.0)
    verdict = judged(name, subject, unit, seed, course, context)
    context.keep(name, verdict)
    points = points_for(verdict, most)
    print(f"Graded with new numbers (seed {seed}): {points:g} of {most:g} points.\n{display.as_text(verdict)}")
    return points


def check(answer: Any, /, *, name: str | None = None, **results: Any) -> None:
    """Nothing, in a graded cell: :func:`grade` judges the same answer with new numbers, and says once what it found."""


def points_for(verdict: Verdict, most: float) -> float:
    """The points of a verdict, to two decimals."""
    return float(min(max(round(verdict.fraction * most, 2), 0.0), most))
