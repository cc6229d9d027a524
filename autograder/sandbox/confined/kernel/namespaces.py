"""Namespaces: fork into new ones, map a user into them, and mount file systems there.

The constants are named as in ``linux/sched.h`` and ``linux/mount.h``. Each function raises OSError with what was tried.
"""

import ctypes
import signal

from .system_calls import checked, libc, system_call

CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID = 0x20000, 0x8000000, 0x10000000, 0x20000000
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 2, 4, 8, 4096, 16384, 1 << 18


def clone(flags: int) -> int:
    """Fork into new namespaces; like ``os.fork`` it gives 0 in the child and the child's PID in the parent.

    Only for a process with one thread. libc does not know of the child: let it only fork once more, and wait.
    """
    return system_call("clone", ctypes.c_ulong(flags | signal.SIGCHLD), *[ctypes.c_void_p()] * 4)


def map_user(uid: int, gid: int) -> None:
    """In a new user namespace: map this one user and group to the same numbers outside."""
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """Mount a file system, or bind a folder."""
    words = [word.encode() if word else None for word in (source, target, kind)]
    result = libc.mount(*words, ctypes.c_ulong(flags), options.encode() if options else None)
    checked(result, f"mount {target}")
