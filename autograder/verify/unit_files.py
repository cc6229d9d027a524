"""Whether the files of a unit fit each other: the names of its exercises and questions, and who asks for them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from autograder.errors import BrokenUnit
from autograder.exercises.loader import Asked, asked_in
from autograder.notebook import cells_of, points_of
from autograder.paths import Course

ASK = re.compile(r"""^(?!#).*?\bask\(\s*["']([^"']+)["']""", re.M)


def unit_faults(course: Course, unit: str) -> Iterator[str]:
    """What does not fit in a unit's exercises, questions and graded cells, a sentence each."""
    for path in course.exercise_files(unit):
        yield from _repeated_definitions(course, path)
    asked = asked_in(unit, course)
    yield from asked.faults
    points = points_of(course, unit)
    for name in points:
        if name not in asked.exercises:
            yield f"{unit}: {name} is graded in the notebook and has no file {name}.py among the unit's exercises."
    for name, exercise in asked.exercises.items():
        if name not in points and not exercise.practice:
            yield f"{unit}: {name} is an exercise and has no graded cell in the notebook."
    yield from _question_faults(course, unit, asked)


def _question_faults(course: Course, unit: str, asked: Asked) -> Iterator[str]:
    called = {name for cell in cells_of(course, unit) if cell.kind == "code" for name in ASK.findall(cell.text)}
    for name in asked.questions:
        if name not in called:
            yield f"{unit}: the question {name} of questions.py is never asked in the notebook."
    for name in sorted(called - set(asked.questions)):
        yield f'{unit}: the notebook calls ask("{name}"), and questions.py has no question of this name.'


def _repeated_definitions(course: Course, path: Path) -> Iterator[str]:
    """Two definitions of one name in a file: the first is lost."""
    try:
        body = ast.parse(path.read_text(encoding="utf-8")).body
    except (SyntaxError, ValueError):
        return  # loading says it, with the line
    seen: set[str] = set()
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            names = {statement.name}
        elif isinstance(statement, ast.Assign):
            names = {target.id for target in statement.targets if isinstance(target, ast.Name)}
        else:
            continue
        for name in sorted(names & seen):
            yield f"{course.shown(path)}, line {statement.lineno}: {name} is defined a second time in this file."
        seen |= names


def shared_names(course: Course) -> Iterator[str]:
    """The exercises and questions whose name two units share; a unit whose files are broken is left out."""
    homes: dict[tuple[str, str], str] = {}
    for unit in course.units():
        try:
            asked = asked_in(unit, course)
        except BrokenUnit:
            continue
        for kind, names in (("exercise", asked.exercises), ("question", asked.questions)):
            for name in names:
                home = homes.setdefault((kind, name), unit)
                if home != unit:
                    yield f"The {kind} {name} stands in {home} and in {unit}; names are unique in the course."
