"""What one graded cell may take of the grader's own process: time and memory.

The student's process has its limits; these hold where its answers make the grader itself work, as when it calls a
right answer with a million steps.
"""

import contextlib
import ctypes
import math
import resource
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from autograder.sandbox.confined.kernel.rlimits import mapped_bytes
from autograder.sandbox.confined.rpc.transport import PeerTimeout

MAX_MEMORY_BYTES = 1 << 30
"""Bytes on top of what the process maps already."""
RETRY_SECONDS = 0.5
"""Seconds to the next interrupt, where the code has caught the one before and goes on."""

_lock = threading.RLock()
_changed = threading.Condition(_lock)
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
    block = _Block(threading.get_ident(), clock() + seconds, clock)
    _TIMER.watch(block, seconds)
    try:
        with _memory_limit():
            yield
    finally:
        with contextlib.suppress(CellTimeout):  # which may come just now
            _TIMER.leave(block)
        _TIMER.leave(block)
        if block.interrupted:
            _take_pending_interrupt()
    if block.interrupted:
        raise CellTimeout


@dataclass(eq=False)
class _Block:
    """What runs in one thread, and until when on its clock."""

    thread: int
    until: float
    clock: Callable[[], float]
    interrupted: bool = False

    def interrupt_if_due(self) -> float:
        """Interrupt it if its time is up; gives the seconds until it is to be looked at again."""
        left = self.until - self.clock()
        if left <= 0:
            self.interrupted, left = True, RETRY_SECONDS
            self.until = self.clock() + left
            _raise_in(self.thread, CellTimeout)
        return left


class _Timer:
    """One thread that interrupts blocks; it sleeps until the first of them may be due."""

    def __init__(self) -> None:
        self._blocks: list[_Block] = []
        self._wakes_at = math.inf
        self._thread: threading.Thread | None = None

    def watch(self, block: _Block, seconds: float) -> None:
        """Interrupt a block when its time is up, at the earliest after so many seconds."""
        with _lock:
            self._blocks.append(block)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="graded cell timer", daemon=True)
                self._thread.start()
            elif time.monotonic() + seconds < self._wakes_at:
                _changed.notify()

    def leave(self, block: _Block) -> None:
        """Interrupt a block no more."""
        with _lock:
            self._blocks = [other for other in self._blocks if other is not block]

    def _run(self) -> None:
        with _changed:
            while True:
                wait = min((block.interrupt_if_due() for block in self._blocks), default=math.inf)
                self._wakes_at = time.monotonic() + wait
                _changed.wait(min(wait, threading.TIMEOUT_MAX))


_TIMER = _Timer()


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
