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
from typing import Any

import numpy as np
from IPython.core.interactiveshell import InteractiveShell

from course.answering import NotWritten, call
from course.raising import code_under_stub, text_of

from . import wire
from .interactive import warm as warm
from .names import names_swapped
from .outputs import Channel, connect
from .peer import Peer
from .remote import Remote, operate


class Session:
    """The student's names, and what the grader may ask of them.

    Parameters
    ----------
    line : socket
        To the grader.
    sides : socket or None
        Where the ends of new lines are handed over; none in a fork.
    channel : Channel, optional
        Of the process that this one is a fork of: streams that its cells have kept lead to the fork's line.
    """

    def __init__(
        self, line: socket.socket, shell: Any, sides: socket.socket | None, channel: Channel | None = None
    ) -> None:
        self.shell, self._sides = shell, sides
        self.peer = Peer(line, self.serve, cautious=False)
        self._before: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self._ending: list[int] = []
        self._channel = channel or Channel()
        self._channel.lead_to(self.peer.tell)
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

    def do_fork(self) -> int:
        """A process of its own for one graded cell; the other end of its line goes over ``sides``."""
        self._reap()
        ours, theirs = socket.socketpair()
        child = os.fork()
        if not child:
            with contextlib.suppress(OSError):  # refused where groups are what ends a submission
                os.setpgid(0, 0)
            theirs.close()
            self.peer.line.close()
            if self._sides is not None:
                self._sides.close()
            try:
                Session(ours, self.shell, None, self._channel).peer.serve_forever()
            finally:
                os._exit(0)
        ours.close()
        if self._sides is None:
            raise RuntimeError("a fork has no forks of its own")
        socket.send_fds(self._sides, [b"f"], [theirs.fileno()])
        theirs.close()
        return child

    def do_end(self, child: int) -> None:
        """End a fork, and what it has started; that it is gone is waited for later, since it takes a while."""
        self._ending.append(child)
        with contextlib.suppress(OSError):
            os.kill(child, signal.SIGKILL)
            os.killpg(child, signal.SIGKILL)

    def _reap(self) -> None:
        """See that forks which were ended are gone, with what they had started."""
        while self._ending:
            child = self._ending.pop()
            with contextlib.suppress(OSError):
                os.killpg(child, signal.SIGKILL)
            with contextlib.suppress(OSError):
                os.waitpid(child, 0)

    def do_name(self, name: str) -> Any:
        """What the student's cells call by this name."""
        if name not in self.shell.user_ns:
            raise NameError(f"name '{name}' is not defined")
        return self.shell.user_ns[name]

    def do_answered(self, answer: Any, form: str, asked: list[Any], draws: list[bytes]) -> list[Any]:
        """Call an answer with the inputs of each draw, as :func:`course.answering.call` does in the notebook."""
        outputs, most_items, within = asked
        key = types.SimpleNamespace(form=form, outputs=outputs, most_items=most_items, unchanged_within=within)
        return [self._answered(answer, key, data) for data in draws]

    def _answered(self, answer: Any, key: Any, data: bytes) -> list[Any]:
        inputs = wire.unpacked(data, self.peer._resolved, lambda reference: reference[-1])
        try:
            found = call(answer, key, types.SimpleNamespace(inputs=inputs))  # type: ignore[arg-type]
        except NotWritten:
            return [False, code_under_stub(answer)]
        values = wire.packed(found.outputs, self.peer._handle, lambda array: [])
        words = [found.problem, found.problem_id, found.raised]
        return [True, values, words, list(found.changed), list(found.warned), list(found.asked)]

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
