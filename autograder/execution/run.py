"""Running one rebuilt notebook: the student's cells in their own process, the graded cells in this one."""

import contextlib
import socket
from collections.abc import Callable, Iterator
from typing import Any

from autograder.execution.deadlines import Deadlines
from autograder.execution.graded_cells import GRADER_NAMES, CellOutput, Exports, run_graded
from autograder.execution.handover import ForkFailed, make_handover, make_socket
from autograder.execution.outputs import Outputs, printable
from autograder.execution.resource_limits import resource_limits
from autograder.judge.context import GradingContext
from autograder.limits import Limits
from autograder.notebook import free_names
from autograder.sandbox.confined.rpc.codec import BadMessage
from autograder.sandbox.confined.rpc.handles import ExportRefused
from autograder.sandbox.confined.rpc.peer import Peer
from autograder.sandbox.confined.rpc.transport import PeerClosed, PeerLost, PeerTimeout
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
    is_alone : callable
        Whether a copy of the student's process has all that it has: no thread and no other process is copied.
    in_place : bool
        Judge answers in the student's process itself where that can be done, which is quick. Otherwise each graded
        cell has a copy of that process, so that one that hangs or harms costs its own points only. Where a copy would
        lack something, answers are judged in place in any case.
    deadlines : Deadlines, optional
        Those of the limits, unless they are given.

    Attributes
    ----------
    problem : str
        What went wrong with the student's process, in words; empty if nothing did.
    lost : str
        Why nothing more can run, if that is so.
    settled : bool
        Whether the outputs of the last cell stand. If not, what it met may come of judging in place, and it is to run
        again with copies.
    judged : bool
        Whether the last cell, a graded one, came to its end.
    """

    def __init__(
        self,
        sock: socket.socket,
        limits: Limits,
        context: GradingContext,
        is_alone: Callable[[], bool] = lambda: True,
        *,
        in_place: bool = False,
        deadlines: Deadlines | None = None,
    ) -> None:
        self.limits, self.problem, self.lost = limits, "", ""
        self.settled = self.judged = True
        self._context, self._in_place, self._graded_count = context, in_place, 0
        self._lost_in_place, self._is_alone = False, is_alone
        self._deadlines = deadlines or Deadlines(limits)
        self._output_left = limits.output_bytes * 10
        self._handover = make_handover(sock, limits.seconds_per_cell)
        # Nothing is exported over this one, so nothing is done here for a cell of the student's.
        self._peer = Peer(sock, Exports().serve, untrusted=True, may_export=False)

    def close(self) -> None:
        """Close the sockets to the student's process, on which it ends."""
        self._handover.close()
        self._peer.sock.close()

    def cell(self, role: str, source: str, *, apart: bool = False) -> list[dict[str, Any]]:
        """Run one cell, ``apart`` if it has ended a process before; gives its outputs.

        Raises
        ------
        TurnOver
            If others are to run first.
        """
        self._deadlines.cell += 1
        self.settled = self.judged = True
        if self.lost:
            self.settled, self.judged = not self._lost_in_place, False
            return [_error_output(f"not run: {self.lost}")]
        most = max(1, min(self.limits.output_bytes, self._output_left))
        outputs = Outputs(most, warn=role == "graded")
        if role == "graded":
            found = self._run_graded_cell(source, outputs, apart)
        else:
            found = self._run_student_cell(role, source, outputs)
        self._output_left -= most - outputs.left
        if not self.lost:
            self._deadlines.kept()
        return found

    def skip(self) -> None:
        """Leave out one cell."""
        self._deadlines.cell += 1

    def _run_student_cell(self, role: str, source: str, outputs: Outputs) -> list[dict[str, Any]]:
        try:
            seconds = self._set_deadline(self._peer, outputs) - self._deadlines.clock()
            if self._peer.request("run", source, role, INTERRUPT_SHARE * max(seconds, 0.01)) is True:
                self._deadlines.require_turn()
                self.problem = self.problem or "a cell took too long, and was interrupted"
        except (PeerLost, BadMessage) as error:
            self._mark_lost(error)
            self.settled = not self._lost_in_place
            outputs.found.append(_error_output(f"this cell {_format_reason(error)}"))
        except StoppedElsewhere as error:  # what shows a cell's errors was itself replaced
            outputs.found.append(_error_output(f"this cell stopped with {printable(str(error))}"))
        return outputs.found

    def _run_graded_cell(self, source: str, outputs: Outputs, apart: bool) -> list[dict[str, Any]]:
        """Run a graded cell; the grader's own objects go only to a copy of the process, which ends with the cell."""
        self._graded_count += 1
        # Memory, threads and generators that the answers before have used up are not this one's fault.
        doubtful = self._in_place and self._graded_count > 1
        self._context.begin_cell(errors_stand=not doubtful)
        was_alone = self._in_place and self._is_alone()
        try:
            stopped = self._judge(source, outputs, apart)
            self.settled = self._context.cell_is_right or not (doubtful and stopped)
            if stopped and was_alone and not self._is_alone():  # what it has started answers in its place from now on
                self._mark_lost(PeerClosed())
        except ForkFailed as error:
            self.judged, self.problem = False, self.problem or str(error)
            self._shown.outputs = [_error_output(f"the answer can't be judged: {error}")]
        except (PeerLost, BadMessage) as error:
            self._deadlines.require_turn(error)
            self.judged, self.settled = False, not (doubtful or (self._in_place and self.lost))
            if not self._copied:  # whatever goes on there, it is not to be waited for
                self._mark_lost(error)
            self._shown.outputs = [_error_output(f"the answer {_format_reason(error)}")]
        prints = [output for output in outputs.found if output["output_type"] == "stream"]
        text = "".join([*(output["text"] for output in prints), *self._shown.text])
        stream = [{"output_type": "stream", "name": "stdout", "text": text}] if text else []
        return [*stream, *self._shown.outputs]

    def _judge(self, source: str, outputs: Outputs, apart: bool) -> bool:
        """Judge a cell, in a copy where something is lent; gives whether an answer has stopped with an error.

        Where that comes to no end, the verdicts that were reached before stand, and nothing is lent.
        """
        lends = not self._in_place
        copied = lends and (apart or self._is_alone())
        while True:
            try:
                return self._judge_once(source, outputs, copied, lends)
            except ExportRefused:
                copied, lends = self._is_alone(), True
            except (PeerLost, BadMessage):
                if self.lost or not copied or not (self._context.lends and self._context.verdicts):
                    raise
                self._context.lends, copied = False, not self._in_place
            outputs.restart()

    def _judge_once(self, source: str, outputs: Outputs, copied: bool, lends: bool) -> bool:
        self._shown, self._copied = CellOutput(), copied
        names = sorted(free_names(source) - set(GRADER_NAMES))
        with self._graded_connection(names, copied, lends) as (peer, token):
            seconds = self._set_deadline(peer, outputs) - self._deadlines.clock() + GRADER_GRACE_SECONDS
            with running(self._context), resource_limits(seconds, self._deadlines.clock):
                run_graded(source, _answers_by_name(peer, token, names), self._shown)
            if peer.failure:  # whoever has caught it
                raise peer.failure
            return peer.stopped

    @contextlib.contextmanager
    def _graded_connection(self, names: list[str], copied: bool, lends: bool) -> Iterator[tuple[Peer, str]]:
        """A connection of its own for a graded cell, to the student's process or to a copy, which is ended afterwards.

        The other process begins with a reply to the token that is given: what the names stand for.
        """
        token = Peer.token()
        until = self._set_deadline(self._peer, Outputs(0))
        try:
            self._peer.notify("graded", token, names, copied)
            sock = make_socket(self._handover, until, self._deadlines.clock)
        except ForkFailed:
            raise
        except (OSError, PeerLost, BadMessage) as error:
            self._mark_lost(error)
            raise (error if isinstance(error, PeerLost) else PeerClosed) from None
        with sock:
            try:
                yield Peer(sock, Exports().serve, untrusted=True, may_export=lends), token
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
        peer.clock, peer.deadline = self._deadlines.clock, self._deadlines.next()
        peer.on_notification = outputs.take
        return peer.deadline

    def _mark_lost(self, error: Exception) -> None:
        self._deadlines.require_turn(error)
        if not self.lost:
            self.lost = (
                f"the notebook {_format_reason(error)}" if isinstance(error, PeerLost) else "its process was lost"
            )
            self.problem = self.lost
            self._lost_in_place = self._in_place and self._graded_count > 0


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
