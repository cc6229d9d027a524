"""Bytes to a side that may not listen and from one that may not speak: in time, and not without end."""

import contextlib
import select
import socket
import time

from .codec import BadMessage

MAX_TRAFFIC = 400_000_000
"""Bytes that come from a side that is not trusted, and go there."""


class Silence(Exception):
    """The other side has ended, or has not answered in time; the message says which."""


class Line:
    """A stream to another process.

    Parameters
    ----------
    line : socket
    cautious : bool
        Whether the other side is not trusted: then the bytes that come and go are counted.

    Attributes
    ----------
    deadline : float or None
        On the monotonic clock; after that the other side is silent.
    """

    def __init__(self, line: socket.socket, cautious: bool) -> None:
        self.line, self.cautious = line, cautious
        self.deadline: float | None = None
        self._traffic = 0

    def _send_in_time(self, data: memoryview) -> None:
        """Send to a side that may not listen."""
        self._count(len(data))
        while data:
            self._wait(select.POLLOUT)
            with contextlib.suppress(BlockingIOError):
                data = data[self.line.send(data, socket.MSG_DONTWAIT) :]

    def _bytes(self, count: int) -> bytes:
        self._count(count)
        parts = []
        while count:
            if self.deadline is not None:
                self._wait(select.POLLIN)
            try:
                part = self.line.recv(min(count, 1 << 20), 0 if self.deadline is None else socket.MSG_DONTWAIT)
            except BlockingIOError:
                continue
            except OSError:
                part = b""
            if not part:
                raise Silence("ended")
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def _wait(self, what: int) -> None:
        """Wait until the line can be used."""
        left = (self.deadline or 0.0) - time.monotonic()
        poll = select.poll()
        poll.register(self.line, what)
        if left <= 0 or not poll.poll(1 + left * 1000):
            raise Silence("timeout")

    def _count(self, size: int) -> None:
        self._traffic += size
        if self.cautious and self._traffic > MAX_TRAFFIC:
            raise BadMessage("too much at once")
