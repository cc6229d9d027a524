"""Running one rebuilt notebook: the student's cells in their own process, the graded cells in this one."""

import contextlib
import os
import socket
import time
from collections.abc import Iterator
from typing import Any, Protocol

from autograder.execution.graded_cells import Exports, Shown, free_names, run_graded
from autograder.execution.outputs import Outputs, printable
from autograder.execution.resource_limits import allowance
from autograder.judge.grade import verdicts_kept
from autograder.sandbox.confined.rpc.codec import BadMessage
from autograder.sandbox.confined.rpc.peer import HandsOut, Peer, Silence
from course.errors import StoppedElsewhere

MARGIN = 1.0
"""Seconds after which the grader's own part in a cell is ended too."""
FIRST = 0.8
"""After this share of its time a student's cell is interrupted; one that goes on all the same ends the notebook."""
REASONS = {"timeout": "took too long", "ended": "ended the process that it ran in"}


class Limits(Protocol):
    """What one notebook may take; :class:`autograder.sandbox.sandbox.Limits`."""

    @property
    def seconds_per_cell(self) -> float: ...
    @property
    def seconds(self) -> float: ...
    @property
    def output_bytes(self) -> int: ...


class Run:
    """One notebook on its way.

    Parameters
    ----------
    line : socket
        To the student's process, in which ``confined.shell.main`` serves.
    limits : Limits

    in_place : bool
        Judge answers in the student's process itself where that can be done, which is quick. Otherwise each graded
        cell has a copy of that process, so that one that hangs or harms costs its own points only.

    Attributes
    ----------
    verdict : str
        ``graded``, or what went wrong, in words.
    lost : str
        Why nothing more can run, if that is so.
    doubtful : bool
        Whether that, or what a graded cell met, may come of judging in place: then it is to be run anew with copies.
    """

    def __init__(self, line: socket.socket, limits: Limits, *, in_place: bool = False) -> None:
        self.limits, self.verdict, self.doubtful = limits, "graded", False
        self._in_place, self._judged = in_place, 0
        self._until = time.monotonic() + limits.seconds
        self._bytes = limits.output_bytes * 10
        line.settimeout(limits.seconds_per_cell)
        try:
            _, (side, *_), _, _ = socket.recv_fds(line, 1, 1)
        except (OSError, ValueError) as error:
            raise Silence("ended") from error
        line.settimeout(None)
        self._sides = socket.socket(fileno=side)
        self._peer = Peer(line, Exports().serve, cautious=True)
        self.lost = ""

    def close(self) -> None:
        """Let go of the student's process, which ends when nobody listens."""
        self._sides.close()
        self._peer.line.close()

    def cell(self, role: str, source: str) -> list[dict[str, Any]]:
        """Run one cell; gives its outputs."""
        most = max(1, min(self.limits.output_bytes, self._bytes))
        outputs = Outputs(most, warn=role == "graded")
        found = self._graded(source, outputs) if role == "graded" else self._students(source, outputs)
        self._bytes -= most - outputs.left
        return found

    def _students(self, source: str, outputs: Outputs) -> list[dict[str, Any]]:
        if self.lost:
            return [_stopped(f"not run: {self.lost}")]
        try:
            until = self._start(self._peer, outputs)
            ended = self._peer.ask("run", source, FIRST * (until - time.monotonic()))
            if ended == "interrupted" and self.verdict == "graded":
                self.verdict = "a cell took too long, and was interrupted"
        except (Silence, BadMessage) as error:
            self._lose(error)
            outputs.found.append(_stopped(f"this cell {_reason(error)}"))
        except StoppedElsewhere as error:  # what shows a cell's errors was itself replaced
            outputs.found.append(_stopped(f"this cell stopped with {printable(str(error))}"))
        return outputs.found

    def _graded(self, source: str, outputs: Outputs) -> list[dict[str, Any]]:
        """A graded cell; objects of the grader's own are handed out to a copy alone, which is ended after it."""
        if self.lost:
            return [_stopped(f"not run: {self.lost}")]
        shown = Shown()
        self._judged += 1
        try:
            with verdicts_kept():
                try:
                    self._judge(source, outputs, shown, copied=not self._in_place)
                except HandsOut:
                    shown = Shown()
                    outputs.begin_anew()
                    self._judge(source, outputs, shown, copied=True)
        except _NoCopy as error:
            if self.verdict == "graded":
                self.verdict = str(error)
            shown.outputs = [_stopped(f"the answer can't be judged: {error}")]
        except (Silence, BadMessage) as error:
            self.doubtful |= self._in_place
            shown.outputs = [_stopped(f"the answer {_reason(error)}")]
        prints = [output for output in outputs.found if output["output_type"] == "stream"]
        text = "".join([*(output["text"] for output in prints), *shown.text])
        stream = [{"output_type": "stream", "name": "stdout", "text": text}] if text else []
        return [*stream, *shown.outputs]

    def _judge(self, source: str, outputs: Outputs, shown: Shown, copied: bool) -> None:
        names = free_names(source)
        with self._line(names, copied) as (peer, token):
            until = self._start(peer, outputs)
            with allowance(until - time.monotonic() + MARGIN):
                run_graded(source, _named(peer, token, names), shown)
            if peer.failure:  # whoever has caught it
                raise peer.failure
            # Memory, threads and generators that the answers before have used up are not this one's fault.
            self.doubtful |= peer.stopped and self._in_place and self._judged > 1

    @contextlib.contextmanager
    def _line(self, names: list[str], copied: bool) -> Iterator[tuple[Peer, str]]:
        """A line of its own for a graded cell, to the student's process or to a copy of it, which is ended afterwards.

        On the other side it is born with a question, whose token is given.
        """
        token = Peer.token()
        until = self._start(self._peer, Outputs(0))
        try:
            self._peer.tell("graded", token, names, copied)
            self._sides.settimeout(max(until - time.monotonic(), 0.1))
            word, files, _, _ = socket.recv_fds(self._sides, 1, 1)
            if word == b"n" and not files:
                raise _NoCopy("no copy of its process could be made")
            line = _as_line(files[0])
        except _NoCopy:
            raise
        except (OSError, ValueError, IndexError, Silence, BadMessage) as error:
            self._lose(error)
            raise (error if isinstance(error, Silence) else Silence("ended")) from None
        with line:
            try:
                yield Peer(line, Exports().serve, cautious=True, hands_out=copied), token
            finally:
                if copied:
                    self._end_copy()

    def _end_copy(self) -> None:
        try:
            self._start(self._peer, Outputs(0))
            self._peer.tell("end")
        except (Silence, BadMessage) as error:  # the student's process can't be told any more
            self._lose(error)

    def _start(self, peer: Peer, outputs: Outputs) -> float:
        """The time that the other side has begins to run; gives its end."""
        peer.deadline = min(time.monotonic() + self.limits.seconds_per_cell, self._until)
        peer.told = outputs.take
        return peer.deadline

    def _lose(self, error: Exception) -> None:
        self.doubtful |= self._in_place and self._judged > 0
        if not self.lost:
            self.lost = f"the notebook {_reason(error)}" if isinstance(error, Silence) else "its process was lost"
            self.verdict = self.lost


