"""Facts that the frames of an error give beyond its text: what the object keeps, what its siblings have, what fits.

As in :mod:`course.answers.frames`, objects are looked at from outside: nothing that they override runs.
"""

import ast
import contextlib
import dis
from collections.abc import Callable, Iterator, Sequence
from types import FrameType, FunctionType
from typing import Any

import numpy as np

from course.answers.error_kinds import Fact
from course.answers.frames import Location, attributes_of, line_of, owner_of, siblings_of, tree_of, value_of
from course.answers.normalize import name_of

ENTRY_BY_ENTRY = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)
HINTS = {
    "name-of-object": 2,
    "name-of-method": 3,
    "others-have-it": 2,
    "kept-by-method": 3,
    "other-classes-have-it": 1,
    "nothing-kept": 3,
    "same-shapes": 1,
    "operands": 2,
    "keys-of-dict": 1,
    "shape-of": 2,
    "length-of": 3,
    "is-row": 3,
    "array-as-index": 2,
}
"""The kinds of facts that are found here, with the least number of names that each is about."""


def hint_of(locations: Sequence[Location], error: BaseException, cause: Fact | None) -> Fact | None:
    """What the frames that led to an error give away, or None.

    Parameters
    ----------
    locations : sequence of (frame, line number)
        The student's own frames, the outermost first.
    error : BaseException
    cause : Fact or None
        What the error itself says.

    Returns
    -------
    Fact or None
        Its kind is one of ``HINTS``.
    """
    if not locations:
        return None
    if cause and cause.kind == "unknown-name":
        return _hint_of_name(locations, cause.names[0])
    if issubclass(type(error), AttributeError):
        return _hint_of_attribute(locations, error)
    find = OF_KINDS.get(cause.kind) if cause else None
    return find(locations[-1], error) if find else None


def _hint_of_name(locations: Sequence[Location], name: str) -> Fact | None:
    """What a method asks for without self: an attribute, a method, or what another method had under this name."""
    frame = next((f for f, _ in reversed(locations) if not f.f_code.co_name.startswith("<")), None)
    if frame is None:
        return None
    owner, methods = owner_of(frame), _methods_of(frame)
    if not methods:
        return None
    itself = frame.f_code.co_varnames[0]
    if name in attributes_of(owner) or name in methods:
        return Fact("name-of-object", (name, itself))
    others = [m for m, f in methods.items() if name in f.__code__.co_varnames and f.__code__ is not frame.f_code]
    return Fact("name-of-method", (name, others[0], itself)) if others else None


def _methods_of(frame: FrameType) -> dict[str, FunctionType]:
    """The methods of the class that a frame's function is one of; none for a plain function."""
    for kind in type.__dict__["__mro__"].__get__(type(owner_of(frame))):
        own = type.__dict__["__dict__"].__get__(kind).items()
        methods = {name: member for name, member in own if type(member) is FunctionType}
        if any(method.__code__ is frame.f_code for method in methods.values()):
            return methods
    return {}


def _hint_of_attribute(locations: Sequence[Location], error: BaseException) -> Fact | None:
    """Which of the objects in a list have what one of them lacks: those of another class, or all but some."""
    owner, name = (AttributeError.__dict__[part].__get__(error) for part in ("obj", "name"))
    alike = next(filter(None, (siblings_of(owner, frame) for frame, _ in reversed(locations))), [])
    having = [item for item in alike if name in attributes_of(item)]
    kinds = list(dict.fromkeys(name_of(type(item)) for item in having))
    own = name_of(type(owner))
    if own in kinds:
        return Fact("others-have-it", (name, own))
    if kinds:
        return Fact("other-classes-have-it", tuple(kinds))
    keeping = [name_of_method for name_of_method, method in _methods(type(owner)) if _keeps(method, name)]
    if keeping:
        return Fact("kept-by-method", (name, keeping[0], own))
    kept = list(attributes_of(owner))
    return Fact("nothing-kept", (name, own, *kept)) if alike and kept else None


def _methods(kind: type) -> Iterator[tuple[str, FunctionType]]:
    """The methods of a class and of those that it is made from."""
    for base in type.__dict__["__mro__"].__get__(kind):
        for name, member in type.__dict__["__dict__"].__get__(base).items():
            if type(member) is FunctionType:
                yield name, member


def _keeps(method: FunctionType, name: str) -> bool:
    """Whether a method gives an attribute a value."""
    return any(step.opname == "STORE_ATTR" and step.argval == name for step in dis.get_instructions(method))


