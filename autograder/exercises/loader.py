"""What the units ask: every ``exercises.py``, loaded once for each time it is changed."""

import importlib.util
import itertools
import re
import sys
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from autograder.errors import BrokenUnit
from autograder.exercises.spec import Exercise, Question
from autograder.paths import Course, here


@dataclass(frozen=True)
class Asked:
    """Everything that a unit's exercises.py asks: exercises and self-test questions, by name."""

    exercises: dict[str, Exercise] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)


_numbers = itertools.count()


@lru_cache(maxsize=64)
def _load(path: Path, _modified: int) -> Asked:
    name = f"exercises_of_{path.parent.name}_{next(_numbers)}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise BrokenUnit(f"{path} can't be read.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BrokenUnit:
        raise
    except Exception as error:
        raise BrokenUnit(f"{path} stops with {type(error).__name__}: {error}") from error
    found = list(vars(module).values())
    listed = [item for value in found if isinstance(value, list | tuple) for item in value]
    return Asked(
        {item.name: item for item in found if isinstance(item, Exercise)},
        {item.name: item for item in (*found, *listed) if isinstance(item, Question)},
    )


def asked_in(unit: str, course: Course | None = None) -> Asked:
    """The exercises and questions of a unit; none for a unit without ``exercises.py``.

    Raises
    ------
    UnknownUnit, BrokenUnit
    """
    course = course or here()
    course.text(unit)
    path = course.exercises(unit)
    return _load(path, path.stat().st_mtime_ns) if path.is_file() else Asked()


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
        path = course.exercises(unit)
        if path.is_file() and name in _words(path, path.stat().st_mtime_ns) and name in exercises_of(unit, course):
            return unit
    raise BrokenUnit(f"No exercises.py in {course.source} has an exercise {name!r}.")


@lru_cache(maxsize=64)
def _words(path: Path, _modified: int) -> frozenset[str]:
    """Every word of a file: an exercise is looked for where its name stands, without loading what other units ask."""
    return frozenset(re.findall(r"\w+", path.read_text(encoding="utf-8")))
