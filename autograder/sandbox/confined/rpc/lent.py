"""What the grader lends, as the student's code sees it: objects, classes, functions and generators like its own.

Only what needs the object itself is requested from the grader: its methods, its numbers, copies of it. All else is this
side's own, as it is for any object: what it looks like, whether it is true, the attributes that student code gives it.
The grader's object knows nothing of those.
"""

import copy
import weakref
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from .proxy import Remote, StudentObject, request
from .transport import Requester

_classes: dict[tuple[Requester, str], "LentClass"] = {}
_kept: dict[int, Any] = {}
"""Objects that must not be lost. The process ends with the graded cell for which something is lent."""


def remote_of(peer: Requester, number: int, kind: str, name: str) -> Any:
    """What stands for an object of the other side here: a proxy of the student's, or something that is lent."""
    shown = name if name.isidentifier() else "object"
    if peer.untrusted:
        return StudentObject.of(peer, number, shown)
    if kind == "class":
        return _class_named(peer, shown).lend(peer, number)
    cls: Any = LentFunction if kind == "function" else _class_named(peer, shown)
    made = object.__new__(cls)
    object.__setattr__(made, "_identity", (peer, number))
    if kind == "function":
        object.__setattr__(made, "_says", shown)
    type.__setattr__(cls, "_example", weakref.ref(made))
    return made


def keep(values: Iterable[Any]) -> None:
    """Keep what is lent among these, with the attributes of the student's own: the grader may hand it over again."""
    _kept.update((id(value), value) for value in values if isinstance(value, LentObject))


class LentClass(Remote, type):
    """The class of what is lent; where the class is lent too, calling it makes an object at the grader's."""

    def lend(cls, peer: Requester, number: int) -> "LentClass":
        """Let it stand for a class of the grader's, where until now it was that of its objects alone."""
        type.__setattr__(cls, "_class_identity", (peer, number))
        return cls

    def __call__(cls, *arguments: Any, **named: Any) -> Any:
        if "_class_identity" not in vars(cls):
            raise TypeError(f"{cls.__name__} can't be made here")
        return request(cls, "call", list(arguments), named)

    def learn(cls) -> bool:
        """Take over the names of the methods, once; whether that was now."""
        source = cls if "_class_identity" in vars(cls) else vars(cls).get("_example", _nothing)()
        if source is None or "_learned" in vars(cls):
            return False
        type.__setattr__(cls, "_learned", True)
        for name in request(source, "methods"):
            if name not in vars(cls):
                type.__setattr__(cls, name, _method(cls, name))
        return True

    def __getattr__(cls, name: str) -> Any:
        if not name.startswith("_") and cls.learn():
            return getattr(cls, name)
        raise AttributeError(f"type object '{cls.__name__}' has no attribute '{name}'")


def _nothing() -> None:
    """What a class of which there was no object has for an example."""


def _class_named(peer: Requester, name: str) -> LentClass:
    """The class of this name, the same each time, so that objects of one kind are seen to be that."""
    known = _classes.get((peer, name))
    if known is None:
        base = LentIterator if name == "generator" else LentObject
        known = _classes[peer, name] = LentClass(name, (base,), {"__module__": "__main__", "__slots__": ()})
    return known


def _method(cls: type, name: str) -> Callable[..., Any]:
    def method(self: Any, *arguments: Any, **named: Any) -> Any:
        return request(self, "method", name, list(arguments), named)

    method.__name__, method.__qualname__, method.__module__ = name, f"{cls.__name__}.{name}", cls.__module__
    return method


class LentObject(Remote, metaclass=LentClass):
    """An object of the grader's; what student code adds to it is kept here."""

    __slots__ = ("__dict__", "__weakref__", "_identity")

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("_"):
            return getattr(self, name) if type(self).learn() else request(self, "get", name)
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __setattr__(self, name: str, value: Any) -> None:
        taken = (
            not name.startswith("_")
            and name not in vars(self)
            and isinstance(value, np.ndarray | np.generic | int | float)
            and request(self, "set", name, value)
        )
        if not taken:
            keep([self])
            object.__setattr__(self, name, value)

    def __dir__(self) -> list[str]:
        type(self).learn()
        return list(object.__dir__(self))

    def __copy__(self) -> Any:
        return self._copied(request(self, "copy", False), vars(self))

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        memo[id(self)] = made = request(self, "copy", True)
        return self._copied(made, copy.deepcopy(vars(self), memo))

    @staticmethod
    def _copied(made: Any, own: dict[str, Any]) -> Any:
        vars(made).update(own)
        return made

    def __reduce_ex__(self, protocol: Any) -> Any:
        raise TypeError(f"cannot pickle '{type(self).__name__}' object")


class LentIterator(LentObject):
    """A generator of the grader's."""

    __slots__ = ()

    def __iter__(self) -> Any:
        return self

    def __next__(self) -> Any:
        return request(self, "next")


class LentFunction(LentObject):
    """A function of the grader's."""

    __slots__ = ("_says",)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return request(self, "call", list(arguments), named)

    def __getattr__(self, name: str) -> Any:
        return self._says if name in ("__name__", "__qualname__") else super().__getattr__(name)

    def __repr__(self) -> str:
        return f"<function {self._says} at {id(self):#x}>"

    def __copy__(self) -> Any:
        return self

    def __deepcopy__(self, memo: Any) -> Any:
        return self
