"""What the place where an answer stopped gives away beyond the error's text: what its object keeps, and what fits.

As in :mod:`course.answers.location`, objects are looked at from outside: nothing that they override runs.
"""

import ast
import contextlib
import re
from collections.abc import Sequence
from types import FrameType, FunctionType
from typing import Any

import numpy as np

from course.answers.location import Place, attributes_of, line_of, owner_of, siblings_of, tree_of, value_of
from course.answers.normalize import name_of

ENTRY_BY_ENTRY = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)


def clue(places: Sequence[Place], error: BaseException, text: str) -> str:
    """A sentence about an error, from the frames that led there; nothing where they give nothing away.

    Parameters
    ----------
    places : sequence of (frame, line number)
        The student's own frames, the outermost first.
    error : BaseException
    text : str
        What it says.
    """
    if not places:
        return ""
    if issubclass(type(error), NameError) and not issubclass(type(error), UnboundLocalError):
        return _of_a_name(places, text)
    if issubclass(type(error), AttributeError):
        return _of_an_attribute(places, error)
    if issubclass(type(error), ValueError) and "matmul" in text:
        return _of_a_product(places[-1])
    return ""


def _of_a_name(places: Sequence[Place], text: str) -> str:
    """What a method asks for without self: an attribute, a method, or what another method had under this name."""
    found = re.match(r"name '(\w+)' is not defined", text)
    frame = next((f for f, _ in reversed(places) if not f.f_code.co_name.startswith("<")), None)
    if not found or frame is None:
        return ""
    name, owner, methods = found[1], owner_of(frame), _methods_of(frame)
    if not methods:
        return ""
    itself = frame.f_code.co_varnames[0]
    if name in attributes_of(owner) or name in methods:
        return f"{name} belongs to the object: in a method it is called {itself}.{name}."
    others = [m for m, f in methods.items() if name in f.__code__.co_varnames and f.__code__ is not frame.f_code]
    if others:
        return (
            f"{name} is a name of {others[0]}, and gone when that ends. What one method leaves for another is kept in "
            f"the object: {itself}.{name} = …, and asked for as {itself}.{name}."
        )
    return ""


def _methods_of(frame: FrameType) -> dict[str, FunctionType]:
    """The methods of the class that a frame's function is one of; none for a plain function."""
    for kind in type.__dict__["__mro__"].__get__(type(owner_of(frame))):
        own = type.__dict__["__dict__"].__get__(kind).items()
        methods = {name: member for name, member in own if type(member) is FunctionType}
        if any(method.__code__ is frame.f_code for method in methods.values()):
            return methods
    return {}


def _of_an_attribute(places: Sequence[Place], error: BaseException) -> str:
    """Which of the objects in a list have what one of them lacks: those of another class, or all but some."""
    owner, name = (AttributeError.__dict__[part].__get__(error) for part in ("obj", "name"))
    alike = next(filter(None, (siblings_of(owner, frame) for frame, _ in reversed(places))), [])
    having = [item for item in alike if name in attributes_of(item)]
    kinds = list(dict.fromkeys(name_of(type(item)) for item in having))
    own = name_of(type(owner))
    if own in kinds:
        return f"Others have it: is the method that keeps .{name} called for each {own} before this line runs?"
    if kinds:
        have = " and ".join(kinds)
        return f"Here {have} objects have it: isinstance(…, {kinds[0]}) asks whether one is such an object."
    kept = list(attributes_of(owner))
    return f"Nothing was kept under .{name}. This {own} keeps {', '.join(kept)}." if alike and kept else ""


def _of_a_product(place: Place) -> str:
    """Whether the two arrays of a matrix product would fit entry by entry; one that is transposed is meant as it is."""
    nodes = [node for node in ast.walk(tree_of(line_of(place))) if isinstance(node, ast.BinOp)]
    products = [node for node in nodes if isinstance(node.op, ast.MatMult)]
    pairs = [(_shape(n.left, place[0].f_locals), _shape(n.right, place[0].f_locals)) for n in products]
    if len(products) == 1 and pairs[0][0] and pairs[0][0] == pairs[0][1]:
        return f"{ast.unparse(products[0])}: the two have the same shape. Is * meant, entry by entry?"
    return ""


def _shape(node: ast.expr, names: dict[str, Any]) -> tuple[int, ...]:
    """The shape of an array that is named, or made entry by entry; () where that is not known."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ENTRY_BY_ENTRY):
        with contextlib.suppress(ValueError):
            return np.broadcast_shapes(_shape(node.left, names), _shape(node.right, names))
        return ()
    value = value_of(node, names)
    return value.shape if type(value) is np.ndarray else ()
