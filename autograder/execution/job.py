"""One submission that is to be executed, how far that has come, and what came of it: the same wherever it is done."""

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from autograder.execution.turns import LAST_TURN
from autograder.limits import Limits, Tier
from autograder.paths import Course
from autograder.submissions.strip_outputs import strip_outputs


@dataclass(frozen=True)
class FirstRun:
    """What the first run of a submission came to, for the second, which fills in what this one has left open.

    Attributes
    ----------
    outputs : list of list of dict
        Of each cell that is run.
    open : list of int
        The places of cells that are to run again with copies; none, if there is nothing to be gained by that.
    judged : list of int
        The places among these of graded cells that were judged: that counts where the second run does not come to it.
    passed : list of str
        The exercises whose answers were judged right.
    problem : str
        What went wrong with the process that it ran in, in words.
    ended_by : int or None
        The place of the cell that ended the process, if one did.
    seconds : float
        What it took.
    """

    outputs: list[list[dict[str, Any]]]
    open: list[int]
    judged: list[int]
    passed: list[str]
    problem: str
    ended_by: int | None
    seconds: float


@dataclass(frozen=True)
class Job:
    """One submission that is to be executed, with all that this takes besides the process that does it.

    Attributes
    ----------
    course : Course
    unit : str
    data : bytes
        The notebook as it was handed in.
    seed : int
        What the graded cells draw their numbers from.
    version : str
        The unit's own, see :func:`version_of`: whoever does the work must have the same.
    limits : Limits
        What the submission may take.
    tier : Tier or None
        How it is confined; as well as the machine can that does the work, unless it is said.
    turn : int
        How often others were let go before it: the last turn has all the time that the limits give.
    first_run : FirstRun, optional
        If it is over.
    """

    course: Course
    unit: str
    data: bytes
    seed: int
    version: str
    limits: Limits = field(default_factory=Limits)
    tier: Tier | None = None
    turn: int = LAST_TURN
    first_run: FirstRun | None = None

    def postponed(self, data: bytes) -> "Job":
        """The job as it goes on later.

        Parameters
        ----------
        data : bytes
            Of a :class:`Postponed`.
        """
        later = Postponed.from_bytes(data)
        notebook = strip_outputs(self.data, f"{self.unit}.ipynb")  # it may wait for long, with many others
        return replace(self, data=notebook, turn=later.turn, first_run=later.first_run)

    def settled(self) -> "Job | None":
        """The job without its second run, which can't be done; None if it has none before it."""
        first = self.first_run
        return replace(self, first_run=replace(first, open=[])) if first and first.open else None


@dataclass(frozen=True)
class Postponed:
    """How a submission goes on after others: its next turn, and its first run if that is over."""

    turn: int
    first_run: FirstRun | None = None

    def to_bytes(self) -> bytes:
        """As bytes, to be sent to another process."""
        return json.dumps(asdict(self), ensure_ascii=False).encode("utf-8", "surrogatepass")

    @classmethod
    def from_bytes(cls, data: bytes) -> "Postponed":
        """What :meth:`to_bytes` made bytes of."""
        found = json.loads(data.decode("utf-8", "surrogatepass"))
        return cls(found["turn"], found["first_run"] and FirstRun(**found["first_run"]))


@dataclass
class Executed:
    """What came of one submission.

    Attributes
    ----------
    notebook : dict
        nbformat 4.5, with outputs, as nbgrader expects them.
    problem : str
        What went wrong with the process that it ran in, in words; what was earned before is kept.
    notes : list of str
        For the instructor.
    reason : str
        Why there is no notebook, if there is none.
    sandbox : str
        What it was confined by, a :class:`~autograder.limits.Tier`'s value; nothing where it did not run.
    """

    notebook: dict[str, Any]
    problem: str = ""
    notes: list[str] = field(default_factory=list)
    reason: str = ""
    sandbox: str = ""

    def to_bytes(self) -> bytes:
        """As bytes, to be sent to another process."""
        return json.dumps(vars(self), ensure_ascii=False).encode("utf-8", "surrogatepass")

    @classmethod
    def from_bytes(cls, data: bytes) -> "Executed":
        """What :meth:`to_bytes` made bytes of."""
        return cls(**json.loads(data.decode("utf-8", "surrogatepass")))


def version_of(course: Course, unit: str) -> str:
    """A fingerprint of all that is edited by hand in a unit."""
    paths = course.text(unit), *course.exercise_files(unit)
    return _version(tuple((path, path.stat().st_mtime_ns) for path in paths))


@lru_cache(maxsize=64)
def _version(files: tuple[tuple[Path, int], ...]) -> str:
    digest = hashlib.sha256()
    for path, _ in files:
        digest.update(f"{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
