"""Remote procedure calls between two processes: one request at a time, replies strictly nested.

An object stays where it is; the other side holds a :class:`Remote`. Arrays that go with a call are kept equal on
both sides: what one side has written into them reaches the other with the next message.
"""

import contextlib
import secrets
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from typing import Any

from course.errors import StoppedElsewhere

from .codec import MAX_BYTES, BadMessage, NotSent, packed, unpacked
from .handles import ExportRefused, Handles
from .proxy import report_on
from .replies import error_data, error_from
from .shared_arrays import SharedArrays
from .transport import Connection, PeerClosed, PeerLost

MESSAGE_OVERHEAD = 400
"""Bytes that each message counts for besides its own."""
MESSAGE_TYPES = {"request": (str, str, str, list), "result": (str, str, object), "error": (str, str, list)}
"""The kinds of messages that ask and answer, and the types of their parts."""
SIZE = struct.Struct("<I")
Answer = Callable[..., Any]


class Peer(Connection):
    """One end of the connection.

    Parameters
    ----------
    sock : socket
        A stream to the other process.
    serve : callable
        Called with the operation and its arguments for each request of the other process.
    untrusted : bool
        Whether the other process is not trusted: then its traffic is counted, it may request something of what was
        exported to it alone, and nothing is requested of it while what it says is read.
    on_notification : callable, optional
        Called with each message that wants no reply, such as the output of a cell.
    may_export : bool
        Whether objects of this process may be exported, as handles; values always may be sent. Without, no request of
        an untrusted process is served.

    Attributes
    ----------
    failure : PeerLost or BadMessage or ExportRefused or None
        Why the connection can't be used any more, whoever has caught it since.
    stopped : bool
        Whether a call in the other process has raised an error; that of an unwritten stub does not count.
    """

    def __init__(
        self,
        sock: socket.socket,
        serve: Answer,
        *,
        untrusted: bool,
        on_notification: Callable[[list[Any]], None] | None = None,
        may_export: bool = True,
    ) -> None:
        super().__init__(sock, untrusted)
        self.serve, self.on_notification = serve, on_notification
        self.failure: BaseException | None = None
        self.stopped = False
        self.handles = Handles(self, may_export)
        self._arrays = SharedArrays(lends=untrusted)
        self._sending = threading.Lock()
        self._sender: int | None = None
        self._postponed: list[list[Any]] = []
        self._reading = False

    def request(self, operation: str, *arguments: Any) -> Any:
        """Send a request, and serve what the other process requests until the reply comes.

        Raises
        ------
        StoppedElsewhere
            If the operation raised there.
        PeerLost
            If the other process has ended, or the time is up.
        BadMessage
            If what came is nothing that was agreed on.
        """
        if self._reading:
            raise BadMessage("an object where a value is due")
        token = self.token()
        try:
            self._send(["request", token, operation, list(arguments)])
        except (PeerLost, BadMessage) as error:
            self.failure = self.failure or error
            raise
        try:
            return self.wait_for_reply(token)
        except StoppedElsewhere as error:
            self.stopped |= operation == "call" and error.kind != "NotImplementedError"
            raise

    @staticmethod
    def token() -> str:
        """A secret that tells the reply to one request from all others."""
        return secrets.token_hex(8)

    def wait_for_reply(self, token: str) -> Any:
        """The reply to a request that was sent, also by another way; raises as :meth:`request` does."""
        try:
            while (message := self._next_message())[0] == "request":
                self._reply(message)
            if message[1] != token:
                raise BadMessage("an answer to another question")
            if message[0] == "result":
                return message[2]
            with self._not_asking():
                report = error_from(message[2])
        except (PeerLost, BadMessage) as error:
            self.failure = self.failure or error
            raise
        raise StoppedElsewhere(report)

    def reply(self, token: str, operation: str, *arguments: Any) -> None:
        """Reply to a request that came by another way."""
        self._reply(["request", token, operation, arguments])

    def serve_forever(self) -> None:
        """Serve requests until the other process closes the connection."""
        while True:
            try:
                message = self._next_message()
            except PeerLost:
                return
            if message[0] != "request":
                raise BadMessage("an answer without a question")
            self._reply(message)

    def notify(self, *message: Any) -> None:
        """Send a message that wants no reply."""
        self._send(["notification", *message])

    def _reply(self, message: list[Any]) -> None:
        _, token, operation, arguments = message
        try:
            if self.untrusted and not (arguments and self.handles.has_exported(arguments[0])):
                raise PermissionError("this is done with what is lent alone")
            reply = ["result", token, self.serve(operation, *arguments)]
            self._send(reply)
        except (PeerLost, BadMessage):
            raise
        except BaseException as error:
            if self.untrusted and isinstance(error, KeyboardInterrupt):
                raise
            self._send(["error", token, error_data(report_on(error))])

    def _send(self, message: list[Any]) -> None:
        """Send a message; one that a finalizer has, which may run while this thread sends, follows afterwards."""
        if self._sender == threading.get_ident():
            if message[0] != "notification":
                raise NotSent("a request of a finalizer")
            self._postponed.append(message)
            return
        with self._sending:
            self._sender = threading.get_ident()
            try:
                self._transmit(message)
                while self._postponed:
                    self._transmit(self._postponed.pop(0))
            finally:
                self._sender = None

    def _transmit(self, message: list[Any]) -> None:
        unused = self.handles.unused()
        try:
            body = packed([self._arrays.changes(), message, unused], self.handles.handle_for, self._arrays.reference)
        except ExportRefused as error:
            self.failure = self.failure or error
            raise
        self.handles.forget(unused)
        data = SIZE.pack(len(body)) + body
        try:
            if self.deadline is None:
                self.sock.sendall(data)
            else:
                self._send_before_deadline(memoryview(data))
        except OSError:
            raise PeerClosed from None

    def _next_message(self) -> list[Any]:
        """The next request or reply; notifications are passed on meanwhile."""
        while True:
            (size,) = SIZE.unpack(self.receive(SIZE.size))
            if size > MAX_BYTES:
                raise BadMessage("a message that is too long")
            self._count_traffic(MESSAGE_OVERHEAD)
            data = self.receive(size)
            with self._not_asking():
                message = self._decoded(data)
                if message[0] != "notification":
                    return message
                if self.on_notification:
                    self.on_notification(message[1:])

    @contextlib.contextmanager
    def _not_asking(self) -> Iterator[None]:
        """While the block reads what an untrusted process says, request nothing of that process.

        It could answer each request with what makes for another one, until there is no stack left.
        """
        before, self._reading = self._reading, self.untrusted
        try:
            yield
        finally:
            self._reading = before

    def _decoded(self, data: bytes) -> list[Any]:
        """The message in these bytes; the shared arrays are updated first."""
        content = unpacked(data, self.handles.resolve, self._arrays.resolve)
        try:
            changes, message, unused = content
            self._arrays.apply(changes)
            self.handles.release(unused)
            kinds = MESSAGE_TYPES.get(message[0], (str, str))
            right = type(message) is list and all(map(isinstance, message, kinds))
            if not right or (len(message) != len(kinds) and message[0] in MESSAGE_TYPES) or len(message) < 2:
                raise BadMessage("a message of another form")
        except (TypeError, ValueError, KeyError, IndexError, AttributeError):
            raise BadMessage("a message of another form") from None
        if message[0] not in (*MESSAGE_TYPES, "notification"):
            raise BadMessage("a message of an unknown kind")
        return message
