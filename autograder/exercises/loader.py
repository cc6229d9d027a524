"""Finding and loading what the units ask: every file of ``source/UNIT/exercises``, loaded again when one changes."""

import ast
import importlib
import itertools
import re
import sys
import traceback
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from autograder.errors import BrokenUnit
from autograder.exercises.declarations import Question
from autograder.exercises.spec import Exercise
from autograder.paths import Course, here
from course.answers.error_report import AUTHORS_MODULES

QUESTIONS = "questions"
CALL = re.compile(r"""^(?!#).*?\b(?:check|grade)\(\s*["']?(\w+)""", re.M)
"""A line of a text notebook that checks or grades an answer; its text cells are comments."""


@dataclass(frozen=True)
class Asked:
    """Everything that a unit asks: exercises in the order of the notebook, and self-test questions, by name.

    ``faults`` says, a sentence each, which file, exercise or question has a name that it can't have.
    """

    exercises: dict[str, Exercise] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    faults: tuple[str, ...] = ()


Stamp = tuple[Path, int, int]
_numbers = itertools.count()


def _stamp(path: Path) -> Stamp:
    stat = path.stat()
    return path, stat.st_mtime_ns, stat.st_size


def asked_in(unit: str, course: Course | None = None) -> Asked:
    """The exercises and questions of a unit; none for a unit without a folder ``exercises``.

    Raises
    ------
    UnknownUnit, BrokenUnit
        A file that does not run is told with its name and its error.
    """
    course = course or here()
    text = course.text(unit)
    return _load(course, unit, _stamp(text), tuple(map(_stamp, course.exercise_files(unit))))


def exercises_of(unit: str, course: Course | None = None) -> dict[str, Exercise]:
    """The exercises of a unit, by name."""
    return asked_in(unit, course).exercises


def unit_of(name: str, course: Course | None = None) -> str:
    """The unit that an exercise belongs to.

    Raises
    ------
    BrokenUnit
        If no unit has it.
    """
    course = course or here()
    for unit in course.units():
        if (course.exercises(unit) / f"{name}.py").is_file() and name in exercises_of(unit, course):
            return unit
    raise BrokenUnit(f"No unit in {course.source} has an exercise {name!r} in a file exercises/{name}.py.")


@lru_cache(maxsize=64)
def _load(course: Course, unit: str, text: Stamp, files: tuple[Stamp, ...]) -> Asked:
    """Load the files as one small package under a name that nothing else has: so they may import each other."""
    package = ModuleType(f"{AUTHORS_MODULES}{unit}_{next(_numbers)}")
    package.__path__ = [str(course.exercises(unit))]
    sys.modules[package.__name__] = package
    importlib.invalidate_caches()
    modules = {path: _module(f"{package.__name__}.{path.stem}", path, course) for path, _, _ in files}
    collected = _Collected(course)
    for path, module in modules.items():
        if path.stem == QUESTIONS:
            collected.add_questions(path, module)
        elif not path.stem.startswith("_"):
            collected.add_exercise(path, module)
    return collected.in_order(list(dict.fromkeys(CALL.findall(text[0].read_text(encoding="utf-8")))))


def _module(name: str, path: Path, course: Course) -> ModuleType:
    try:
        return importlib.import_module(name)
    except BrokenUnit:
        raise
    except Exception as error:
        where = _file_of(error, path.parent) or path
        raise BrokenUnit(f"{course.shown(where)} stops with {type(error).__name__}: {error}") from error


def _file_of(error: Exception, folder: Path) -> Path | None:
    """The file of the folder in which an error arose: one that others import may be the broken one."""
    files = [Path(frame.f_code.co_filename) for frame, _ in traceback.walk_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        files.append(Path(error.filename))
    return next((file for file in reversed(files) if file.parent == folder), None)


class _Collected:
    """What the files of a unit hold, and which of their names are at fault."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.exercises: dict[str, Exercise] = {}
        self.questions: dict[str, Question] = {}
        self.faults: list[str] = []

    def add_exercise(self, path: Path, module: ModuleType) -> None:
        """Enter the exercises that a file makes; those that it imports from another belong to that one."""
        shown = self.course.shown(path)
        made = _assigned(path)
        found = [value for name, value in vars(module).items() if isinstance(value, Exercise) and name in made]
        if len(found) != 1:
            names = ", ".join(exercise.name for exercise in found) or "none"
            self.faults.append(f"{shown} holds {len(found)} exercises ({names}); a file holds one, of its own name.")
        for exercise in found:
            if exercise.name in self.exercises:
                self.faults.append(f"{shown}: another file of this unit has an exercise {exercise.name} as well.")
            elif len(found) == 1 and exercise.name != path.stem:
                self.faults.append(
                    f"{shown} holds the exercise {exercise.name}; call the file {exercise.name}.py, "
                    f'or the exercise "{path.stem}".'
                )
            self.exercises.setdefault(exercise.name, exercise)

    def add_questions(self, path: Path, module: ModuleType) -> None:
        """Enter the questions of a file, each by itself or in a list."""
        values = list(vars(module).values())
        listed = [item for value in values if isinstance(value, list | tuple) for item in value]
        for question in (item for item in (*values, *listed) if isinstance(item, Question)):
            if question.name in self.questions:
                self.faults.append(f"{self.course.shown(path)} has two questions {question.name}.")
            self.questions.setdefault(question.name, question)

    def in_order(self, called: list[str]) -> Asked:
        """All of it, the exercises in the order in which the notebook calls them and the rest after those."""
        names = sorted(self.exercises, key=lambda name: called.index(name) if name in called else len(called))
        return Asked({name: self.exercises[name] for name in names}, self.questions, tuple(self.faults))


def _assigned(path: Path) -> set[str]:
    """The names that a file assigns itself."""
    names = set()
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names
