"""Two processes that call each other's objects: one question at a time, answers strictly nested.

An object stays where it is; the other side holds a :class:`Remote`. Arrays that go with a call are kept equal on
both sides: what one side has written into them reaches the other with the next message.
"""

import secrets
import select
import socket
import struct
import time
import weakref
from collections.abc import Callable
from typing import Any

from course.errors import StoppedElsewhere

from .arrays import Arrays
from .remote import Remote, identity_of, parts_of, remote_of
from .wire import MOST_BYTES, BadMessage, NotSent, packed, unpacked

MOST_MESSAGES = 200_000
MOST_OBJECTS = 20_000
SIZE = struct.Struct("<I")
Answer = Callable[..., Any]


class Silence(Exception):
    """The other side has ended, or has not answered in time; the message says which."""


class Peer:
    """One end of the line.

    Parameters
    ----------
    line : socket
        A stream to the other end.
    serve : callable
        Called with the operation and its arguments for each question of the other side.
    cautious : bool
        Whether the other side is not trusted: then what it asks for is counted, and it may touch exported objects
        by public names alone.
    told : callable, optional
        Called with each message that is no question and no answer: output on its way.
    """

    def __init__(
        self, line: socket.socket, serve: Answer, *, cautious: bool, told: Callable[[list[Any]], None] | None = None
    ) -> None:
        self.line, self.serve, self.cautious, self.told = line, serve, cautious, told
        self.deadline: float | None = None
        self._objects: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._remotes: weakref.WeakValueDictionary[int, Remote] = weakref.WeakValueDictionary()
        self._arrays = Arrays()
        self._received = 0

    def ask(self, operation: str, *arguments: Any) -> Any:
        """Ask the other side, and serve what it asks meanwhile.

        Raises
        ------
        StoppedElsewhere
            If the operation raised there.
        Silence
            If the other side has ended, or the time is up.
        BadMessage
            If what came is nothing that was agreed on.
        """
        token = secrets.token_hex(8)
        self._send(["ask", token, operation, list(arguments)])
        while True:
            message = self._next()
            if message[0] == "ask":
                self._answer(message)
            elif message[0] in ("gave", "raised") and message[1] == token:
                if message[0] == "gave":
                    return message[2]
                raise StoppedElsewhere(*_four(message[2]))
            else:
                raise BadMessage("an answer to another question")

    def serve_forever(self) -> None:
        """Answer questions until the other side closes the line."""
        while True:
            try:
                message = self._next()
            except Silence:
                return
            if message[0] != "ask":
                raise BadMessage("an answer without a question")
            self._answer(message)

    def tell(self, *message: Any) -> None:
        """Send something that needs no answer: output."""
        self._send(["told", *message])

    def object(self, number: int) -> Any:
        """The object that was exported under this number."""
        if number not in self._objects:
            raise BadMessage("an object that was never handed out")
        return self._objects[number]

    def _answer(self, message: list[Any]) -> None:
        _, token, operation, arguments = message
        try:
            reply = ["gave", token, self.serve(operation, *arguments)]
            self._send(reply)
        except (Silence, BadMessage):
            raise
        except BaseException as error:
            self._send(["raised", token, parts_of(error)])

    def _send(self, message: list[Any]) -> None:
        body = packed([self._arrays.changes(), message], self._handle, self._arrays.reference)
        try:
            self.line.sendall(SIZE.pack(len(body)) + body)
        except OSError:
            raise Silence("ended") from None

    def _next(self) -> list[Any]:
        """The next message that is a question or an answer."""
        while True:
            (size,) = SIZE.unpack(self._bytes(SIZE.size))
            if size > MOST_BYTES:
                raise BadMessage("a message that is too long")
            self._received += 1
            if self.cautious and self._received > MOST_MESSAGES:
                raise BadMessage("too many messages")
            content = unpacked(self._bytes(size), self._resolved, self._arrays.resolved)
            if type(content) is not list or len(content) != 2 or type(content[1]) is not list or not content[1]:
                raise BadMessage("a message of another form")
            changes, message = content
            self._arrays.apply(changes)
            if message[0] != "told":
                if len(message) < 3:
                    raise BadMessage("a message of another form")
                return message
            if self.told:
                self.told(message[1:])

    def _bytes(self, count: int) -> bytes:
        parts = []
        while count:
            if self.deadline is not None:
                left = self.deadline - time.monotonic()
                if left <= 0 or not select.select([self.line], [], [], left)[0]:
                    raise Silence("timeout")
            try:
                part = self.line.recv(min(count, 1 << 20))
            except OSError:
                part = b""
            if not part:
                raise Silence("ended")
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def _handle(self, value: Any) -> list[Any]:
        """What stands for an object: its number here, or the other side's own number for it."""
        if isinstance(value, Remote):
            peer, number = identity_of(value)
            if peer is not self:
                raise NotSent("an object of another process")
            return ["yours", number]
        number = self._numbers.get(id(value), 0)
        if not number:
            if len(self._objects) >= MOST_OBJECTS:
                raise NotSent("too many objects")
            number = len(self._objects) + 1
            self._objects[number] = value
            self._numbers[id(value)] = number
        kind = "class" if isinstance(value, type) else "function" if callable(value) else "object"
        name = getattr(value if kind != "object" else type(value), "__name__", "object")
        return ["mine", number, kind, str(name)[:60]]

    def _resolved(self, reference: list[Any]) -> Any:
        if reference[0] == "yours":
            return self.object(reference[1])
        _, number, kind, name = reference
        if type(number) is not int or type(name) is not str:
            raise BadMessage("a handle of another form")
        remote = self._remotes.get(number)
        if remote is None:
            remote = self._remotes[number] = remote_of(self, number, str(kind), name)
        return remote


def _four(parts: Any) -> list[str]:
    if type(parts) is not list or len(parts) != 4:
        raise BadMessage("an error of another form")
    return parts
