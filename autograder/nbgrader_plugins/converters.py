"""What nbgrader's converters of submissions would stop at, kept from them: one folder is told of, the others go on."""

import contextlib
import os
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.converters import NbGraderException
from nbgrader.coursedir import CourseDirectory

from autograder.collect.roster import class_roster
from autograder.errors import AutograderError, UnreadableSubmission
from autograder.naming.people import printable_name
from autograder.nbgrader_plugins.refusals import Refusals
from autograder.paths import Course
from autograder.submissions.inbox import Submission, find_submissions, read_submission
from autograder.submissions.parse import parse_notebook
from autograder.submissions.timestamp import read_timestamp


class HandedIn(CourseDirectory):
    """The course's folders, with each ``timestamp.txt`` read as ``grade`` reads it."""

    def get_existing_timestamp(self, dest_path: str) -> datetime | None:
        """When a submission was handed in, if its folder says so."""
        timestamp = read_timestamp(Path(dest_path))
        if timestamp.note:
            self.log.warning("%s: %s.", printable_name(dest_path), timestamp.note)
        return timestamp.time


def read_timestamps_safely(converter: Any, **changed: Any) -> None:
    """Let a converter see the course's folders through ours, with some settings changed."""
    given = converter.coursedir
    traits = {name: getattr(given, name) for name in given.trait_names(config=True)}
    converter.coursedir = HandedIn(parent=given.parent, **{**traits, **changed})


def formgrader_reads_timestamps_safely() -> None:
    """Let formgrader's list of submissions read each ``timestamp.txt`` as ``grade`` reads it.

    nbgrader has no setting for this. As it comes, it opens whatever lies at that place, so that one pipe, or one word
    in the place of a time zone, costs the list of the whole class.
    """

    def get_submitted_timestamp(api: NbGraderAPI, assignment_id: str, student_id: str) -> datetime | None:
        folders = api.coursedir
        return read_timestamp(Path(folders.format_path(folders.submitted_directory, student_id, assignment_id))).time

    NbGraderAPI.get_submitted_timestamp = get_submitted_timestamp


def grade_everything_anew(converter: Any) -> None:
    """Let nbgrader grade each submission again, and leave what was graded before until there is something in its place.

    As it comes, it passes over what has a graded notebook, unless a newer ``timestamp.txt`` says that it was handed in
    again: it can't tell that a notebook was replaced, or that the unit has changed. With ``--force`` it removes the
    graded notebook first, and has none if it is interrupted.
    """

    def init_destination(assignment_id: str, student_id: str) -> bool:
        return student_id not in map(str.strip, converter.coursedir.student_id_exclude.split(","))

    converter.init_destination = init_destination


def leave_out_what_cannot_be_read(converter: Any, course: Course, refusals: Refusals) -> None:
    """Leave out submissions without a notebook that can be read, so that what was graded before stays.

    nbgrader passes them over, gives them 0 points, or drops the graded notebook and leaves its points.
    """
    folders, reasons = converter.coursedir, {}
    with contextlib.suppress(AutograderError, OSError):  # nbgrader itself says that there is no such unit or folder
        roster = class_roster(course, folders.db_url)
        for submission in roster.checked(find_submissions(course, [folders.assignment_id], None)):
            if not fnmatchcase(submission.folder.parent.name, folders.student_id):
                continue
            reason = _why_not_graded(course, submission)
            if reason:
                words = f"{submission.student} {submission.unit}".strip() + f" is not graded: {reason}"
                reasons[str(submission.folder)] = words
                refusals.add(submission, reason)
    _leave_out(converter, reasons)


def _why_not_graded(course: Course, submission: Submission) -> str:
    """Why nbgrader can't grade a submission, or would take it for another student's; empty if it grades it."""
    folder = submission.folder.parent.name
    if not submission.misplaced and submission.student not in (folder, printable_name(folder)):
        return f"the accents of the folder's name are written apart; rename the folder to {submission.student}"
    if submission.file:
        return f"there is no {submission.unit}.ipynb; rename {submission.file} to {submission.unit}.ipynb"
    try:
        parse_notebook(read_submission(course, submission), submission.notebook.name)
    except UnreadableSubmission as error:
        return str(error)
    return ""


def tell_of_graded_notebooks_without_points(converter: Any) -> None:
    """Leave out graded notebooks of which the gradebook holds nothing, and tell of points without a graded notebook.

    The first are those of a student who was removed from the gradebook; the others, what an interrupted run has left.
    """
    folders = converter.coursedir
    unit = folders.assignment_id
    with Gradebook(folders.db_url, folders.course_id) as book:
        known = {submission.student.id for submission in book.assignment_submissions(unit)}
    reasons = {}
    for folder in converter.assignments:
        student = Path(folder).parent.name
        if student not in known:
            advice = f"grade it again, or remove {printable_name(folder)} if {printable_name(student)} has left"
            reasons[folder] = (
                f"{printable_name(student)} {unit} has no page: the gradebook holds nothing of it; {advice}."
            )
    excluded = {name.strip() for name in folders.student_id_exclude.split(",")}
    for student in sorted(known - excluded):
        folder = converter._format_source(unit, student)
        if fnmatchcase(student, folders.student_id) and not os.path.isdir(folder):
            reasons[folder] = f"{student} {unit} has no page: there is no graded notebook of it; grade it again."
    _leave_out(converter, reasons)


def leave_out_what_ends_the_batch(converter: Any) -> None:
    """Leave out folders over which nbgrader would end the batch.

    It ends at a name with a line break, and where it can't remove what it has begun to write for a submission.
    """
    reasons = {}
    for folder in converter.assignments:
        student, unit = Path(folder).parts[-2:]
        target = Path(converter._format_dest(unit, student))
        if not folder.isprintable():
            trouble = "rename the folder of the student"
        elif not _can_be_replaced(target):
            trouble = f"it can't write to {target}; remove that, or change its permissions"
        else:
            continue
        reasons[folder] = f"{printable_name(folder)} is left out: {trouble}, and grade it again."
    _leave_out(converter, reasons)


def _leave_out(converter: Any, reasons: dict[str, str]) -> None:
    """Let a converter do all others, and end with an error as it does after any that it could not do."""
    if not reasons:
        return
    for folder, words in reasons.items():
        converter.assignments.pop(folder, None)
        converter.log.error(words)
    convert_the_others = converter.convert_notebooks

    def convert_notebooks() -> None:
        convert_the_others()
        raise NbGraderException(f"{len(reasons)} were left out; the reasons are above.")

    converter.convert_notebooks = convert_notebooks


def _can_be_replaced(folder: Path) -> bool:
    """Whether a folder can be made, and removed with all that it holds."""
    if os.path.islink(folder):
        return False
    if not os.path.lexists(folder):
        return _is_writable(next(parent for parent in folder.parents if os.path.lexists(parent)))
    return _is_writable(folder) and all(_is_writable(Path(place)) for place, _, _ in os.walk(folder))


def _is_writable(folder: Path) -> bool:
    return os.path.isdir(folder) and os.access(folder, os.R_OK | os.W_OK | os.X_OK)
