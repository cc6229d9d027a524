"""Grading processes on this machine, each with a sandbox of its own."""

import contextlib
import multiprocessing
import os
import queue
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from autograder.execution.job import Job
from autograder.grading.grader import Grader

Tag = TypeVar("Tag")
END_TIMEOUT = 15.0
POLL_SECONDS = 0.5
"""Seconds without a result, after which the caller is told so."""
JOBS_PER_WORKER = 2
"""Jobs that a process has at a time: one that it runs, and one that it need not wait for."""


class LocalPool:
    """Processes that do jobs, and are replaced when they end.

    Parameters
    ----------
    count : int
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._context = multiprocessing.get_context("spawn")
        self._workers: dict[Connection, _Worker] = {}

    def results(self, jobs: Iterable[tuple[Tag, Job]]) -> Generator[tuple[Tag, bytes | None] | None, None, None]:
        """Do jobs, taking a new one only when there is a process for it.

        Parameters
        ----------
        jobs : iterable of (tag, Job)
            The tag is given back with the result.

        Yields
        ------
        (tag, bytes or None), or None
            As each is done, with None where its process ended over it; None alone where nothing was done for a while.
        """
        waiting: deque[tuple[Tag, Job]] = deque()
        remaining = iter(jobs)
        try:
            while True:
                self._assign_jobs(waiting, remaining)
                if not any(worker.jobs for worker in self._workers.values()):
                    return
                ready = wait(list(self._workers), POLL_SECONDS)
                if not ready:
                    yield None
                for connection in ready:
                    assert isinstance(connection, Connection)
                    worker = self._workers[connection]
                    tag, _ = worker.jobs.popleft() if worker.jobs else (None, None)
                    try:
                        data = connection.recv_bytes()
                    except (EOFError, OSError):
                        data = None
                        waiting.extend(worker.jobs)
                        self._workers.pop(connection).end()
                    if tag is not None:
                        yield tag, data
        finally:
            self.close()

    def _assign_jobs(self, waiting: deque[Any], remaining: Iterator[Any]) -> None:
        """Send every process as many jobs as it may have; start processes while there are jobs for them."""
        while True:
            free = min(self._workers.values(), key=lambda worker: len(worker.jobs), default=None)
            can_start = len(self._workers) < self.count
            if (free is None or free.jobs) and not can_start and (free is None or len(free.jobs) >= JOBS_PER_WORKER):
                return
            item = waiting.popleft() if waiting else next(remaining, None)
            if item is None:
                return
            if free is None or (free.jobs and can_start):
                free = _Worker(self._context)
                self._workers[free.connection] = free
            free.assign(item)

    def result(self, job: Job) -> bytes | None:
        """Do one job, and keep its process for the next; None where the process ended over it."""
        worker = next(iter(self._workers.values()), None)
        if worker is None or not worker.process.is_alive():
            self.close()
            worker = _Worker(self._context)
            self._workers[worker.connection] = worker
        try:
            worker.connection.send(job)
            return worker.connection.recv_bytes()
        except (EOFError, OSError):
            self.close()
            return None
        except BaseException:  # its result would be taken for that of the next job
            self.close()
            raise

    def close(self) -> None:
        """End all processes, whatever they do."""
        while self._workers:
            self._workers.popitem()[1].end()


class _Worker:
    """One process, and the jobs that it has."""

    def __init__(self, context: Any) -> None:
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs,), daemon=False)
        self.process.start()
        theirs.close()
        self.jobs: deque[tuple[Any, Job]] = deque()

    def assign(self, item: tuple[Any, Job]) -> None:
        self.jobs.append(item)
        with contextlib.suppress(OSError):  # it has ended, which is seen when its result is received
            self.connection.send(item[1])

    def end(self) -> None:
        """Close its connection, on which it ends whatever it does; one that does not is killed."""
        self.connection.close()
        self.process.join(END_TIMEOUT)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()


def _serve(connection: Connection) -> None:
    """The main function of a process: run jobs until the connection is closed, also by the end of the parent process.

    A thread receives the jobs, so that sending one does not wait for the one before.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt ends the run, which closes the connection
    grader = Grader()
    jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
    leaving = threading.Lock()

    def leave(*_: object) -> None:
        if leaving.acquire(blocking=threading.current_thread() is not threading.main_thread()):
            grader.close()
            os._exit(0)

    def listen() -> None:
        with contextlib.suppress(EOFError, OSError):
            while True:
                jobs.put(connection.recv())
        leave()

    signal.signal(signal.SIGTERM, leave)
    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    with contextlib.suppress(OSError):
        while True:
            connection.send_bytes(grader.run_job(jobs.get()))
    listener.join()
