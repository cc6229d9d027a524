"""The shell in the sandbox: it runs the student's cells and serves the grader's requests about what they define.

Nothing here is trusted, since it shares its process with the student's code: the grader checks whatever comes from it.
"""

import contextlib
import copy
import os
import signal
import socket
import sys
import types
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
from IPython.core.interactiveshell import InteractiveShell
from matplotlib._pylab_helpers import Gcf
from matplotlib_inline.backend_inline import show

from course.answers.call import NotWritten, called
from course.answers.error_report import text_of

from .notebook.cell_roles import StudentNames
from .notebook.ipython import warm as warm
from .notebook.outputs import Channel, connect
from .notebook.time_limit import time_limit
from .rpc import codec
from .rpc.lent import keep
from .rpc.peer import Peer
from .rpc.proxy import Remote, operate
from .rpc.replies import inputs_as_bytes, reply_to
from .rpc.transport import FORK_FAILED, READY, PeerLost, received_socket
from .substitution import names_reached, names_swapped


class Session:
    """The student's namespace, and the requests of the grader that it serves.

    Parameters
    ----------
    sock : socket
        To the grader.
    shell : InteractiveShell
    handover : socket
        Over which the grader sends a socket for each graded cell.
    """

    def __init__(self, sock: socket.socket, shell: Any, handover: socket.socket) -> None:
        self.shell, self._handover = shell, handover
        self.peer = Peer(sock, self.serve, untrusted=False, on_notification=self._on_notification)
        self._before: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self._handed_over: list[Any] = []
        self._copy = 0
        self._ending: list[int] = []
        self._channel = Channel(self.peer.notify)
        self._streams = connect(shell, self._channel)
        self._names = StudentNames(shell)

    def serve(self, operation: str, *arguments: Any) -> Any:
        """Serve one request; what numpy warns of meanwhile is sent to the grader, which makes advice of it."""
        if operation == "run":
            return self.do_run(*arguments)
        with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
            warnings.simplefilter("always")
            result = getattr(self, f"do_{operation}")(*arguments)
        texts = [text_of(warning.message) for warning in caught if issubclass(warning.category, RuntimeWarning)]
        for text in dict.fromkeys(texts):
            self._channel("warned", text[:300])
        return result

    def _on_notification(self, message: list[Any]) -> None:
        """Do what wants no reply."""
        if message[0] == "graded":
            self.serve_graded_cell(*message[1:])
        elif message[0] == "end":
            self.end_copy()

    def do_run(self, source: str, role: str, seconds: float) -> bool:
        """Run a cell, interrupted after so many seconds; gives whether it was."""
        self._reap()
        self._channel.begin()
        with time_limit(seconds) as interrupts, warnings.catch_warnings(), self._names.running(role):
            warnings.simplefilter("default")
            warnings.simplefilter("ignore", ResourceWarning)
            self.shell.run_cell(source, store_history=True)
        sys.stdout, sys.stderr = self._streams  # whatever a cell has put in their place, and may have closed
        for stream in self._streams:
            stream.flush()
        return bool(interrupts)

    def serve_graded_cell(self, token: str, names: list[str], copied: bool) -> None:
        """Serve one graded cell over a socket of its own, which comes over ``handover``, until that is closed.

        Parameters
        ----------
        token : str
        names : list of str
            What these names stand for is the first reply, which nobody has to request.
        copied : bool
            Serve it in a copy of this process, which the grader ends, and go on here.
        """
        self._reap()
        with received_socket(self._handover) as ours:
            try:
                self._copy = os.fork() if copied else 0
            except OSError:
                self._handover.sendall(FORK_FAILED)
                return
            if copied and not self._copy:
                with contextlib.suppress(OSError):  # refused where groups are what ends a submission
                    os.setpgid(0, 0)
                self.peer.sock.close()
                self._handover.close()
                try:
                    self._serve_on(ours, token, names)
                finally:
                    os._exit(0)
            self._handover.sendall(READY)
            if copied:
                return
            before = self.peer
            with self._as_it_was():
                try:
                    with contextlib.suppress(PeerLost):
                        self._serve_on(ours, token, names)
                finally:
                    self.peer = before

    @contextlib.contextmanager
    def _as_it_was(self) -> Iterator[None]:
        """Undo what graded calls have left: figures, a changed folder, other streams, an alarm, unfinished text."""
        place, limit, figures = os.open(".", os.O_DIRECTORY), sys.getrecursionlimit(), set(Gcf.figs)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            sys.setrecursionlimit(limit)
            sys.stdout, sys.stderr = self._streams
            with contextlib.suppress(OSError):
                os.fchdir(place)
                os.close(place)
            for number in set(Gcf.figs) - figures:
                Gcf.destroy(number)
            shown: Any = show
            shown._to_draw, shown._draw_called = [], False
            self._channel.redirect(None)
            for stream in self._streams:
                stream.flush()
            self._channel.redirect(self.peer.notify)

    def _serve_on(self, sock: socket.socket, token: str, names: list[str]) -> None:
        self.peer = Peer(sock, self.serve, untrusted=False)
        self._channel.redirect(self.peer.notify)
        self.peer.reply(token, "names", names)
        self.peer.serve_forever()

    def end_copy(self) -> None:
        """End the copy, and what it has started; that it is gone is waited for later, since it takes a while."""
        self._ending.append(self._copy)
        with contextlib.suppress(OSError):
            os.kill(self._copy, signal.SIGKILL)
            os.killpg(self._copy, signal.SIGKILL)

    def _reap(self) -> None:
        """See that copies which were ended are gone, with what they had started."""
        while self._ending:
            child = self._ending.pop()
            with contextlib.suppress(OSError):
                os.killpg(child, signal.SIGKILL)
            with contextlib.suppress(OSError):
                os.waitpid(child, 0)

    def do_names(self, names: list[str]) -> dict[str, Any]:
        """What the student's cells call by these names, as far as they do."""
        return self._names.own(names)

    def do_answered(self, answer: Any, form: str, asked: list[Any], draws: list[bytes]) -> list[Any]:
        """Call an answer with the inputs of each draw; these go back as they are then, for the grader to compare."""
        key = types.SimpleNamespace(form=form, outputs=asked[0], most_items=asked[1])
        return [self._answered(answer, key, data) for data in draws]

    def _answered(self, answer: Any, key: Any, data: bytes) -> list[Any]:
        given = codec.unpacked(data, self.peer.handles.resolve, lambda reference: reference[-1])
        try:
            # Of a draw, only its inputs are known here.
            found, inputs = called(answer, key, types.SimpleNamespace(inputs=given))  # type: ignore[arg-type]
        except NotWritten:
            return [False]
        outputs = codec.packed(found.outputs, self.peer.handles.handle_for, lambda array: [])
        return reply_to(found, outputs, inputs_as_bytes(inputs))

    def do_call(self, value: Any, arguments: list[Any], named: dict[str, Any]) -> Any:
        keep(arguments)
        try:
            return value(*arguments, **named)
        finally:
            self._handed_over = [*arguments, *named.values()]

    def do_lists(self, _: Any) -> list[Any]:
        """The lists that the last call was given, as it has left them."""
        return [item for item in self._handed_over if type(item) is list]

    do_get, do_set = staticmethod(getattr), staticmethod(setattr)

    def do_copy(self, value: Any, deep: bool) -> Any:
        return copy.deepcopy(value) if deep else copy.copy(value)

    def do_operate(self, value: Any, name: str, arguments: list[Any]) -> Any:
        return operate(value, name, arguments)

    def do_reached(self, subject: Any, names: list[str]) -> list[str]:
        """The names of these that the subject may look up; all, if what it uses can't be looked at."""
        with contextlib.suppress(Exception):
            names = names_reached(subject, names)
        return names

    def do_supply(self, subject: Any, others: dict[str, Remote]) -> list[str]:
        """Put the grader's functions in the place of the names that the subject sees otherwise."""
        names, before = names_swapped(subject, others)
        self._before.append((names, before))
        return list(before)

    def do_restore(self) -> None:
        """Undo the last :meth:`do_supply`."""
        names, before = self._before.pop()
        names.update(before)


def main(sock: socket.socket) -> None:
    """Serve one submission; returns when the grader closes the socket."""
    handover = received_socket(sock)
    handover.sendall(READY)
    Session(sock, InteractiveShell.instance(), handover).peer.serve_forever()
