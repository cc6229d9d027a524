"""What a process sets for itself: who may look into it, when it is killed, its children, open files and pages.

The constants are named as in ``linux/prctl.h`` and ``asm/mman.h``.
"""

import contextlib
import ctypes
import os
import signal
import sys

from .system_calls import libc, prctl

LINUX = sys.platform == "linux"
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_CHILD_SUBREAPER = 1, 4, 36
MADV_COLLAPSE = 25
HUGE_PAGE = 2 << 20
NANOSECONDS = 1e9


def set_dumpable(dumpable: bool) -> None:
    """Whether processes of the same user may trace this one, and whether its ``/proc`` files belong to its user."""
    prctl(PR_SET_DUMPABLE, int(dumpable))


def die_with_parent(parent: int) -> None:
    """Be killed when the parent, which has this PID, ends. A change of user undoes this, so call it after that."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def become_subreaper() -> None:
    """Become the parent of descendants whose own parent ends."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)


def children() -> list[int]:
    """The PIDs of this process's children."""
    try:
        with open(f"/proc/self/task/{os.getpid()}/children") as file:
            return [int(word) for word in file.read().split()]
    except OSError:
        return []


def queued_seconds(process: int | str = "self") -> float:
    """How long a process's first thread has waited in a run queue; 0 where the kernel does not say."""
    try:
        with open(f"/proc/{process}/schedstat") as file:
            return int(file.read().split()[1]) / NANOSECONDS
    except (OSError, IndexError, ValueError):
        return 0.0


def close_files_except(*kept: int) -> None:
    """Close every file descriptor above standard error but these."""
    for name in os.listdir("/dev/fd"):
        if int(name) > 2 and int(name) not in kept:
            with contextlib.suppress(OSError):  # the listing itself was one of them
                os.close(int(name))


def use_huge_pages() -> None:
    """Put this process's own memory into huge pages where it fills them: a fork copies a table of pages, and is quick
    where that is short. Without the kernel's help (Linux 6.1) nothing changes.
    """
    with contextlib.suppress(OSError), open("/proc/self/maps") as maps:
        for places, rights, _, _, file, *name in map(str.split, list(maps)):
            if rights == "rw-p" and file == "0" and name in ([], ["[heap]"]):
                first, end = (int(place, 16) for place in places.split("-"))
                for place in range(-(-first // HUGE_PAGE) * HUGE_PAGE, end - HUGE_PAGE + 1, HUGE_PAGE):
                    libc.madvise(ctypes.c_void_p(place), ctypes.c_size_t(HUGE_PAGE), MADV_COLLAPSE)
