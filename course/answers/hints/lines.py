"""What the values in the line of an error are: their shapes, their lengths, the keys of a dict."""

import ast
import contextlib
from collections.abc import Iterator
from typing import Any

import numpy as np

from course.answers.error_kinds import Fact
from course.answers.frames import Location, line_of, tree_of, value_of

ENTRY_BY_ENTRY = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)


def hint_of_product(location: Location, _: BaseException) -> Fact | None:
    """The shapes of a matrix product that does not fit; or that the two are equal, and none transposed: * is meant."""
    nodes = [node for node in ast.walk(tree_of(line_of(location))) if isinstance(node, ast.BinOp)]
    products = [node for node in nodes if isinstance(node.op, ast.MatMult)]
    for node in products:
        left, right = (shape_at(side, location[0].f_locals) for side in (node.left, node.right))
        turned = any(isinstance(side, ast.Attribute) and side.attr == "T" for side in (node.left, node.right))
        if len(products) == 1 and left and left == right and not turned:
            return Fact("same-shapes", (ast.unparse(node),))
        if left and right and left[-1] != right[-2:][0]:
            return Fact("product-shapes", (ast.unparse(node), str(left), str(right)))
    return None


def shape_at(node: ast.expr, names: dict[str, Any]) -> tuple[int, ...]:
    """The shape of an array that is named, transposed, or made entry by entry; () where that is not known."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ENTRY_BY_ENTRY):
        with contextlib.suppress(ValueError):
            return np.broadcast_shapes(shape_at(node.left, names), shape_at(node.right, names))
        return ()
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return shape_at(node.value, names)[::-1]
    value = value_of(node, names)
    return value.shape if type(value) is np.ndarray else ()


def hint_of_operands(location: Location, _: BaseException) -> Fact | None:
    """Which of the values that are added, subtracted, multiplied … in a line are lists, tuples or dicts."""
    operands: list[ast.expr] = []
    for node in ast.walk(tree_of(line_of(location))):
        if isinstance(node, ast.BinOp):
            operands += [node.left, node.right]
        elif isinstance(node, ast.UnaryOp):
            operands.append(node.operand)
        elif isinstance(node, ast.AugAssign):
            operands += [node.target, node.value]
        elif isinstance(node, ast.Compare):
            operands += [node.left, *node.comparators]
    kinds = {ast.unparse(node): type(value_of(node, location[0].f_locals)) for node in operands}
    many = {name: kind.__name__ for name, kind in kinds.items() if kind in (list, tuple, dict)}
    return Fact("operands", tuple(part for pair in many.items() for part in pair)) if many else None


def hint_of_key(location: Location, error: BaseException) -> Fact | None:
    """Which keys a dict has that was asked for another one."""
    asked = BaseException.__dict__["args"].__get__(error)
    for node, holder in indexed(location):
        if type(holder) is dict and len(asked) == 1 and type(asked[0]) is str and asked[0] not in holder:
            return _keys(node.value, holder)
    return None


def _keys(node: ast.expr, holder: dict[Any, Any]) -> Fact:
    return Fact("keys-of-dict", (ast.unparse(node), *(key for key in holder if type(key) is str)))


def hint_of_unpacking(location: Location, _: BaseException) -> Fact | None:
    """What stands right of = where its parts were to get names: a shape, a dict with its keys, a list of a length."""
    names = location[0].f_locals
    for node in ast.walk(tree_of(line_of(location))):
        if isinstance(node, ast.Assign):
            value = value_of(node.value, names)
            if type(value) in (list, tuple):
                return Fact("length-of", (ast.unparse(node.value), type(value).__name__, str(len(value))))
            return _keys(node.value, value) if type(value) is dict else _shape_asked(node.value, names)
    return None


def hint_of_shape(location: Location, _: BaseException) -> Fact | None:
    """The shape of the array of which an axis was asked for that it does not have."""
    found = (_shape_asked(node.value, location[0].f_locals) for node, _ in indexed(location))
    return next(filter(None, found), None)


def _shape_asked(node: ast.expr, names: dict[str, Any]) -> Fact | None:
    """The shape of x, where a node is x.shape."""
    if isinstance(node, ast.Attribute) and node.attr == "shape":
        value = value_of(node.value, names)
        if type(value) is np.ndarray:
            return Fact("shape-of", (ast.unparse(node.value), str(value.shape)))
    return None


def indexed(location: Location) -> Iterator[tuple[ast.Subscript, Any]]:
    """The expressions with square brackets in a line, each with what stands before the brackets."""
    for node in ast.walk(tree_of(line_of(location))):
        if isinstance(node, ast.Subscript):
            yield node, value_of(node.value, location[0].f_locals)
