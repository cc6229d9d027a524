"""Grading processes on this machine, each with a sandbox of its own."""

import contextlib
import itertools
import multiprocessing
import tempfile
import threading
import time
from collections.abc import Generator, Iterable
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, TypeVar

from autograder.execution.job import Job
from autograder.grading.job_queue import FINISHED, KEPT, NUMBER_BYTES, RETURNED, JobQueue
from autograder.limits import Limits, Tier
from autograder.paths import Course
from autograder.sandbox.zygote_client import remove_tree

Tag = TypeVar("Tag")
END_TIMEOUT = 15.0
POLL_SECONDS = 0.5
"""Seconds without a result, after which the caller is told so."""
JOBS_PER_WORKER = 2
"""Jobs that a process has at a time: one that it runs, and one that it need not wait for."""


def start_importing() -> None:
    """Let a process import what grading processes need while this one does something else: they are forked from it."""
    _context()
    forkserver.ensure_running()


def _context() -> Any:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["autograder.grading.preloaded"])
    return context


class LocalPool:
    """Processes that do jobs, and are replaced when they end.

    Parameters
    ----------
    count : int
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._context = _context()
        self._workers: dict[Connection, _Worker] = {}
        self._starting: threading.Thread | None = None

    def start(self, jobs: int, course: Course, tier: Tier | None, limits: Limits) -> None:
        """Start the processes for so many jobs, with the sandbox that these will want, without waiting for them.

        Parameters
        ----------
        jobs : int
            Where there are fewer than processes, no more are started.
        course : Course
        tier : Tier or None
        limits : Limits
        """

        def start_all() -> None:
            for _ in range(min(self.count, jobs)):
                self._new_worker(course, tier, limits)

        self._starting = threading.Thread(target=start_all)
        self._starting.start()

    def _new_worker(self, *made_for: Any) -> "_Worker":
        worker = _Worker(self._context, made_for)
        self._workers[worker.connection] = worker
        return worker

    def _join_starting(self) -> None:
        """Wait until what :meth:`start` has begun is done."""
        if self._starting is not None:
            self._starting.join()
            self._starting = None

    def results(self, jobs: Iterable[tuple[Tag, Job]]) -> Generator[tuple[Tag, bytes | None] | None, None, None]:
        """Do jobs, taking a new one only when there is a process for it; one that takes long lets others go first.

        Parameters
        ----------
        jobs : iterable of (tag, Job)
            The tag is given back with the result.

        Yields
        ------
        (tag, bytes or None), or None
            As each is done, with None where its process ended over it; None alone where nothing was done for a while.
        """
        waiting = JobQueue(jobs)
        self._join_starting()
        try:
            while True:
                self._assign_jobs(waiting)
                if not any(worker.jobs for worker in self._workers.values()):
                    return
                ready = wait(list(self._workers), POLL_SECONDS)
                if not ready:
                    yield None
                for connection in ready:
                    assert isinstance(connection, Connection)
                    outcome = self._receive(connection, waiting)
                    if outcome:
                        yield outcome
        finally:
            self.close()

    def _receive(self, connection: Connection, waiting: JobQueue[Any]) -> tuple[Any, bytes | None] | None:
        """Take in what one process says; gives a job's tag and its result, if it has come to its end."""
        worker = self._workers[connection]
        try:
            message = connection.recv_bytes()
        except (EOFError, OSError):
            self._workers.pop(connection).end()
            items = list(worker.jobs.values())
            for item in items[1:]:
                waiting.put_back(*item)
            return (items[0][0], None) if items and waiting.lost(*items[0]) else None
        kind, number, data = parts_of(message)
        if kind in (KEPT, RETURNED):
            worker.asked = False
            if kind == RETURNED:
                waiting.put_back(*worker.jobs.pop(number))
            return None
        tag, job = worker.jobs.pop(number)
        found = waiting.done(tag, job, kind == FINISHED, data)
        return None if found is None else (tag, found)

    def _assign_jobs(self, waiting: JobQueue[Any]) -> None:
        """Send every process as many jobs as it may have; start processes while there are jobs for them."""
        while True:
            free = min(self._workers.values(), key=lambda worker: len(worker.jobs), default=None)
            can_start = len(self._workers) < self.count
            if (free is None or free.jobs) and not can_start and (free is None or len(free.jobs) >= JOBS_PER_WORKER):
                return
            item = waiting.take()
            if item is None:
                if free is None or not free.jobs or can_start:
                    self._ask_for_jobs()
                return
            if free is None or (free.jobs and can_start):
                free = self._new_worker()
            free.assign(item)

    def _ask_for_jobs(self) -> None:
        """Ask for the jobs that processes have not begun, for others that have none."""
        for worker in self._workers.values():
            if len(worker.jobs) > 1 and not worker.asked:
                worker.ask()

    def result(self, job: Job) -> bytes | None:
        """Do one job, and keep its process for the next; None where the process ended over it."""
        worker = next(iter(self._workers.values()), None)
        if worker is None or not worker.process.is_alive():
            self.close()
            worker = self._new_worker()
        try:
            while True:
                worker.connection.send((0, job))
                kind, _, data = parts_of(worker.connection.recv_bytes())
                if kind == FINISHED:
                    return data
                job = job.postponed(data)
        except (EOFError, OSError):
            self.close()
            settled = job.settled()
            return self.result(settled) if settled else None
        except BaseException:  # its result would be taken for that of the next job
            self.close()
            raise

    def close(self) -> None:
        """End all processes, whatever they do."""
        self._join_starting()
        for worker in self._workers.values():  # all of them, before any is waited for
            worker.connection.close()
        while self._workers:
            self._workers.popitem()[1].end()

    def __enter__(self) -> "LocalPool":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def parts_of(message: bytes) -> tuple[bytes, int, bytes]:
    """What a process's message says: its kind, the number of the job, and its result."""
    return message[:1], int.from_bytes(message[1 : 1 + NUMBER_BYTES], "big"), message[1 + NUMBER_BYTES :]


class _Worker:
    """One process, and the jobs that it has.

    Parameters
    ----------
    context
        Of multiprocessing.
    made_for : tuple
        What a sandbox is made for before the first job comes; nothing, where it is made for that job.
    """

    def __init__(self, context: Any, made_for: tuple[Any, ...] = ()) -> None:
        self.connection, theirs = context.Pipe()
        self._folder = Path(tempfile.mkdtemp(prefix="grading-"))
        self._folder.chmod(0o711)  # else the user that root becomes for a submission could not pass through
        self.process = context.Process(target=_serve, args=(theirs, str(self._folder), made_for), daemon=False)
        self.process.start()
        theirs.close()
        self.jobs: dict[int, tuple[Any, Job]] = {}
        self.asked = False
        self._numbers = itertools.count()

    def assign(self, item: tuple[Any, Job]) -> None:
        number = next(self._numbers)
        self.jobs[number] = item
        with contextlib.suppress(OSError):  # it has ended, which is seen when its result is received
            self.connection.send((number, item[1]))

    def ask(self) -> None:
        """Ask for the job that it has not begun."""
        self.asked = True
        with contextlib.suppress(OSError):
            self.connection.send(None)

    def end(self) -> None:
        """Close its connection, on which it ends whatever it does; one that does not is killed. No file is left."""
        self.connection.close()
        self.process.join(END_TIMEOUT)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()
        until = time.monotonic() + END_TIMEOUT
        while self._folder.exists() and time.monotonic() < until:  # what it had started ends a moment after it
            remove_tree(self._folder)


def _serve(*arguments: Any) -> None:
    from autograder.grading.grader import serve  # imported already, where processes are forked from

    serve(*arguments)
