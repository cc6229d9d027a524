"""Which student of the course a name of Canvas or Moodle is."""

from collections import defaultdict

from autograder.collect.platform_names import ExportedName
from autograder.collect.roster import Roster
from autograder.errors import UnreadableSubmission
from autograder.naming.people import folded
from autograder.submissions.inbox import is_student_name


class StudentFinder:
    """Finds the course's ids by a roster, which names each student as the platform does; else by the name alone.

    Parameters
    ----------
    roster : Roster
    """

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._ids = defaultdict[str, set[str]](set)
        for student, others in roster.people.items():
            for name in (student, *others):
                for form in _forms(name):
                    self._ids[form].add(student)

    def find(self, exported: ExportedName) -> str:
        """The id of the student who handed a file in.

        Raises
        ------
        UnreadableSubmission
            If nobody in the roster, or more than one, is meant; or if the name can't be a student's.
        """
        for key in (exported.user, *_forms(exported.name), *_without_group(exported.name)):
            ids = self._ids.get(key, set()) if key else set()
            if len(ids) > 1:
                raise UnreadableSubmission(
                    f"{self._roster.source} has more than one of this name: {', '.join(sorted(ids))}"
                )
            if ids:
                return min(ids)
        if self._roster.closed:
            near, _ = self._roster.alike(exported.name)
            advice = f"; add the name to the line of {near}, if it is hers or his" if near else "; add it there"
            raise UnreadableSubmission(f"{self._roster.source} has nobody of the name {exported.name!r}{advice}")
        return _as_id(exported.name)


def _forms(name: str) -> list[str]:
    """A name, and how it reads without capitals, accents and, as Canvas writes it, without blanks."""
    plain = folded(name)
    return [name, plain, plain.replace(" ", "")]


def _without_group(name: str) -> list[str]:
    """What stands behind a hyphen: Moodle puts the group before the name."""
    parts = name.split("-")
    return [form for start in range(1, len(parts)) for form in _forms("-".join(parts[start:]))]


def _as_id(name: str) -> str:
    """A name as an id of the course: with a plain apostrophe, and no comma."""
    student = " ".join(name.replace("\u2019", "'").replace(",", " ").split())
    if not is_student_name(student):
        raise UnreadableSubmission(f"{name!r} can't be a student's name here; say by --roster whose id it is")
    return student
