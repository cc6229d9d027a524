"""A submission's sandboxed process, as the grader sees it: watched while it runs, killed with all that it started."""

import contextlib
import os
import select
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from autograder.limits import Limits
from autograder.sandbox.confined.kernel.rlimits import RESERVED_MEMORY
from autograder.sandbox.processor_time import ProcessorTime
from autograder.sandbox.usage import family, process_of, running_threads, usage, written
from autograder.sandbox.zygote_client import ZygoteClient

POLL_MILLISECONDS = 50
"""Between two looks at what it uses."""
GRACE_SECONDS = 10.0
"""What runs a notebook keeps time itself; it is killed from here so long after that."""
START_TIMEOUT = 15.0
END_TIMEOUT = 10.0
POLLS_PER_DISK_CHECK = 5
MAX_WAIT = 3.0
"""Waiting for a processor is left out of a submission's time, up to so many times that time."""


class EndReason(Enum):
    """Why a sandboxed process ended."""

    EXITED = "exited"
    SIGNAL = "killed by signal"
    MEMORY = "memory"
    DISK = "disk"
    TIME = "time"
    CPU = "cpu"
    PROCESSES = "processes"
    STOPPED = "stopped"
    """By the grader, which needs it no more."""
    VANISHED = "killed from outside"


@dataclass(frozen=True)
class End:
    """How a sandboxed process ended; the number is that of the exit code or of the signal."""

    reason: EndReason
    number: int = 0

    @classmethod
    def of_wait_status(cls, status: int) -> "End":
        """What ``waitpid`` says of the end of a process."""
        if not os.WIFSIGNALED(status):
            return cls(EndReason.EXITED, os.waitstatus_to_exitcode(status))
        number = os.WTERMSIG(status)
        return cls(EndReason.CPU) if number == signal.SIGXCPU else cls(EndReason.SIGNAL, number)

    def __str__(self) -> str:
        if self.reason is EndReason.EXITED and self.number:
            return f"exited with code {self.number}"
        return f"{self.reason.value} {self.number}" if self.reason is EndReason.SIGNAL else self.reason.value


