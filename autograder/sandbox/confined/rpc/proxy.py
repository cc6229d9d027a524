"""An object of the other process, as this one sees it."""

import contextlib
import operator
import traceback
from collections.abc import Iterator, Sequence
from typing import Any

from course.answers import location as placing
from course.answers.call import Answered
from course.answers.error_report import text_of
from course.answers.hints import clue
from course.answers.normalize import plain
from course.errors import NotPlain, StoppedElsewhere

from . import codec
from .transport import Requester

MOST_TEXT, MOST_PROBLEM, MOST_WARNINGS = 300, 4000, 20
MOST_TOGETHER = 4_000_000
"""Bytes of inputs in one question."""
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


def parts_of(error: BaseException) -> list[str]:
    """What is told of an error to the other side: four texts, see :class:`course.errors.StoppedElsewhere`."""
    if isinstance(error, StoppedElsewhere):
        return [error.kind, error.text, error.line, error.unwritten]
    frames = [place for place in traceback.walk_tb(error.__traceback__) if "ipython-input" in _file(place)]
    line = placing.line_of(frames[-1])[:MOST_TEXT] if frames else ""
    way = placing.told(frames, error, (), clue(frames, error, text_of(error)))
    stub = isinstance(error, NotImplementedError) and frames
    return [
        type(error).__name__,
        text_of(error),
        f"{line}\n{way}" if way else line,
        frames[-1][0].f_code.co_qualname if stub else "",
    ]


def _file(place: tuple[Any, int]) -> str:
    return str(place[0].f_code.co_filename)


class Remote:
    """A proxy: whatever is done to it is done to the object, where that is.

    It is made by :func:`remote_of`, in a class of its own for each name, so that a message can say what it is.
    """

    __slots__ = ("__weakref__", "_kind", "_number", "_peer", "_says")

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return _ask(self, "call", list(arguments), named)

    def __getattr__(self, name: str) -> Any:
        if name in ("__name__", "__qualname__"):
            return object.__getattribute__(self, "_says")
        if name.startswith("_"):
            raise AttributeError(name)
        return _ask(self, "get", name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_"):
            raise AttributeError(name)
        _ask(self, "set", name, value)

    def __len__(self) -> Any:
        """``list`` asks everything for a length, and minds no TypeError."""
        try:
            return _ask(self, "operate", "len", [])
        except StoppedElsewhere as error:
            if error.kind in ("TypeError", "PermissionError"):
                raise TypeError(error.text) from None
            raise

    def __copy__(self) -> Any:
        return _ask(self, "copy", False)

    def __deepcopy__(self, memo: Any) -> Any:
        return _ask(self, "copy", True)


def _ask(remote: Remote, operation: str, *arguments: Any) -> Any:
    peer = object.__getattribute__(remote, "_peer")
    try:
        return peer.request(operation, remote, *arguments)
    except StoppedElsewhere as error:
        if error.kind in PART_OF_THE_LANGUAGE:
            raise PART_OF_THE_LANGUAGE[error.kind](error.text) from None
        raise


def _operator(name: str) -> Any:
    def act(self: Remote, *arguments: Any) -> Any:
        return _ask(self, "operate", name, list(arguments))

    act.__name__ = f"__{name}__"
    return act


for _name in (name for name in OPERATORS if name != "len"):
    setattr(Remote, f"__{_name}__", _operator(_name))


def remote_of(peer: Requester, number: int, kind: str, name: str) -> Remote:
    """The proxy of an object of the other side."""
    shown = name if name.isidentifier() else "object"
    made: Any = object.__new__(type(shown, (Remote,), {"__slots__": ()}))
    for slot, value in (("_peer", peer), ("_number", number), ("_kind", kind), ("_says", shown)):
        object.__setattr__(made, slot, value)
    return made


def identity_of(remote: Remote) -> tuple[Requester, int]:
    """Whose object it is, and its number there."""
    return object.__getattribute__(remote, "_peer"), object.__getattribute__(remote, "_number")


def operate(value: Any, name: str, arguments: list[Any]) -> Any:
    """Run an operator on an object of this side, as :class:`Remote` asks for it."""
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


def answered_elsewhere(subject: Remote, key: Any, cases: Sequence[Any]) -> Iterator[Answered | None]:
    """Let the other side call an answer with the inputs of many draws; what it says of them is looked at here.

    Yields
    ------
    Answered or None
        For each draw; None where the answer is the untouched stub.

    Raises
    ------
    BadMessage
        If what came is nothing that was agreed on.
    """
    peer, _ = identity_of(subject)
    asked = [list(key.outputs), key.most_items, key.unchanged_within]
    todo = list(cases)
    while todo:
        size = 0
        together = [todo.pop(0)]
        data = [codec.packed(together[0].inputs, refused, lambda array: [])]
        while todo and (size := size + len(data[-1])) < MOST_TOGETHER:
            together.append(todo.pop(0))
            data.append(codec.packed(together[-1].inputs, refused, lambda array: []))
        replies = peer.request("answered", subject, key.form, asked, data)
        if type(replies) is not list or len(replies) != len(together):
            raise codec.BadMessage("an answer of another form")
        for reply, case in zip(replies, together, strict=True):
            answered = _answered(reply, key, case)
            peer.stopped |= bool(answered and answered.raised)
            yield answered


def _answered(reply: Any, key: Any, case: Any) -> Answered | None:
    """What the other side says of one draw."""
    try:
        if reply[0] is False:
            return None
        _, values, words, changed, warned, asked_for = reply
        outputs = codec.unpacked(values, refused, refused)
        problem, problem_id, raised = (_text(word) for word in words)
        outputs = {name: plain(outputs[name]) for name in key.outputs} if not problem else {}
        return Answered(
            outputs,
            problem,
            problem_id,
            raised,
            tuple(name for name in case.inputs if name in changed),
            tuple(str(text)[:MOST_TEXT] for text in warned[:MOST_WARNINGS]),
            tuple(name for name in case.inputs if name in asked_for),
        )
    except (TypeError, ValueError, KeyError, IndexError, NotPlain):
        raise codec.BadMessage("an answer of another form") from None


def refused(reference: Any) -> Any:
    """No object goes this way."""
    raise codec.BadMessage("an object where numbers are due")


def _text(word: Any) -> str | None:
    return None if word is None else str.__str__(word)[:MOST_PROBLEM]


Remote.__answered__ = answered_elsewhere  # type: ignore[attr-defined]
