"""Seccomp: a filter, written as a BPF program, that denies student code many system calls."""

import ctypes
import errno
import struct
from functools import lru_cache

from .capabilities import set_no_new_privs
from .system_calls import number, processor, system_call

# Operations of a BPF program, as in linux/bpf_common.h: load a word, and, jump if equal or if at least, return.
LD, AND, JEQ, JGE, RET = 0x20, 0x54, 0x15, 0x35, 0x06
# What a program returns for a system call, as in linux/seccomp.h; the number of an error is added to the last.
RET_ALLOW, RET_KILL_PROCESS, RET_ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC = 1, 1
NR, ARCH, ARGS = 0, 4, 16
"""Offsets in ``struct seccomp_data``: the number of the system call, the processor, the arguments (8 bytes each)."""
AUDIT_ARCH = (0xC000003E, 0xC00000B7)
X32_SYSCALL_BIT = 0x40000000
CLONE_NEW_ANY = 0x7E020000
ALL_BITS = 0xFFFFFFFF
AF_UNIX, SOCK_STREAM, SOCK_TYPE_MASK = 1, 1, 0xF
"""A stream is connected to its twin for good, while a datagram could be sent to any other socket of this machine."""
F_SETLK, F_SETLKW, F_SETOWN, F_SETOWN_EX, F_OFD_SETLK, F_OFD_SETLKW = 6, 7, 8, 15, 37, 38
F_SETLEASE, F_NOTIFY = 1024, 1026

# Other processes, mounts, namespaces, the machine's clock, modules, keys; memory that no limit counts; what tells which
# files others open, since many submissions read the same ones; and sending descriptors, which the kernel counts for all
# submissions of a user together. Data goes by sendto.
DENIED = """
    ptrace process_vm_readv process_vm_writev process_madvise process_mrelease pidfd_getfd kcmp move_pages
    migrate_pages mount umount2 pivot_root chroot open_tree move_mount fsopen fsconfig fsmount fspick mount_setattr
    unshare setns swapon swapoff reboot sethostname setdomainname settimeofday clock_settime adjtimex clock_adjtime
    acct quotactl quotactl_fd init_module finit_module delete_module kexec_load kexec_file_load bpf perf_event_open
    lookup_dcookie add_key request_key keyctl userfaultfd io_uring_setup io_uring_enter io_uring_register personality
    iopl ioperm modify_ldt vhangup syslog open_by_handle_at name_to_handle_at fanotify_init memfd_create memfd_secret
    shmget msgget semget mq_open inotify_init inotify_init1 cachestat
    sendmsg sendmmsg
"""
OWN_PROCESS_ONLY = "prlimit64 sched_setaffinity sched_setscheduler sched_setparam sched_setattr"
"""Allowed only with PID 0, by which a process means itself."""
SESSIONS = "setsid"
"""It seems to work and does nothing: the kernel may divide the processors by sessions, so that a submission with many
of them would have most, whatever others need."""
LOCKS = "flock"
LOCKS_OF_FCNTL = (F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW)
"""They seem to work and do nothing: by locks on files that all may read, submissions could signal to each other."""
PROCESS_GROUPS = "setpgid setpriority ioprio_set"
# Landlock does not look at these: they seem to work and do nothing.
METADATA = """
    chmod fchmod fchmodat fchmodat2 chown fchown lchown fchownat utime utimes futimesat utimensat
    setxattr lsetxattr fsetxattr setxattrat removexattr lremovexattr fremovexattr removexattrat
"""
SIGNALS = "tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo pidfd_send_signal"

Instructions = list[tuple[int, int, int, int]]
"""Each is an operation, how many instructions to skip if its test holds, how many if not, and a constant."""


def install_filter(*, alone: bool, signals: bool) -> None:
    """Deny this process, and all that it starts, what student code has no business with; it can't be undone.

    Parameters
    ----------
    alone : bool
        Whether the process has namespaces of its own; if not, it must also stay in its process group, and what
        Landlock does not restrict is denied here.
    signals : bool
        Whether it may send signals to any process that it sees; if not, only to its own process group.
    """
    program = bpf_program(alone, signals)
    code = ctypes.create_string_buffer(program, len(program))
    head = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(code)))
    set_no_new_privs()
    system_call("seccomp", ctypes.c_uint(SECCOMP_SET_MODE_FILTER), ctypes.c_uint(SECCOMP_FILTER_FLAG_TSYNC), head)