class SandboxedProcess:
    """A process of its own for one submission.

    Parameters
    ----------
    zygote : ZygoteClient
        Which forked it; it ends with this process where it was started for it alone.
    sock : socket
        To the shell in the process.
    status : int
        A pipe on which its init process reports how it stands.
    child : int
        The PID that the zygote knows it by.
    pidfd : int or None
        Of its init process.
    limits : Limits

    Attributes
    ----------
    socket : socket
        To the shell in the process.
    """

    def __init__(
        self, zygote: ZygoteClient, sock: socket.socket, status: int, child: int, pidfd: int | None, limits: Limits
    ) -> None:
        self.socket, self.limits = sock, limits
        self._zygote, self._status, self._child, self._pidfd = zygote, status, child, pidfd
        self._pid = child if pidfd is None else process_of(pidfd)
        self._reports = b""
        self._end: End | None = None
        self._lock, self._ended, self._closed = threading.RLock(), threading.Event(), False
        self._started, self._max_memory, self._threads = float("inf"), limits.memory_mb << 20, 0
        self._processor_time = ProcessorTime()
        self.on_close: Callable[[SandboxedProcess], None] = lambda process: None
        self._watcher = threading.Thread(target=self._watch, name="submission watcher", daemon=True)

    def wait_until_ready(self) -> str:
        """Wait until it is confined and serves; gives what went wrong, if something did."""
        until = time.monotonic() + START_TIMEOUT
        while b"ready\n" not in self._reports and not self._ended.is_set():
            left = until - time.monotonic()
            if left <= 0:
                return f"it was not ready within {START_TIMEOUT:g} s"
            self._read_reports(int(left * 1000))
        failed = [line for line in self._reports.decode(errors="replace").splitlines() if line.startswith("failed ")]
        if failed or b"ready\n" not in self._reports:
            return failed[0].removeprefix("failed ") if failed else "it ended at once"
        processes = self._pids()
        memory = usage(processes, exact_above=self._max_memory).memory
        self._max_memory += memory + RESERVED_MEMORY  # what it has from the zygote is not its own
        self._threads = running_threads(processes)
        # It may have been started long ago, to be ready: its submission begins now.
        self._started = time.monotonic()
        self._processor_time = ProcessorTime(processes, self._started, self._zygote.group)
        self._watcher.start()
        return ""

    def clock(self) -> float:
        """The time as it passes for the submission, in seconds: it stands still while others have the processor."""
        return time.monotonic() - min(self._processor_time.waited, MAX_WAIT * self.limits.seconds)

    def is_alone(self) -> bool:
        """Whether it has started no thread and no process that still runs, and that a copy of it would not have."""
        return running_threads(self._pids()) <= self._threads

    def ended(self, within: float = 0.0) -> End | None:
        """How it ended; None while it runs.

        Parameters
        ----------
        within : float
            Wait so many seconds for the end: a closed socket is seen a moment before.
        """
        if not self._ended.is_set():
            self._read_reports(0)
        self._ended.wait(within)
        return self._end

    def kill(self, reason: EndReason = EndReason.STOPPED) -> None:
        """Kill it and all that it started; returns when nothing of it runs any more."""
        self._read_reports(0)
        self._set_end(End(reason))
        with self._lock:
            if self._closed:
                return
            if not self._zygote.namespaces:
                self._zygote.kill_child(self._child)
            elif self._pidfd is not None:
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
                _wait_readable(self._pidfd, int(END_TIMEOUT * 1000))

    def close(self) -> None:
        """Kill it, if it still runs, and free what belongs to it."""
        self.kill()
        if self._watcher.is_alive() and self._watcher is not threading.current_thread():
            self._watcher.join()
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self.socket.close()
            os.close(self._status)
            if self._pidfd is not None:
                os.close(self._pidfd)
        if not self._zygote.namespaces:
            self._zygote.stop()
        self.on_close(self)

    def close_in_background(self) -> None:
        """Close it in a thread while the caller goes on; :meth:`Sandbox.stop` waits for that."""
        threading.Thread(target=self.close, name="submission closer", daemon=True).start()

    def __enter__(self) -> "SandboxedProcess":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _watch(self) -> None:
        """Until it ends: end it when it takes more than it may."""
        polls = 0
        while not self._ended.is_set():
            self._read_reports(POLL_MILLISECONDS)
            polls += 1
            reason = self._exceeded_limit(polls % POLLS_PER_DISK_CHECK == 0)
            if reason and not self._ended.is_set():
                self.kill(reason)

    def _exceeded_limit(self, with_disk: bool) -> EndReason | None:
        """The limit that it has exceeded, if any."""
        processes = self._pids()
        self._processor_time.look(processes, time.monotonic())
        if self.clock() - self._started > self.limits.seconds + GRACE_SECONDS:
            return EndReason.TIME
        taken = usage(processes, exact_above=self._max_memory)
        if taken.memory > self._max_memory:
            return EndReason.MEMORY
        if self._processor_time.used > self.limits.cpu_seconds + 2:
            return EndReason.CPU
        if taken.threads > self.limits.processes + 1:
            return EndReason.PROCESSES
        folder = self._zygote.folder
        if folder and with_disk and written(folder, processes, self.limits.files) > self.limits.disk_mb << 20:
            return EndReason.DISK
        return None

    def _pids(self) -> list[int]:
        """The PIDs of all its processes; without an init process, the zygote adopts the orphans among them."""
        if self._zygote.namespaces:
            return family(self._pid)
        return [pid for pid in family(self._zygote.pid) if pid != self._zygote.pid]

    def _read_reports(self, milliseconds: int) -> None:
        """Take in what the init process reports."""
        if not _wait_readable(self._status, milliseconds):
            return
        with self._lock:
            if self._closed or self._ended.is_set():
                return
            if _wait_readable(self._status, 0):
                data = os.read(self._status, 4096)
                self._reports += data
                ends = [line for line in self._reports.splitlines() if line.startswith(b"ended ")]
                if ends or not data:
                    self._set_end(End.of_wait_status(int(ends[0].split()[1])) if ends else End(EndReason.VANISHED))

    def _set_end(self, end: End) -> None:
        with self._lock:
            if not self._ended.is_set():
                self._end = end
                self._ended.set()


def _wait_readable(file: int, milliseconds: int) -> bool:
    poll = select.poll()
    poll.register(file, select.POLLIN)
    return bool(poll.poll(milliseconds))
