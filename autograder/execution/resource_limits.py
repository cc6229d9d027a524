"""What one graded cell may take of the grader's own process: time and memory.

The student's process has its limits; these hold where its answers make the grader itself work, as when it calls a
right answer with a million steps.
"""

import contextlib
import ctypes
import resource
import threading
import time
from collections.abc import Iterator

from autograder.sandbox.confined.kernel.rlimits import mapped_bytes
from autograder.sandbox.confined.rpc.peer import Silence

MEMORY = 1 << 30
"""Bytes on top of what the process maps already."""
AGAIN = 0.5
"""Seconds to the next blow, where what was struck has caught it and goes on."""

_lock = threading.RLock()
_users = 0


class TooLong(Silence):
    """A graded cell has made the grader work for too long."""

    def __str__(self) -> str:
        return "timeout"


@contextlib.contextmanager
def allowance(seconds: float) -> Iterator[None]:
    """Let the block take so much time of this thread and so much memory, and no more.

    Raises
    ------
    TooLong
        From wherever the block is when its time is up, and at its end if that was caught there.
    """
    thread, over, struck = threading.get_ident(), threading.Event(), False

    def strike() -> None:
        nonlocal struck
        left = seconds
        while not over.wait(max(left, 0.0)):
            with _lock:
                if not over.is_set():
                    struck = True
                    _raise_in(thread, TooLong)
            left = AGAIN

    clock = threading.Thread(target=strike, name="keeps time of a graded cell", daemon=True)
    clock.start()
    try:
        with _memory():
            yield
    finally:
        with _lock:
            over.set()
        if struck:
            _let_land()
        clock.join()
    if struck:
        raise TooLong


def _raise_in(thread: int, error: type[BaseException]) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))


def _let_land() -> None:
    """Take a blow that is still on its way: one called back leaves Python 3.11 to look for it at every step."""
    with contextlib.suppress(TooLong):
        for _ in range(10):
            time.sleep(0)


@contextlib.contextmanager
def _memory() -> Iterator[None]:
    """Bound the process's address space while any thread is in here."""
    global _users
    with _lock:
        _users += 1
        if _users == 1:
            soft, hard = resource.getrlimit(resource.RLIMIT_AS)
            _bound(min(limit for limit in (soft, hard, mapped_bytes() + MEMORY) if limit != resource.RLIM_INFINITY))
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if _users == 0:
                _bound(resource.getrlimit(resource.RLIMIT_AS)[1])


def _bound(soft: int) -> None:
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (soft, resource.getrlimit(resource.RLIMIT_AS)[1]))