@lru_cache
def bpf_program(alone: bool, signals: bool) -> bytes:
    """The program that :func:`install_filter` loads; the zygote builds it ahead of time."""
    lines: Instructions = [
        (LD, 0, 0, ARCH),
        (JEQ, 1, 0, AUDIT_ARCH[processor()]),
        (RET, 0, 0, RET_KILL_PROCESS),
        (LD, 0, 0, NR),
    ]
    if processor() == 0:
        lines += [(JGE, 0, 1, X32_SYSCALL_BIT), (RET, 0, 0, RET_KILL_PROCESS)]
    lines += _allow_only_if("socketpair", (0, AF_UNIX, ALL_BITS), (1, SOCK_STREAM, SOCK_TYPE_MASK))
    lines += _allow_only_if("clone", (0, 0, CLONE_NEW_ANY))
    lines += _deny("clone3", errno.ENOSYS)  # its flags lie in memory; libc falls back to clone
    lines += _deny("socket", errno.EACCES)
    lines += [line for name in DENIED.split() for line in _deny(name)]
    lines += [line for name in OWN_PROCESS_ONLY.split() for line in _allow_only_if(name, (0, 0, ALL_BITS))]
    lines += [line for name in (SESSIONS, LOCKS) for line in _deny(name, 0)]
    if not alone:
        lines += [line for name in PROCESS_GROUPS.split() for line in _deny(name)]
        lines += [line for name in METADATA.split() for line in _deny(name, 0)]
    if not signals:
        lines += [line for name in SIGNALS.split() for line in _deny(name)]
        lines += _allow_only_if("kill", (0, 0, ALL_BITS))
    denied = (F_SETLEASE, F_NOTIFY, *(() if signals else (F_SETOWN, F_SETOWN_EX)))
    lines += _deny_if("fcntl", 1, dict.fromkeys(denied, errno.EPERM) | dict.fromkeys(LOCKS_OF_FCNTL, 0))
    lines.append((RET, 0, 0, RET_ALLOW))
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


def _deny(name: str, error: int = errno.EPERM) -> Instructions:
    """Let a call fail with this error, or do nothing and seem to work if the error is 0."""
    if number(name) < 0:
        return []
    return [(JEQ, 0, 1, number(name)), (RET, 0, 0, RET_ERRNO | error)]


def _allow_only_if(name: str, *wanted: tuple[int, int, int]) -> Instructions:
    """Deny a call unless each argument, of its lower half the bits in a mask, has this value.

    Parameters
    ----------
    name : str
    wanted : tuple of int
        The argument's place, the value, the mask.
    """
    tests: Instructions = []
    for left, (argument, value, mask) in zip(range(len(wanted), 0, -1), wanted, strict=True):
        tests += [
            (LD, 0, 0, ARGS + 8 * argument),
            (AND, 0, 0, mask),
            (JEQ, 0, 3 * left - 2, value),
        ]
    return [
        (JEQ, 0, len(tests) + 2, number(name)),
        *tests,
        (RET, 0, 0, RET_ALLOW),
        (RET, 0, 0, RET_ERRNO | errno.EPERM),
    ]


def _deny_if(name: str, argument: int, errors: dict[int, int]) -> Instructions:
    """Let a call fail, or do nothing, if the lower half of this argument has one of these values.

    Parameters
    ----------
    name : str
    argument : int
        Its place.
    errors : dict of int to int
        Of each value, as for :func:`_deny`.
    """
    tests = [line for value, error in errors.items() for line in ((JEQ, 0, 1, value), (RET, 0, 0, RET_ERRNO | error))]
    return [
        (JEQ, 0, len(tests) + 2, number(name)),
        (LD, 0, 0, ARGS + 8 * argument),
        *tests,
        (RET, 0, 0, RET_ALLOW),
    ]
