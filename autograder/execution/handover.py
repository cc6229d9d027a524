"""The socket over which the student's process gets a socket of its own for each graded cell.

The grader makes both ends of each, and sends one of them. The kernel counts how many descriptors a user has sent that
nobody has received yet, and where one user grades, all submissions are of that user: so none of them may send any.
"""

import socket

from autograder.sandbox.confined.rpc.codec import BadMessage
from autograder.sandbox.confined.rpc.transport import FORK_FAILED, READY, PeerClosed


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
        _require_ready(ours, seconds)
    except (OSError, BadMessage) as error:
        ours.close()
        raise PeerClosed from error
    return ours


def make_socket(handover: socket.socket, seconds: float) -> socket.socket:
    """Make the socket for one graded cell; gives the grader's end of it as soon as somebody serves the other one.

    Raises
    ------
    ForkFailed
    PeerClosed, BadMessage, OSError
        If it is not served in time.
    """
    ours, theirs = socket.socketpair()
    try:
        with theirs:
            handover.settimeout(max(seconds, 0.1))
            socket.send_fds(handover, [READY], [theirs.fileno()])
        _require_ready(handover, max(seconds, 0.1))
    except BaseException:
        ours.close()
        raise
    return ours


def _require_ready(handover: socket.socket, seconds: float) -> None:
    handover.settimeout(seconds)
    word = handover.recv(1)
    if word == FORK_FAILED:
        raise ForkFailed("no copy of its process could be made")
    if word != READY:
        raise BadMessage("something else than that it serves") if word else PeerClosed
