"""Collecting exports of Canvas and Moodle: the newest notebook of each student and unit goes to ``submitted/``."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from autograder.collect.archive import Archive, Member
from autograder.collect.inbox_writer import Exported, InboxWriter
from autograder.collect.platform_names import copy_number, exported_name
from autograder.collect.roster import Roster
from autograder.collect.students import StudentFinder
from autograder.errors import AutograderError, UnreadableSubmission
from autograder.naming.files import is_archive, is_clutter, unit_meant
from autograder.naming.people import printable_name
from autograder.paths import Course

UNKNOWN_FORM = "its name is not of the form that Canvas or Moodle writes, so nobody can tell whose it is"


@dataclass
class Collected:
    """What became of exported files.

    Attributes
    ----------
    taken : list of (str, str)
        Student and unit of each notebook that is in ``submitted/`` now.
    notes : list of str
        What else there is to know of them.
    left_out : list of (str, str)
        Names of files, and why they were not taken.
    """

    taken: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)


def collect(
    course: Course, files: Iterable[Path], roster: Roster, *, unit: str = "", times: bool = False, replace: bool = False
) -> Collected:
    """Bring what is in exported archives into ``submitted/``; an archive that can't be taken stops no other.

    Parameters
    ----------
    course : Course
    files : iterable of Path
    roster : Roster
        Who is meant by a name.
    unit : str
        Of notebooks whose names speak of none.
    times : bool
        Take the times of the files in the archive for the times of handing in, where their zone is known.
    replace : bool
        Replace notebooks that were put into ``submitted/`` in another way, too.
    """
    if unit:
        course.text(unit)
    collected, finder = Collected(), StudentFinder(roster)
    with InboxWriter(course, collected.notes, times=times, replace=replace) as inbox:
        for file in files:
            try:
                with Archive(file) as archive:
                    _collect_archive(archive, _chosen(course, archive, finder, unit, collected), inbox, collected)
            except AutograderError as error:
                collected.left_out.append((file.name, str(error)))
    return collected


def _collect_archive(archive: Archive, chosen: list[Exported], inbox: InboxWriter, collected: Collected) -> None:
    archive.require_room(exported.member for exported in chosen)
    for exported in chosen:
        try:
            inbox.put(exported, archive.read(exported.member))
            collected.taken.append((exported.student, exported.unit))
        except UnreadableSubmission as error:
            collected.left_out.append((printable_name(exported.member.path), str(error)))


def _chosen(course: Course, archive: Archive, finder: StudentFinder, unit: str, collected: Collected) -> list[Exported]:
    """The newest notebook of each student and unit; why the others are left out is noted."""
    found = defaultdict[tuple[str, str], list[Exported]](list)
    for member in archive.members:
        if any(map(is_clutter, member.path.split("/"))):
            continue
        try:
            exported = _exported(course, member, finder, unit)
            found[exported.student, exported.unit].append(exported)
        except UnreadableSubmission as error:
            collected.left_out.append((printable_name(member.path), str(error)))
    chosen = []
    for several in found.values():
        *older, newest = sorted(several, key=lambda exported: exported.order)
        namesakes = len({exported.person for exported in several}) > 1
        chosen += [] if namesakes else [newest]
        for exported in several if namesakes else older:
            words = f"{newest.member.name} is newer"
            if namesakes:
                words = f"more than one student is called {exported.student}; say by --roster who is who"
            collected.left_out.append((printable_name(exported.member.path), words))
    return chosen


def _exported(course: Course, member: Member, finder: StudentFinder, unit: str) -> Exported:
    """Whose notebook a member is, and of which unit.

    Raises
    ------
    UnreadableSubmission
        If that can't be told, or if it is no notebook.
    """
    if is_archive(member.name):
        raise UnreadableSubmission("archives in an archive are not unpacked; ask for the notebook itself")
    if not member.name.casefold().endswith(".ipynb"):
        raise UnreadableSubmission("it is no notebook")
    names = exported_name(member.path)
    if names is None:
        raise UnreadableSubmission(UNKNOWN_FORM)
    meant = unit_meant(names.file, course.units()) or unit
    if not meant:
        raise UnreadableSubmission("its name speaks of no unit; say by --unit which one it is")
    order = (names.order, *member.written, copy_number(names.file))
    return Exported(finder.find(names), meant, names.person, member, order, names.late)
