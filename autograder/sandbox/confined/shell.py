"""What runs a student's cells inside the sandbox, and answers the grader's questions about what they define.

Nothing here is trusted: it shares its process with the student's code. What it says is looked at by the other side.
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

from course.answers.call import NotWritten, call
from course.answers.error_report import text_of

from .ipython import warm as warm
from .outputs import Channel, connect
from .rpc import codec
from .rpc.peer import Peer, Silence
from .rpc.proxy import Remote, operate
from .rpc.replies import reply_to
from .substitution import names_reached, names_swapped


class Session:
    """The student's names, and what the grader may ask of them.

    Parameters
    ----------
    line : socket
        To the grader.
    shell : InteractiveShell
    sides : socket
        Where the ends of the lines of graded cells are handed over.
    """

    def __init__(self, line: socket.socket, shell: Any, sides: socket.socket) -> None:
        self.shell, self._sides = shell, sides
        self.peer = Peer(line, self.serve, cautious=False, told=self._told)
        self._before: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self._copy = 0
        self._ending: list[int] = []
        self._channel = Channel(self.peer.tell)
        self._streams = connect(shell, self._channel)

    def serve(self, operation: str, *arguments: Any) -> Any:
        """Answer one question; what numpy warns of during a call is told to the grader, which makes advice of it."""
        if operation == "run":
            return self.do_run(*arguments)
        with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
            warnings.simplefilter("always")
            result = getattr(self, f"do_{operation}")(*arguments)
        texts = [text_of(warning.message) for warning in caught if issubclass(warning.category, RuntimeWarning)]
        for text in dict.fromkeys(texts):
            self._channel("warned", text[:300])
        return result

    def _told(self, message: list[Any]) -> None:
        """Do what needs no answer."""
        if message[0] == "graded":
            self.attend(*message[1:])
        elif message[0] == "end":
            self.end_copy()

    def do_run(self, source: str, seconds: float) -> str:
        """Run a cell, interrupted after so many seconds; whether it was ``interrupted``."""
        self._reap()
        self._channel.begin()
        struck: list[int] = []

        def interrupt(number: int, frame: Any) -> None:
            struck.append(number)
            raise KeyboardInterrupt(f"This cell took longer than {seconds:.0f} s.")

        signal.signal(signal.SIGALRM, interrupt)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            warnings.simplefilter("ignore", ResourceWarning)
            self.shell.run_cell(source, store_history=True)
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.stdout, sys.stderr = self._streams  # whatever a cell has put in their place, and may have closed
        for stream in self._streams:
            stream.flush()
        return "interrupted" if struck else "ended"

    def attend(self, token: str, names: list[str], copied: bool) -> None:
        """Serve one graded cell on a line of its own, whose other end goes over ``sides``, until that is closed.

        Parameters
        ----------
        token : str
        names : list of str
            The line begins with the answer to a question: what these names stand for.
        copied : bool
            Serve it in a copy of this process, which the grader ends, and go on here.
        """
        self._reap()
        ours, theirs = socket.socketpair()
        with ours, theirs:
            try:
                self._copy = os.fork() if copied else 0
            except OSError:
                socket.send_fds(self._sides, [b"n"], [])
                return
            if copied and not self._copy:
                with contextlib.suppress(OSError):  # refused where groups are what ends a submission
                    os.setpgid(0, 0)
                theirs.close()
                self.peer.line.close()
                self._sides.close()
                try:
                    self._serve_on(ours, token, names)
                finally:
                    os._exit(0)
            socket.send_fds(self._sides, [b"f"], [theirs.fileno()])
            theirs.close()
            if copied:
                return
            before = self.peer
            with self._as_it_was():
                try:
                    with contextlib.suppress(Silence):
                        self._serve_on(ours, token, names)
                finally:
                    self.peer = before

    @contextlib.contextmanager
    def _as_it_was(self) -> Iterator[None]:
        """Undo what graded calls have left: figures, another folder, other streams, an alarm, text without an end."""
        place, limit, figures = os.getcwd(), sys.getrecursionlimit(), set(Gcf.figs)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            sys.setrecursionlimit(limit)
            sys.stdout, sys.stderr = self._streams
            with contextlib.suppress(OSError):
                os.chdir(place)
            for number in set(Gcf.figs) - figures:
                Gcf.destroy(number)
            shown: Any = show
            shown._to_draw, shown._draw_called = [], False
            self._channel.lead_to(None)
            for stream in self._streams:
                stream.flush()
            self._channel.lead_to(self.peer.tell)

    def _serve_on(self, line: socket.socket, token: str, names: list[str]) -> None:
        self.peer = Peer(line, self.serve, cautious=False)
        self._channel.lead_to(self.peer.tell)
        self.peer.answer(token, "names", names)
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
        return {name: self.shell.user_ns[name] for name in names if name in self.shell.user_ns}

    def do_answered(self, answer: Any, form: str, asked: list[Any], draws: list[bytes]) -> list[Any]:
        """Call an answer with the inputs of each draw, as :func:`course.answers.call.call` does in the notebook."""
        outputs, most_items, within = asked
        key = types.SimpleNamespace(form=form, outputs=outputs, most_items=most_items, unchanged_within=within)
        return [self._answered(answer, key, data) for data in draws]

    def _answered(self, answer: Any, key: Any, data: bytes) -> list[Any]:
        inputs = codec.unpacked(data, self.peer._resolved, lambda reference: reference[-1])
        try:
            found = call(answer, key, types.SimpleNamespace(inputs=inputs))  # type: ignore[arg-type]
        except NotWritten:
            return [False]
        return reply_to(found, codec.packed(found.outputs, self.peer._handle, lambda array: []))

    def do_call(self, value: Any, arguments: list[Any], named: dict[str, Any]) -> Any:
        return value(*arguments, **named)

    def do_get(self, value: Any, name: str) -> Any:
        return getattr(value, name)

    def do_set(self, value: Any, name: str, new: Any) -> None:
        setattr(value, name, new)

    def do_copy(self, value: Any, deep: bool) -> Any:
        return copy.deepcopy(value) if deep else copy.copy(value)

    def do_operate(self, value: Any, name: str, arguments: list[Any]) -> Any:
        return operate(value, name, arguments)

    def do_reached(self, subject: Any, names: list[str]) -> list[str]:
        """The names of these that the subject may look up; all, if what it uses can't be looked at."""
        try:
            return names_reached(subject, names)
        except Exception:
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


def main(line: socket.socket, request: dict[str, Any]) -> None:
    """Serve one submission; returns when the grader closes the line."""
    ours, theirs = socket.socketpair()
    socket.send_fds(line, [b"s"], [theirs.fileno()])
    theirs.close()
    Session(line, InteractiveShell.instance(), ours).peer.serve_forever()
