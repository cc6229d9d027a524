"""What ``nbgrader_config.py`` says that concerns ``grade``: the folders, and whom to leave out.

What it says that can't be honoured here is refused by name: a setting that is passed over would only seem to be one.
"""

import copy
import os
from collections.abc import Iterator
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

from autograder.errors import AutograderError
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
    for section, name, value in settings(config, FIXED):
        only, reason = FIXED[section, name]
        if value != only:
            raise refusal(section, name, f"can't be honoured: {reason}. Remove it")
    root = config.CourseDirectory.get("root")
    if root not in (None, "", str(course.root)):
        raise refusal("CourseDirectory", "root", f"is not {course.root}, where that file lies. Remove it")
    given = {name: config.CourseDirectory.get(name) for name in FOLDERS}
    named: dict[str, Any] = {name: _folder(name, value) for name, value in given.items() if value is not None}
    return replace(course, **named)


def share_with_group(course: Course) -> None:
    """Let all instructors of a group write what this process writes, if ``CourseDirectory.groupshared`` says so.

    A file that only its maker may replace would keep the others from grading again.
    """
    if load_config(course).CourseDirectory.get("groupshared"):
        os.umask(os.umask(0o077) & ~0o070)


def settings(config: Any, wanted: Any) -> Iterator[tuple[str, str, Any]]:
    """Which of some settings are there, and their values."""
    for section, name in wanted:
        if name in config.get(section, {}):
            yield section, name, config[section][name]


def _folder(name: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise refusal("CourseDirectory", name, f"is {value!r}, which names no folder. Write a path in quotes")
    return value


def is_wanted(course: Course, student: str) -> bool:
    """Whether a student is one of those that ``student_id`` and ``student_id_exclude`` leave."""
    folders = load_config(course).CourseDirectory
    left_out = str(folders.get("student_id_exclude") or "").split(",")
    return fnmatchcase(student, folders.get("student_id") or "*") and student not in map(str.strip, left_out)


def refusal(section: str, name: str, words: str, end: str = ".") -> AutograderError:
    """The error that names a setting."""
    return AutograderError(f"c.{section}.{name} in {FILE} {words}{end}")
