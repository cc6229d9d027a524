"""Putting collected notebooks into ``submitted/``: nothing that lies there is lost, and nothing older replaces it."""

import contextlib
import json
from dataclasses import dataclass
from typing import Any

from autograder.collect.archive import Member
from autograder.errors import UnreadableSubmission
from autograder.files import write_bytes_if_changed, write_if_changed
from autograder.paths import Course
from autograder.submissions.inbox import LATE_FILE
from autograder.submissions.parse import fingerprint_of
from autograder.submissions.safe_open import FileMissing, read_bytes
from autograder.submissions.timestamp import TIMESTAMP_FILE


@dataclass(frozen=True)
class Exported:
    """A notebook in an archive: whose it is, of which unit, and what tells it from others of the same student.

    Attributes
    ----------
    student, unit : str
    person : str
        How the archive tells students apart who have the same name.
    member : Member
    order : tuple of int
        The greater one came later.
    late : bool
        Whether the platform has marked it as late.
    """

    student: str
    unit: str
    person: str
    member: Member
    order: tuple[int, ...]
    late: bool


class InboxWriter:
    """Writes into ``submitted/``, and remembers in ``.grading/collected.json`` what it has put there.

    Parameters
    ----------
    course : Course
    notes : list of str
        Takes what is to be known of what was put there.
    times : bool
        Whether the times in the archive are those of handing in.
    replace : bool
        Whether notebooks that were put there in another way are replaced.
    """

    def __init__(self, course: Course, notes: list[str], *, times: bool, replace: bool) -> None:
        self._course, self._notes, self._times, self._replace = course, notes, times, replace
        self._ledger = course.root / ".grading" / "collected.json"
        self._known: dict[str, dict[str, Any]] = {}
        with contextlib.suppress(OSError, ValueError, TypeError):  # nothing was collected so far
            self._known = dict(json.loads(self._ledger.read_text(encoding="utf-8")))

    def put(self, exported: Exported, data: bytes) -> None:
        """Put a notebook where it is graded.

        Raises
        ------
        UnreadableSubmission
            If what lies there is newer, or was not collected.
        """
        folder = self._course.submitted / exported.student / exported.unit
        notebook = folder / f"{exported.unit}.ipynb"
        key, fingerprint = f"{exported.student}/{exported.unit}", fingerprint_of(data)
        try:
            before = read_bytes(notebook, within=self._course.submitted)
        except FileMissing:
            before = None
        if before is not None and before != data:
            self._require_newer(exported, key, before)
            kept = self._course.root / ".grading" / "replaced" / key / f"{fingerprint_of(before)}.ipynb"
            write_bytes_if_changed(kept, before)
            self._notes.append(f"{key}: the earlier one was replaced; it is kept as {self._course.shown(kept)}.")
        if before != data:
            for name in (TIMESTAMP_FILE, LATE_FILE):
                (folder / name).unlink(missing_ok=True)
        write_bytes_if_changed(notebook, data)
        self._known[key] = {"order": exported.order, "fingerprint": fingerprint}
        self._mark_time(exported, key)

    def _require_newer(self, exported: Exported, key: str, before: bytes) -> None:
        known = self._known.get(key, {})
        if known.get("fingerprint") != fingerprint_of(before):
            if not self._replace:
                raise UnreadableSubmission(
                    f"submitted/{key} holds another one, which was not collected; say --replace to replace it"
                )
        elif tuple(known.get("order", ())) > exported.order:
            raise UnreadableSubmission(f"submitted/{key} holds a newer one, which was collected before")

    def _mark_time(self, exported: Exported, key: str) -> None:
        folder = self._course.submitted / key
        if self._times and exported.member.time:
            write_if_changed(folder / TIMESTAMP_FILE, f"{exported.member.time.isoformat(' ')} UTC")
        elif self._times:
            self._notes.append(f"{key}: the archive does not say in which time zone its times are, so none is entered.")
        if exported.late:
            write_if_changed(folder / LATE_FILE, "The learning platform marked this as late.\n")
            self._notes.append(f"{key}: marked as late.")

    def __enter__(self) -> "InboxWriter":
        return self

    def __exit__(self, *error: object) -> None:
        write_if_changed(self._ledger, json.dumps(self._known, indent=1) + "\n")
