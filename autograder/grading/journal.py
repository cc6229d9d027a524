"""What a grading run has finished, a line each, so that a run that was stopped can go on with the same numbers."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from types import TracebackType
from typing import IO

from autograder.errors import AutograderError
from autograder.grading.results import Result
from autograder.paths import Course

ENDED = '{"ended": true}'
"""The last line of a run that was not stopped."""


class AnotherRun(AutograderError):
    """Another process grades this course."""


class Journal:
    """The journal of the course's last run; one process at a time has it open.

    Parameters
    ----------
    course : Course
    resume : bool
        Keep what the last run wrote; otherwise start empty.
    seed : int
        What a new run draws its numbers from.

    Attributes
    ----------
    seed : int
        That of the run that is gone on with, if there is one.
    finished : dict
        What it finished, by student and unit.
    stopped_after : int
        How many submissions the last run had finished when it was stopped, where it is not gone on with. They are
        forgotten when this one has finished its first.

    Raises
    ------
    AnotherRun
        If another process has it open.
    """

    def __init__(self, course: Course, resume: bool, seed: int) -> None:
        path = course.root / ".grading" / "journal.jsonl"
        path.parent.mkdir(exist_ok=True)
        self.seed = seed
        self.finished: dict[tuple[str, str], Result] = {}
        self._file = path.open("a+", encoding="utf-8", errors="replace")
        try:
            _lock(self._file)
        except OSError:
            self._file.close()
            raise AnotherRun("Another run is grading this course. Wait until it has ended, or stop it first.") from None
        self._begun = self._read() and resume
        self.stopped_after = 0 if self._begun or self._ended else len(self.finished)
        if not self._begun:
            self.seed, self.finished = seed, {}
            if not self.stopped_after:
                self._begin()

    def _begin(self) -> None:
        """Forget the last run."""
        self._file.truncate(0)
        self._append([{"seed": self.seed}])
        self._begun = True

    def _read(self) -> bool:
        """Take over what the last run wrote; false, if there is no whole first line."""
        self._ended = False
        self._file.seek(0)
        lines = self._file.read().split("\n")
        if lines[-1]:  # the last line was cut off
            self._file.write("\n")
        try:
            self.seed = int(json.loads(lines[0])["seed"])
        except (ValueError, TypeError, KeyError):
            return False
        for line in filter(None, lines[1:]):
            self._ended = line == ENDED
            try:
                result = Result(**json.loads(line))
            except (ValueError, TypeError):
                continue
            self.finished[result.key] = result
        return True

    def write(self, results: Iterable[Result]) -> None:
        """Enter finished submissions, and see that they reach the disk."""
        if not self._begun:
            self._begin()
        self._append(map(asdict, results))

    def end(self) -> None:
        """Enter that the run has come to its end."""
        self._append([json.loads(ENDED)])

    def _append(self, lines: Iterable[dict[str, object]]) -> None:
        try:
            self._file.writelines(json.dumps(words) + "\n" for words in lines)
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise OSError(error.errno, error.strerror, self._file.name) from error

    def close(self) -> None:
        """Close it, so that another run can open it."""
        self._file.close()

    def __enter__(self) -> "Journal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _lock(file: IO[str]) -> None:
    """Lock a file until it is closed, on systems that have such locks."""
    try:
        import fcntl
    except ImportError:
        return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
