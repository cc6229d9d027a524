"""What ``nbgrader_config.py`` says that concerns ``grade``: folders, students to leave out, limits of a submission.

What it says that can't be honoured here is refused by name: a setting that is passed over would only seem to be one.
"""

import copy
import math
from collections.abc import Iterator
from dataclasses import fields, replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

from autograder.errors import AutograderError
from autograder.limits import Limits
from autograder.paths import FOLDERS, Course

FILE = "nbgrader_config.py"
EXECUTING = ("NotebookClient", "ExecutePreprocessor", "Execute")
"""The sections that say how nbgrader runs a notebook; a later one goes before an earlier one."""
FIXED: dict[tuple[str, str], tuple[Any, str]] = {
    ("CourseDirectory", "directory_structure"): (
        "{nbgrader_step}/{student_id}/{assignment_id}",
        "submissions are looked for at STUDENT/UNIT alone",
    ),
    ("CourseDirectory", "source_directory"): ("source", "units are looked for in source/ alone"),
    ("CourseDirectory", "assignment_id"): ("", "name the units behind the command"),
    ("CourseDirectory", "notebook_id"): ("*", "each unit has one notebook, of the same name"),
    ("Autograde", "exclude_overwriting"): ({}, "nothing but the notebook is taken of a submission"),
    ("Autograde", "pre_convert_hook"): (None, "no hook is called while a class is graded"),
    ("Autograde", "post_convert_hook"): (None, "no hook is called while a class is graded"),
    ("BaseConverter", "pre_convert_hook"): (None, "no hook is called while a class is graded"),
    ("BaseConverter", "post_convert_hook"): (None, "no hook is called while a class is graded"),
    ("Autograde", "sanitize_preprocessors"): ([], "each submission is rebuilt in their place"),
    ("Autograde", "autograde_preprocessors"): (
        [f"nbgrader.preprocessors.{name}" for name in ("SaveAutoGrades", "AssignLatePenalties", "CheckCellMetadata")],
        "these three are what is done",
    ),
    ("LimitOutput", "max_lines"): (1000, "write c.Grader.output_bytes in its place"),
    **{
        (section, name): (None, "each submission runs in a sandbox with the grader's own Python")
        for section in EXECUTING
        for name in ("kernel_name", "kernel_manager_class", "extra_arguments", "timeout_func")
    },
}
"""What can't be set to anything else, with the only value and the reason."""


def load_config(course: Course) -> Any:
    """What a course's ``nbgrader_config.py`` says; the caller may change it.

    Raises
    ------
    AutograderError
        If it can't be read.
    """
    path = course.root / FILE
    state = path.stat() if path.is_file() else None
    return copy.deepcopy(_loaded(str(course.root), state and (state.st_mtime_ns, state.st_size)))


@lru_cache(maxsize=8)
def _loaded(folder: str, _version: tuple[int, int] | None) -> Any:
    from traitlets.config import ConfigFileNotFound, PyFileConfigLoader

    try:
        return PyFileConfigLoader(FILE, path=folder).load_config()
    except ConfigFileNotFound:
        raise AutograderError(f"{folder} has no {FILE}. Take the course's own.") from None
    except Exception as error:
        raise AutograderError(f"{FILE} can't be read ({type(error).__name__}: {error}). Mend it first.") from error


def configured(course: Course) -> Course:
    """A course with the folders that its ``nbgrader_config.py`` names.

    Raises
    ------
    AutograderError
        If a setting is not what ``grade`` can honour.
    """
    config = load_config(course)
    for section, name, value in _settings(config, FIXED):
        only, reason = FIXED[section, name]
        if value != only:
            raise _refusal(section, name, f"can't be honoured: {reason}. Remove it")
    root = config.CourseDirectory.get("root")
    if root not in (None, "", str(course.root)):
        raise _refusal("CourseDirectory", "root", f"is not {course.root}, where that file lies. Remove it")
    given = {name: config.CourseDirectory.get(name) for name in FOLDERS}
    named: dict[str, Any] = {name: _folder(name, value) for name, value in given.items() if value is not None}
    return replace(course, **named)


def _settings(config: Any, wanted: Any) -> Iterator[tuple[str, str, Any]]:
    for section, name in wanted:
        if name in config.get(section, {}):
            yield section, name, config[section][name]


def _folder(name: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _refusal("CourseDirectory", name, f"is {value!r}, which names no folder. Write a path in quotes")
    return value


def is_wanted(course: Course, student: str) -> bool:
    """Whether a student is one of those that ``student_id`` and ``student_id_exclude`` leave."""
    folders = load_config(course).CourseDirectory
    left_out = str(folders.get("student_id_exclude") or "").split(",")
    return fnmatchcase(student, folders.get("student_id") or "*") and student not in map(str.strip, left_out)


def limits_of(config: Any) -> Limits:
    """How much a submission may take, as ``c.Grader`` says; the time for a cell also as ``ExecutePreprocessor`` says.

    The time for the notebook is at least that for a cell, unless it is said, and so is its computing time.

    Raises
    ------
    AutograderError
        If it says something else than a limit.
    """
    own = config.get("Grader", {})
    given = {name: _limit(name, value) for name, value in own.items()}
    for section, name, value in _settings(config, [(section, "timeout") for section in reversed(EXECUTING)]):
        if "seconds_per_cell" not in given:
            given["seconds_per_cell"] = _timeout(section, name, value, given)
    per_cell, whole = given.get("seconds_per_cell", 0.0), given.get("seconds")
    if whole is not None and "seconds_per_cell" in own and per_cell > whole:
        raise _refusal(
            "Grader", "seconds", f"is {whole:g}, less than seconds_per_cell has. Write at least {per_cell:g}"
        )
    seconds = whole or max(Limits.seconds, per_cell)
    computing = max(Limits.cpu_seconds, math.ceil(seconds))
    return Limits(**{"seconds": seconds, "cpu_seconds": computing, **given})  # type: ignore[arg-type]


def _limit(name: str, value: Any) -> float:
    """A limit as it was written, if it is one."""
    known = [limit.name for limit in fields(Limits)]
    if name not in known:
        near = get_close_matches(name, known, 1)
        advice = f"Did you mean {near[0]}" if near else f"It has {', '.join(known)}"
        raise _refusal("Grader", name, f"is no limit of the grader. {advice}", "?" if near else ".")
    whole = isinstance(getattr(Limits, name), int)
    fits = isinstance(value, int if whole else int | float) and not isinstance(value, bool) and 0 < value < math.inf
    if not fits:
        what = "whole number" if whole else "number"
        raise _refusal("Grader", name, f"is {value!r}, where a {what} above 0 is wanted. Mend it")
    return value if whole else float(value)


def _timeout(section: str, name: str, value: Any, given: dict[str, float]) -> float:
    """nbgrader's own limit for a cell; without one, a cell has the time of the whole notebook."""
    if value is None or (isinstance(value, int) and value < 0):
        return given.get("seconds", Limits.seconds)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < math.inf:
        raise _refusal(section, name, f"is {value!r}, where a number of seconds above 0 is wanted. Mend it")
    return min(float(value), given.get("seconds", math.inf))


def _refusal(section: str, name: str, words: str, end: str = ".") -> AutograderError:
    return AutograderError(f"c.{section}.{name} in {FILE} {words}{end}")
