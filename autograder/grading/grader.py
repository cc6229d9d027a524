"""A process that grades: it runs jobs, and keeps a warm sandbox from one to the next."""

import contextlib
import gc
import os
import shutil
import signal
import tempfile
import threading
from collections import deque
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from autograder.errors import AutograderError, reason_of
from autograder.execution.execute import execute
from autograder.execution.job import Executed, Job, Postponed, version_of
from autograder.execution.turns import Pace
from autograder.grading.job_queue import FINISHED, KEPT, NUMBER_BYTES, POSTPONED, RETURNED
from autograder.limits import Limits, Tier
from autograder.paths import Course
from autograder.sandbox.root import build_root
from autograder.sandbox.sandbox import Sandbox


class Grader:
    """Runs jobs, one at a time; its sandbox is kept as long as they are of one course, one tier and the same limits."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._sandbox: Sandbox | None = None
        self._made_for: tuple[Course, Tier | None, Limits] | None = None
        self._paces: dict[tuple[Course, str], Pace] = {}

    def run_job(self, job: Job) -> bytes:
        """Run one job to its end.

        Returns
        -------
        bytes
            Of an :class:`~autograder.execution.job.Executed`; it has a reason in place of a notebook where the job
            can't be done, whatever the cause.
        """
        return self._run(job, None).to_bytes()

    def take_turn(self, job: Job) -> tuple[bool, bytes]:
        """Run one job for as long as others of its unit took.

        Returns
        -------
        (bool, bytes)
            Whether it has come to its end, and what :meth:`run_job` gives; otherwise bytes of a
            :class:`~autograder.execution.job.Postponed`.
        """
        done = self._run(job, self._paces.setdefault((job.course, job.unit), Pace()))
        return isinstance(done, Executed), done.to_bytes()

    def _run(self, job: Job, pace: Pace | None) -> Executed | Postponed:
        try:
            require_same_version(job.course, job.unit, job.version)
            return execute(job, self._sandbox_for(job.course, job.tier, job.limits), pace)
        except Exception as error:
            settled = job.settled()  # a second run that can't be done takes nothing away
            return self._run(settled, pace) if settled else Executed({}, reason=reason_of(error))

    def prepare(self, course: Course, tier: Tier | None, limits: Limits) -> None:
        """Start the sandbox that jobs of this course will want, and wait until it is ready.

        Raises
        ------
        SandboxFailed
        """
        self._sandbox_for(course, tier, limits).start()

    def _sandbox_for(self, course: Course, tier: Tier | None, limits: Limits) -> Sandbox:
        """The sandbox that was made for jobs like this one, or a new one."""
        wanted = course, tier, limits
        if self._made_for != wanted:
            self.close()
        if self._sandbox is None:
            self._folder = Path(tempfile.mkdtemp(prefix="grading-"))
            self._folder.chmod(0o711)  # else the user that root becomes for a submission could not read it
            root = build_root(self._folder / "root", course)
            self._sandbox, self._made_for = Sandbox(root, limits, tier, prestart=True), wanted
            gc.collect()
            gc.freeze()  # what was loaded stays: to look through it again and again takes a tenth of the time
        return self._sandbox

    def close(self) -> None:
        """End every process that the sandbox started, also while a job runs, and leave no file behind."""
        if self._sandbox is not None:
            self._sandbox.stop()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._sandbox = self._folder = self._made_for = None

    def __enter__(self) -> "Grader":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def require_same_version(course: Course, unit: str, version: str) -> None:
    """Refuse a course that has another version of a unit than the one that is graded.

    Raises
    ------
    AutograderError
    """
    if version != version_of(course, unit):
        raise AutograderError(f"{course.root} holds another version of {unit}. Bring it up to date and build it there.")


def serve(connection: Connection, folder: str, made_for: tuple[Any, ...]) -> None:
    """The main function of a process: run jobs until the connection is closed, also by the end of the parent process.

    All files that it makes are in a folder that whoever started it removes, however this process ends.

    A thread receives the jobs, each with its number, so that sending one does not wait for the one before; and gives
    back the last one that is not begun.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt ends the run, which closes the connection
    tempfile.tempdir = folder
    grader = Grader()
    jobs: deque[tuple[int, Job]] = deque()
    waiting, leaving, sending = threading.Semaphore(0), threading.Lock(), threading.Lock()

    def send(kind: bytes, number: int = 0, data: bytes = b"") -> None:
        with sending:
            connection.send_bytes(kind + number.to_bytes(NUMBER_BYTES, "big") + data)

    def leave(*_: object) -> None:
        if leaving.acquire(blocking=threading.current_thread() is not threading.main_thread()):
            grader.close()
            os._exit(0)

    def listen() -> None:
        with contextlib.suppress(EOFError, OSError):
            while True:
                item = connection.recv()
                if item is not None:
                    jobs.append(item)
                    waiting.release()
                elif waiting.acquire(blocking=False):
                    send(RETURNED, jobs.pop()[0])
                else:
                    send(KEPT)
        leave()

    signal.signal(signal.SIGTERM, leave)
    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    with contextlib.suppress(AutograderError, OSError):  # the first job meets it again, and is told
        if made_for:
            grader.prepare(*made_for)
    with contextlib.suppress(OSError):
        while True:
            waiting.acquire()
            number, job = jobs.popleft()
            finished, data = grader.take_turn(job)
            send(FINISHED if finished else POSTPONED, number, data)
    listener.join()
