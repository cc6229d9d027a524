"""A submission is rebuilt and run: once in place, and what that leaves open once more, with copies of its process."""

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from autograder.execution.deadlines import Deadlines
from autograder.execution.job import Executed, FirstRun, Job, Postponed
from autograder.execution.run import NotebookRun
from autograder.execution.turns import Pace, Turn, TurnOver
from autograder.judge.context import GradingContext
from autograder.judge.seeds import derived_seed
from autograder.limits import Limits
from autograder.sandbox.confined.rpc.codec import BadMessage
from autograder.sandbox.confined.rpc.transport import PeerLost
from autograder.sandbox.process import EndReason, SandboxedProcess
from autograder.sandbox.sandbox import Sandbox, SandboxFailed
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
MIN_SECONDS = 1.0
"""Of a submission's time, with less than which there is no second run."""
Cells = Sequence[tuple[dict[str, Any], str]]
"""The cells of the rebuilt notebook that are run, and their roles."""

_one_at_a_time = threading.Lock()


def execute(job: Job, sandbox: Sandbox, pace: Pace | None = None) -> Executed | Postponed:
    """Rebuild a submission and run it.

    Standard output and warnings belong to the whole process, so threads execute their jobs one after the other.

    Parameters
    ----------
    job : Job
    sandbox : Sandbox
        Made for the job's course, limits and tier.
    pace : Pace, optional
        How fast others of this unit were. With it, a job that is not in its last turn is postponed where it is
        slower, or has to run a second time.

    Returns
    -------
    Executed or Postponed

    Raises
    ------
    UnreadableSubmission
        If it is no notebook of this unit.
    SandboxFailed
        If it can't be run.
    """
    rebuilt = rebuild(job.course, job.unit, parse_notebook(job.data, f"{job.unit}.ipynb"))
    if not rebuilt.belongs:
        other = f"the notebook of {rebuilt.origin}, not of {job.unit}; hand in {job.unit}.ipynb"
        none = f"another notebook: none of its cells belongs to {job.unit}"
        raise UnreadableSubmission(f"it is {other if rebuilt.origin else none}")
    roles = zip(rebuilt.notebook["cells"], rebuilt.roles, strict=True)
    cells = [(cell, role) for cell, role in roles if role != "skipped"]
    first, problem = job.first_run, ""
    with _one_at_a_time:
        try:
            if first is None:
                first = _first_run(job, sandbox, cells, pace)
                if first.open and pace:
                    return Postponed(job.turn, first)
            outputs, problem = first.outputs, first.problem
            if first.open:
                with contextlib.suppress(SandboxFailed):  # then what the first run came to is all there is
                    outputs, problem = _second_run(job, sandbox, cells, first, pace)
        except TurnOver:
            return Postponed(job.turn + 1, job.first_run)
    for number, ((cell, _), found) in enumerate(zip(cells, outputs, strict=True), 1):
        cell["outputs"], cell["execution_count"] = found, number
        for output in found:
            if output["output_type"] == "execute_result":
                output["execution_count"] = number
    return Executed(rebuilt.notebook, problem, rebuilt.notes, sandbox=sandbox.tier.value)


def _first_run(job: Job, sandbox: Sandbox, cells: Cells, pace: Pace | None) -> FirstRun:
    """Run all cells in one process."""
    context = GradingContext.of(job.course, job.seed)
    outputs: list[list[dict[str, Any]]] = []
    unsettled: list[int] = []
    judged: list[int] = []
    turn = Turn(pace, job.turn) if pace else None
    with _process(sandbox, job, job.limits, context, turn, in_place=True) as (run, process):
        began, ended_by = process.clock(), None
        for place, (cell, role) in enumerate(cells):
            outputs.append(run.cell(role, cell["source"]))
            ended_by = place if run.lost and ended_by is None else ended_by
            unsettled += [] if run.settled else [place]
            judged += [place] if run.judged and not run.settled else []
        seconds, problem = process.clock() - began, _problem(run, process)
    again = unsettled if job.limits.seconds - seconds > MIN_SECONDS else []
    return FirstRun(outputs, again, judged, sorted(context.passed), problem, ended_by, seconds)


def _second_run(
    job: Job, sandbox: Sandbox, cells: Cells, first: FirstRun, pace: Pace | None
) -> tuple[list[list[dict[str, Any]]], str]:
    """Run the cells again, up to the last one that is open; gives all outputs, and what went wrong."""
    # The student's code knows the numbers of the first run.
    context = GradingContext.of(job.course, derived_seed(job.seed, "again"))
    context.passed.update(first.passed)
    limits = replace(job.limits, seconds=job.limits.seconds - first.seconds)
    outputs = list(first.outputs)
    turn = Turn(pace, job.turn, learns=False) if pace else None
    with _process(sandbox, job, limits, context, turn) as (run, process):
        for place, (cell, role) in enumerate(cells[: max(first.open) + 1]):
            if role == "graded" and place not in first.open:
                run.skip()
                continue
            found = run.cell(role, cell["source"], apart=place == first.ended_by)
            if place in first.open and (run.judged or place not in first.judged):
                outputs[place] = found
        problem = _problem(run, process)
    return outputs, first.problem if first.ended_by is None else problem


@contextlib.contextmanager
def _process(
    sandbox: Sandbox, job: Job, limits: Limits, context: GradingContext, turn: Turn | None, *, in_place: bool = False
) -> Iterator[tuple[NotebookRun, SandboxedProcess]]:
    """A process for one run of a notebook.

    Raises
    ------
    SandboxFailed
        If it does not begin to serve: nothing of the student's has run by then, so that it is nobody's fault.
    """
    process = sandbox.fork(job.unit)
    close: Callable[[], None] = process.close
    try:
        try:
            deadlines = Deadlines(limits, process.clock, turn)
            run = NotebookRun(process.socket, limits, context, process.is_alone, in_place=in_place, deadlines=deadlines)
        except (PeerLost, BadMessage) as error:
            raise SandboxFailed("its process did not begin; grade it again") from error
        with contextlib.closing(run):
            yield run, process
        if not run.lost:
            close = process.close_in_background
    finally:
        close()


def _problem(run: NotebookRun, process: SandboxedProcess) -> str:
    """What went wrong with the process of a run, in words."""
    end = process.ended(1.0) if run.lost else None
    return f"the notebook {EXCEEDED[end.reason]}" if end and end.reason in EXCEEDED else run.problem
