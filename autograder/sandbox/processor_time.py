"""How much processor time a submission has taken, and how long it has waited for a processor that others used."""

import contextlib
import errno
import itertools
import os
import time
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from autograder.sandbox.confined.kernel.processes import queued_seconds
from autograder.sandbox.usage import cpu_of, family

GROUP_PREFIX = "autograder-"
MOVES = 5
"""How often the processes are looked up that are to be moved into a group, since some may be forked meanwhile."""
REMOVALS, REMOVE_SECONDS = 100, 0.02
MICROSECONDS = 1e6

_numbers = itertools.count()


class ControlGroup:
    """A control group of its own for a zygote and all that it forks: the kernel adds up the processor time in it.

    Parameters
    ----------
    folder : Path
        Of the group, in the file system of control groups.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def around(cls, process: int) -> "ControlGroup | None":
        """A new group with a process and all its descendants; None where this process may not make one."""
        parent = _own_folder()
        if parent is None:
            return None
        _remove_abandoned(parent)
        made = cls(parent / f"{GROUP_PREFIX}{os.getpid()}-{next(_numbers)}")
        try:
            made._folder.mkdir()
            made.seconds()
            for _ in range(MOVES):
                outside = set(family(process)) - made._members()
                if not outside:
                    return made
                made._add(outside)
        except OSError:
            pass
        made.remove()
        return None

    def _add(self, processes: Iterable[int]) -> None:
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                (self._folder / "cgroup.procs").write_text(str(process))

    def _members(self) -> set[int]:
        return set(map(int, (self._folder / "cgroup.procs").read_text().split()))

    def seconds(self) -> float:
        """The processor time of all that was ever in it."""
        with (self._folder / "cpu.stat").open() as file:
            return int(file.readline().split()[1]) / MICROSECONDS

    def remove(self) -> None:
        """Remove it, once all in it has ended, which takes a moment after a kill."""
        for _ in range(REMOVALS):
            try:
                self._folder.rmdir()
            except OSError as error:
                if error.errno != errno.EBUSY:
                    return
                time.sleep(REMOVE_SECONDS)
            else:
                return


class ProcessorTime:
    """The processor time of one submission, looked at again and again while it runs.

    Parameters
    ----------
    processes : iterable of int
        Its processes as it begins: what they took before is not its own.
    now : float
        When that is, in seconds.
    group : ControlGroup, optional
        In which the submission's processes are. Without one, the time of each process is added up that was there at
        any look, so that it is not lost with a process that nobody has waited for.

    Attributes
    ----------
    used : float
        Seconds that it took, of all its processes together.
    waited : float
        Seconds in which it could have run, and others had the processors: the process that waited longest has waited
        for them, as far as it has not waited for those that the submission itself had.
    """

    def __init__(self, processes: Iterable[int] = (), now: float = 0.0, group: ControlGroup | None = None) -> None:
        self.used = self.waited = 0.0
        self._looked = now
        self._group = group
        self._before = group.seconds() if group else 0.0
        self._processes: dict[tuple[int, str], float] = {}
        self._queued = {process: queued_seconds(process) for process in processes}

    def look(self, processes: Iterable[int], now: float) -> None:
        """Take in what the processes that live now have taken so far."""
        queued = {process: queued_seconds(process) for process in processes}
        longest = max((until - self._queued.get(process, 0.0) for process, until in queued.items()), default=0.0)
        used = self._used(queued)
        self.waited += max(0.0, min(longest, now - self._looked - (used - self.used)))
        self.used, self._queued, self._looked = used, queued, now

    def _used(self, processes: Iterable[int]) -> float:
        if self._group:
            return self._group.seconds() - self._before
        with_children = 0.0
        for process in processes:
            started, own, of_children = cpu_of(process)
            self._processes[process, started] = own
            with_children += own + of_children
        return max(self.used, with_children, sum(self._processes.values()))


@lru_cache(maxsize=1)
def _own_folder() -> Path | None:
    """The folder of this process's control group, of version 2; None if there is none."""
    try:
        groups = Path("/proc/self/cgroup").read_text().splitlines()
        mounts = Path("/proc/self/mountinfo").read_text().splitlines()
    except OSError:
        return None
    own = next((line[len("0::") :] for line in groups if line.startswith("0::")), None)
    for line in mounts:
        about, _, kind = line.partition(" - ")
        if own is not None and kind.startswith("cgroup2 "):
            root, place = about.split()[3:5]
            if Path(own).is_relative_to(root):
                return Path(place) / Path(own).relative_to(root)
    return None


def _remove_abandoned(parent: Path) -> None:
    """Remove the empty groups of graders that were killed."""
    for folder in parent.glob(f"{GROUP_PREFIX}*"):
        process = folder.name.removeprefix(GROUP_PREFIX).partition("-")[0]
        if not Path("/proc", process).exists():
            with contextlib.suppress(OSError):
                folder.rmdir()
