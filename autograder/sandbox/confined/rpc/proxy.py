"""Proxies: objects of the other process, as this one sees them."""

import contextlib
import operator
import traceback
from collections.abc import Iterator
from typing import Any

from course.answers.error_report import MAX_TEXT, ErrorReport, report_from
from course.answers.frames import line_of
from course.errors import StoppedElsewhere

from .transport import Requester

BINARY = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "lt", "le", "gt", "ge")
PART_OF_THE_LANGUAGE: dict[str, type[Exception]] = {
    "AttributeError": AttributeError,
    "StopIteration": StopIteration,
    "IndexError": IndexError,
}
"""Errors that Python itself waits for: in ``getattr`` with a default, and in loops."""
OPERATORS = (
    *BINARY,
    *(f"r{name}" for name in BINARY[:8]),
    *("neg", "pos", "abs", "len", "getitem", "setitem", "contains", "iter", "next", "float", "int", "bool", "repr"),
)


def report_on(error: BaseException) -> ErrorReport:
    """What is told of an error to the other side: where it stopped among the student's cells, and what it says."""
    if isinstance(error, StoppedElsewhere):
        return error.report
    frames = [place for place in traceback.walk_tb(error.__traceback__) if "ipython-input" in _file(place)]
    line = line_of(frames[-1])[:MAX_TEXT] if frames else ""
    stub = frames[-1][0].f_code.co_qualname if isinstance(error, NotImplementedError) and frames else ""
    return report_from(error, frames, line, stub=stub)


def _file(place: tuple[Any, int]) -> str:
    return str(place[0].f_code.co_filename)


class Remote:
    """Stands for an object of the other process: a :class:`StudentObject`, or one that is lent (``lent.py``)."""

    __slots__ = ()


def identity_of(remote: Remote) -> tuple[Requester, int]:
    """Whose object it is, and its number there."""
    return object.__getattribute__(remote, "_class_identity" if isinstance(remote, type) else "_identity")


def request(remote: Remote, operation: str, *arguments: Any) -> Any:
    """Request that something be done to the object, where that is."""
    peer, _ = identity_of(remote)
    try:
        return peer.request(operation, remote, *arguments)
    except StoppedElsewhere as error:
        if error.kind in PART_OF_THE_LANGUAGE:
            raise PART_OF_THE_LANGUAGE[error.kind](error.text) from None
        raise


class StudentObject(Remote):
    """A proxy in the grader's process: whatever is done to it is done to the object, where that is.

    Each is in a class of its own for each name, so that a message can say what it is.
    """

    __slots__ = ("__weakref__", "_identity", "_says")

    @staticmethod
    def of(peer: Requester, number: int, name: str) -> "StudentObject":
        """The proxy of an object of this number and name."""
        made: Any = object.__new__(type(name, (StudentObject,), {"__slots__": ()}))
        object.__setattr__(made, "_identity", (peer, number))
        object.__setattr__(made, "_says", name)
        return made

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        value = request(self, "call", list(arguments), named)
        _take_back(self, [item for item in (*arguments, *named.values()) if type(item) is list])
        return value

    def __getattr__(self, name: str) -> Any:
        if name in ("__name__", "__qualname__"):
            return object.__getattribute__(self, "_says")
        if name.startswith("_"):
            raise AttributeError(name)
        return request(self, "get", name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_"):
            raise AttributeError(name)
        request(self, "set", name, value)

    def __len__(self) -> Any:
        """``list`` asks everything for a length, and minds no TypeError."""
        try:
            return request(self, "operate", "len", [])
        except StoppedElsewhere as error:
            if error.kind == "TypeError":
                raise TypeError(error.text) from None
            raise

    def __copy__(self) -> Any:
        return request(self, "copy", False)

    def __deepcopy__(self, memo: Any) -> Any:
        return request(self, "copy", True)


def _take_back(remote: StudentObject, lists: list[list[Any]]) -> None:
    """Let lists of numbers be as a call has left them: within one process, it is the caller's list that changes."""
    if not any(given and _is_of_numbers(given) for given in lists):
        return
    for given, now in zip(lists, request(remote, "lists"), strict=False):
        if given and _is_of_numbers(given) and type(now) is list and _is_of_numbers(now):
            given[:] = now


def _is_of_numbers(values: list[Any]) -> bool:
    return all(type(value) in (int, float) for value in values)


def _operator(name: str) -> Any:
    def act(self: StudentObject, *arguments: Any) -> Any:
        return request(self, "operate", name, list(arguments))

    act.__name__ = f"__{name}__"
    return act


for _name in (name for name in OPERATORS if name != "len"):
    setattr(StudentObject, f"__{_name}__", _operator(_name))


def operate(value: Any, name: str, arguments: list[Any]) -> Any:
    """Run an operator on an object of this side, as a :class:`StudentObject` asks for it."""
    if name not in OPERATORS:
        raise TypeError(f"there is no operator {name}")
    functions: dict[str, Any] = {
        "len": len,
        "iter": iter,
        "next": next,
        "float": float,
        "int": int,
        "bool": bool,
        "repr": repr,
        "abs": abs,
    }
    if name in functions:
        return functions[name](value)
    if name.startswith("r") and name[1:] in BINARY:
        return getattr(operator, name[1:])(arguments[0], value)
    return getattr(operator, name)(value, *arguments)


@contextlib.contextmanager
def supplied_elsewhere(subject: Remote, others: dict[str, Any]) -> Iterator[list[str]]:
    """Let the other side put these objects in the place of the names that the subject sees; gives the names.

    None are put there, or even sent, where it uses none of them.
    """
    peer, _ = identity_of(subject)
    reached = peer.request("reached", subject, list(others))
    if not (type(reached) is list and reached):
        yield []
        return
    swapped = peer.request("supply", subject, others)
    try:
        yield [name for name in others if name in swapped]
    finally:
        peer.request("restore")