def _hint_of_product(location: Location, _: BaseException) -> Fact | None:
    """Whether the two arrays of a matrix product would fit entry by entry; one that is transposed is meant as it is."""
    nodes = [node for node in ast.walk(tree_of(line_of(location))) if isinstance(node, ast.BinOp)]
    products = [node for node in nodes if isinstance(node.op, ast.MatMult)]
    pairs = [(_shape(n.left, location[0].f_locals), _shape(n.right, location[0].f_locals)) for n in products]
    if len(products) == 1 and pairs[0][0] and pairs[0][0] == pairs[0][1]:
        return Fact("same-shapes", (ast.unparse(products[0]),))
    return None


def _shape(node: ast.expr, names: dict[str, Any]) -> tuple[int, ...]:
    """The shape of an array that is named, or made entry by entry; () where that is not known."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ENTRY_BY_ENTRY):
        with contextlib.suppress(ValueError):
            return np.broadcast_shapes(_shape(node.left, names), _shape(node.right, names))
        return ()
    value = value_of(node, names)
    return value.shape if type(value) is np.ndarray else ()


def _hint_of_operands(location: Location, _: BaseException) -> Fact | None:
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


def _hint_of_key(location: Location, error: BaseException) -> Fact | None:
    """Which keys a dict has that was asked for another one."""
    asked = BaseException.__dict__["args"].__get__(error)
    for node, holder in _indexed(location):
        if type(holder) is dict and len(asked) == 1 and type(asked[0]) is str and asked[0] not in holder:
            return _keys(node.value, holder)
    return None


def _keys(node: ast.expr, holder: dict[Any, Any]) -> Fact:
    return Fact("keys-of-dict", (ast.unparse(node), *(key for key in holder if type(key) is str)))


def _hint_of_unpacking(location: Location, _: BaseException) -> Fact | None:
    """What stands right of = where its parts were to get names: a shape, a dict with its keys, a list of a length."""
    names = location[0].f_locals
    for node in ast.walk(tree_of(line_of(location))):
        if isinstance(node, ast.Assign):
            value = value_of(node.value, names)
            if type(value) in (list, tuple):
                return Fact("length-of", (ast.unparse(node.value), type(value).__name__, str(len(value))))
            return _keys(node.value, value) if type(value) is dict else _shape_asked(node.value, names)
    return None


def _hint_of_shape(location: Location, _: BaseException) -> Fact | None:
    """The shape of the array of which an axis was asked for that it does not have."""
    found = (_shape_asked(node.value, location[0].f_locals) for node, _ in _indexed(location))
    return next(filter(None, found), None)


def _shape_asked(node: ast.expr, names: dict[str, Any]) -> Fact | None:
    """The shape of x, where a node is x.shape."""
    if isinstance(node, ast.Attribute) and node.attr == "shape":
        value = value_of(node.value, names)
        if type(value) is np.ndarray:
            return Fact("shape-of", (ast.unparse(node.value), str(value.shape)))
    return None


def _hint_of_row(location: Location, _: BaseException) -> Fact | None:
    """An item of an array that is a row of it and no number, since the array has more axes."""
    for node, holder in _indexed(location):
        index = value_of(node.slice, location[0].f_locals)
        if type(holder) is np.ndarray and holder.ndim > 1 and issubclass(type(index), int | np.integer):
            return Fact("is-row", (ast.unparse(node), ast.unparse(node.value), str(holder.shape)))
    return None


def _hint_of_index(location: Location, error: BaseException) -> Fact | None:
    """A row that was taken for a number; or the array that picks entries of another one, and is no loop's number."""
    for node, holder in _indexed(location):
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if type(holder) is np.ndarray and any(
            type(value_of(part, location[0].f_locals)) is np.ndarray or isinstance(part, ast.Call) for part in parts
        ):
            return Fact("array-as-index", (ast.unparse(node.slice).strip("()"), ast.unparse(node.value)))
    return _hint_of_row(location, error)


def _indexed(location: Location) -> Iterator[tuple[ast.Subscript, Any]]:
    """The expressions with square brackets in a line, each with what stands before the brackets."""
    for node in ast.walk(tree_of(line_of(location))):
        if isinstance(node, ast.Subscript):
            yield node, value_of(node.value, location[0].f_locals)


OF_KINDS: dict[str, Callable[[Location, BaseException], Fact | None]] = {
    "matmul-shapes": _hint_of_product,
    "arithmetic-of-many": _hint_of_operands,
    "tuple-used": _hint_of_operands,
    "missing-key": _hint_of_key,
    "unpacking": _hint_of_unpacking,
    "shape-too-short": _hint_of_shape,
    "truth-of-array": _hint_of_row,
    "array-into-entry": _hint_of_row,
    "math-of-array": _hint_of_row,
    "index-too-large": _hint_of_index,
}
"""What is looked for in the line of an error, by what the error says."""
