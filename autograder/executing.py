"""Running one rebuilt notebook: the student's cells in their own process, the graded cells in this one."""

import base64
import contextlib
import os
import socket
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from autograder.confined.peer import Peer, Silence
from autograder.confined.wire import BadMessage
from autograder.graded import Exports, Shown, run_graded

MARGIN = 2.0
"""Seconds that a fork gets to end by itself."""
TYPES = ("text/", "image/", "application/json")
REASONS = {"timeout": "took too long", "ended": "ended the process that it ran in"}


class Limits(Protocol):
    """What one notebook may take; :class:`autograder.sandbox.Limits`."""

    @property
    def seconds_per_cell(self) -> float: ...
    @property
    def seconds(self) -> float: ...
    @property
    def output_bytes(self) -> int: ...


@dataclass
class Outputs:
    """The outputs of one cell as they come, up to so many bytes."""

    left: int
    found: list[dict[str, Any]] = field(default_factory=list)

    def take(self, message: list[Any]) -> None:
        """Take over one message of the student's process, whatever it is."""
        with contextlib.suppress(TypeError, ValueError, KeyError, IndexError):
            output = getattr(self, f"_{message[0]}", lambda *parts: None)(*message[1:])
            if output is not None:
                self._keep(output)

    def _keep(self, output: dict[str, Any]) -> None:
        if self.left <= 0:
            return
        self.left -= len(str(output))
        if self.left <= 0:
            text = "\n[The rest of the output was left out: it is too long.]\n"
            output = {"output_type": "stream", "name": "stdout", "text": text}
        last = self.found[-1] if self.found else {}
        if output["output_type"] == "stream" == last.get("output_type") and last["name"] == output["name"]:
            last["text"] += output["text"]
        else:
            self.found.append(output)

    def _stream(self, name: str, text: str) -> dict[str, Any]:
        return {"output_type": "stream", "name": "stderr" if name == "stderr" else "stdout", "text": str(text)}

    def _display(self, data: dict[str, Any], metadata: Any, update: bool, display_id: Any) -> dict[str, Any]:
        return {"output_type": "display_data", "data": _shown(data), "metadata": {}}

    def _result(self, data: dict[str, Any], metadata: Any) -> dict[str, Any]:
        return {"output_type": "execute_result", "data": _shown(data), "metadata": {}, "execution_count": None}

    def _error(self, kind: str, text: str, lines: list[str]) -> dict[str, Any]:
        lines = [str(line)[:10_000] for line in lines[:200]]
        return {"output_type": "error", "ename": str(kind)[:100], "evalue": str(text)[:1000], "traceback": lines}

    def _clear(self, wait: bool) -> None:
        self.found.clear()

    def _warned(self, text: str) -> None:
        warnings.warn(str(text)[:300], RuntimeWarning, stacklevel=2)


def _shown(data: dict[str, Any]) -> dict[str, Any]:
    """What may be shown of a display: text and pictures."""
    kept = {}
    for kind, content in data.items():
        if isinstance(kind, str) and kind.startswith(TYPES):
            kept[kind] = base64.b64encode(content).decode() if isinstance(content, bytes) else content
    return kept


class Run:
    """One notebook on its way.

    Parameters
    ----------
    line : socket
        To the student's process, in which ``confined.shell.main`` serves.
    limits : Limits

    Attributes
    ----------
    verdict : str
        ``graded``, or what went wrong first, in words.
    """

    def __init__(self, line: socket.socket, limits: Limits) -> None:
        self.limits, self.verdict = limits, "graded"
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
        self._lost = ""

    def close(self) -> None:
        """Let go of the student's process, which ends when nobody listens."""
        self._sides.close()
        self._peer.line.close()

    def cell(self, role: str, source: str) -> list[dict[str, Any]]:
        """Run one cell; gives its outputs."""
        outputs = Outputs(max(0, min(self.limits.output_bytes, self._bytes)))
        before = outputs.left
        found = self._graded(source, outputs) if role == "graded" else self._students(source, outputs)
        self._bytes -= before - outputs.left
        return found

    def _students(self, source: str, outputs: Outputs) -> list[dict[str, Any]]:
        if self._lost:
            return [_stopped(f"not run: {self._lost}")]
        try:
            with self._deadline(self._peer, outputs):
                self._peer.ask("run", source)
        except (Silence, BadMessage) as error:
            self._lose(error)
            outputs.found.append(_stopped(f"this cell {_reason(error)}"))
        return outputs.found

    def _graded(self, source: str, outputs: Outputs) -> list[dict[str, Any]]:
        """A graded cell against a fork of the student's process, so that one that hangs costs its own points only."""
        if self._lost:
            return [_stopped(f"not run: {self._lost}")]
        shown = Shown()
        try:
            with self._fork() as peer, self._deadline(peer, outputs):
                run_graded(source, peer, shown)
        except (Silence, BadMessage) as error:
            shown.outputs = [_stopped(f"the answer {_reason(error)}")]
        prints = [output for output in outputs.found if output["output_type"] == "stream"]
        text = "".join([*(output["text"] for output in prints), *shown.text])
        stream = [{"output_type": "stream", "name": "stdout", "text": text}] if text else []
        return [*stream, *shown.outputs]

    @contextlib.contextmanager
    def _fork(self) -> Iterator[Peer]:
        """A line to a fork of the student's process."""
        try:
            self._peer.deadline = time.monotonic() + MARGIN
            child = self._peer.ask("fork")
            self._sides.settimeout(MARGIN)
            _, (number, *_), _, _ = socket.recv_fds(self._sides, 1, 1)
        except (OSError, ValueError, Silence, BadMessage) as error:
            self._lose(error)
            raise Silence("ended") from None
        with socket.socket(fileno=number) as line:
            try:
                yield Peer(line, Exports().serve, cautious=True)
            except (Silence, BadMessage):
                self._end(child)
                raise

    def _end(self, child: Any) -> None:
        try:
            self._peer.deadline = time.monotonic() + MARGIN
            self._peer.ask("end", child)
        except Exception as error:  # the student's process can't be asked any more
            self._lose(error)

    @contextlib.contextmanager
    def _deadline(self, peer: Peer, outputs: Outputs) -> Iterator[None]:
        peer.deadline = min(time.monotonic() + self.limits.seconds_per_cell, self._until)
        peer.told = outputs.take
        yield

    def _lose(self, error: Exception) -> None:
        if not self._lost:
            self._lost = f"the notebook {_reason(error)}" if isinstance(error, Silence) else "its process was lost"
            self.verdict = self._lost


def _reason(error: Exception) -> str:
    return REASONS.get(str(error), f"sent {error}")


def _stopped(words: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": "Stopped", "evalue": words, "traceback": [f"Stopped: {words}."]}


def served_here() -> tuple[int, socket.socket]:
    """Fork a process that serves a notebook with no sandbox around it, as tests do; gives its id and the line to it."""
    from autograder.confined import shell

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
