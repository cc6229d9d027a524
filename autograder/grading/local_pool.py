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
from autograder.grading.grader import Station
from autograder.limits import Limits, Tier
from autograder.paths import Course

Place = TypeVar("Place")
END_LIMIT = 15.0
LOOK = 0.5
"""Seconds without a result that are told."""
AHEAD = 2
"""Jobs that a process has at a time: one that it does, and one that it need not wait for."""


class Workers:
    """Processes that do jobs, and are replaced when they end.

    Parameters
    ----------
    count : int
    course : Course
    tier : Tier
    limits : Limits, optional
    """

    def __init__(self, count: int, course: Course, tier: Tier, limits: Limits | None = None) -> None:
        self.count, self._about = count, (course, tier, limits)
        self._context = multiprocessing.get_context("spawn")
        self._workers: dict[Connection, _Worker] = {}

    def results(self, jobs: Iterable[tuple[Place, Job]]) -> Generator[tuple[Place, bytes | None] | None, None, None]:
        """Do jobs, taking a new one only when there is a process for it.

        Parameters
        ----------
        jobs : iterable of (place, Job)
            The place is given back with the result.

        Yields
        ------
        (place, bytes or None), or None
            As each is done, with None where its process ended over it; None alone where nothing was done for a while.
        """
        waiting: deque[tuple[Place, Job]] = deque()
        coming = iter(jobs)
        try:
            while True:
                self._hand_out(waiting, coming)
                if not any(worker.has for worker in self._workers.values()):
                    return
                heard = wait(list(self._workers), LOOK)
                if not heard:
                    yield None
                for line in heard:
                    assert isinstance(line, Connection)
                    worker = self._workers[line]
                    place, _ = worker.has.popleft() if worker.has else (None, None)
                    try:
                        data = line.recv_bytes()
                    except (EOFError, OSError):
                        data = None
                        waiting.extend(worker.has)
                        self._workers.pop(line).end()
                    if place is not None:
                        yield place, data
        finally:
            self.close()

    def _hand_out(self, waiting: deque[Any], coming: Iterator[Any]) -> None:
        """Give every process as many jobs as it may have; start processes while there are jobs for them."""
        while True:
            free = min(self._workers.values(), key=lambda worker: len(worker.has), default=None)
            can_start = len(self._workers) < self.count
            if (free is None or free.has) and not can_start and (free is None or len(free.has) >= AHEAD):
                return
            item = waiting.popleft() if waiting else next(coming, None)
            if item is None:
                return
            if free is None or (free.has and can_start):
                free = _Worker(self._context, self._about)
                self._workers[free.line] = free
            free.take(item)

    def result(self, job: Job) -> bytes | None:
        """Do one job, and keep its process for the next; None where the process ended over it."""
        worker = next(iter(self._workers.values()), None)
        if worker is None or not worker.process.is_alive():
            self.close()
            worker = _Worker(self._context, self._about)
            self._workers[worker.line] = worker
        try:
            worker.line.send(job)
            return worker.line.recv_bytes()
        except (EOFError, OSError):
            self.close()
            return None
        except BaseException:  # what comes of it now would be taken for the next one's
            self.close()
            raise

    def close(self) -> None:
        """End all processes, whatever they do."""
        while self._workers:
            self._workers.popitem()[1].end()


class _Worker:
    """One process, and the jobs that it has."""

    def __init__(self, context: Any, about: tuple[Course, Tier, Limits | None]) -> None:
        self.line, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, *about), daemon=False)
        self.process.start()
        theirs.close()
        self.has: deque[tuple[Any, Job]] = deque()

    def take(self, item: tuple[Any, Job]) -> None:
        self.has.append(item)
        with contextlib.suppress(OSError):  # it has ended; that is seen when its line is listened to
            self.line.send(item[1])

    def end(self) -> None:
        """Hang up, on which it ends whatever it does; one that does not is killed."""
        self.line.close()
        self.process.join(END_LIMIT)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()


def _serve(line: Connection, course: Course, tier: Tier, limits: Limits | None) -> None:
    """What a process does: jobs, until its line is closed, which happens too when the one that started it ends.

    A thread takes the jobs in, so that nobody who hands one over waits for the one before.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a key press ends the run, which hangs up
    station = Station(course, tier, limits)
    jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
    leaving = threading.Lock()

    def leave(*_: object) -> None:
        if leaving.acquire(blocking=threading.current_thread() is not threading.main_thread()):
            station.close()
            os._exit(0)

    def listen() -> None:
        with contextlib.suppress(EOFError, OSError):
            while True:
                jobs.put(line.recv())
        leave()

    signal.signal(signal.SIGTERM, leave)
    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    with contextlib.suppress(OSError):
        while True:
            line.send_bytes(station.perform(jobs.get()))
    listener.join()
