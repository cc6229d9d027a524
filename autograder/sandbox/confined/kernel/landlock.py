"""Landlock: which files and folders a process may open, whatever path leads to them.

The constants are those of ``linux/landlock.h``, without ``LANDLOCK_``.
"""

import ctypes
import os
import struct
from collections.abc import Iterable

from .capabilities import set_no_new_privs
from .system_calls import system_call

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
MAKE_CHAR, MAKE_BLOCK = 1 << 6, 1 << 11
TRUNCATE, IOCTL_DEV = 1 << 14, 1 << 15
FILE_RIGHTS = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
"""The rights that a rule for a file, not a folder, can give."""
CREATE_RULESET_VERSION = 1
RULE_PATH_BENEATH = 1
MIN_ABI = 3
"""Linux 6.2. Before that, Landlock can't forbid to truncate a file."""


def abi_version() -> int:
    """The version of Landlock in this kernel, or 0 where there is none."""
    try:
        return system_call("landlock_create_ruleset", None, ctypes.c_size_t(0), ctypes.c_uint32(CREATE_RULESET_VERSION))
    except OSError:
        return 0


def restricts_signals() -> bool:
    """Whether Landlock also denies signals to processes outside (Linux 6.12)."""
    return abi_version() >= 6


def restrict_self(read: Iterable[str], listed: Iterable[str], write: Iterable[str]) -> None:
    """Allow these files and folders and all below them, and nothing else; it can't be undone.

    Parameters
    ----------
    read : paths
        To be read and executed.
    listed : paths
        Folders whose content may be listed.
    write : paths
        Where anything but making devices is allowed.
    """
    abi = abi_version()
    handled = sum(1 << bit for bit in range(13 + (abi >= 2) + (abi >= 3)))
    handled |= IOCTL_DEV if abi >= 5 else 0
    network, scoped = (3 if abi >= 4 else 0), (3 if abi >= 6 else 0)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    rules = ctypes.create_string_buffer(struct.pack("=QQQ", handled, network, scoped))
    ruleset = system_call("landlock_create_ruleset", rules, ctypes.c_size_t(size), ctypes.c_uint32(0))
    anything = handled & ~(MAKE_CHAR | MAKE_BLOCK)
    for paths, rights in ((read, EXECUTE | READ_FILE | READ_DIR), (listed, READ_DIR), (write, anything)):
        for path in paths:
            _add_rule(ruleset, path, rights & handled)
    set_no_new_privs()
    system_call("landlock_restrict_self", ctypes.c_int(ruleset), ctypes.c_uint32(0))
    os.close(ruleset)


def _add_rule(ruleset: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # what isn't there needs no permission
        return
    if not os.path.isdir(path):
        rights &= FILE_RIGHTS
    rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, place))
    system_call("landlock_add_rule", ctypes.c_int(ruleset), ctypes.c_int(RULE_PATH_BENEATH), rule, ctypes.c_uint32(0))
    os.close(place)
