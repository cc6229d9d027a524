"""The warm parent: it has imported what a notebook needs, and forks one process for each submission.

It runs no student code, holds no secret and has one thread. What it is asked comes from the grader over a socket:
a line of JSON with three files, the submission's own line, where to tell how it stands, and the unit's files.
"""

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
from typing import Any

from . import keeper, lockdown

MOST_BYTES = 1 << 17
NEW_NAMESPACES = lockdown.NEW_MOUNTS | lockdown.NEW_IPC | lockdown.NEW_PIDS
GLANCE = 20
"""Milliseconds between two looks at a process that has no keeper."""


def main(arguments: list[str]) -> None:
    """Serve the control socket with this number; ``bare`` imports nothing, for a trial of the sandbox."""
    control = socket.socket(fileno=int(arguments[0]))
    control.set_inheritable(False)
    serve = _no_shell if "bare" in arguments else warm()
    if lockdown.LINUX:
        lockdown.make_dumpable(False)
        threads = len(os.listdir("/proc/self/task"))
        if threads != 1:
            raise SystemExit(f"The parent of all submissions has {threads} threads, and can't be forked with more than one.")
    gc.collect()
    gc.freeze()
    answer(control, {"ready": True}, os.getpid())
    attend(control, serve)


def warm() -> keeper.Serve:
    """Import, once for all submissions, what takes long; gives what serves one."""
    gc.disable()
    import matplotlib

    matplotlib.use("Agg")
    import course  # noqa: F401
    import course.data
    import course.draw
    import matplotlib.pyplot
    import numpy as np

    from . import shell

    np.linalg.solve(np.eye(2), np.ones(2))
    matplotlib.pyplot.figure().canvas.draw()
    matplotlib.pyplot.close("all")
    if hasattr(shell, "warm"):
        shell.warm()
    return shell.main


def _no_shell(line: socket.socket, request: Any) -> None:
    """What serves in a trial."""


def attend(control: socket.socket, serve: keeper.Serve) -> None:
    """Fork a process for each request until the grader hangs up."""
    poll = select.poll()
    poll.register(control, select.POLLIN)
    while True:
        if poll.poll(1000):
            try:
                message, files, _, _ = socket.recv_fds(control, MOST_BYTES, 3)
            except OSError:
                return
            if not message:
                return
            fork(json.loads(message), files, control, serve)
        _reap()


def fork(request: keeper.Request, files: list[int], control: socket.socket, serve: keeper.Serve) -> None:
    """Fork the process of one submission, and tell the grader which it is."""
    line, status, contents = files
    if request["namespaces"]:
        flags = NEW_NAMESPACES | (lockdown.NEW_USER if request["map_user"] is not None else 0)
        child = lockdown.clone(flags)
        if child == 0:
            control.detach()
            keeper.keep(request, line, status, contents, serve)
    else:
        if lockdown.LINUX:
            lockdown.adopt_orphans()
        child = os.fork()
        if child == 0:
            control.detach()
            keeper.live(request, line, status, contents, serve)
    answer(control, {"child": child}, child)
    os.close(line)
    os.close(contents)
    if not request["namespaces"]:
        watch(child, status, control)
        raise SystemExit
    os.close(status)


def answer(control: socket.socket, words: dict[str, Any], process: int) -> None:
    """Answer the grader, with a handle to a process where the kernel has such."""
    handles = [os.pidfd_open(process)] if hasattr(os, "pidfd_open") else []
    socket.send_fds(control, [json.dumps(words).encode()], handles)
    for handle in handles:
        os.close(handle)


def watch(child: int, status: int, control: socket.socket) -> None:
    """Where no namespace ends with its first process: see that nothing outlives it, nor the grader."""
    poll = select.poll()
    poll.register(control, select.POLLIN)
    while True:
        hung_up = bool(poll.poll(GLANCE))
        ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if hung_up or (ended and ended.si_pid == child):
            keeper.say(status, f"ended {_end_all(child)}")
            return
        if ended:
            os.waitpid(ended.si_pid, 0)


def _end_all(child: int) -> int:
    """End a process and all that it started, which comes to this one as its own parent ends; how the first ended."""
    how = 0
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    while True:
        for process in {child, *lockdown.children()}:
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
    main(sys.argv[1:])
