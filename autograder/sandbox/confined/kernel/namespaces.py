"""The kernel's own ways to shut a process in, by ctypes: namespaces, mounts, users, capabilities, limits.

Landlock and seccomp stand in modules of their own. Each function raises OSError, with a word on what it was about.
"""

import contextlib
import ctypes
import os
import resource
import struct
import sys
from collections.abc import Iterator

from .system_calls import number

NEW_MOUNTS, NEW_UTS, NEW_IPC, NEW_USER, NEW_PIDS = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000
NOSUID, NODEV, NOEXEC, BIND, RECURSIVE, PRIVATE = 2, 4, 8, 4096, 16384, 1 << 18
SIGCHLD, SIGKILL = 17, 9
HUGE, COLLAPSE = 2 << 20, 25
PDEATHSIG, DUMPABLE, BOUNDING_DROP, SUBREAPER, NO_NEW_PRIVS, AMBIENT, AMBIENT_CLEAR = 1, 4, 24, 36, 38, 47, 4
CAPABILITY_VERSION = 0x20080522
RESERVE = 32 << 20
"""Bytes of memory beyond the limit, to say in that it was reached."""
LINUX = sys.platform == "linux"

# PyDLL keeps the interpreter's lock: a clone must not happen between giving it up and taking it again.
_libc = ctypes.PyDLL(None, use_errno=True)


def checked(result: int, what: str) -> int:
    """The result of a call; negative ones become an OSError that says what was tried."""
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")
    return result


def system_call(name: str, *arguments: object) -> int:
    """Call the kernel directly, where libc has no function for it."""
    return checked(_libc.syscall(ctypes.c_long(number(name)), *arguments), name)


def control(option: int, *values: int) -> None:
    """``prctl``."""
    words = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]]
    checked(_libc.prctl(option, *words), f"prctl {option}")


def make_dumpable(dumpable: bool) -> None:
    """Whether processes of the same user may look into this one, and its ``/proc`` belongs to its user."""
    control(DUMPABLE, int(dumpable))


def die_with_parent(parent: int) -> None:
    """Be killed when the parent ends; a change of user takes this back, so it comes after that."""
    control(PDEATHSIG, SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ends."""
    control(SUBREAPER, 1)


def children() -> list[int]:
    """The processes that this one is the parent of."""
    try:
        with open(f"/proc/self/task/{os.getpid()}/children") as file:
            return [int(word) for word in file.read().split()]
    except OSError:
        return []


def clone(flags: int) -> int:
    """Fork into new namespaces, as ``fork`` returns: 0 in the child.

    Only for a process of one thread. libc does not know of the child: let it only fork once more, and wait.
    """
    return system_call("clone", ctypes.c_ulong(flags | SIGCHLD), *[ctypes.c_void_p()] * 4)


def map_user(uid: int, gid: int) -> None:
    """In a new user namespace: be this one user, who is the same outside."""
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """Mount a file system, or bind a folder."""
    words = [word.encode() if word else None for word in (source, target, kind)]
    result = _libc.mount(*words, ctypes.c_ulong(flags), options.encode() if options else None)
    checked(result, f"mount {target}")


def give_up_rights(user: int | None) -> None:
    """Give up every capability for good, and become another user with the group of the same number, if one is named."""
    with contextlib.suppress(OSError):  # past the last one, or there is nothing to give up
        for capability in range(64):
            control(BOUNDING_DROP, capability)
    control(NO_NEW_PRIVS, 1)
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    control(AMBIENT, AMBIENT_CLEAR)
    header = ctypes.create_string_buffer(struct.pack("=Ii", CAPABILITY_VERSION, 0))
    system_call("capset", header, ctypes.create_string_buffer(bytes(24)))


def limit(limits: dict[str, int]) -> None:
    """Set limits of this process and all that it starts.

    Parameters
    ----------
    limits : dict
        ``memory_mb`` (on top of what the process maps already), ``cpu_seconds``, ``processes``, ``file_mb``,
        ``open_files``.
    """
    memory = mapped_bytes() + (limits["memory_mb"] << 20)
    _set("RLIMIT_AS", memory, memory + RESERVE)
    most = {
        "RLIMIT_NPROC": limits["processes"],
        "RLIMIT_FSIZE": limits["file_mb"] << 20,
        "RLIMIT_NOFILE": limits["open_files"],
        "RLIMIT_CORE": 1,  # not 0, with which a crash would still start the machine's own collector of core dumps
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
    }
    for name, value in most.items():
        _set(name, value, value)
    _set("RLIMIT_CPU", limits["cpu_seconds"], limits["cpu_seconds"] + 2)


@contextlib.contextmanager
def reserve() -> Iterator[None]:
    """Let the block use what was kept back of the memory."""
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
        _, most = resource.getrlimit(which)
        hard = hard if most == resource.RLIM_INFINITY else min(hard, most)
        resource.setrlimit(which, (min(soft, hard), hard))
    except (OSError, ValueError):
        if LINUX:
            raise


def mapped_bytes() -> int:
    """The address space that this process takes now."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 1 << 30


def use_huge_pages() -> None:
    """Put this process's own memory into huge pages where it fills them: a fork copies a table of pages, and is quick
    where that is short. Without the kernel's help (Linux 6.1) nothing changes.
    """
    with contextlib.suppress(OSError), open("/proc/self/maps") as maps:
        for places, rights, _, _, file, *name in map(str.split, list(maps)):
            if rights == "rw-p" and file == "0" and name in ([], ["[heap]"]):
                first, end = (int(place, 16) for place in places.split("-"))
                for place in range(-(-first // HUGE) * HUGE, end - HUGE + 1, HUGE):
                    _libc.madvise(ctypes.c_void_p(place), ctypes.c_size_t(HUGE), COLLAPSE)


def close_files_but(*kept: int) -> None:
    """Close every file above standard error but these."""
    for name in os.listdir("/dev/fd"):
        if int(name) > 2 and int(name) not in kept:
            with contextlib.suppress(OSError):  # the listing itself was one of them
                os.close(int(name))
