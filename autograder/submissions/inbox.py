"""What lies in ``submitted/``: which notebooks can be graded, and why the rest can't; nothing is passed over."""

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import AutograderError, UnreadableSubmission
from autograder.naming.files import is_archive, is_clutter, is_copy_of, unit_meant
from autograder.naming.people import composed, printable_name
from autograder.paths import Course
from autograder.submissions.safe_open import read_bytes

MAX_CHARACTERS = 100
NAME_CHARACTERS = " ._@+-'"
"""Nothing that a file pattern, a terminal, a page or a table would read otherwise; no comma, at which tables divide."""
LATE_FILE = "late.txt"
"""What ``collect`` puts beside a notebook that the learning platform has marked as late."""


@dataclass(frozen=True)
class Submission:
    """One student's folder for one unit, or something that lies where no submission is looked for.

    Attributes
    ----------
    student : str
        The folder's name, with its accents composed (NFC), in whichever way the file system has them.
    unit : str
        Of what is misplaced, its own name.
    folder : Path
    file : str
        The notebook's name, where it is not the unit's.
    note : str
        What the instructor should know of it.
    misplaced : str
        Why this is no submission, and what to do.
    """

    student: str
    unit: str
    folder: Path
    file: str = ""
    note: str = ""
    misplaced: str = ""

    @property
    def notebook(self) -> Path:
        return self.folder / (self.file or f"{self.unit}.ipynb")


def find_submissions(course: Course, units: list[str], students: list[str] | None) -> list[Submission]:
    """Whatever lies in ``submitted/`` for these units and students, in order, whether it can be graded or not.

    A student's folder that can't be listed counts as one with a submission to each unit that is graded, so that a line
    of each says why it is not. What is misplaced belongs to every unit, unless its name speaks of one.

    Raises
    ------
    AutograderError
        If nothing was submitted, or a named student handed in nothing.
    OSError
        If ``submitted/`` itself can't be read.
    """
    for unit in units:
        course.text(unit)
    asked = {composed(student) for student in students or ()}
    found = list(_everything(course, units, asked))
    missing = sorted(asked - {composed(submission.folder.parent.name) for submission in found})
    if missing:
        raise AutograderError(f"submitted/ holds nothing of {', '.join(missing)}. Check the name of the folder.")
    if not found:
        raise AutograderError(
            "There is nothing to grade. Put notebooks at submitted/STUDENT/UNIT/UNIT.ipynb, then grade again."
        )
    return found


def _everything(course: Course, units: list[str], asked: set[str]) -> Iterator[Submission]:
    """What lies there for these units, or for all; of these students, or of all and beside them."""
    known = course.units()
    wanted = units or known
    entries = [name for name in _names_in_inbox(course) if not asked or composed(name) in asked]
    folders = {name: _names_in(course.submitted / name) for name in entries if _may_be_folder(course.submitted / name)}
    handed_in = set(wanted).intersection(own for names in folders.values() for own in names or ())
    graded = units or sorted(handed_in) or wanted
    for name in entries:
        place, shown, unit = course.submitted / name, printable_name(composed(name)), unit_meant(name, known)
        if name not in folders and (unit in wanted or not unit):
            yield Submission(shown, "", place, misplaced=_where_file_belongs(name, unit))
        elif composed(name) != name and composed(name) in folders:
            words = f"{shown} is the same name with its accents written otherwise; put both into one folder"
            yield Submission(ascii(name), "", place, misplaced=words)
        elif name in folders:
            names = folders[name]
            yield from _of_student(place, shown, graded if names is None else names, wanted, known)


def _names_in_inbox(course: Course) -> list[str]:
    """Whatever lies in ``submitted/``, but for clutter."""
    try:
        return sorted(name for name in os.listdir(course.submitted) if not is_clutter(name))
    except FileNotFoundError:
        return []


def _names_in(folder: Path) -> list[str] | None:
    """What a folder holds, but for clutter; None, if nobody can tell."""
    try:
        return sorted(name for name in os.listdir(folder) if not is_clutter(name))
    except OSError:
        return None


def _may_be_folder(place: Path) -> bool:
    """Whether something is a folder, or a link, which has the reason of one; also where nobody can tell."""
    try:
        mode = os.lstat(place).st_mode
    except OSError:
        return True
    return stat.S_ISDIR(mode) or stat.S_ISLNK(mode)


def _where_file_belongs(name: str, unit: str) -> str:
    """What to do with a file beside the students' folders."""
    if is_archive(name):
        return (
            "archives are not unpacked; run python -m autograder collect on an export of Canvas or Moodle, else unpack "
            "it into folders STUDENT/UNIT, and move it out of submitted/"
        )
    if name.endswith(".ipynb"):
        return f"it lies in no student's folder; move it to STUDENT/{unit or 'UNIT'}/{unit or 'UNIT'}.ipynb"
    return "it is no student's folder; move it out of submitted/"


def _of_student(
    place: Path, student: str, names: list[str], wanted: list[str], known: list[str]
) -> Iterator[Submission]:
    """What a student's folder holds for the units that are wanted."""
    for name in names:
        unit = unit_meant(name, known)
        if name == unit and unit in wanted:
            file, note = _notebook_in(place / name, unit)
            yield Submission(student, unit, place / name, file, note)
        elif name != unit and (not unit or unit in wanted):
            words = _where_it_belongs(place / name, unit, unit in names)
            yield Submission(student, printable_name(composed(name)), place / name, misplaced=words)


def _where_it_belongs(place: Path, unit: str, is_there: bool) -> str:
    """What to do with something in a student's folder that is no unit's folder."""
    if unit and is_there:
        return f"{unit} lies beside it and is graded; put what counts there, and delete this"
    if is_archive(place.name):
        return f"archives are not unpacked; unpack it, and put the notebook at {unit or 'UNIT'}/{unit or 'UNIT'}.ipynb"
    if unit and place.is_dir():
        return f"no unit has just this name; rename the folder to {unit}"
    if place.name.endswith(".ipynb"):
        return f"it lies in no unit's folder; move it to {unit or 'UNIT'}/{unit or 'UNIT'}.ipynb"
    return "no unit has this name; move it to the folder of its unit, or out of submitted/"


def _notebook_in(folder: Path, unit: str) -> tuple[str, str]:
    """The name of the notebook in a unit's folder, where it is not the unit's, and a note on what else lies there."""
    own, names = f"{unit}.ipynb", _names_in(folder) or ()
    notebooks = [name for name in names if name.endswith(".ipynb") and name.isprintable()]
    copies = [name for name in notebooks if name != own and is_copy_of(name, unit)]
    notes = ["The learning platform marked it as late."] if LATE_FILE in names else []
    file = copies[0] if own not in notebooks and len(notebooks) == len(copies) == 1 else ""
    if file:
        notes.append(f"It is graded from {file}, for there is no {own}.")
    elif own in notebooks and copies:
        notes.append(f"{', '.join(copies)} beside it is not graded.")
    return file, " ".join(notes)


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


def read_submission(course: Course, submission: Submission) -> bytes:
    """The bytes of a submission.

    Raises
    ------
    UnreadableSubmission
        With the reason.
    """
    if submission.misplaced:
        raise UnreadableSubmission(submission.misplaced)
    if fault := _fault_of_name(submission.student):
        raise UnreadableSubmission(f"the folder's name {fault}")
    own = course.notebook(submission.unit), course.text(submission.unit)
    return read_bytes(submission.notebook, within=course.submitted, never=own)
