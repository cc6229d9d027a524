"""Seccomp: the system calls that student code is refused, as a program for the kernel's own little machine."""

import ctypes
import errno
import struct
from functools import lru_cache

from .namespaces import NO_NEW_PRIVS, control, system_call
from .system_calls import number, processor

LOAD, AND, JUMP_IF_EQUAL, JUMP_IF_AT_LEAST, RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
ALLOW, KILL, REFUSE = 0x7FFF0000, 0x80000000, 0x00050000
AT_NUMBER, AT_PROCESSOR, AT_ARGUMENTS = 0, 4, 16
PROCESSOR_IDS = (0xC000003E, 0xC00000B7)
X32 = 0x40000000
SET_FILTER, ALL_THREADS = 1, 1
NEW_NAMESPACES = 0x7E020000
WHOLE = 0xFFFFFFFF
UNIX, STREAM, KIND = 1, 1, 0xF
"""Of sockets: a stream stays with its twin, while a datagram could be sent to any other socket of this machine."""
SET_OWNER, SET_OWNER_EX = 8, 15

# Other processes, mounts, namespaces, the machine's clock, modules, keys; and memory that no limit counts.
REFUSED = """
    ptrace process_vm_readv process_vm_writev process_madvise process_mrelease pidfd_getfd kcmp move_pages
    migrate_pages mount umount2 pivot_root chroot open_tree move_mount fsopen fsconfig fsmount fspick mount_setattr
    unshare setns swapon swapoff reboot sethostname setdomainname settimeofday clock_settime adjtimex clock_adjtime
    acct quotactl quotactl_fd init_module finit_module delete_module kexec_load kexec_file_load bpf perf_event_open
    lookup_dcookie add_key request_key keyctl userfaultfd io_uring_setup io_uring_enter io_uring_register personality
    iopl ioperm modify_ldt vhangup syslog open_by_handle_at name_to_handle_at fanotify_init memfd_create memfd_secret
    shmget msgget semget mq_open
"""
OF_OTHERS = "prlimit64 sched_setaffinity sched_setscheduler sched_setparam sched_setattr"
"""Allowed for the process itself, which these call 0."""
GROUPS = "setsid setpgid setpriority ioprio_set"
# Landlock does not look at these: they seem to work and do nothing.
METADATA = """
    chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes futimesat utimensat
    setxattr lsetxattr fsetxattr setxattrat removexattr lremovexattr fremovexattr removexattrat
"""
SIGNALS = "tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_send_signal"

Program = list[tuple[int, int, int, int]]


def confine(*, alone: bool, signals: bool) -> None:
    """Refuse what student code has no business with, for good.

    Parameters
    ----------
    alone : bool
        Whether namespaces keep the process apart already; else it also stays in its process group, and what
        Landlock does not look at is refused here.
    signals : bool
        Whether it may send any; where it could reach the grader, only to its own process group.
    """
    words = program(alone, signals)
    code = ctypes.create_string_buffer(words, len(words))
    head = ctypes.create_string_buffer(struct.pack("@HP", len(words) // 8, ctypes.addressof(code)))
    control(NO_NEW_PRIVS, 1)
    system_call("seccomp", ctypes.c_uint(SET_FILTER), ctypes.c_uint(ALL_THREADS), head)


@lru_cache
def program(alone: bool, signals: bool) -> bytes:
    """The program for :func:`confine`; the zygote makes it ahead of time."""
    lines: Program = [
        (LOAD, 0, 0, AT_PROCESSOR),
        (JUMP_IF_EQUAL, 1, 0, PROCESSOR_IDS[processor()]),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, AT_NUMBER),
    ]
    if processor() == 0:
        lines += [(JUMP_IF_AT_LEAST, 0, 1, X32), (RETURN, 0, 0, KILL)]
    lines += _only("socketpair", (0, UNIX, WHOLE), (1, STREAM, KIND))
    lines += _only("clone", (0, 0, NEW_NAMESPACES))
    lines += _refuse("clone3", errno.ENOSYS)  # its flags lie in memory; libc falls back to clone
    lines += _refuse("socket", errno.EACCES)
    lines += [line for name in REFUSED.split() for line in _refuse(name)]
    lines += [line for name in OF_OTHERS.split() for line in _only(name, (0, 0, WHOLE))]
    if not alone:
        lines += [line for name in GROUPS.split() for line in _refuse(name)]
        lines += [line for name in METADATA.split() for line in _refuse(name, 0)]
    if not signals:
        lines += [line for name in SIGNALS.split() for line in _refuse(name)]
        lines += [*_only("kill", (0, 0, WHOLE)), *_not("fcntl", 1, SET_OWNER, SET_OWNER_EX)]
    lines.append((RETURN, 0, 0, ALLOW))
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


def _refuse(name: str, error: int = errno.EPERM) -> Program:
    if number(name) < 0:
        return []
    return [(JUMP_IF_EQUAL, 0, 1, number(name)), (RETURN, 0, 0, REFUSE | error)]


def _only(name: str, *wanted: tuple[int, int, int]) -> Program:
    """Allow a call if the lower half of each of these arguments has, in the bits of a mask, this value."""
    looks: Program = []
    for left, (argument, value, mask) in zip(range(len(wanted), 0, -1), wanted, strict=True):
        looks += [
            (LOAD, 0, 0, AT_ARGUMENTS + 8 * argument),
            (AND, 0, 0, mask),
            (JUMP_IF_EQUAL, 0, 3 * left - 2, value),
        ]
    return [
        (JUMP_IF_EQUAL, 0, len(looks) + 2, number(name)),
        *looks,
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, REFUSE | errno.EPERM),
    ]


def _not(name: str, argument: int, *values: int) -> Program:
    """Refuse a call if one of its arguments has one of these values."""
    looks: Program = []
    for left, value in enumerate(reversed(values)):
        looks.insert(0, (JUMP_IF_EQUAL, left + 1, 0, value))
    return [
        (JUMP_IF_EQUAL, 0, len(values) + 3, number(name)),
        (LOAD, 0, 0, AT_ARGUMENTS + 8 * argument),
        *looks,
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, REFUSE | errno.EPERM),
    ]
