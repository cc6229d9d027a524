"""One submission's process: forked by the zygote, confined, then running the shell.

Where it has namespaces of its own, their first process is an init process: when that ends, so does everything in them.
"""

import contextlib
import gc
import json
import os
import random
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, NoReturn

from .kernel import capabilities, landlock, namespaces, processes, rlimits, seccomp
from .kernel.namespaces import MS_BIND, MS_NODEV, MS_NOEXEC, MS_NOSUID, MS_PRIVATE, MS_REC

OWN_FOLDERS = ("home", "tmp", "shm")
MAX_BYTES = 1 << 17
Request = dict[str, Any]


class Program(NamedTuple):
    """What a submission's process does.

    Attributes
    ----------
    rehearse : callable
        Called before anything is known of the submission: what it does once is done by then, and the memory that it
        writes to is the process's own.
    serve : callable
        Called with the socket to the grader.
    """

    rehearse: Callable[[], None]
    serve: Callable[[socket.socket], None]


def run_init(about: Request, submissions: socket.socket, program: Program) -> NoReturn:
    """Be the init process of new namespaces: fork a process in them, pass a submission on to it, wait for its end.

    Parameters
    ----------
    about : dict
        How the process is confined.
    submissions : socket
        On which the zygote sends one submission, or which it closes.
    program : Program
    """
    trouble: BaseException | None = None
    child, forward = 0, submissions
    try:
        _mount_filesystems(about)
        forward, theirs = socket.socketpair()
        child = os.fork()
        if child == 0:
            _wait_for_submission(about, theirs, program)
        theirs.close()
    except BaseException as error:  # there is nobody to tell yet
        trouble = error
    message, files, _, _ = socket.recv_fds(submissions, MAX_BYTES, 2)
    if not message:
        os._exit(0)
    _, status = files
    with reporting_errors(status):
        if trouble:
            raise trouble
        socket.send_fds(forward, [message], files)
        processes.close_files_except(status)
        capabilities.drop_capabilities(json.loads(message)["user"])
        while True:
            ended, how = os.wait()
            if ended == child:
                report_status(status, f"ended {how}")
                os._exit(0)


def _wait_for_submission(about: Request, submissions: socket.socket, program: Program) -> NoReturn:
    """Get ready before there is a submission, then wait for it."""
    trouble: BaseException | None = None
    parent = 0
    try:
        parent = prepare(program, submissions.fileno())
    except BaseException as error:
        trouble = error
    try:
        message, files, _, _ = socket.recv_fds(submissions, MAX_BYTES, 2)
        sock, status = files
        for number in files:
            os.set_inheritable(number, False)
        submissions.close()
        with reporting_errors(status):
            if trouble:
                raise trouble
            serve_submission(about | json.loads(message), sock, status, program, parent)
    finally:
        os._exit(1)


def _mount_filesystems(about: Request) -> None:
    """A ``/proc`` that shows this namespace alone, and one file system in memory for all that can be written."""
    if about["map_user"] is not None:
        processes.set_dumpable(True)
        namespaces.map_user(*about["map_user"])
        processes.set_dumpable(False)
    os.umask(0o022)
    top, limits = about["top"], about["limits"]
    namespaces.mount("none", "/", "", MS_REC | MS_PRIVATE)
    namespaces.mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
    size = f"size={limits['disk_mb']}m,nr_inodes={limits['files']},mode=0755"
    namespaces.mount("tmpfs", top, "tmpfs", MS_NOSUID | MS_NODEV, size)
    for name in OWN_FOLDERS:
        os.mkdir(f"{top}/{name}")
    for name, place, shown in about["scratch"]:
        held = [(path, os.open(path, os.O_PATH)) for path in shown]
        namespaces.mount(f"{top}/{name}", place, "", MS_BIND)
        for path, number in held:  # a Python that lies there, which would be covered
            os.makedirs(path, exist_ok=True)
            namespaces.mount(f"/proc/self/fd/{number}", path, "", MS_BIND | MS_REC)
            os.close(number)


def prepare(program: Program, *kept: int) -> int:
    """Leave behind what was the parent's, all open files but these, and rehearse; gives the parent's PID."""
    parent = os.getppid()
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    processes.close_files_except(*kept)
    for number in kept:
        os.set_inheritable(number, False)
    gc.enable()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    program.rehearse()
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    return parent


def serve_submission(request: Request, sock: int, status: int, program: Program, parent: int) -> NoReturn:
    """Confine this process, which is prepared, and serve the grader until it closes the connection."""
    with reporting_errors(status):
        if request["user"] is not None:
            for name in OWN_FOLDERS:
                os.chown(f"{request['top']}/{name}", request["user"], request["user"])
        if processes.LINUX:
            capabilities.drop_capabilities(request["user"])
            if not request["namespaces"]:
                processes.die_with_parent(parent)
        os.umask(0o077)
        folder = os.path.join(request["top"], "home", request["cwd"])
        os.makedirs(folder, exist_ok=True)
        os.chdir(folder)
        _confine(request)
        report_status(status, "ready")
        os.close(status)
    code = 1
    try:
        if not request["trial"]:
            program.serve(socket.socket(fileno=sock))
        code = 0
    finally:
        os._exit(code)


def _confine(request: Request) -> None:
    if processes.LINUX:
        processes.set_dumpable(True)
        with open("/proc/self/oom_score_adj", "w") as file:  # where memory runs out, this goes first
            file.write("1000")
    rlimits.set_rlimits(request["limits"] | {"processes": request["processes"]})
    if request["landlock"]:
        landlock.restrict_self(request["read"], request["listed"], request["write"])
    if request["seccomp"]:
        alone = request["namespaces"]
        seccomp.install_filter(alone=alone, signals=alone or landlock.restricts_signals())


def report_status(status: int, text: str) -> None:
    """Report to the grader how it stands."""
    os.write(status, f"{text}\n".encode())


@contextlib.contextmanager
def reporting_errors(status: int) -> Iterator[None]:
    """Report an error to the grader while a process is prepared, and end the process."""
    try:
        yield
    except BaseException as error:
        report_status(status, f"failed {type(error).__name__}: {error}".replace("\n", " ")[:1000])
        os._exit(1)
