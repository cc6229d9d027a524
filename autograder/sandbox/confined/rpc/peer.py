"""Two processes that call each other's objects: one question at a time, answers strictly nested.

An object stays where it is; the other side holds a :class:`Remote`. Arrays that go with a call are kept equal on
both sides: what one side has written into them reaches the other with the next message.
"""

import secrets
import socket
import struct
import threading
import weakref
from collections.abc import Callable
from typing import Any

from course.errors import StoppedElsewhere

from .codec import MOST_BYTES, BadMessage, NotSent, packed, unpacked
from .proxy import Remote, identity_of, remote_of, report_on
from .replies import error_data, error_from
from .shared_arrays import Arrays
from .transport import Line, Silence

ENVELOPE = 400
"""A message of no bytes costs as much as this many."""
MOST_OBJECTS = 20_000
PARTS = {"ask": (str, str, str, list), "gave": (str, str, object), "raised": (str, str, list)}
"""The types of what questions and answers are made of."""
SIZE = struct.Struct("<I")
Answer = Callable[..., Any]


class HandsOut(BaseException):
    """An object of this side would go over a line on which none may."""


class Peer(Line):
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
        Called with each message that is no question and no answer, such as output on its way.
    hands_out : bool
        Whether objects of this side may go to the other, as handles; values always may.

    Attributes
    ----------
    failure : Silence or BadMessage or HandsOut or None
        Why the line can't be used any more, whoever has caught it since.
    stopped : bool
        Whether a call of something on the other side has stopped with an error; a stub's is none.
    """

    def __init__(
        self,
        line: socket.socket,
        serve: Answer,
        *,
        cautious: bool,
        told: Callable[[list[Any]], None] | None = None,
        hands_out: bool = True,
    ) -> None:
        super().__init__(line, cautious)
        self.serve, self.told, self.hands_out = serve, told, hands_out
        self.failure: BaseException | None = None
        self.stopped = False
        self._objects: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._remotes: weakref.WeakValueDictionary[int, Remote] = weakref.WeakValueDictionary()
        self._arrays = Arrays()
        self._sending = threading.Lock()

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
        token = self.token()
        try:
            self._send(["ask", token, operation, list(arguments)])
        except (Silence, BadMessage) as error:
            self.failure = self.failure or error
            raise
        try:
            return self.answer_to(token)
        except StoppedElsewhere as error:
            self.stopped |= operation == "call" and error.kind != "NotImplementedError"
            raise

    @staticmethod
    def token() -> str:
        """What tells the answer to one question from all others."""
        return secrets.token_hex(8)

    def answer_to(self, token: str) -> Any:
        """The answer to a question that the other side has, or gets in another way; raises as :meth:`ask` does."""
        try:
            while (message := self._next())[0] == "ask":
                self._answer(message)
            if message[1] != token:
                raise BadMessage("an answer to another question")
            if message[0] == "gave":
                return message[2]
            report = error_from(message[2])
        except (Silence, BadMessage) as error:
            self.failure = self.failure or error
            raise
        raise StoppedElsewhere(report)

    def answer(self, token: str, operation: str, *arguments: Any) -> None:
        """Answer a question that came in another way."""
        self._answer(["ask", token, operation, arguments])

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
        """Send something that needs no answer."""
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
            if self.cautious and isinstance(error, KeyboardInterrupt):
                raise
            self._send(["raised", token, error_data(report_on(error))])

    def _send(self, message: list[Any]) -> None:
        with self._sending:
            body = packed([self._arrays.changes(), message], self._handle, self._arrays.reference)
            data = SIZE.pack(len(body)) + body
            try:
                if self.deadline is None:
                    self.line.sendall(data)
                else:
                    self._send_in_time(memoryview(data))
            except OSError:
                raise Silence("ended") from None

    def _next(self) -> list[Any]:
        """The next message that is a question or an answer."""
        while True:
            (size,) = SIZE.unpack(self._bytes(SIZE.size))
            if size > MOST_BYTES:
                raise BadMessage("a message that is too long")
            self._count(ENVELOPE)
            message = self._taken(self._bytes(size))
            if message[0] != "told":
                return message
            if self.told:
                self.told(message[1:])

    def _taken(self, data: bytes) -> list[Any]:
        """The message that the bytes are, once the arrays are as it says."""
        content = unpacked(data, self._resolved, self._arrays.resolved)
        try:
            changes, message = content
            self._arrays.apply(changes)
            kinds = PARTS.get(message[0], (str, str))
            right = type(message) is list and all(map(isinstance, message, kinds))
            if not right or (len(message) != len(kinds) and message[0] in PARTS) or len(message) < 2:
                raise BadMessage("a message of another form")
        except (TypeError, ValueError, KeyError, IndexError, AttributeError):
            raise BadMessage("a message of another form") from None
        if message[0] not in (*PARTS, "told"):
            raise BadMessage("a message of an unknown kind")
        return message

    def _handle(self, value: Any) -> list[Any]:
        """What stands for an object: its number here, or the other side's own number for it."""
        if isinstance(value, Remote):
            peer, number = identity_of(value)
            if peer is not self:
                raise NotSent("an object of another process")
            return ["yours", number]
        if not self.hands_out:
            self.failure = self.failure or HandsOut()
            raise self.failure
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
            if len(self._remotes) >= MOST_OBJECTS:
                raise BadMessage("too many objects")
            remote = self._remotes[number] = remote_of(self, number, str(kind), name)
        return remote
