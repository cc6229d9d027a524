"""Holding a unit to its own word: right answers pass, wrong ones fail with their own message, stubs get nothing."""

from collections.abc import Iterator
from typing import Any

from autograder.errors import BrokenUnit
from autograder.exercises import Exercise, Wrong
from autograder.exercises.consistency import declaration_faults
from autograder.exercises.gradcheck import disagreements
from autograder.exercises.keys import make_key
from autograder.exercises.loader import exercises_of
from autograder.judge.grade import judged
from autograder.notebook import given_namespace, right_answer, solution_cell, stub_of
from autograder.paths import Course
from course.answers.key import Key
from course.checking.judge import judge
from course.checking.verdict import Verdict, fraction_of

PLENTY = {True: (5, 3), False: (3, 2)}
"""Wrong and unusual answers that an exercise must have: with a gradient, and without one."""


def key_for(course: Course, unit: str, exercise: Exercise, seed: int) -> Key:
    """A fresh key of an exercise."""
    return make_key(exercise, unit, right_answer(course, unit, exercise.subject), seed)


def expected_fraction(key: Key, wrong: Wrong) -> float:
    """The share of the points that a known wrong answer earns by its author's declaration."""
    if wrong.fails:
        return 0.0 if set(wrong.fails) & set(key.properties) else fraction_of(key, 0, len(wrong.fails))
    spoiled = len(wrong.spoils) or len(key.outputs)
    return fraction_of(key, spoiled, 0) if spoiled < len(key.outputs) else 0.0


def stub_subject(course: Course, unit: str, exercise: Exercise) -> Any:
    """The subject as it is released, not written yet."""
    namespace = given_namespace(course, unit)
    cell = solution_cell(course, unit, exercise.subject)
    exec(compile(stub_of(cell.text), f"<{unit}: stub of {exercise.subject}>", "exec"), namespace)
    return namespace[exercise.subject]


def faults(course: Course, unit: str, seed: int = 1) -> Iterator[str]:
    """Everything in which a unit's answers do not keep its word, a sentence each."""
    for exercise in exercises_of(unit, course).values():
        try:
            yield from exercise_faults(course, unit, exercise, seed)
        except BrokenUnit as broken:
            yield f"{unit}: {broken}"
        except Exception as error:
            file = course.shown(course.exercises(unit) / f"{exercise.name}.py")
            yield f"{unit}: {exercise.name} ({file}) can't be tried: {type(error).__name__}: {error}"


def exercise_faults(course: Course, unit: str, exercise: Exercise, seed: int) -> Iterator[str]:
    """What is wrong with one exercise's declaration and with its right, stub, unusual and wrong answers."""
    label = f"{unit}: {exercise.name}"
    fewest_wrong, fewest_unusual = PLENTY[exercise.gradient]
    if len(exercise.wrongs) < fewest_wrong:
        yield f"{label} has {len(exercise.wrongs)} wrong answers; {fewest_wrong} are needed."
    if len(exercise.unusuals) < fewest_unusual:
        yield f"{label} has {len(exercise.unusuals)} unusual right answers; {fewest_unusual} are needed."
    right = right_answer(course, unit, exercise.subject)
    declared = list(dict.fromkeys(declaration_faults(exercise, right, seed)))
    yield from (f"{label}: {fault}" for fault in declared)
    if not declared:
        yield from _answer_faults(course, unit, exercise, seed)


def _answer_faults(course: Course, unit: str, exercise: Exercise, seed: int) -> Iterator[str]:
    label = f"{unit}: {exercise.name}"
    key = key_for(course, unit, exercise, seed)
    yield from _right_faults(label, exercise, key, right_answer(course, unit, exercise.subject))
    stub = judged(exercise.name, stub_subject(course, unit, exercise), unit, seed, course)
    if stub.written or stub.fraction:
        yield f"{label}: the released stub is judged {stub.mistake} with {stub.fraction:.0%} of the points."
    for answer in exercise.unusuals:
        verdict = judge(exercise.answer(answer), key)
        if not verdict.passed:
            yield f"{label}: the unusual answer {answer.__name__} is rejected: {verdict.message}"
    for wrong in exercise.wrongs:
        yield from _wrong_faults(label, wrong, key, judge(exercise.answer(wrong.answer), key))


def _right_faults(label: str, exercise: Exercise, key: Key, right: Any) -> Iterator[str]:
    verdict = judge(exercise.answer(right), key)
    if not verdict.passed:
        yield f"{label}: the right answer is rejected: {verdict.message}"
    for fault in disagreements(exercise, key.cases):
        yield f"{label}: {fault}"


def _wrong_faults(label: str, wrong: Wrong, key: Key, verdict: Verdict) -> Iterator[str]:
    if verdict.passed:
        yield f"{label}: the wrong answer {wrong.mistake} passes."
    elif not verdict.mistake:
        yield (
            f"{label}: the wrong answer {wrong.mistake} fails, and its mistake is not recognised: "
            f"the student would read: {verdict.message}"
        )
    elif verdict.mistake != wrong.mistake:
        yield f"{label}: the wrong answer {wrong.mistake} is taken for {verdict.mistake}: {verdict.message}"
    elif wrong.message.splitlines()[0] not in verdict.message:
        yield f"{label}: the message of {wrong.mistake} does not reach the student."
    if wrong.first and verdict.step != wrong.first:
        yield f"{label}: the first step that {wrong.mistake} gets wrong is said to be {verdict.step or 'unknown'}."
    declared = expected_fraction(key, wrong)
    if abs(verdict.fraction - declared) > 1e-9:
        yield (
            f"{label}: {wrong.mistake} earns {verdict.fraction:.3f} of the points; spoils and fails say {declared:.3f}."
        )
