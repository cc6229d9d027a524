"""Where an answer stopped: the line, the calls that led there, the shapes in the line, and which item of a list it was.

Objects are looked at from outside, as everywhere in judging: nothing that they override runs.
"""

import ast
import contextlib
import inspect
import linecache
import textwrap
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import FrameType
from typing import Any

import numpy as np

from course.text import parse_python

MAX_CALLS = 4
MAX_LINE = 100
ABSENT = object()
Location = tuple[FrameType, int]
"""A frame of a traceback and its line number."""


@dataclass(frozen=True)
class Item:
    """An object that stands in a list: the list's name as its caller writes it, the index and the list's length."""

    list_name: str
    index: int
    length: int


@dataclass(frozen=True)
class CallSite:
    """One call on the way to an error: the function, which item of a list it is a method of, and the line."""

    function: str
    item: Item | None
    line: str


def line_of(location: Location) -> str:
    """The line of code of a frame, or nothing where its text is not to be had."""
    frame, number = location
    return linecache.getline(frame.f_code.co_filename, number, frame.f_globals).strip()


def calls_to(locations: Sequence[Location]) -> tuple[CallSite, ...]:
    """The last calls that led to an error, each once; none where there is only one."""
    calls = [_call(location, before) for before, location in zip([None, *locations], locations, strict=False)]
    each = list(dict.fromkeys(calls))
    return tuple(each[-MAX_CALLS:]) if len(each) > 1 else ()


def _call(location: Location, before: Location | None) -> CallSite:
    frame, _ = location
    item = item_of(owner_of(frame), before[0]) if before else None
    return CallSite(frame.f_code.co_qualname.split(".<locals>")[0], item, line_of(location)[:MAX_LINE])


def item_lacking_attribute(error: AttributeError, locations: Sequence[Location]) -> Item | None:
    """Which item of a list an attribute is missing in."""
    owner = AttributeError.__dict__["obj"].__get__(error)
    return next(filter(None, (item_of(owner, frame) for frame, _ in reversed(locations))), None)


def shapes_in_line(location: Location) -> dict[str, tuple[int, ...]]:
    """The arrays that stand in a line, with their shapes."""
    return dict(_arrays_in(tree_of(line_of(location)), location[0].f_locals))


def owner_of(frame: FrameType) -> Any:
    """What a method was called on; the first argument of a function."""
    code = frame.f_code
    return frame.f_locals.get(code.co_varnames[0], ABSENT) if code.co_argcount else ABSENT


def item_of(owner: Any, caller: FrameType) -> Item | None:
    """Which item of a list of the caller's an object is."""
    for name, value in _lists(owner, caller):
        return Item(name, next(k for k, item in enumerate(value) if item is owner), len(value))
    return None


def siblings_of(owner: Any, caller: FrameType) -> list[Any]:
    """The items of a list of the caller's that an object is one of; none where there is no such list."""
    return next((list(value) for _, value in _lists(owner, caller)), [])


def _lists(owner: Any, caller: FrameType) -> Iterator[tuple[str, Sequence[Any]]]:
    """The caller's lists that an object stands in, with their names."""
    if owner is ABSENT or issubclass(type(owner), np.ndarray | int | float | str):
        return
    self_name = caller.f_code.co_varnames[0] if caller.f_code.co_argcount else ""
    lists = {f"{self_name}.{name}": value for name, value in attributes_of(owner_of(caller)).items()}
    for name, value in {**lists, **caller.f_locals}.items():
        if type(value) in (list, tuple) and any(item is owner for item in value):
            yield name, value


def attributes_of(value: Any) -> dict[str, Any]:
    """What an object keeps, by name; nothing where that is not to be had."""
    with contextlib.suppress(Exception):
        found = object.__getattribute__(value, "__dict__")
        return dict(found) if type(found) is dict else {}
    return {}


def tree_of(line: str) -> ast.AST:
    """A line of code as a tree; an empty one where it is not a statement of its own."""
    for text in (line, f"{line} pass", f"{line}\n    pass"):
        with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            return parse_python(text)
    return ast.Module([], [])


def function_of(frame: FrameType) -> ast.AST:
    """The function that a frame runs, as a tree; an empty one where its text is not to be had."""
    code = frame.f_code
    lines = linecache.getlines(code.co_filename, frame.f_globals)[code.co_firstlineno - 1 :]
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError, tokenize.TokenError):
        return parse_python(textwrap.dedent("".join(inspect.getblock(lines)))) if lines else ast.Module([], [])
    return ast.Module([], [])


def _arrays_in(node: ast.AST, names: dict[str, Any]) -> Iterator[tuple[str, tuple[int, ...]]]:
    value = value_of(node, names)
    if type(value) is np.ndarray:
        yield ast.unparse(node), value.shape
        return
    for child in ast.iter_child_nodes(node):
        yield from _arrays_in(child, names)


def value_of(node: ast.AST, names: dict[str, Any]) -> Any:
    """What a name, an attribute or an item of a list or dict is, where that runs none of the student's code."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return names.get(node.id, ABSENT)
    if isinstance(node, ast.Attribute):
        owner = value_of(node.value, names)
        return ABSENT if owner is ABSENT else attributes_of(owner).get(node.attr, ABSENT)
    if isinstance(node, ast.Subscript):
        holder, key = value_of(node.value, names), value_of(node.slice, names)
        if type(holder) in (list, tuple, dict) and type(key) in (int, str):
            with contextlib.suppress(LookupError, TypeError):
                return holder[key]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        one, other = value_of(node.left, names), value_of(node.right, names)
        if type(one) is int and type(other) is int:
            return one + other if isinstance(node.op, ast.Add) else one - other
    return ABSENT
