"""What lies in ``submitted/``: which notebooks can be graded, and why the others can't."""

import json
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import AutograderError
from autograder.places import Course
from autograder.source import cells_of, cells_of_notebook, hash_of

MOST_BYTES = 50_000_000


class UnreadableSubmission(AutograderError):
    """A submission that can't be graded; the message is for the student."""


@dataclass(frozen=True)
class Submission:
    """One student's folder for one unit."""

    student: str
    unit: str
    folder: Path

    @property
    def notebook(self) -> Path:
        return self.folder / f"{self.unit}.ipynb"


def submissions(course: Course, units: list[str], students: list[str] | None) -> list[Submission]:
    """Every submission of these units and students, in order.

    Raises
    ------
    AutograderError
        If nothing was submitted, or a named student handed in nothing.
    """
    for unit in units:
        course.text(unit)
    wanted = units or course.units()
    found = [
        Submission(folder.parent.name, folder.name, folder)
        for folder in sorted(course.submitted.glob("*/*"))
        if folder.is_dir() and folder.name in wanted and (not students or folder.parent.name in students)
    ]
    missing = sorted(set(students or ()) - {submission.student for submission in found})
    if missing:
        raise AutograderError(f"submitted/ holds nothing of {', '.join(missing)}. Check the name of the folder.")
    if not found:
        raise AutograderError(
            "There is nothing to grade. Put notebooks at submitted/STUDENT/UNIT/UNIT.ipynb, then grade again."
        )
    return found


def read(course: Course, submission: Submission) -> str:
    """Read a submission and see that it can be graded; returns a fingerprint of its bytes.

    Raises
    ------
    UnreadableSubmission
        With the reason.
    """
    path = submission.notebook
    try:
        state = path.lstat()
    except OSError as error:
        others = ", ".join(sorted(other.name for other in submission.folder.iterdir())) or "nothing"
        raise UnreadableSubmission(f"there is no {path.name} in the folder, which holds {others}") from error
    if not stat.S_ISREG(state.st_mode):
        raise UnreadableSubmission(f"{path.name} is not an ordinary file")
    if state.st_size > MOST_BYTES:
        raise UnreadableSubmission(
            f"{path.name} has {state.st_size / 1e6:.0f} MB; clear its outputs and hand it in again"
        )
    if state.st_size == 0:
        raise UnreadableSubmission(f"{path.name} is empty; save the notebook and hand it in again")
    try:
        text = path.read_text(encoding="utf-8")
        notebook = json.loads(text)
        _see_that_it_belongs(course, submission.unit, notebook)
    except (ValueError, RecursionError) as error:
        raise UnreadableSubmission(
            f"{path.name} is not a notebook that can be read ({type(error).__name__})"
        ) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise UnreadableSubmission(f"{path.name} has the form of no notebook of version 4") from error
    return hash_of(text)


def _see_that_it_belongs(course: Course, unit: str, notebook: Any) -> None:
    if notebook["nbformat"] != 4:
        raise UnreadableSubmission(
            f"it is a notebook of version {notebook['nbformat']}; open it in Jupyter and save it"
        )
    ours = {cell.grade_id for cell in cells_of(course, unit) if cell.grade_id}
    theirs = [cell.grade_id for cell in cells_of_notebook(notebook) if cell.grade_id]
    if not ours & set(theirs):
        raise UnreadableSubmission(f"it is another notebook: none of its cells belongs to {unit}")
    twice = sorted({name for name in theirs if theirs.count(name) > 1})
    if twice:
        raise UnreadableSubmission(f"these cells stand in it twice: {', '.join(twice)}; delete one of each")
    versions = {cell["metadata"].get("nbgrader", {}).get("schema_version", 3) for cell in notebook["cells"]}
    if versions - {1, 2, 3}:
        raise UnreadableSubmission("its nbgrader metadata is of an unknown version; start from the released notebook")
