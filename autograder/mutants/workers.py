"""Trying mutants in processes of their own, warm from one to the next: one that never returns is ended."""

import contextlib
import multiprocessing
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from autograder.mutants.trial import REJECTED, SURVIVING, Outcome, Trials
from autograder.paths import Course

JUDGING_SECONDS, SEARCHING_SECONDS, STARTING_SECONDS = 10.0, 120.0, 300.0
MAX_MEMORY_BYTES = 4 << 30
NO_END = "some input that the search tried: there it never returned, or ended its process"


@dataclass(frozen=True)
class Batch:
    """Some mutants of one exercise, by their numbers."""

    unit: str
    exercise: str
    numbers: tuple[int, ...]


Tried = tuple[str, str, Outcome]
"""A unit, an exercise, and what became of one of its mutants."""


def try_all(course: Course, batches: Sequence[Batch], workers: int) -> Iterator[Tried]:
    """What becomes of every mutant, in the order in which they are finished.

    Parameters
    ----------
    course : Course
    batches : sequence of Batch
    workers : int
        How many processes try them at a time.
    """
    waiting = list(reversed(batches))
    running: list[_Worker] = []
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                running.append(_Worker(course, waiting.pop()))
            until = min(worker.deadline for worker in running)
            ready = wait([worker.pipe for worker in running], max(until - time.monotonic(), 0.0))
            for worker in list(running):
                yield from worker.heard() if worker.pipe in ready else worker.overdue()
                if worker.batch.numbers:
                    continue
                if waiting and worker.alive:
                    worker.give(waiting.pop())
                else:
                    worker.end()
                    running.remove(worker)
    finally:
        for worker in running:
            worker.end()


class _Worker:
    """One process, and the batch that it works at; after it was ended another one goes on with the rest."""

    def __init__(self, course: Course, batch: Batch) -> None:
        self._course = course
        self._current: tuple[int, str, str] | None = None
        self._searches = False
        self._start(batch)

    def _start(self, batch: Batch) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=work, args=(theirs, self._course), daemon=True)
        self._process.start()
        theirs.close()
        self.alive = True
        self.give(batch)

    def give(self, batch: Batch) -> None:
        """Give the process its next batch."""
        self.batch = batch
        self.deadline = time.monotonic() + STARTING_SECONDS
        with contextlib.suppress(OSError):
            self.pipe.send(batch)

    def heard(self) -> Iterator[Tried]:
        """What the process reports; where it has ended, the mutant that ended it."""
        try:
            kind, value = self.pipe.recv()
        except (EOFError, OSError):
            yield from self._go_on_without()
            return
        now = time.monotonic()
        if kind == "begins":
            self._current, self._searches, self.deadline = value, False, now + JUDGING_SECONDS
        elif kind == "searches":
            self._searches, self.deadline = True, now + SEARCHING_SECONDS
        else:
            self.deadline = now + STARTING_SECONDS
            yield self._finished(value)

    def overdue(self) -> Iterator[Tried]:
        """The mutant that has had its time, if there is one."""
        if time.monotonic() >= self.deadline:
            yield from self._go_on_without()

    def _go_on_without(self) -> Iterator[Tried]:
        """Count the mutant that did not return, and let another process go on behind it."""
        self.end()
        if self._current is None:
            raise RuntimeError(f"The mutants of {self.batch.exercise} can't be made.")
        state, shown = (SURVIVING, NO_END) if self._searches else (REJECTED, "")
        yield self._finished(Outcome(*self._current, state, shown))
        if self.batch.numbers:
            self._start(self.batch)

    def _finished(self, outcome: Outcome) -> Tried:
        rest = tuple(number for number in self.batch.numbers if number != outcome.number)
        self.batch = Batch(self.batch.unit, self.batch.exercise, rest)
        self._current = None
        return self.batch.unit, self.batch.exercise, outcome

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self.pipe.close()
        self.alive = False


def work(pipe: Connection, course: Course) -> None:
    """The main function of a worker: try one batch after the other, with nothing printed."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    _limit_memory()
    trials: dict[tuple[str, str], Trials] = {}
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while True:
            batch = pipe.recv()
            place = batch.unit, batch.exercise
            if place not in trials:
                trials = {place: Trials(course, *place)}
            for number in batch.numbers:
                _try_one(pipe, trials[place], number)


def _try_one(pipe: Connection, trials: Trials, number: int) -> None:
    mutant = trials.mutants[number]
    trials.prepare()
    pipe.send(("begins", (number, mutant.name, mutant.operator)))
    outcome = trials.outcome(number, lambda: pipe.send(("searches", number)))
    pipe.send(("tried", outcome))


def _limit_memory() -> None:
    """Let a mutant that asks for too much memory stop with an error, where the system has such limits."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        limits: Any = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, limits[1]))
