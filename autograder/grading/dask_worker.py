"""The Dask plugin that makes a worker grade, in the course that the worker's current directory is in."""

import asyncio
import contextlib
import threading
from collections.abc import Mapping
from dataclasses import replace

from distributed import Status, Worker, WorkerPlugin, get_worker

from autograder.configuration.settings import configured
from autograder.errors import AutograderError
from autograder.execution.job import Job
from autograder.grading.grader import Grader, require_same_version
from autograder.limits import Tier
from autograder.paths import Course, here
from autograder.sandbox.sandbox import choose_tier

CLOSE_TIMEOUT = 10.0


class DaskGrader(WorkerPlugin):
    """Makes a Dask worker that can grade say so, by offering what the jobs ask for, once; other workers get none.

    Parameters
    ----------
    name : str
        Of this run, and of what a worker that can grade offers.
    versions : mapping of str to str
        The units that are graded, and what they were when the run began.
    tier : Tier, optional
        The best that works on the worker's machine, unless it is said.
    """

    def __init__(self, name: str, versions: Mapping[str, str], tier: Tier | None) -> None:
        self.name, self._versions, self._tier = name, dict(versions), tier
        self.problem = ""
        self._grader: Grader | None = None

    async def setup(self, worker: Worker) -> None:
        """Look whether this process can grade."""
        try:
            self._tier = await asyncio.to_thread(choose_tier, self._tier)
            self._course = await asyncio.to_thread(self._find_course)
        except (AutograderError, OSError) as error:
            self.problem = " ".join(str(error).split())
            return
        self._grader, self._lock = Grader(), threading.Lock()
        await worker.set_resources(**{self.name: 1})
        # The scheduler looks for a place for waiting jobs when a worker begins, and not when it offers something more.
        worker.status = Status.paused
        worker.status = Status.running

    def _find_course(self) -> Course:
        course = configured(here())
        for unit, version in self._versions.items():
            require_same_version(course, unit, version)
            if not course.notebook(unit).is_file():
                raise AutograderError(f"{unit} is not built in {course.root}. Run there: python -m autograder build")
        return course

    def take_turn(self, job: Job) -> tuple[bool, bytes]:
        """Run one job for its turn, in this machine's own copy of the course."""
        assert self._grader is not None
        with self._lock:  # a Dask worker may have several threads
            return self._grader.take_turn(replace(job, course=self._course, tier=self._tier))

    async def teardown(self, worker: Worker) -> None:
        """Close the grader, after the job that it runs."""
        if self._grader is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.to_thread(self._close, self._grader), CLOSE_TIMEOUT)

    def _close(self, grader: Grader) -> None:
        with self._lock:
            grader.close()


def take_turn(name: str, job: Job) -> tuple[bool, bytes]:
    """Run one job for its turn in the Dask worker that this is called in."""
    plugin = get_worker().plugins[name]
    assert isinstance(plugin, DaskGrader)
    return plugin.take_turn(job)


def problem(name: str, dask_worker: Worker) -> str:
    """Why a Dask worker can't grade; nothing, if it can."""
    plugin = dask_worker.plugins.get(name)
    return plugin.problem if isinstance(plugin, DaskGrader) else ""
