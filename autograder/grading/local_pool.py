"""Grading processes on this machine, each with a sandbox of its own."""

import contextlib
import multiprocessing
import os
import queue
import signal
import tempfile
import threading
import time
from collections import deque
from collections.abc import Generator, Iterable
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, TypeVar

from autograder.execution.job import Job
from autograder.grading.grader import Grader
from autograder.grading.job_queue import JobQueue
from autograder.sandbox.zygote_client import remove_tree

Tag = TypeVar("Tag")
END_TIMEOUT = 15.0
POLL_SECONDS = 0.5
"""Seconds without a result, after which the caller is told so."""
JOBS_PER_WORKER = 2
"""Jobs that a process has at a time: one that it runs, and one that it need not wait for."""
FINISHED, POSTPONED, RETURNED, KEPT = b"f", b"p", b"r", b"k"
"""How a process's message begins: a job has come to its end, or goes on later; one that it had not begun comes back,
or there is none such."""


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
            begun = worker.jobs.popleft() if worker.jobs else None
            for item in worker.jobs:
                waiting.put_back(*item)
            return (begun[0], None) if begun and waiting.lost(*begun) else None
        kind, data = message[:1], message[1:]
        if kind in (KEPT, RETURNED):
            worker.asked = False
            if kind == RETURNED:
                waiting.put_back(*worker.jobs.pop())
            return None
        tag, job = worker.jobs.popleft()
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
                free = _Worker(self._context)
                self._workers[free.connection] = free
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
            worker = _Worker(self._context)
            self._workers[worker.connection] = worker
        try:
            while True:
                worker.connection.send(job)
                message = worker.connection.recv_bytes()
                if message[:1] == FINISHED:
                    return message[1:]
                job = job.postponed(message[1:])
        except (EOFError, OSError):
            self.close()
            settled = job.settled()
            return self.result(settled) if settled else None
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
        self._folder = Path(tempfile.mkdtemp(prefix="grading-"))
        self._folder.chmod(0o711)  # else the user that root becomes for a submission could not pass through
        self.process = context.Process(target=_serve, args=(theirs, str(self._folder)), daemon=False)
        self.process.start()
        theirs.close()
        self.jobs: deque[tuple[Any, Job]] = deque()
        self.asked = False

    def assign(self, item: tuple[Any, Job]) -> None:
        self.jobs.append(item)
        with contextlib.suppress(OSError):  # it has ended, which is seen when its result is received
            self.connection.send(item[1])

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


def _serve(connection: Connection, folder: str) -> None:
    """The main function of a process: run jobs until the connection is closed, also by the end of the parent process.

    All files that it makes are in a folder that whoever started it removes, however this process ends.

    A thread receives the jobs, so that sending one does not wait for the one before, and gives back one that is not
    begun.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt ends the run, which closes the connection
    tempfile.tempdir = folder
    grader = Grader()
    jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
    leaving, sending = threading.Lock(), threading.Lock()

    def send(kind: bytes, data: bytes = b"") -> None:
        with sending:
            connection.send_bytes(kind + data)

    def leave(*_: object) -> None:
        if leaving.acquire(blocking=threading.current_thread() is not threading.main_thread()):
            grader.close()
            os._exit(0)

    def listen() -> None:
        with contextlib.suppress(EOFError, OSError):
            while True:
                job = connection.recv()
                if job is not None:
                    jobs.put(job)
                    continue
                try:
                    jobs.get_nowait()
                    send(RETURNED)
                except queue.Empty:
                    send(KEPT)
        leave()

    signal.signal(signal.SIGTERM, leave)
    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    with contextlib.suppress(OSError):
        while True:
            finished, data = grader.take_turn(jobs.get())
            send(FINISHED if finished else POSTPONED, data)
    listener.join()
