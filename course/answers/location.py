"""The place where an answer stopped: the calls that led there, which of several layers it was, and the shapes there.

Objects are looked at from outside, as everywhere in judging: nothing that they override runs.
"""

import ast
import contextlib
import linecache
from collections.abc import Iterator, Sequence
from types import FrameType
from typing import Any

import numpy as np

from course.text import parse_python

MOST_CALLS = 4
MOST_LINE = 100
MOST_NAMES = 6
ABSENT = object()
Place = tuple[FrameType, int]


def line_of(place: Place) -> str:
    """The line of code of a frame, or nothing where its text is not to be had."""
    frame, number = place
    return linecache.getline(frame.f_code.co_filename, number, frame.f_globals).strip()


def told(places: Sequence[Place], error: BaseException, known: Sequence[str] = (), clue: str = "") -> str:
    """What is known of the place, in a few lines; nothing where the last line alone says it all.

    Parameters
    ----------
    places : sequence of (frame, line number)
        The student's own frames, the outermost first.
    error : BaseException
    known : sequence of str
        Names of arrays whose shapes are told elsewhere.
    clue : str
        What else the place gives away.
    """
    if not places:
        return ""
    shapes = dict(_shapes(places[-1]))
    there = ""
    if set(shapes) - set(known):
        first, *others = [f"{name} {shape}" for name, shape in list(shapes.items())[:MOST_NAMES]]
        there = f"There, {' has shape '.join(first.split(' ', 1))}{''.join(f', {other}' for other in others)}."
    if issubclass(type(error), AttributeError):
        owner = AttributeError.__dict__["obj"].__get__(error)
        lacking = next(filter(None, (_position(owner, frame) for frame, _ in reversed(places))), "")
        there = f"It is missing in {lacking.removeprefix(' of ')}." if lacking else there
    there = "\n".join(filter(None, [there, clue]))
    if len(places) == 1:
        return there
    way = [f"    {_call(place, before)}" for before, place in zip([None, *places], places, strict=False)]
    return "\n".join(filter(None, [there, "The way there:", *list(dict.fromkeys(way))[-MOST_CALLS:]]))


def _call(place: Place, before: Place | None) -> str:
    """One call on the way: its name, which of several objects it belongs to, and its line."""
    frame, _ = place
    name = frame.f_code.co_qualname.split(".<locals>")[0]
    where = _position(owner_of(frame), before[0]) if before else ""
    line = line_of(place)[:MOST_LINE]
    return f"{name}{where}{f': {line}' if line else ''}"


def owner_of(frame: FrameType) -> Any:
    """What a method was called on; the first argument of a function."""
    code = frame.f_code
    return frame.f_locals.get(code.co_varnames[0], ABSENT) if code.co_argcount else ABSENT


def _position(owner: Any, caller: FrameType) -> str:
    """Which item of a list of the caller's an object is, such as ``, of self.layers[2] (there are 5)``."""
    for name, value in _lists(owner, caller):
        k = next(k for k, item in enumerate(value) if item is owner)
        return f" of {name}[{k}] (there are {len(value)})"
    return ""


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


def _shapes(place: Place) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The arrays that stand in a line, with their shapes."""
    return _found(tree_of(line_of(place)), place[0].f_locals)


def tree_of(line: str) -> ast.AST:
    """A line of code as a tree; an empty one where it is not a statement of its own."""
    for text in (line, f"{line} pass", f"{line}\n    pass"):
        with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            return parse_python(text)
    return ast.Module([], [])


def _found(node: ast.AST, names: dict[str, Any]) -> Iterator[tuple[str, tuple[int, ...]]]:
    value = value_of(node, names)
    if type(value) is np.ndarray:
        yield ast.unparse(node), value.shape
        return
    for child in ast.iter_child_nodes(node):
        yield from _found(child, names)


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
