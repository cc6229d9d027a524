"""One submission's process, seen from the grader: watched while it runs, ended with all that it started."""

import contextlib
import os
import select
import signal
import socket
import threading
import time
from collections.abc import Callable

from autograder.limits import Limits
from autograder.sandbox.confined.kernel.rlimits import RESERVED_MEMORY
from autograder.sandbox.usage import Usage, family, process_of, usage, written
from autograder.sandbox.zygote_client import WarmParent

GLANCE = 50
"""Milliseconds between two looks at what it takes."""
SECONDS_OVER = 10.0
"""What runs a notebook keeps time itself; so long after that it is ended from here."""
START_LIMIT = 15.0
END_LIMIT = 10.0
GLANCES_PER_LOOK_AT_DISK = 5


class Confined:
    """A process of its own for one submission.

    Parameters
    ----------
    parent : WarmParent
        Which forked it; it ends with this one where it was forked for it alone.
    line : socket
    status : int
        Where its keeper tells how it stands.
    child : int
    handle : int or None
    limits : Limits

    Attributes
    ----------
    socket : socket
        Connected to the shell in the process.
    """

    def __init__(
        self, parent: WarmParent, line: socket.socket, status: int, child: int, handle: int | None, limits: Limits
    ) -> None:
        self.socket, self.limits = line, limits
        self._parent, self._status, self._child, self._handle = parent, status, child, handle
        self._root = child if handle is None else process_of(handle)
        self._told, self._reason = b"", ""
        self._lock, self._over, self._closed = threading.RLock(), threading.Event(), False
        self._started, self._most_memory = time.monotonic(), limits.memory_mb << 20
        self.on_close: Callable[[Confined], None] = lambda confined: None
        self._watcher = threading.Thread(target=self._watch, name="watches a submission", daemon=True)

    def wait_until_ready(self) -> str:
        """Wait until it is shut in and serves; what went wrong, if something did."""
        until = time.monotonic() + START_LIMIT
        while b"ready\n" not in self._told and not self._over.is_set():
            left = until - time.monotonic()
            if left <= 0:
                return f"it was not ready within {START_LIMIT:g} s"
            self._listen(int(left * 1000))
        failed = [line for line in self._told.decode(errors="replace").splitlines() if line.startswith("failed ")]
        if failed or b"ready\n" not in self._told:
            return failed[0].removeprefix("failed ") if failed else "it ended at once"
        self._most_memory += self._usage().memory + RESERVED_MEMORY  # what it has from the warm parent is not its own
        self._watcher.start()
        return ""

    def ended(self, within: float = 0.0) -> str | None:
        """How it ended: ``exited``, ``killed by signal 11``, ``memory``, ``disk``, ``time``…; None while it runs.

        Parameters
        ----------
        within : float
            Wait so many seconds for the end: a line that is cut is seen a moment before.
        """
        if not self._over.is_set():
            self._listen(0)
        self._over.wait(within)
        return self._reason if self._over.is_set() else None

    def rss(self) -> int:
        """The bytes of memory that it takes with all that it started."""
        return 0 if self._over.is_set() else self._usage().memory

    def kill(self, reason: str = "stopped") -> None:
        """End it and all that it started, now; returns when nothing of it runs any more."""
        self._listen(0)
        self._conclude(reason)
        with self._lock:
            if self._closed:
                return
            if not self._parent.namespaces:
                self._parent.stop_child(self._child)
            elif self._handle is not None:
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(self._handle, signal.SIGKILL)
                _wait_for(self._handle, int(END_LIMIT * 1000))

    def close(self) -> None:
        """End it, if it still runs, and let go of it."""
        self.kill()
        if self._watcher.is_alive() and self._watcher is not threading.current_thread():
            self._watcher.join()
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self.socket.close()
            os.close(self._status)
            if self._handle is not None:
                os.close(self._handle)
        if not self._parent.namespaces:
            self._parent.stop()
        self.on_close(self)

    def let_go(self) -> None:
        """Let it be ended and closed while the caller goes on; :meth:`Sandbox.stop` waits for that."""
        threading.Thread(target=self.close, name="ends a submission", daemon=True).start()

    def __enter__(self) -> "Confined":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _watch(self) -> None:
        """Until it ends: end it when it takes more than it may."""
        looks = 0
        while not self._over.is_set():
            self._listen(GLANCE)
            looks += 1
            reason = self._excess(looks % GLANCES_PER_LOOK_AT_DISK == 0)
            if reason and not self._over.is_set():
                self.kill(reason)

    def _excess(self, with_disk: bool) -> str:
        """What it takes too much of; nothing, if all is well."""
        if time.monotonic() - self._started > self.limits.seconds + SECONDS_OVER:
            return "time"
        taken = self._usage()
        if taken.memory > self._most_memory:
            return "memory"
        if taken.cpu > self.limits.cpu_seconds + 2:
            return "cpu"
        if taken.threads > self.limits.processes + 1:
            return "processes"
        folder = self._parent.folder
        if folder and with_disk and written(folder, self._family(), self.limits.files) > self.limits.disk_mb << 20:
            return "disk"
        return ""

    def _family(self) -> list[int]:
        """All its processes; where it has no keeper, orphans among them have come to the warm parent."""
        if self._parent.namespaces:
            return family(self._root)
        return [process for process in family(self._parent.process) if process != self._parent.process]

    def _usage(self) -> Usage:
        return usage(self._family(), exact_above=self._most_memory)

    def _listen(self, milliseconds: int) -> None:
        """Take in what the keeper tells."""
        if not _wait_for(self._status, milliseconds):
            return
        with self._lock:
            if self._closed or self._over.is_set():
                return
            if _wait_for(self._status, 0):
                said = os.read(self._status, 4096)
                self._told += said
                ends = [line for line in self._told.splitlines() if line.startswith(b"ended ")]
                if ends or not said:
                    self._conclude(how_it_ended(int(ends[0].split()[1])) if ends else "killed from outside")

    def _conclude(self, reason: str) -> None:
        with self._lock:
            if not self._over.is_set():
                self._reason = reason
                self._over.set()


def how_it_ended(status: int) -> str:
    """In words, what ``waitpid`` says of the end of a process."""
    if not os.WIFSIGNALED(status):
        code = os.waitstatus_to_exitcode(status)
        return f"exited with code {code}" if code else "exited"
    number = os.WTERMSIG(status)
    return "cpu" if number == signal.SIGXCPU else f"killed by signal {number}"


def _wait_for(file: int, milliseconds: int) -> bool:
    poll = select.poll()
    poll.register(file, select.POLLIN)
    return bool(poll.poll(milliseconds))
