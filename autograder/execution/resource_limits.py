"""What one graded cell may take of the grader's own process: time and memory.

The student's process has its limits; these hold where its answers make the grader itself work, as when it calls a
right answer with a million steps.
"""

import contextlib
import ctypes
import resource
import threading
import time
from collections.abc import Callable, Iterator

from autograder.sandbox.confined.kernel.rlimits import mapped_bytes
from autograder.sandbox.confined.rpc.transport import PeerTimeout

MAX_MEMORY_BYTES = 1 << 30
"""Bytes on top of what the process maps already."""
RETRY_SECONDS = 0.5
"""Seconds to the next interrupt, where the code has caught the one before and goes on."""

_lock = threading.RLock()
_users = 0


class CellTimeout(PeerTimeout):
    """A graded cell has made the grader itself work for too long."""


@contextlib.contextmanager
def resource_limits(seconds: float, clock: Callable[[], float] = time.monotonic) -> Iterator[None]:
    """Bound the time, as a clock shows it, and the memory that the block may take.

    Raises
    ------
    CellTimeout
        From wherever the block is when its time is up, and at its end if that was caught there.
    """
    thread, over, interrupted = threading.get_ident(), threading.Event(), False
    until = clock() + seconds

    def interrupt() -> None:
        nonlocal interrupted
        left = seconds
        while not over.wait(max(left, 0.0)):
            left = until - clock()
            if left > 0:
                continue
            with _lock:
                if not over.is_set():
                    interrupted = True
                    _raise_in(thread, CellTimeout)
            left = RETRY_SECONDS

    timer = threading.Thread(target=interrupt, name="graded cell timer", daemon=True)
    timer.start()
    try:
        with _memory_limit():
            yield
    finally:
        with _lock:
            over.set()
        if interrupted:
            _take_pending_interrupt()
        timer.join()
    if interrupted:
        raise CellTimeout


def _raise_in(thread: int, error: type[BaseException]) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))


def _take_pending_interrupt() -> None:
    """Catch an interrupt that is still pending; Python 3.11 would look for a revoked one at every step."""
    with contextlib.suppress(CellTimeout):
        for _ in range(10):
            time.sleep(0)


@contextlib.contextmanager
def _memory_limit() -> Iterator[None]:
    """Bound the process's address space while any thread is in here."""
    global _users
    with _lock:
        _users += 1
        if _users == 1:
            soft, hard = resource.getrlimit(resource.RLIMIT_AS)
            _set_memory_limit(
                min(
                    limit
                    for limit in (soft, hard, mapped_bytes() + MAX_MEMORY_BYTES)
                    if limit != resource.RLIM_INFINITY
                )
            )
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if _users == 0:
                _set_memory_limit(resource.getrlimit(resource.RLIMIT_AS)[1])


def _set_memory_limit(soft: int) -> None:
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (soft, resource.getrlimit(resource.RLIMIT_AS)[1]))
