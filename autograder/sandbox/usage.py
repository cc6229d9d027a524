"""What a process and all that it started take of the machine, seen from outside."""

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
# Places in /proc/PID/stat, counted from behind the name.
STATE, USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM, THREADS, STARTED, RESIDENT = 0, 11, 12, 13, 14, 17, 19, 21


@dataclass(frozen=True)
class Usage:
    """Of a number of processes together: bytes of memory, threads."""

    memory: int = 0
    threads: int = 0


def process_of(handle: int) -> int:
    """The PID that a pidfd stands for; -1 once the process has ended."""
    with open(f"/proc/self/fdinfo/{handle}") as file:
        return next((int(line.split()[1]) for line in file if line.startswith("Pid:")), -1)


def family(first: int) -> list[int]:
    """A process and its descendants that live."""
    found, todo = [], [first]
    while todo:
        process = todo.pop()
        found.append(process)
        try:
            for thread in os.listdir(f"/proc/{process}/task"):
                todo += map(int, Path(f"/proc/{process}/task/{thread}/children").read_text().split())
        except OSError:  # it has ended
            continue
    return found


def usage(processes: Iterable[int], *, exact_above: int) -> Usage:
    """What processes take together.

    Parameters
    ----------
    processes : iterable of int
    exact_above : int
        Memory that forks share is counted once only where a first count, which is quick, is above this.
    """
    memory = threads = 0
    processes = list(processes)
    for process in processes:
        fields = _stat(process)
        if fields:
            memory += int(fields[RESIDENT]) * PAGE
            threads += int(fields[THREADS])
    if memory > exact_above:
        memory = sum(map(share, processes))
    return Usage(memory, threads)


def running_threads(processes: Iterable[int]) -> int:
    """How many threads processes have together, leaving out those that have ended and that nobody has waited for."""
    found = map(_stat, processes)
    return sum(int(fields[THREADS]) for fields in found if fields and fields[STATE] != "Z")


def cpu_of(process: int) -> tuple[str, float, float]:
    """When a process began, the seconds of processor time that it took, and those of its children that it waited for.

    When it began is in the kernel's own unit: with the PID it tells a process from every other.
    """
    fields = _stat(process)
    if not fields:
        return "", 0.0, 0.0
    user, system, children_user, children_system = (
        int(fields[place]) / TICKS for place in (USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM)
    )
    return fields[STARTED], user + system, children_user + children_system


def _stat(process: int) -> list[str]:
    """The fields of a process behind its name; none once it has ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def share(process: int) -> int:
    """A process's memory, where what it shares with others is divided between them."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))
    except ProcessLookupError:
        return 0
    except OSError:
        return _resident(process)


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE
    except OSError:
        return 0


def threads_of(user: int) -> int:
    """How many threads a user has on this machine."""
    count = 0
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if place.stat().st_uid == user:
                count += len(os.listdir(place / "task"))
        except OSError:
            continue
    return count


def written(folder: Path, processes: Iterable[int], most_files: int) -> int:
    """The bytes of the files below a folder, and of open ones that were deleted; without end above so many files."""
    total = count = 0
    todo = [str(folder)]
    while todo:
        try:
            with os.scandir(todo.pop()) as entries:
                for entry in entries:
                    count += 1
                    if count > most_files:
                        return 1 << 62
                    total += entry.stat(follow_symlinks=False).st_blocks * 512
                    if entry.is_dir(follow_symlinks=False):
                        todo.append(entry.path)
        except OSError:
            continue
    return total + sum(_deleted(process) for process in processes)


def _deleted(process: int) -> int:
    total = 0
    try:
        for number in os.listdir(f"/proc/{process}/fd"):
            state = os.stat(f"/proc/{process}/fd/{number}")
            if stat.S_ISREG(state.st_mode) and state.st_nlink == 0:
                total += state.st_blocks * 512
    except OSError:
        return total
    return total
