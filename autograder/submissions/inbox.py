"""What lies in ``submitted/``: which notebooks can be graded, and why the others can't."""

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import AutograderError, UnreadableSubmission
from autograder.paths import Course
from autograder.submissions.safe_open import read_bytes

MAX_CHARACTERS = 100
NAME_CHARACTERS = " ._@+-'"
"""Nothing that a file pattern, a terminal, a page or a table would read otherwise; no comma, at which tables divide."""


@dataclass(frozen=True)
class Submission:
    """One student's folder for one unit."""

    student: str
    unit: str
    folder: Path

    @property
    def notebook(self) -> Path:
        return self.folder / f"{self.unit}.ipynb"


def find_submissions(course: Course, units: list[str], students: list[str] | None) -> list[Submission]:
    """Every submission of these units and students, in order.

    A student's folder that can't be listed counts as one with a submission to each unit that is graded, so that a line
    of each says why it is not.

    Raises
    ------
    AutograderError
        If nothing was submitted, or a named student handed in nothing.
    OSError
        If ``submitted/`` itself can't be read.
    """
    for unit in units:
        course.text(unit)
    wanted = units or course.units()
    folders = [folder for folder in _student_folders(course) if not students or folder.name in students]
    held = {folder: _units_in(folder, wanted) for folder in folders}
    graded = units or sorted(set().union(*filter(None, held.values()))) or wanted
    found = [
        Submission(printable_name(folder.name), unit, folder / unit)
        for folder, own in held.items()
        for unit in sorted(graded if own is None else own)
    ]
    missing = sorted(set(students or ()) - {submission.folder.parent.name for submission in found})
    if missing:
        raise AutograderError(f"submitted/ holds nothing of {', '.join(missing)}. Check the name of the folder.")
    if not found:
        raise AutograderError(
            "There is nothing to grade. Put notebooks at submitted/STUDENT/UNIT/UNIT.ipynb, then grade again."
        )
    return found


def _student_folders(course: Course) -> list[Path]:
    """Whatever lies in ``submitted/``."""
    try:
        return [course.submitted / name for name in sorted(os.listdir(course.submitted))]
    except FileNotFoundError:
        return []


def _units_in(folder: Path, wanted: list[str]) -> set[str] | None:
    """The units among these that a student's folder holds anything of; None, if nobody can tell."""
    try:
        return set(wanted).intersection(os.listdir(folder))
    except NotADirectoryError:  # a file beside the students' folders
        return set()
    except OSError:
        return None


def is_student_name(name: str) -> bool:
    """Whether a folder can be a student's: letters of any script with their marks, digits, and a few signs."""
    return not _fault_of_name(name)


def _fault_of_name(name: str) -> str:
    """Why a folder's name can't be a student's, and what to do; nothing, if it can."""
    if not all(sign in NAME_CHARACTERS or unicodedata.category(sign)[0] in "LMN" for sign in name):
        return "can't be a student's; name it with letters, digits, blanks and . _ - @ + ' alone"
    if name != name.strip():
        return "begins or ends with a blank; take that away"
    if not name[:1].isalnum():
        return f"begins with {name[:1]}; begin it with a letter or a digit"
    if len(name) > MAX_CHARACTERS:
        return f"has {len(name)} characters; shorten it to {MAX_CHARACTERS} or fewer"
    return ""


def printable_name(name: str) -> str:
    """A folder's name; with what can't be printed escaped, which no student's name passes."""
    return name if name.isprintable() else ascii(name)


def read_submission(course: Course, submission: Submission) -> bytes:
    """The bytes of a submission.

    Raises
    ------
    UnreadableSubmission
        With the reason.
    """
    if fault := _fault_of_name(submission.student):
        raise UnreadableSubmission(f"the folder's name {fault}")
    own = course.notebook(submission.unit), course.text(submission.unit)
    return read_bytes(submission.notebook, within=course.submitted, never=own)
