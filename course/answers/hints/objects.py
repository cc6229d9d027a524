"""What an error about a name or an attribute gives away: what the object keeps, and what others like it have."""

import ast
import dis
from collections.abc import Iterator, Sequence
from types import FrameType, FunctionType

from course.answers.error_kinds import Fact
from course.answers.frames import Location, attributes_of, line_of, owner_of, siblings_of, tree_of
from course.answers.normalize import name_of


def hint_of_name(locations: Sequence[Location], name: str) -> Fact | None:
    """What a method asks for without self: an attribute, a method, or what another method had under this name."""
    frame = next((f for f, _ in reversed(locations) if not f.f_code.co_name.startswith("<")), None)
    if frame is None:
        return None
    owner, methods = owner_of(frame), _methods_of(frame)
    if not methods:
        return None
    itself = frame.f_code.co_varnames[0]
    if name in attributes_of(owner) or name in methods:
        return Fact("name-of-object", (name, itself, *_others_of_object(locations[-1], name, owner)))
    others = [m for m, f in methods.items() if name in f.__code__.co_varnames and f.__code__ is not frame.f_code]
    return Fact("name-of-method", (name, others[0], itself)) if others else None


def _others_of_object(location: Location, name: str, owner: object) -> list[str]:
    """Other names in the line that the object keeps, and that are not known there either."""
    frame = location[0]
    used = {node.id: None for node in ast.walk(tree_of(line_of(location))) if isinstance(node, ast.Name)}
    known = {*frame.f_locals, *frame.f_globals, name}
    return [other for other in used if other in attributes_of(owner) and other not in known]


def _methods_of(frame: FrameType) -> dict[str, FunctionType]:
    """The methods of the class that a frame's function is one of; none for a plain function."""
    for kind in type.__dict__["__mro__"].__get__(type(owner_of(frame))):
        own = type.__dict__["__dict__"].__get__(kind).items()
        methods = {name: member for name, member in own if type(member) is FunctionType}
        if any(method.__code__ is frame.f_code for method in methods.values()):
            return methods
    return {}


def hint_of_attribute(locations: Sequence[Location], error: BaseException) -> Fact | None:
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
