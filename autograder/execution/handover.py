"""The socket over which the student's process gets a socket of its own for each graded cell.

The grader makes both ends of each, and sends one of them. The kernel counts how many descriptors a user has sent that
nobody has received yet, and where one user grades, all submissions are of that user: so none of them may send any.
"""

import socket
import time
from collections.abc import Callable

from autograder.sandbox.confined.rpc.codec import BadMessage
from autograder.sandbox.confined.rpc.transport import FORK_FAILED, READY, Connection, PeerClosed, PeerLost


class ForkFailed(BadMessage):
    """The student's process could not be forked."""


def make_handover(sock: socket.socket, seconds: float) -> socket.socket:
    """Make the handover socket; gives the grader's end of it as soon as the student's process serves.

    Raises
    ------
    PeerClosed
        If it does not.
    """
    ours, theirs = socket.socketpair()
    try:
        with theirs:
            socket.send_fds(sock, [READY], [theirs.fileno()])
        _require_ready(ours, time.monotonic() + seconds, time.monotonic)
    except (OSError, PeerLost, BadMessage) as error:
        ours.close()
        raise PeerClosed from error
    return ours


def make_socket(handover: socket.socket, deadline: float, clock: Callable[[], float]) -> socket.socket:
    """Make the socket for one graded cell; gives the grader's end of it as soon as somebody serves the other one.

    Parameters
    ----------
    handover : socket
    deadline : float
    clock : callable
        Gives the time that the deadline is one of: a process that waits for a processor is not late.

    Raises
    ------
    ForkFailed
    PeerTimeout
        If it is not served before the deadline.
    PeerClosed, BadMessage, OSError
        If it can't be served.
    """
    ours, theirs = socket.socketpair()
    try:
        with theirs:
            socket.send_fds(handover, [READY], [theirs.fileno()], socket.MSG_DONTWAIT)
        _require_ready(handover, deadline, clock)
    except BaseException:
        ours.close()
        raise
    return ours


def _require_ready(handover: socket.socket, deadline: float, clock: Callable[[], float]) -> None:
    connection = Connection(handover, untrusted=True)
    connection.deadline, connection.clock = deadline, clock
    word = connection.receive(1)
    if word == FORK_FAILED:
        raise ForkFailed("no copy of its process could be made")
    if word != READY:
        raise BadMessage("something else than that it serves")
