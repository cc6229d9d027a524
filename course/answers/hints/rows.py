"""Whether a row of a table was taken for a number: by an index, by a loop, and by a len that counts rows."""

import ast
from collections.abc import Iterator
from typing import Any

import numpy as np

from course.answers.error_kinds import Fact
from course.answers.frames import Location, function_of, line_of, tree_of, value_of
from course.answers.hints.lines import indexed, shape_at


def hint_of_row(location: Location, _: BaseException) -> Fact | None:
    """An item of an array that is a row of it and no number, since the array has more axes; and a len of such an array.

    The item is picked by an index in the line, or it is what a loop over the array gives.
    """
    row = _row_by_index(location) or _row_of_loop(location)
    return Fact(row.kind, (*row.names, *_rows_counted(location))) if row else None


def _row_by_index(location: Location) -> Fact | None:
    names = _names_at(location)
    for node, holder in indexed(location):
        index = value_of(node.slice, names)
        if type(holder) is np.ndarray and holder.ndim > 1 and issubclass(type(index), int | np.integer):
            return Fact("is-row", (ast.unparse(node), ast.unparse(node.value), str(holder.shape)))
    return None


def _row_of_loop(location: Location) -> Fact | None:
    tree, names = _function_around(location)
    used = {node.id for node in ast.walk(tree_of(line_of(location))) if isinstance(node, ast.Name)}
    for loop in ast.walk(tree):
        for target, over in _items(loop.target, loop.iter) if isinstance(loop, ast.For | ast.comprehension) else ():
            shape, item = shape_at(over, names), value_of(target, location[0].f_locals)
            is_row = np.shape(item) == shape[1:] if type(item) is np.ndarray else _forgotten(loop, target, location)
            if target.id in used and len(shape) > 1 and is_row:
                return Fact("row-of-loop", (target.id, ast.unparse(over), str(shape)))
    return None


def _forgotten(loop: ast.AST, target: ast.Name, location: Location) -> bool:
    """Whether a name is one that a comprehension has forgotten, as it does when it stops since Python 3.12."""
    return isinstance(loop, ast.comprehension) and target.id not in location[0].f_locals


def _names_at(location: Location) -> dict[str, Any]:
    """The values of the names in a line.

    Where a comprehension has forgotten its own, the first value stands.
    """
    names = dict(location[0].f_locals)
    loops = [node for node in ast.walk(tree_of(line_of(location))) if isinstance(node, ast.comprehension)]
    for target, over in (item for loop in loops for item in _items(loop.target, loop.iter)):
        if target.id not in names:
            counted = isinstance(over, ast.Call) and isinstance(over.func, ast.Name) and over.func.id == "range"
            values = [0] if counted else value_of(over, names)
            if type(values) in (list, np.ndarray) and np.size(values):
                names[target.id] = values[0]
    return names


def _items(target: ast.expr, over: ast.expr) -> Iterator[tuple[ast.Name, ast.expr]]:
    """The names that a loop gives to items, each with what these are items of, through zip and enumerate as well."""
    if isinstance(target, ast.Name):
        yield target, over
    if not isinstance(target, ast.Tuple) or not isinstance(over, ast.Call) or not isinstance(over.func, ast.Name):
        return
    if over.func.id == "enumerate" and len(target.elts) == 2 and over.args:
        yield from _items(target.elts[1], over.args[0])
    if over.func.id == "zip":
        for each, argument in zip(target.elts, over.args, strict=False):
            yield from _items(each, argument)


def _rows_counted(location: Location) -> tuple[str, ...]:
    """An array of several axes whose len is taken: its name, and how many axes, rows and entries it has.

    Of several the one that something is divided by is meant.
    """
    tree, names = _function_around(location)
    quotients = [node.right for node in ast.walk(tree) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)]
    for node in (part for place in [*quotients, tree] for part in ast.walk(place)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len" and node.args:
            array = value_of(node.args[0], names)
            if type(array) is np.ndarray and array.ndim > 1:
                return ast.unparse(node.args[0]), str(array.ndim), str(len(array)), str(array.size)
    return ()


def _function_around(location: Location) -> tuple[ast.AST, dict[str, Any]]:
    """The function in which a line stands, and the values of its names; a comprehension has no function of its own."""
    frame, names = location[0], dict(location[0].f_locals)
    while frame.f_code.co_name.startswith("<") and frame.f_back is not None:
        frame = frame.f_back
        names = {**frame.f_locals, **names}
    return function_of(frame), names


def hint_of_index(location: Location, error: BaseException) -> Fact | None:
    """A row that was taken for a number; or the array that picks entries of another one, and is no loop's number."""
    for node, holder in indexed(location):
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if type(holder) is np.ndarray and any(
            type(value_of(part, location[0].f_locals)) is np.ndarray or isinstance(part, ast.Call) for part in parts
        ):
            return Fact("array-as-index", (ast.unparse(node.slice).strip("()"), ast.unparse(node.value)))
    return hint_of_row(location, error)
