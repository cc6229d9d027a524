"""One submission's process: born from the warm parent, shut in, then handed to the shell.

With namespaces of its own it has a keeper as their first process: when the keeper ends, so does everything in them.
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
        Called with the line to the grader and its request.
    """

    rehearse: Callable[[], None]
    serve: Callable[[socket.socket, Any], None]


def keep(about: Request, orders: socket.socket, program: Program) -> NoReturn:
    """Be the first process of new namespaces: make a process ready in them, hand it a submission, wait for its end."""
    trouble: BaseException | None = None
    child, handing = 0, orders
    try:
        _settle(about)
        handing, theirs = socket.socketpair()
        child = os.fork()
        if child == 0:
            _wait_for_one(about, theirs, program)
        theirs.close()
    except BaseException as error:  # there is nobody to tell yet
        trouble = error
    message, files, _, _ = socket.recv_fds(orders, MAX_BYTES, 3)
    if not message:
        os._exit(0)
    _, status, _ = files
    with telling(status):
        if trouble:
            raise trouble
        socket.send_fds(handing, [message], files)
        processes.close_files_except(status)
        capabilities.drop_capabilities(json.loads(message)["user"])
        while True:
            ended, how = os.wait()
            if ended == child:
                say(status, f"ended {how}")
                os._exit(0)


def _wait_for_one(about: Request, orders: socket.socket, program: Program) -> NoReturn:
    """Be ready for a submission before there is one."""
    trouble: BaseException | None = None
    parent = 0
    try:
        parent = prepare(program, orders.fileno())
    except BaseException as error:
        trouble = error
    try:
        message, files, _, _ = socket.recv_fds(orders, MAX_BYTES, 3)
        line, status, contents = files
        for number in files:
            os.set_inheritable(number, False)
        orders.close()
        with telling(status):
            if trouble:
                raise trouble
            live(about | json.loads(message), line, status, contents, program, parent)
    finally:
        os._exit(1)


def _settle(about: Request) -> None:
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
    """Leave behind what was the parent's, all open files but these, and rehearse; gives the parent's number."""
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


def live(request: Request, line: int, status: int, files: int, program: Program, parent: int) -> NoReturn:
    """Shut this process in, which is prepared, and serve the grader until it hangs up."""
    with telling(status):
        if request["user"] is not None:
            for name in OWN_FOLDERS:
                os.chown(f"{request['top']}/{name}", request["user"], request["user"])
        if processes.LINUX:
            capabilities.drop_capabilities(request["user"])
            if not request["namespaces"]:
                processes.die_with_parent(parent)
        _unpack(request, files)
        os.close(files)
        _shut_in(request)
        say(status, "ready")
        os.close(status)
    code = 1
    try:
        if not request["trial"]:
            program.serve(socket.socket(fileno=line), request["request"])
        code = 0
    finally:
        os._exit(code)


def _unpack(request: Request, files: int) -> None:
    """Write the unit's files into the working directory, and go there."""
    os.umask(0o077)
    place = os.path.join(request["top"], "home", request["cwd"])
    os.makedirs(place, exist_ok=True)
    os.chdir(place)
    for name, size in request["files"]:
        os.makedirs(os.path.dirname(os.path.join(place, name)), exist_ok=True)
        with open(name, "wb") as file:
            while size:
                part = os.read(files, min(size, 1 << 20))
                if not part:
                    raise OSError(f"{name} did not come whole")
                size -= file.write(part)


def _shut_in(request: Request) -> None:
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


def say(status: int, text: str) -> None:
    """Tell the grader how it stands."""
    os.write(status, f"{text}\n".encode())


@contextlib.contextmanager
def telling(status: int) -> Iterator[None]:
    """Tell the grader of an error while a process is prepared, and end it."""
    try:
        yield
    except BaseException as error:
        say(status, f"failed {type(error).__name__}: {error}".replace("\n", " ")[:1000])
        os._exit(1)
