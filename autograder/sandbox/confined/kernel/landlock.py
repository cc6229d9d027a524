"""Landlock: which files a process may touch, however it comes by their names."""

import ctypes
import os
import struct
from collections.abc import Iterable

from .namespaces import NO_NEW_PRIVS, control, system_call

EXECUTE, WRITE, READ, LIST = 1, 2, 4, 8
MAKE_CHARACTER, MAKE_BLOCK = 1 << 6, 1 << 11
TRUNCATE, DEVICE_CONTROL = 1 << 14, 1 << 15
OF_FILES = EXECUTE | WRITE | READ | TRUNCATE | DEVICE_CONTROL
ASK_VERSION = 1
BENEATH = 1
OLDEST = 3
"""Linux 6.2: before that a file that can be read can be emptied."""


def version() -> int:
    """The version that this kernel offers; 0 where it has none."""
    try:
        return system_call("landlock_create_ruleset", None, ctypes.c_size_t(0), ctypes.c_uint32(ASK_VERSION))
    except OSError:
        return 0


def hides_processes() -> bool:
    """Whether signals to processes outside are refused too (Linux 6.12)."""
    return version() >= 6


def confine(read: Iterable[str], listed: Iterable[str], write: Iterable[str]) -> None:
    """Allow these files and folders and all below them, and nothing else, for good.

    Parameters
    ----------
    read : paths
        To read and to execute.
    listed : paths
        Folders whose names may be seen.
    write : paths
        To do anything with.
    """
    kernel = version()
    handled = sum(1 << bit for bit in range(13 + (kernel >= 2) + (kernel >= 3)))
    handled |= DEVICE_CONTROL if kernel >= 5 else 0
    network, scoped = (3 if kernel >= 4 else 0), (3 if kernel >= 6 else 0)
    size = 24 if kernel >= 6 else 16 if kernel >= 4 else 8
    rules = ctypes.create_string_buffer(struct.pack("=QQQ", handled, network, scoped))
    ruleset = system_call("landlock_create_ruleset", rules, ctypes.c_size_t(size), ctypes.c_uint32(0))
    anything = handled & ~(MAKE_CHARACTER | MAKE_BLOCK)
    for paths, rights in ((read, EXECUTE | READ | LIST), (listed, LIST), (write, anything)):
        for path in paths:
            _allow(ruleset, path, rights & handled)
    control(NO_NEW_PRIVS, 1)
    system_call("landlock_restrict_self", ctypes.c_int(ruleset), ctypes.c_uint32(0))
    os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # what isn't there needs no permission
        return
    if not os.path.isdir(path):
        rights &= OF_FILES
    rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, place))
    system_call("landlock_add_rule", ctypes.c_int(ruleset), ctypes.c_int(BENEATH), rule, ctypes.c_uint32(0))
    os.close(place)
