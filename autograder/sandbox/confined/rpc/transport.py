"""A socket to another process: sending and receiving with a deadline, and counting what an untrusted peer sends."""

import contextlib
import os
import select
import socket
import time
from collections.abc import Callable
from typing import Any, Protocol

from .codec import BadMessage

MAX_TRAFFIC_BYTES = 400_000_000
"""From and to a peer that is not trusted, in both directions together."""
READY, FORK_FAILED = b"r", b"n"
"""Sent with the socket for a graded cell, and the replies to it: that it is served, or that it can't be."""


class PeerLost(Exception):
    """The other process can't be talked to any more; a subclass says why."""


class PeerClosed(PeerLost):
    """The other process has ended, or closed the connection."""


class PeerTimeout(PeerLost):
    """The other process has not answered, or not read, before the deadline."""


class Requester(Protocol):
    """What a proxy needs of the connection to its object: see :class:`autograder.sandbox.confined.rpc.peer.Peer`."""

    untrusted: bool
    failure: BaseException | None
    stopped: bool
    serve: Callable[..., Any]

    def request(self, operation: str, *arguments: Any) -> Any: ...


def received_socket(sock: socket.socket) -> socket.socket:
    """The socket that the grader sends over another one."""
    _, (number,), _, _ = socket.recv_fds(sock, 1, 1)
    os.set_inheritable(number, False)
    return socket.socket(fileno=number)


class Connection:
    """A stream socket to another process.

    Parameters
    ----------
    sock : socket
    untrusted : bool
        Whether the other process is not trusted: then the bytes that come and go are counted.

    Attributes
    ----------
    deadline : float or None
        After that sending and receiving raise :class:`PeerTimeout`.
    clock : callable
        Gives the time that the deadline is one of, in seconds; it may pass more slowly than others do.
    """

    def __init__(self, sock: socket.socket, untrusted: bool) -> None:
        self.sock, self.untrusted = sock, untrusted
        self.deadline: float | None = None
        self.clock: Callable[[], float] = time.monotonic
        self._traffic = 0

    def _send_before_deadline(self, data: memoryview) -> None:
        """Send to a process that may not read."""
        self._count_traffic(len(data))
        while data:
            self._wait(select.POLLOUT)
            with contextlib.suppress(BlockingIOError):
                data = data[self.sock.send(data, socket.MSG_DONTWAIT) :]

    def receive(self, count: int) -> bytes:
        """Receive exactly so many bytes."""
        self._count_traffic(count)
        parts = []
        while count:
            if self.deadline is not None:
                self._wait(select.POLLIN)
            try:
                part = self.sock.recv(min(count, 1 << 20), 0 if self.deadline is None else socket.MSG_DONTWAIT)
            except BlockingIOError:
                continue
            except OSError:
                part = b""
            if not part:
                raise PeerClosed
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def _wait(self, event: int) -> None:
        """Wait until the socket is ready for reading or writing."""
        poll = select.poll()
        poll.register(self.sock, event)
        while (left := (self.deadline or 0.0) - self.clock()) > 0:
            if poll.poll(1 + left * 1000):
                return
        raise PeerTimeout

    def _count_traffic(self, size: int) -> None:
        self._traffic += size
        if self.untrusted and self._traffic > MAX_TRAFFIC_BYTES:
            raise BadMessage("too much at once")
