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

MOST_CALLS = 4
MOST_LINE = 100
MOST_NAMES = 6
ABSENT = object()
Place = tuple[FrameType, int]


def line_of(place: Place) -> str:
    """The line of code of a frame, or nothing where its text is not to be had."""
    frame, number = place
    return linecache.getline(frame.f_code.co_filename, number, frame.f_globals).strip()


def told(places: Sequence[Place], error: BaseException, known: Sequence[str] = ()) -> str:
    """What is known of the place, in a few lines; nothing where the last line alone says it all.

    Parameters
    ----------
    places : sequence of (frame, line number)
        The student's own frames, the outermost first.
    error : BaseException
    known : sequence of str
        Names of arrays whose shapes are told elsewhere.
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
    if len(places) == 1:
        return there
    way = [f"    {_call(place, before)}" for before, place in zip([None, *places], places, strict=False)]
    return "\n".join(filter(None, [there, "The way there:", *way[-MOST_CALLS:]]))


def _call(place: Place, before: Place | None) -> str:
    """One call on the way: its name, which of several objects it belongs to, and its line."""
    frame, _ = place
    name = frame.f_code.co_qualname.split(".<locals>")[0]
    where = _position(_owner(frame), before[0]) if before else ""
    line = line_of(place)[:MOST_LINE]
    return f"{name}{where}{f': {line}' if line else ''}"


def _owner(frame: FrameType) -> Any:
    """What a method was called on; the first argument of a function."""
    code = frame.f_code
    return frame.f_locals.get(code.co_varnames[0], ABSENT) if code.co_argcount else ABSENT


def _position(owner: Any, caller: FrameType) -> str:
    """Which item of a list of the caller's an object is, such as ``, of self.layers[2] (there are 5)``."""
    if owner is ABSENT or issubclass(type(owner), np.ndarray | int | float | str):
        return ""
    self_name = caller.f_code.co_varnames[0] if caller.f_code.co_argcount else ""
    lists = {f"{self_name}.{name}": value for name, value in _attributes(_owner(caller)).items()}
    for name, value in {**lists, **caller.f_locals}.items():
        if type(value) in (list, tuple):
            k = next((k for k, item in enumerate(value) if item is owner), None)
            if k is not None:
                return f" of {name}[{k}] (there are {len(value)})"
    return ""


def _attributes(value: Any) -> dict[str, Any]:
    with contextlib.suppress(Exception):
        found = object.__getattribute__(value, "__dict__")
        return dict(found) if type(found) is dict else {}
    return {}


def _shapes(place: Place) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The arrays that stand in a line, with their shapes."""
    line = line_of(place)
    for text in (line, f"{line} pass", f"{line}\n    pass"):
        with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            return _found(ast.parse(text), place[0].f_locals)
    return iter(())


def _found(node: ast.AST, names: dict[str, Any]) -> Iterator[tuple[str, tuple[int, ...]]]:
    value = _value(node, names)
    if type(value) is np.ndarray:
        yield ast.unparse(node), value.shape
        return
    for child in ast.iter_child_nodes(node):
        yield from _found(child, names)


def _value(node: ast.AST, names: dict[str, Any]) -> Any:
    """What a name, an attribute or an item of a list or dict is, where that runs none of the student's code."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return names.get(node.id, ABSENT)
    if isinstance(node, ast.Attribute):
        owner = _value(node.value, names)
        return ABSENT if owner is ABSENT else _attributes(owner).get(node.attr, ABSENT)
    if isinstance(node, ast.Subscript):
        holder, key = _value(node.value, names), _value(node.slice, names)
        if type(holder) in (list, tuple, dict) and type(key) in (int, str):
            with contextlib.suppress(LookupError, TypeError):
                return holder[key]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        one, other = _value(node.left, names), _value(node.right, names)
        if type(one) is int and type(other) is int:
            return one + other if isinstance(node.op, ast.Add) else one - other
    return ABSENT
