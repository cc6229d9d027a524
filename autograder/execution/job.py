"""One submission from its bytes to an executed notebook: the unit of work, the same wherever it is done."""

import contextlib
import hashlib
import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from autograder.execution.run import NotebookRun
from autograder.judge.context import GradingContext, derived_seed
from autograder.limits import Limits, Tier
from autograder.paths import Course
from autograder.sandbox.confined.rpc.codec import BadMessage
from autograder.sandbox.confined.rpc.transport import PeerLost
from autograder.sandbox.process import EndReason, SandboxedProcess
from autograder.sandbox.sandbox import Sandbox
from autograder.submissions.inbox import UnreadableSubmission
from autograder.submissions.parse import parse_notebook
from autograder.submissions.rebuild import rebuild

EXCEEDED = {
    EndReason.MEMORY: "took more memory than it may",
    EndReason.DISK: "wrote more to disk than it may",
    EndReason.TIME: "took too long",
    EndReason.CPU: "took too much computing time",
    EndReason.PROCESSES: "started more processes than it may",
}
Cell = tuple[dict[str, Any], str]
"""A cell of the rebuilt notebook and its role."""

_one_at_a_time = threading.Lock()


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
    """

    course: Course
    unit: str
    data: bytes
    seed: int
    version: str
    limits: Limits = field(default_factory=Limits)
    tier: Tier | None = None


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


def execute(job: Job, sandbox: Sandbox) -> Executed:
    """Rebuild a submission and run it.

    Standard output and warnings belong to the whole process, so threads execute their jobs one after the other.

    Parameters
    ----------
    job : Job
    sandbox : Sandbox
        Made for the job's course, limits and tier.

    Returns
    -------
    Executed

    Raises
    ------
    UnreadableSubmission
        If it is no notebook of this unit.
    """
    rebuilt = rebuild(job.course, job.unit, parse_notebook(job.data, f"{job.unit}.ipynb"))
    if not rebuilt.belongs:
        raise UnreadableSubmission(f"it is another notebook: none of its cells belongs to {job.unit}")
    done = Executed(rebuilt.notebook, notes=rebuilt.notes, sandbox=sandbox.tier.value)
    cells = [
        (cell, role) for cell, role in zip(rebuilt.notebook["cells"], rebuilt.roles, strict=True) if role != "skipped"
    ]
    with _one_at_a_time:
        if not _run_in_sandbox(sandbox, job, job.seed, cells, done, in_place=True):
            again = derived_seed(job.seed, "again")  # the student's code knows the numbers of the first run
            _run_in_sandbox(sandbox, job, again, cells, done, in_place=False)
    return done


def _run_in_sandbox(
    sandbox: Sandbox, job: Job, seed: int, cells: Sequence[Cell], done: Executed, in_place: bool
) -> bool:
    """Run the cells in a process of their own; false if they are to run again, when nothing is left of that process."""
    process, settled = sandbox.fork(job.unit), False
    try:
        settled = _run_cells(process, job.limits, GradingContext.of(job.course, seed), cells, done, in_place)
    finally:
        (process.close_in_background if settled else process.close)()
    return settled


def _run_cells(
    process: SandboxedProcess,
    limits: Limits,
    context: GradingContext,
    cells: Sequence[Cell],
    done: Executed,
    in_place: bool,
) -> bool:
    """Run the cells one after the other, and keep their outputs; false if all is to run again with copies."""
    try:
        run = NotebookRun(process.socket, limits, context, in_place=in_place)
    except (PeerLost, BadMessage):
        done.problem = "its process did not begin"
        return True
    with contextlib.closing(run):
        for number, (cell, role) in enumerate(cells, 1):
            cell["outputs"] = run.cell(role, cell["source"])
            if run.needs_rerun:
                return False
            cell["execution_count"] = number
            for output in cell["outputs"]:
                if output["output_type"] == "execute_result":
                    output["execution_count"] = number
        done.problem = run.problem
        end = process.ended(1.0) if run.lost else None
        if end and end.reason in EXCEEDED:
            done.problem = f"the notebook {EXCEEDED[end.reason]}"
    return True
