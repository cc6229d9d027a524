"""Capabilities: a process drops all of root's rights, for good, and becomes an ordinary user.

The constants are named as in ``linux/prctl.h`` and ``linux/capability.h``.
"""

import contextlib
import ctypes
import os
import struct

from .system_calls import prctl, system_call

PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 24, 38, 47, 4
LINUX_CAPABILITY_VERSION_3 = 0x20080522


def set_no_new_privs() -> None:
    """Programs that this process starts get no further rights; Landlock and seccomp ask for this first."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def drop_capabilities(user: int | None) -> None:
    """Drop every capability for good; if a user is named, become this user and the group of the same number."""
    with contextlib.suppress(OSError):  # past the last one, or there is nothing to drop
        for capability in range(64):
            prctl(PR_CAPBSET_DROP, capability)
    set_no_new_privs()
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    header = ctypes.create_string_buffer(struct.pack("=Ii", LINUX_CAPABILITY_VERSION_3, 0))
    system_call("capset", header, ctypes.create_string_buffer(bytes(24)))
