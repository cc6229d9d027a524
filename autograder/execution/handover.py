"""The socket over which a graded cell gets a socket of its own to the student's process."""

import os
import socket

from autograder.sandbox.confined.rpc.codec import BadMessage
from autograder.sandbox.confined.rpc.transport import FORK_FAILED, PeerClosed


class ForkFailed(BadMessage):
    """The student's process could not be forked."""


def receive_handover(sock: socket.socket, seconds: float) -> socket.socket:
    """The handover socket, which the student's process sends as soon as it serves.

    Raises
    ------
    PeerClosed
        If it does not come.
    """
    sock.settimeout(seconds)
    try:
        _, (side, *_), _, _ = socket.recv_fds(sock, 1, 1)
    except (OSError, ValueError) as error:
        raise PeerClosed from error
    sock.settimeout(None)
    return socket.socket(fileno=side)


def receive_socket(handover: socket.socket, seconds: float) -> socket.socket:
    """The socket for one graded cell.

    Raises
    ------
    ForkFailed
    OSError, ValueError, IndexError
        If something else than a socket came, or nothing in time.
    """
    handover.settimeout(max(seconds, 0.1))
    word, files, _, _ = socket.recv_fds(handover, 1, 1)
    if word == FORK_FAILED and not files:
        raise ForkFailed("no copy of its process could be made")
    return require_socket(files[0])


def require_socket(number: int) -> socket.socket:
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
