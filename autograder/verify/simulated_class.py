"""A simulated class: students who write right, unusual and wrong answers, or nothing, with known points."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from autograder.exercises import Exercise, Wrong
from autograder.exercises.loader import exercises_of
from autograder.notebook import points_of, solution_cell
from autograder.paths import Course
from autograder.verify.answer_source import source_as, without_markers
from autograder.verify.proof import expected_fraction, key_for

SHARES = {"right": 0.4, "unusual": 0.2, "wrong": 0.3, "stub": 0.1}


@dataclass(frozen=True)
class Written:
    """What a simulated student writes for one subject, and the points each exercise earns by declaration."""

    subject: str
    kind: str
    text: str | None
    points: dict[str, float]


@dataclass(frozen=True)
class Student:
    """A simulated student: what they write in each unit."""

    name: str
    units: dict[str, list[Written]]

    def expected(self, unit: str) -> float:
        """The points that the student's answers earn by their authors' declarations."""
        return sum(points for written in self.units[unit] for points in written.points.values())


def simulated_class(course: Course, units: list[str], students: int, seed: int) -> list[Student]:
    """So many students; the first writes only right answers, the second nothing.

    The same seed gives the same class.
    """
    return list(simulated_students(course, units, students, seed))


def simulated_students(course: Course, units: list[str], students: int, seed: int) -> Iterator[Student]:
    """The students of :func:`simulated_class`, one after the other."""
    rng = np.random.default_rng(seed)
    for number in range(1, students + 1):
        fixed = {1: "right", 2: "stub"}.get(number)
        yield Student(f"student{number:03d}", {unit: _unit_answers(course, unit, rng, fixed) for unit in units})


def _unit_answers(course: Course, unit: str, rng: np.random.Generator, fixed: str | None) -> list[Written]:
    exercises = exercises_of(unit, course)
    written = []
    for subject in dict.fromkeys(exercise.subject for exercise in exercises.values()):
        together = [exercise for exercise in exercises.values() if exercise.subject == subject]
        kind = fixed or str(rng.choice(list(SHARES), p=list(SHARES.values())))
        if len(together) > 1 and kind in ("unusual", "wrong"):
            kind = "right"
        written.append(_written(course, unit, subject, together, kind, rng))
    return [_fitting(course, unit, one, written) for one in written]


def _fitting(course: Course, unit: str, one: Written, written: list[Written]) -> Written:
    """The same; the ordinary right answer in place of an unusual one that another answer calls, or that calls another.

    A list where others expect an array is right by itself, and may not do for those; and one that calls a wrong answer
    may have to do without the right one. What two such answers earn together is declared nowhere.
    """
    bound = any(
        re.search(rf"\b{callee.subject}\b", caller.text)
        for other in written
        if other is not one
        for caller, callee in ((one, other), (other, one))
        if caller.text
    )
    if not (bound and one.kind.startswith("unusual")):
        return one
    return replace(one, kind="right", text=solution_cell(course, unit, one.subject).text)


def _written(
    course: Course, unit: str, subject: str, exercises: list[Exercise], kind: str, rng: np.random.Generator
) -> Written:
    most = points_of(course, unit)
    full = {exercise.name: most.get(exercise.name, 0.0) for exercise in exercises}
    exercise = exercises[0]
    right = solution_cell(course, unit, subject).text
    if kind == "right":
        return Written(subject, kind, right, full)
    if kind == "stub":
        return Written(subject, kind, None, dict.fromkeys(full, 0.0))
    if kind == "unusual":
        answer = exercise.unusuals[int(rng.integers(len(exercise.unusuals)))]
        return Written(subject, f"unusual: {answer.__name__}", source_as(answer, subject, right), full)
    wrong = exercise.wrongs[int(rng.integers(len(exercise.wrongs)))]
    points = declared_points(course, unit, exercise, wrong)
    return Written(subject, f"wrong: {wrong.mistake}", source_as(wrong.answer, subject, right), {exercise.name: points})


def declared_points(course: Course, unit: str, exercise: Exercise, wrong: Wrong) -> float:
    """The points of a known wrong answer by its author's declaration."""
    fraction = expected_fraction(_key(course, unit, exercise.name), wrong)
    return round(fraction * points_of(course, unit).get(exercise.name, 0.0), 2)


@lru_cache(maxsize=256)
def _key(course: Course, unit: str, name: str) -> Any:
    return key_for(course, unit, exercises_of(unit, course)[name], 1)


def hand_in(course: Course, student: Student) -> None:
    """Write the student's notebooks to ``submitted/``, as if the release had been filled in."""
    for unit, answers in student.units.items():
        notebook = json.loads((course.release / unit / f"{unit}.ipynb").read_text(encoding="utf-8"))
        fill_in(course, unit, notebook, {w.subject: w.text for w in answers if w.text is not None})
        folder = course.submitted / student.name / unit
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{unit}.ipynb").write_text(json.dumps(notebook, indent=1), encoding="utf-8")


def fill_in(course: Course, unit: str, notebook: dict[str, Any], texts: dict[str, str]) -> None:
    """Put answers into the solution cells of a release notebook given as JSON."""
    subjects = {exercise.subject for exercise in exercises_of(unit, course).values()}
    for subject, text in texts.items():
        right = solution_cell(course, unit, subject)
        neighbours = {node.name for node in _definitions(right.text)} & subjects - {subject}
        for cell in notebook["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == right.grade_id:
                before = "".join(cell["source"])
                cell["source"] = _beside(neighbours, before, subject, without_markers(text))


def _definitions(text: str) -> list[Any]:
    """The functions and classes that a cell defines."""
    return [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]


def _beside(neighbours: set[str], before: str, subject: str, text: str) -> str:
    """A cell with one subject's text put in; subjects that share the cell stay as they are."""
    if not neighbours:
        return text
    return f"{_left_out({subject}, before)}\n\n\n{_left_out(neighbours, text)}"


def _left_out(names: set[str], text: str) -> str:
    """A text without the definitions of these names."""
    tree = ast.parse(text)
    tree.body = [node for node in tree.body if getattr(node, "name", None) not in names]
    return ast.unparse(tree)
