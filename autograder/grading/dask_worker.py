"""What a process of a Dask cluster keeps while it grades: a station in the course that its current directory is in."""

import asyncio
import contextlib
import threading
from collections.abc import Mapping

from distributed import Status, Worker, WorkerPlugin, get_worker

from autograder.errors import AutograderError
from autograder.execution.job import Job
from autograder.grading.grader import Station, see_that_it_is_the_same
from autograder.limits import Limits, Tier
from autograder.paths import Course, here
from autograder.sandbox.sandbox import chosen

CLOSING = 10.0
_ONE_AT_A_TIME = threading.Lock()
"""A station changes what belongs to its whole process, and a Dask worker may have several threads."""


class Outpost(WorkerPlugin):
    """Makes a Dask worker that can grade say so, by offering what the jobs ask for, once; other workers get none.

    Parameters
    ----------
    name : str
        Of this run, and of what a worker that can grade offers.
    versions : mapping of str to str
        The units that are graded, and what they were when the run began.
    tier : Tier, optional
        The best that works on the worker's machine, unless it is said.
    limits : Limits, optional
    """

    def __init__(self, name: str, versions: Mapping[str, str], tier: Tier | None, limits: Limits | None) -> None:
        self.name, self._versions, self._tier, self._limits = name, dict(versions), tier, limits
        self.trouble = ""
        self._station: Station | None = None

    async def setup(self, worker: Worker) -> None:
        """Look whether this process can grade."""
        try:
            self._tier = await asyncio.to_thread(chosen, self._tier)
            self._course = await asyncio.to_thread(self._found)
        except (AutograderError, OSError) as error:
            self.trouble = " ".join(str(error).split())
            return
        await worker.set_resources(**{self.name: 1})
        # The scheduler looks for a place for waiting jobs when a worker begins, and not when it offers something more.
        worker.status = Status.paused
        worker.status = Status.running

    def _found(self) -> Course:
        course = here()
        for unit, version in self._versions.items():
            see_that_it_is_the_same(course, unit, version)
            if not course.notebook(unit).is_file():
                raise AutograderError(f"{unit} is not built in {course.root}. Run there: python -m autograder build")
        return course

    def perform(self, job: Job) -> bytes:
        """Do one job; the station is made when it is first needed."""
        with _ONE_AT_A_TIME:
            if self._station is None:
                assert self._tier is not None
                self._station = Station(self._course, self._tier, self._limits)
            return self._station.perform(job)

    async def teardown(self, worker: Worker) -> None:
        """End the station, after the job that it does."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.to_thread(self._close), CLOSING)

    def _close(self) -> None:
        with _ONE_AT_A_TIME:
            if self._station is not None:
                self._station.close()
                self._station = None


def perform(name: str, job: Job) -> bytes:
    """Do one job in the Dask worker that this is called in."""
    outpost = get_worker().plugins[name]
    assert isinstance(outpost, Outpost)
    return outpost.perform(job)


def trouble(name: str, dask_worker: Worker) -> str:
    """Why a Dask worker can't grade; nothing, if it can."""
    outpost = dask_worker.plugins.get(name)
    return outpost.trouble if isinstance(outpost, Outpost) else ""
