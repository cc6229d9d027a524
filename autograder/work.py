"""One submission from its bytes to an executed notebook: the unit of work, the same wherever it is done."""

import contextlib
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from autograder.confined.peer import Silence
from autograder.confined.wire import BadMessage
from autograder.executing import Run
from autograder.grading import derived_seed, fresh_seed, seeded
from autograder.limits import Limits
from autograder.places import Course
from autograder.reading import notebook_of
from autograder.rebuilding import rebuild
from autograder.sandbox import Confined, Sandbox
from autograder.submissions import UnreadableSubmission

ENDS = {
    "memory": "took more memory than it may",
    "disk": "wrote more to disk than it may",
    "time": "took too long",
    "cpu": "took too much computing time",
    "processes": "started more processes than it may",
}


@dataclass(frozen=True)
class Job:
    """One submission that is to be executed.

    Attributes
    ----------
    unit : str
    data : bytes
        The notebook as it was handed in.
    seed : int
        What the graded cells draw their numbers from.
    version : str
        The unit's own, see :func:`version_of`: whoever does the work must have the same.
    """

    unit: str
    data: bytes
    seed: int
    version: str


@dataclass
class Executed:
    """What came of one submission.

    Attributes
    ----------
    notebook : dict
        nbformat 4.5, with outputs, as nbgrader expects them.
    verdict : str
        ``graded``, or what went wrong with the process that it ran in; what was earned before is kept.
    notes : list of str
        For the instructor.
    reason : str
        Why there is no notebook, if there is none.
    sandbox : str
        What it was shut in by, a :class:`~autograder.limits.Tier`'s value; nothing where it did not run.
    """

    notebook: dict[str, Any]
    verdict: str = "graded"
    notes: list[str] = field(default_factory=list)
    reason: str = ""
    sandbox: str = ""

    def packed(self) -> bytes:
        """As bytes, for whoever asked."""
        return json.dumps(vars(self), ensure_ascii=False).encode("utf-8", "surrogatepass")

    @classmethod
    def unpacked(cls, data: bytes) -> "Executed":
        """What :meth:`packed` made bytes of."""
        return cls(**json.loads(data.decode("utf-8", "surrogatepass")))


def version_of(course: Course, unit: str) -> str:
    """A fingerprint of all that is edited by hand in a unit."""
    paths = course.text(unit), course.exercises(unit)
    return _version(tuple((str(path), path.stat().st_mtime_ns) for path in paths if path.is_file()))


@lru_cache(maxsize=64)
def _version(files: tuple[tuple[str, int], ...]) -> str:
    digest = hashlib.sha256()
    for path, _ in files:
        with open(path, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()[:16]


def execute(course: Course, unit: str, data: bytes, sandbox: Sandbox) -> Executed:
    """Rebuild a submission and run it.

    Parameters
    ----------
    course : Course
        The current directory is its root.
    unit : str
    data : bytes
        The notebook as it was handed in.
    sandbox : Sandbox

    Returns
    -------
    Executed

    Raises
    ------
    UnreadableSubmission
        If it is no notebook of this unit.
    """
    rebuilt = rebuild(course, unit, notebook_of(data, f"{unit}.ipynb"))
    if not rebuilt.belongs:
        raise UnreadableSubmission(f"it is another notebook: none of its cells belongs to {unit}")
    done = Executed(rebuilt.notebook, notes=rebuilt.notes, sandbox=sandbox.tier.value)
    cells = [
        (cell, role) for cell, role in zip(rebuilt.notebook["cells"], rebuilt.roles, strict=True) if role != "skipped"
    ]
    settled = _in_a_sandbox(sandbox, unit, cells, done, in_place=True)
    if not settled:  # with other numbers: those of the first run are known to the student's code
        with seeded(derived_seed(fresh_seed(), "again")):
            _in_a_sandbox(sandbox, unit, cells, done, in_place=False)
    return done


def _in_a_sandbox(
    sandbox: Sandbox, unit: str, cells: Sequence[tuple[dict[str, Any], str]], done: Executed, in_place: bool
) -> bool:
    """Run the cells in a process of their own; false, if they are to be run again, and nothing is left of it."""
    confined, settled = sandbox.fork({}, unit), False
    try:
        settled = _run(confined, cells, sandbox.limits, done, in_place)
    finally:
        (confined.let_go if settled else confined.close)()
    return settled


def _run(
    confined: Confined, cells: Sequence[tuple[dict[str, Any], str]], limits: Limits, done: Executed, in_place: bool
) -> bool:
    """Run the cells one after the other, and enter their outputs; false, if all is to be run again with copies."""
    try:
        run = Run(confined.socket, limits, in_place=in_place)
    except (Silence, BadMessage):
        done.verdict = "its process did not begin"
        return True
    with contextlib.closing(run):
        for number, (cell, role) in enumerate(cells, 1):
            cell["outputs"] = run.cell(role, cell["source"])
            if run.doubtful:
                return False
            cell["execution_count"] = number
            for output in cell["outputs"]:
                if output["output_type"] == "execute_result":
                    output["execution_count"] = number
        done.verdict = run.verdict
        how = confined.ended(1.0) if run.lost else None
        if how in ENDS:
            done.verdict = f"the notebook {ENDS[how]}"
    return True
