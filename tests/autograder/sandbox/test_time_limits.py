"""When the time of a submission begins, with a clock that is set forward instead of waiting."""

import time
from contextlib import closing
from types import SimpleNamespace

import pytest

from autograder.execution.run import NotebookRun
from autograder.judge.context import GradingContext
from autograder.limits import Limits, Tier
from autograder.paths import Course
from autograder.sandbox import process as processes
from autograder.sandbox.process import POLL_MILLISECONDS, EndReason
from autograder.sandbox.root import build_root
from autograder.sandbox.sandbox import Sandbox

LIMITS = Limits(seconds_per_cell=60.0, seconds=300.0)
DAY = 86_400.0


class Clock:
    """The time, some of which is skipped."""

    def __init__(self):
        self.skipped = 0.0
        self.module = SimpleNamespace(**{**vars(time), "monotonic": self.monotonic})

    def monotonic(self):
        return time.monotonic() + self.skipped


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(processes, "time", made.module)
    return made


@pytest.fixture
def sandbox(tmp_path):
    tmp_path.chmod(0o755)
    with Sandbox(build_root(tmp_path / "site"), LIMITS, Tier.BUBBLEWRAP, prestart=True) as made:
        yield made


def watched(process):
    """Let the watcher look at a process several times."""
    for _ in range(6):
        assert process.ended(POLL_MILLISECONDS / 1000) is None, process.ended()


@pytest.mark.parametrize("between", ["a slow submission", "nothing to grade"])
def test_process_that_was_started_ahead_of_time_has_all_its_time_when_its_submission_comes(sandbox, clock, between):
    """Whether the submission before took long, or nobody pressed formgrader's button for a while."""
    with sandbox.fork("unit"):
        if between == "a slow submission":
            clock.skipped += LIMITS.seconds
    if between == "nothing to grade":
        clock.skipped += DAY
    clock.skipped += LIMITS.seconds
    with sandbox.fork("unit") as process:
        with closing(NotebookRun(process.socket, LIMITS, GradingContext.of(Course(sandbox.root.folder), 0))) as run:
            watched(process)
            (shown,) = run.cell("student", "print('here')")
        assert shown["text"] == "here\n"


def test_time_of_a_process_ends_after_its_submission_began(sandbox, clock):
    with sandbox.fork("unit") as process:
        watched(process)
        clock.skipped += LIMITS.seconds + processes.GRACE_SECONDS + 1
        assert process.ended(10.0).reason is EndReason.TIME


def test_waiting_for_a_processor_is_left_out_but_not_without_end(sandbox, clock):
    with sandbox.fork("unit") as process:
        process._processor_time.waited = 2 * LIMITS.seconds
        clock.skipped += 2 * LIMITS.seconds
        watched(process)
        process._processor_time.waited = DAY
        clock.skipped += DAY
        assert process.ended(10.0).reason is EndReason.TIME
