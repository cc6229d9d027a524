"""Handles: which objects two processes have exported to each other, and for how long.

An object is kept for the other process until its proxy there is gone. Since a handle may be on its way when the
proxy of an earlier one is collected, each side counts how often it has sent and received each handle.
"""

import weakref
from typing import Any

from .codec import BadMessage, NotSent
from .lent import remote_of
from .proxy import Remote, identity_of
from .transport import Requester

MAX_OBJECTS = 20_000
MAX_NAME = 60


class ExportRefused(BaseException):
    """An object of this process would be exported over a connection on which none may be."""


class Handles:
    """The objects that one process has exported to another, and the proxies of those that it has received.

    Parameters
    ----------
    peer : Requester
        The connection to the other process.
    may_export : bool
        Whether objects of this process may be exported.
    """

    def __init__(self, peer: Requester, may_export: bool) -> None:
        self._peer, self._may_export = peer, may_export
        self._objects: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._sent: dict[int, int] = {}
        self._count = 0
        self._remotes: weakref.WeakValueDictionary[int, Remote] = weakref.WeakValueDictionary()
        self._received: dict[int, int] = {}

    def handle_for(self, value: Any) -> list[Any]:
        """The handle of an object: its number here, or the number that the other process has given it.

        Raises
        ------
        ExportRefused
            If it is an object of this process, and none may be exported.
        NotSent
            If it is an object of a third process, or there are too many.
        """
        if isinstance(value, Remote):
            peer, number = identity_of(value)
            if peer is not self._peer:
                raise NotSent("an object of another process")
            return ["yours", number]
        if not self._may_export:
            raise ExportRefused
        number = self._numbers.get(id(value), 0)
        if not number:
            if len(self._objects) >= MAX_OBJECTS:
                raise NotSent("too many objects")
            self._count = number = self._count + 1
            self._objects[number] = value
            self._numbers[id(value)] = number
        self._sent[number] = self._sent.get(number, 0) + 1
        kind = "class" if isinstance(value, type) else "function" if callable(value) else "object"
        name = getattr(value if kind != "object" else type(value), "__name__", "object")
        return ["mine", number, kind, str(name)[:MAX_NAME]]

    def resolve(self, handle: list[Any]) -> Any:
        """The object of this process that a handle stands for, or the proxy of the other process's."""
        types = list(map(type, handle))
        if types == [str, int] and handle[0] == "yours":
            return self.exported(handle[1])
        if types != [str, int, str, str] or handle[0] != "mine":
            raise BadMessage("a handle of another form")
        _, number, kind, name = handle
        remote = self._remotes.get(number)
        if remote is None:
            if len(self._remotes) >= MAX_OBJECTS:
                raise BadMessage("too many objects")
            remote = self._remotes[number] = remote_of(self._peer, number, kind, name)
        self._received[number] = self._received.get(number, 0) + 1
        return remote

    def has_exported(self, value: Any) -> bool:
        """Whether this very object was exported, and is still known to the other process."""
        return id(value) in self._numbers

    def exported(self, number: int) -> Any:
        """The object that was exported with this number."""
        if number not in self._objects:
            raise BadMessage("an object that was never handed out")
        return self._objects[number]

    def unused(self) -> list[list[int]]:
        """Objects of the other process whose proxies here are gone: number, and how often it was received."""
        return [[number, count] for number, count in self._received.items() if number not in self._remotes]

    def forget(self, unused: list[list[int]]) -> None:
        """Take note that the other process is told of these."""
        _subtract(self._received, unused)

    def release(self, unused: Any) -> None:
        """Let go of objects of which the other process holds no proxy any more."""
        for number in _subtract(self._sent, unused):
            value = self._objects.pop(number)
            del self._numbers[id(value)]


def _subtract(counts: dict[int, int], unused: list[list[int]]) -> list[int]:
    """Count down; gives the numbers of which none are left."""
    ended = []
    for number, count in unused:
        if number in counts and type(count) is int and count > 0:
            counts[number] -= count
            if counts[number] <= 0:
                del counts[number]
                ended.append(number)
    return ended
