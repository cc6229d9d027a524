"""Resource limits (``setrlimit``): memory, processor time, processes, the size and the number of files."""

import contextlib
import resource
from collections.abc import Iterator

from .processes import LINUX

RESERVED_MEMORY = 32 << 20
"""Bytes beyond the memory limit, kept back for telling that it was reached."""


def set_rlimits(limits: dict[str, int]) -> None:
    """Set the resource limits of this process and of all that it starts.

    Parameters
    ----------
    limits : dict
        ``memory_mb`` (on top of what the process maps already), ``cpu_seconds``, ``processes``, ``file_mb``,
        ``open_files``.
    """
    memory = mapped_bytes() + (limits["memory_mb"] << 20)
    _set("RLIMIT_AS", memory, memory + RESERVED_MEMORY)
    bounds = {
        "RLIMIT_NPROC": limits["processes"],
        "RLIMIT_FSIZE": limits["file_mb"] << 20,
        "RLIMIT_NOFILE": limits["open_files"],
        "RLIMIT_CORE": 1,  # not 0, with which a crash would still start the machine's own collector of core dumps
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
    }
    for name, value in bounds.items():
        _set(name, value, value)
    _set("RLIMIT_CPU", limits["cpu_seconds"], limits["cpu_seconds"] + 2)


@contextlib.contextmanager
def reserve() -> Iterator[None]:
    """Let the block use the memory that was kept back."""
    which = resource.RLIMIT_AS
    soft, hard = resource.getrlimit(which)
    resource.setrlimit(which, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(which, (soft, hard))


def _set(name: str, soft: int, hard: int) -> None:
    which = getattr(resource, name, None)
    if which is None:
        return
    try:
        _, maximum = resource.getrlimit(which)
        hard = hard if maximum == resource.RLIM_INFINITY else min(hard, maximum)
        resource.setrlimit(which, (min(soft, hard), hard))
    except (OSError, ValueError):
        if LINUX:
            raise


def mapped_bytes() -> int:
    """How much address space this process takes now."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 1 << 30
