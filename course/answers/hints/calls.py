"""What a call in the line of an error gives away: it is of no function, gives back None, or hands on another shape."""

import ast
from collections.abc import Iterator
from types import GetSetDescriptorType

import numpy as np

from course.answers.error_kinds import Fact
from course.answers.frames import ABSENT, Location, function_of, line_of, tree_of, value_of

CHANGING = ("append", "extend", "insert", "remove", "clear", "sort", "reverse", "update", "add", "fill", "shuffle")
"""Methods that change what they are called on, or are handed, and give back None."""


def hint_of_call(location: Location, _: BaseException) -> Fact | None:
    """A value that an array has, such as its size, which was called as if it were a function."""
    for call in _calls(tree_of(line_of(location))):
        if not isinstance(call.func, ast.Attribute) or not _is_value_of_arrays(call.func.attr):
            continue
        owner = value_of(call.func.value, location[0].f_locals)
        if owner is ABSENT or type(owner) is np.ndarray:
            if call.func.attr == "shape" and len(call.args) == 1:
                return Fact("item-in-round-brackets", (ast.unparse(call.func), ast.unparse(call.args[0])))
            return Fact("value-called", (ast.unparse(call.func),))
    return None


def _is_value_of_arrays(name: str) -> bool:
    return type(np.ndarray.__dict__.get(name)) is GetSetDescriptorType


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def hint_of_none(location: Location, _: BaseException) -> Fact | None:
    """A name that is None since what it was given comes of a method that changes a list and gives back nothing."""
    frame = location[0]
    used = {node.id for node in ast.walk(tree_of(line_of(location))) if isinstance(node, ast.Name)}
    nothing = {name for name in used if frame.f_locals.get(name, ABSENT) is None}
    for node in ast.walk(function_of(frame)) if nothing else ():
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            names = {target.id for target in node.targets if isinstance(target, ast.Name)} & nothing
            method = node.value.func
            if names and isinstance(method, ast.Attribute) and method.attr in CHANGING:
                return Fact("changed-in-place", (names.pop(), ast.unparse(method)))
    return None


def hint_of_handed_over(location: Location, _: BaseException) -> Fact | None:
    """A function among the arguments that is handed an array of another shape than the array that came with it has."""
    frame = location[0]
    given = {name: frame.f_locals.get(name) for name in frame.f_code.co_varnames[: frame.f_code.co_argcount]}
    arrays = {name: value for name, value in given.items() if type(value) is np.ndarray}
    for call in _calls(tree_of(line_of(location))):
        if not isinstance(call.func, ast.Name) or given.get(call.func.id) is None or len(call.args) != 1:
            continue
        value = value_of(call.args[0], frame.f_locals)
        for name, array in arrays.items() if type(value) is np.ndarray else ():
            if value.size == array.size and value.shape != array.shape:
                handed = (call.func.id, ast.unparse(call.args[0]), str(value.shape))
                return Fact("other-shape", (*handed, name, str(array.shape)))
    return None