def _as_line(number: int) -> socket.socket:
    """The socket that a file is; whatever else it is, is closed."""
    try:
        return socket.socket(fileno=number)
    except OSError:
        os.close(number)
        raise


class _NoCopy(BadMessage):
    """The student's process can't be copied."""


def _named(peer: Peer, token: str, names: list[str]) -> dict[str, Any]:
    """What the names stand for, as far as they do; each by itself, if one of them can't be told."""
    try:
        found = [peer.answer_to(token)]
    except StoppedElsewhere:
        found = []
        for name in names:
            with contextlib.suppress(StoppedElsewhere):
                found.append(peer.ask("names", [name]))
    if not all(type(some) is dict for some in found):
        raise BadMessage("something else than names")
    return {name: some[name] for some in found for name in names if name in some}


def _reason(error: Exception) -> str:
    return REASONS.get(str(error), f"sent {error}")


def _stopped(words: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": "Stopped", "evalue": words, "traceback": [f"Stopped: {words}."]}


def served_here() -> tuple[int, socket.socket]:
    """Fork a process that serves a notebook with no sandbox around it, as tests do; gives its id and the line to it."""
    from autograder.sandbox.confined import shell

    ours, theirs = socket.socketpair()
    child = os.fork()
    if child:
        theirs.close()
        return child, ours
    ours.close()
    try:
        shell.warm()
        shell.main(theirs, {})
    finally:
        os._exit(0)
