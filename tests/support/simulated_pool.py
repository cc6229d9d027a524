"""Processes that grade, simulated: the real queue and the real turns, with numbers for cells and for the time."""

import heapq
import math
from dataclasses import dataclass

from autograder.execution.execute import Pace, Turn, TurnOver
from autograder.execution.job import FirstRun, Job, Postponed
from autograder.grading.job_queue import JobQueue
from autograder.limits import Limits
from autograder.paths import Course

LIMITS = Limits()
NOTEBOOK = b'{"cells": []}'


@dataclass(frozen=True)
class Simulated:
    """A submission: the seconds of each cell, and of each of its second run, if it has one."""

    name: str
    cells: tuple[float, ...]
    second_run: tuple[float, ...] = ()

    @property
    def honest(self) -> bool:
        """Whether it ends."""
        return math.isfinite(sum(self.cells))


class Process:
    """A process that grades, whose time is a number."""

    def __init__(self) -> None:
        self.now, self.pace = 0.0, Pace()

    def take_turn(self, submission: Simulated, job: Job) -> Postponed | None:
        """Run it: how it goes on, or None where it ends."""
        second = job.first_run is not None
        turn = Turn(self.pace, job.turn, learns=not second)
        turn.begin(lambda: self.now)
        until = self.now + LIMITS.seconds
        for number, seconds in enumerate(submission.second_run if second else submission.cells, 1):
            limit = min(self.now + LIMITS.seconds_per_cell, until)
            if self.now + seconds > turn.ends(number) < limit:
                self.now = turn.ends(number)
                assert isinstance(turn.over(number), TurnOver)
                return Postponed(job.turn + 1, job.first_run)
            self.now = min(self.now + seconds, limit)
            turn.passed(number)
        if submission.second_run and not second:
            return Postponed(job.turn, FirstRun([], [0], [], [], "", None, 0.0))
        return None


def ends(course: Course, submissions: list[Simulated], processes: int = 2) -> dict[str, float]:
    """When each submission ends."""
    job = Job(course, "01_kinds", NOTEBOOK, 1, "", LIMITS, turn=0)
    waiting = JobQueue((submission, job) for submission in submissions)
    free = [(0.0, number, Process()) for number in range(processes)]
    found: dict[str, float] = {}
    running: list[tuple[float, int, Process, Simulated, Job, Postponed | None]] = []
    while True:
        while free and (item := waiting.take()):
            at, number, process = heapq.heappop(free)
            process.now = max(process.now, at)
            later = process.take_turn(*item)
            heapq.heappush(running, (process.now, number, process, *item, later))
        if not running:
            return found
        now, number, process, submission, taken, later = heapq.heappop(running)
        done = waiting.done(submission, taken, later is None, later.to_bytes() if later else b"done")
        found |= {submission.name: now} if done else {}
        heapq.heappush(free, (now, number, process))
        free = [(max(at, now), other, each) for at, other, each in free]
