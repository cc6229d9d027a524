"""Running one rebuilt notebook: the student's cells in their own process, the graded cells in this one."""

import contextlib
import os
import socket
import time
from collections.abc import Iterator
from typing import Any

from autograder.execution.graded_cells import GRADER_NAMES, CellOutput, Exports, run_graded
from autograder.execution.outputs import Outputs, printable
from autograder.execution.resource_limits import resource_limits
from autograder.judge.context import GradingContext
from autograder.limits import Limits
from autograder.notebook import free_names
from autograder.sandbox.confined.rpc.codec import BadMessage
from autograder.sandbox.confined.rpc.handles import ExportRefused
from autograder.sandbox.confined.rpc.peer import Peer
from autograder.sandbox.confined.rpc.transport import FORK_FAILED, PeerClosed, PeerLost, PeerTimeout
from course.answers.key_files import running
from course.errors import StoppedElsewhere

GRADER_GRACE_SECONDS = 1.0
"""Seconds that the grader's own part in a cell has beyond the cell's time."""
INTERRUPT_SHARE = 0.8
"""After this share of its time a student's cell is interrupted; one that goes on all the same ends the notebook."""


class NotebookRun:
    """One rebuilt notebook that is run cell by cell.

    Parameters
    ----------
    sock : socket
        To the student's process, in which ``confined.shell.main`` serves.
    limits : Limits
    context : GradingContext
        In which graded cells run.
    in_place : bool
        Judge answers in the student's process itself where that can be done, which is quick. Otherwise each graded
        cell has a copy of that process, so that one that hangs or harms costs its own points only.

    Attributes
    ----------
    problem : str
        What went wrong with the student's process, in words; empty if nothing did.
    lost : str
        Why nothing more can run, if that is so.
    needs_rerun : bool
        Whether that, or what a graded cell met, may come of judging in place: then all is to run again with copies.
    """

    def __init__(self, sock: socket.socket, limits: Limits, context: GradingContext, *, in_place: bool = False) -> None:
        self.limits, self.problem, self.needs_rerun = limits, "", False
        self._context = context
        self._in_place, self._graded_count = in_place, 0
        self._deadline = time.monotonic() + limits.seconds
        self._output_left = limits.output_bytes * 10
        sock.settimeout(limits.seconds_per_cell)
        try:
            _, (side, *_), _, _ = socket.recv_fds(sock, 1, 1)
        except (OSError, ValueError) as error:
            raise PeerClosed from error
        sock.settimeout(None)
        self._handover = socket.socket(fileno=side)
        self._peer = Peer(sock, Exports().serve, untrusted=True)
        self.lost = ""

    def close(self) -> None:
        """Close the sockets to the student's process, on which it ends."""
        self._handover.close()
        self._peer.sock.close()

    def cell(self, role: str, source: str) -> list[dict[str, Any]]:
        """Run one cell; gives its outputs."""
        most = max(1, min(self.limits.output_bytes, self._output_left))
        outputs = Outputs(most, warn=role == "graded")
        found = (
            self._run_graded_cell(source, outputs)
            if role == "graded"
            else self._run_student_cell(role, source, outputs)
        )
        self._output_left -= most - outputs.left
        return found

    def _run_student_cell(self, role: str, source: str, outputs: Outputs) -> list[dict[str, Any]]:
        if self.lost:
            return [_error_output(f"not run: {self.lost}")]
        try:
            until = self._set_deadline(self._peer, outputs)
            interrupted = self._peer.request("run", source, role, INTERRUPT_SHARE * (until - time.monotonic()))
            if interrupted is True and not self.problem:
                self.problem = "a cell took too long, and was interrupted"
        except (PeerLost, BadMessage) as error:
            self._mark_lost(error)
            outputs.found.append(_error_output(f"this cell {_format_reason(error)}"))
        except StoppedElsewhere as error:  # what shows a cell's errors was itself replaced
            outputs.found.append(_error_output(f"this cell stopped with {printable(str(error))}"))
        return outputs.found

    def _run_graded_cell(self, source: str, outputs: Outputs) -> list[dict[str, Any]]:
        """Run a graded cell; the grader's own objects go only to a copy of the process, which ends with the cell."""
        if self.lost:
            return [_error_output(f"not run: {self.lost}")]
        cell_output = CellOutput()
        self._graded_count += 1
        self._context.verdicts.clear()
        try:
            try:
                self._judge_cell(source, outputs, cell_output, copied=not self._in_place)
            except ExportRefused:
                cell_output = CellOutput()
                outputs.restart()
                self._judge_cell(source, outputs, cell_output, copied=True)
        except _ForkFailed as error:
            self.problem = self.problem or str(error)
            cell_output.outputs = [_error_output(f"the answer can't be judged: {error}")]
        except (PeerLost, BadMessage) as error:
            self.needs_rerun |= self._in_place
            cell_output.outputs = [_error_output(f"the answer {_format_reason(error)}")]
        prints = [output for output in outputs.found if output["output_type"] == "stream"]
        text = "".join([*(output["text"] for output in prints), *cell_output.text])
        stream = [{"output_type": "stream", "name": "stdout", "text": text}] if text else []
        return [*stream, *cell_output.outputs]

    def _judge_cell(self, source: str, outputs: Outputs, cell_output: CellOutput, copied: bool) -> None:
        names = sorted(free_names(source) - set(GRADER_NAMES))
        with self._graded_connection(names, copied) as (peer, token):
            until = self._set_deadline(peer, outputs)
            with running(self._context), resource_limits(until - time.monotonic() + GRADER_GRACE_SECONDS):
                run_graded(source, _answers_by_name(peer, token, names), cell_output)
            if peer.failure:  # whoever has caught it
                raise peer.failure
            # Memory, threads and generators that the answers before have used up are not this one's fault.
            self.needs_rerun |= peer.stopped and self._in_place and self._graded_count > 1

    @contextlib.contextmanager
    def _graded_connection(self, names: list[str], copied: bool) -> Iterator[tuple[Peer, str]]:
        """A connection of its own for a graded cell, to the student's process or to a copy, which is ended afterwards.

        The other process begins with a reply to the token that is given: what the names stand for.
        """
        token = Peer.token()
        until = self._set_deadline(self._peer, Outputs(0))
        try:
            self._peer.notify("graded", token, names, copied)
            self._handover.settimeout(max(until - time.monotonic(), 0.1))
            word, files, _, _ = socket.recv_fds(self._handover, 1, 1)
            if word == FORK_FAILED and not files:
                raise _ForkFailed("no copy of its process could be made")
            sock = _require_socket(files[0])
        except _ForkFailed:
            raise
        except (OSError, ValueError, IndexError, PeerLost, BadMessage) as error:
            self._mark_lost(error)
            raise (error if isinstance(error, PeerLost) else PeerClosed) from None
        with sock:
            try:
                yield Peer(sock, Exports().serve, untrusted=True, may_export=copied), token
            finally:
                if copied:
                    self._end_copy()

    def _end_copy(self) -> None:
        try:
            self._set_deadline(self._peer, Outputs(0))
            self._peer.notify("end")
        except (PeerLost, BadMessage) as error:  # the student's process can't be reached any more
            self._mark_lost(error)

    def _set_deadline(self, peer: Peer, outputs: Outputs) -> float:
        """Start the time that the other process has for a cell; gives its end."""
        peer.deadline = min(time.monotonic() + self.limits.seconds_per_cell, self._deadline)
        peer.on_notification = outputs.take
        return peer.deadline

    def _mark_lost(self, error: Exception) -> None:
        self.needs_rerun |= self._in_place and self._graded_count > 0
        if not self.lost:
            self.lost = (
                f"the notebook {_format_reason(error)}" if isinstance(error, PeerLost) else "its process was lost"
            )
            self.problem = self.lost


def _require_socket(number: int) -> socket.socket:
    """The socket with this file descriptor; whatever else the file is, is closed.

    Raises
    ------
    OSError
    """
    try:
        return socket.socket(fileno=number)
    except OSError:
        os.close(number)
        raise


class _ForkFailed(BadMessage):
    """The student's process could not be forked."""


def _answers_by_name(peer: Peer, token: str, names: list[str]) -> dict[str, Any]:
    """What the names stand for, as far as they do; each by itself, if one of them can't be sent."""
    try:
        found = [peer.wait_for_reply(token)]
    except StoppedElsewhere:
        found = []
        for name in names:
            with contextlib.suppress(StoppedElsewhere):
                found.append(peer.request("names", [name]))
    if not all(type(some) is dict for some in found):
        raise BadMessage("something else than names")
    return {name: some[name] for some in found for name in names if name in some}


def _format_reason(error: Exception) -> str:
    if isinstance(error, PeerTimeout):
        return "took too long"
    return "ended the process that it ran in" if isinstance(error, PeerClosed) else f"sent {error}"


def _error_output(words: str) -> dict[str, Any]:
    return {"output_type": "error", "ename": "Stopped", "evalue": words, "traceback": [f"Stopped: {words}."]}
