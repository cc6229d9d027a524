"""A time limit for a cell, which is interrupted as by the person who runs it."""

import contextlib
import signal
from collections.abc import Iterator
from typing import Any

from ..kernel.processes import queued_seconds

MIN_QUEUED_SECONDS = 0.1
"""Seconds that a cell waited for a processor, above which they are given to it on top of its time."""


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[list[int]]:
    """Interrupt what runs within, after so many seconds; gives a list that is empty unless that has happened."""
    interrupts: list[int] = []
    queued = queued_seconds()

    def interrupt(number: int, frame: Any) -> None:
        nonlocal queued
        others, queued = queued, queued_seconds()
        if queued - others > MIN_QUEUED_SECONDS:  # others had the processor meanwhile: that much is left
            signal.setitimer(signal.ITIMER_REAL, queued - others)
            return
        interrupts.append(number)
        raise KeyboardInterrupt(f"This cell took longer than {seconds:.0f} s.")

    signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield interrupts
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
