"""The zygote: it has imported what a notebook needs, and forks one process for each submission.

It runs no student code, holds no secret and has one thread. The grader sends its requests over a socket: a line of JSON
with two files, which are the submission's own socket and a pipe for reports of how it stands.
"""

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import select
import shutil
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import finder, submission
from .kernel import namespaces, processes, seccomp

CLONE_FLAGS = namespaces.CLONE_NEWNS | namespaces.CLONE_NEWIPC | namespaces.CLONE_NEWPID
IMPORTED_MODULES = (
    *("numpy", "numpy.fft", "numpy.linalg", "numpy.ma", "numpy.polynomial", "numpy.random"),
    *("importlib.readers", "matplotlib.pyplot", "IPython.core.interactiveshell", "msgpack", "subprocess", "tempfile"),
    *("course", "course.data", "course.draw", "course.functions", "course.properties"),
)
PACKAGES = ("course.data", "course.draw", "course.properties")
"""Of these, notebooks import one module or another."""
IDLE_MILLISECONDS = 30
"""Milliseconds without a request after which the next one is made ready for."""
POLL_MILLISECONDS = 20
"""Milliseconds between two looks at a process that has no submission."""


def main(control: socket.socket, about: submission.Request) -> None:
    """Serve the control socket.

    Parameters
    ----------
    control : socket
    about : dict
        How a submission is to be confined; ``trial`` imports nothing and runs nothing.
    """
    control.set_inheritable(False)
    finder.hide(about["hidden"])
    program = _TRIAL_PROGRAM if about["trial"] else warm()
    if processes.LINUX:
        processes.set_dumpable(False)
        threads = len(os.listdir("/proc/self/task"))
        if threads != 1:
            raise SystemExit(
                f"The parent of all submissions has {threads} threads; with more than one it can't be forked."
            )
        seccomp.bpf_program(True, True)
    gc.collect()
    gc.freeze()
    if processes.LINUX:
        processes.use_huge_pages()
    reply(control, {"ready": True}, os.getpid())
    with contextlib.suppress(ConnectionError):
        serve_requests(control, about, program)


def warm() -> submission.Program:
    """Import, once for all submissions, what takes long; gives what a submission's process does."""
    gc.disable()
    _copy_font_list()
    for name in (*IMPORTED_MODULES, *_modules_in(PACKAGES)):
        importlib.import_module(name)
    import matplotlib.pyplot
    import numpy as np

    from . import shell, warm_up

    np.linalg.solve(np.eye(2), np.ones(2))
    matplotlib.use("Agg")
    matplotlib.pyplot.figure().canvas.draw()
    matplotlib.pyplot.close("all")
    shell.warm()
    return submission.Program(warm_up.rehearse, shell.main)


def _modules_in(packages: tuple[str, ...]) -> Iterator[str]:
    for package in packages:
        places = importlib.import_module(package).__path__
        yield from (module.name for module in pkgutil.iter_modules(places, f"{package}."))


def _copy_font_list() -> None:
    """The list of fonts where matplotlib looks for it."""
    with contextlib.suppress(OSError, KeyError):
        shutil.copytree(Path(__file__).parents[1] / "fonts", os.environ["MPLCONFIGDIR"])


_TRIAL_PROGRAM = submission.Program(lambda: None, lambda sock: None)
"""For a trial of whether a process can be confined."""


def serve_requests(control: socket.socket, about: submission.Request, program: submission.Program) -> None:
    """Fork a process for each request until the grader closes the socket."""
    spare: SpareInit | None = None
    poll = select.poll()
    poll.register(control, select.POLLIN)
    while True:
        if poll.poll(1000 if spare or not about["namespaces"] else IDLE_MILLISECONDS):
            message, files, _, _ = socket.recv_fds(control, submission.MAX_BYTES, 2)
            if not message:
                return
            if not about["namespaces"]:
                fork(about | json.loads(message), files, control, program)
                return
            if spare is None or not spare.take(message, files):
                spare = SpareInit(about, control, program)
                spare.take(message, files)
            reply(control, {"child": spare.pid}, spare.pid)
            for file in files:
                os.close(file)
            spare = None
        elif about["namespaces"] and spare is None:
            spare = SpareInit(about, control, program)
        _reap()


class SpareInit:
    """An init process that waits in namespaces of its own, so that the next submission need not wait for them."""

    def __init__(self, about: submission.Request, control: socket.socket, program: submission.Program) -> None:
        self._submissions, theirs = socket.socketpair()
        self.pid = namespaces.clone(CLONE_FLAGS | (namespaces.CLONE_NEWUSER if about["map_user"] is not None else 0))
        if self.pid == 0:
            control.close()
            self._submissions.close()
            submission.run_init(about, theirs, program)
        theirs.close()

    def take(self, message: bytes, files: list[int]) -> bool:
        """Pass a submission to it; false, if it has ended meanwhile."""
        with self._submissions as submissions:
            try:
                socket.send_fds(submissions, [message], files)
            except OSError:
                return False
        return True


def fork(request: submission.Request, files: list[int], control: socket.socket, program: submission.Program) -> None:
    """Fork the only process of this parent, where there are no namespaces, and see to its end."""
    sock, status = files
    if processes.LINUX:
        processes.become_subreaper()
    child = os.fork()
    if child == 0:
        control.detach()
        with submission.reporting_errors(status):
            parent = submission.prepare(program, sock, status)
        submission.serve_submission(request, sock, status, program, parent)
    reply(control, {"child": child}, child)
    os.close(sock)
    wait_for_end(child, status, control)


def reply(control: socket.socket, words: dict[str, Any], process: int) -> None:
    """Answer the grader, with a handle to a process where the kernel has such."""
    handles = [os.pidfd_open(process)] if hasattr(os, "pidfd_open") else []
    socket.send_fds(control, [json.dumps(words).encode()], handles)
    for handle in handles:
        os.close(handle)


def wait_for_end(child: int, status: int, control: socket.socket) -> None:
    """Where no namespace ends with its first process: see that nothing outlives it, nor the grader."""
    poll = select.poll()
    poll.register(control, select.POLLIN)
    while True:
        hung_up = bool(poll.poll(POLL_MILLISECONDS))
        ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if hung_up or (ended and ended.si_pid == child):
            submission.report_status(status, f"ended {_end_all(child)}")
            return
        if ended:
            os.waitpid(ended.si_pid, 0)


def _end_all(child: int) -> int:
    """End a process and all that it started, which comes to this one as its own parent ends; how the first ended."""
    how = 0
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    while True:
        for process in {child, *processes.children()}:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        try:
            ended, status = os.waitpid(-1, 0)
        except ChildProcessError:
            return how
        how = status if ended == child else how


def _reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), json.loads(sys.argv[2]))
