"""The order in which jobs are done: first those that nobody has begun, then what was postponed, short turns first."""

import heapq
import itertools
from collections.abc import Iterable
from dataclasses import replace
from typing import Generic, TypeVar

from autograder.execution.job import Job
from autograder.execution.turns import LAST_TURN

FINISHED, POSTPONED, RETURNED, KEPT = b"f", b"p", b"r", b"k"
"""How a message to whoever started the process begins: a job has come to its end, or goes on later; one that was not
begun comes back, or there is none such. The number of the job follows, and then its result."""
NUMBER_BYTES = 4

Tag = TypeVar("Tag")


class JobQueue(Generic[Tag]):
    """The jobs that wait.

    Parameters
    ----------
    jobs : iterable of (tag, Job)
        Each is taken from it when somebody can do it.
    """

    def __init__(self, jobs: Iterable[tuple[Tag, Job]]) -> None:
        self._unseen = iter(jobs)
        self._waiting: list[tuple[int, bool, int, Tag, Job]] = []
        self._all_seen = False
        self._numbers = itertools.count()

    def take(self) -> tuple[Tag, Job] | None:
        """The next job; None if there is none. One for which no other waits has all its time."""
        if self._waiting and self._waiting[0][:2] == (0, False):
            return heapq.heappop(self._waiting)[3:]
        unseen = None if self._all_seen else next(self._unseen, None)
        if unseen is not None:
            return unseen
        self._all_seen = True
        if not self._waiting:
            return None
        tag, job = heapq.heappop(self._waiting)[3:]
        return tag, job if self._waiting else replace(job, turn=LAST_TURN)

    def put_back(self, tag: Tag, job: Job) -> None:
        """Let a job wait that nobody has begun, or that goes on later: after those of earlier turns, and second runs
        after first ones."""
        heapq.heappush(self._waiting, (job.turn, job.first_run is not None, next(self._numbers), tag, job))

    def done(self, tag: Tag, job: Job, finished: bool, data: bytes) -> bytes | None:
        """What came of a job; None if it goes on later.

        Parameters
        ----------
        finished : bool
        data : bytes
            As :meth:`autograder.grading.grader.Grader.take_turn` gives them.
        """
        if finished:
            return data
        self.put_back(tag, job.postponed(data))
        return None

    def lost(self, tag: Tag, job: Job) -> bool:
        """Whether nothing comes of a job whose process has ended over it: what its first run came to is kept."""
        settled = job.settled()
        if settled:
            self.put_back(tag, settled)
        return settled is None
