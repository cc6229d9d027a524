"""The names that a student's code sees, and others put in their place for a while."""

import contextlib
import functools
from collections.abc import Iterator
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

MOST_SEEN = 2000
ALSO = {"eval", "exec", "getattr", "get_ipython", "globals", "import_module", "locals", "modules", "vars", "__import__"}
"""Names of ways to look up what is not named in the code."""
PLAIN = (bool, bytes, complex, float, int, str, type(None), ModuleType, range, slice)


def names_swapped(subject: Any, others: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Put others in the place of the names that the subject's own globals bind otherwise.

    Parameters
    ----------
    subject : callable or class
    others : dict
        What each name is to be.

    Returns
    -------
    (dict, dict)
        The globals, and what stood there: update the one by the other to undo it.
    """
    names = globals_of(subject)
    before = {name: names[name] for name in others if name in names and names[name] is not others[name]}
    names.update({name: others[name] for name in before})
    return names, before


def names_reached(subject: Any, wanted: list[str]) -> list[str]:
    """The names of these that the subject's code may look up, itself or by way of what it uses.

    Where that is not to be seen, since it looks up what is not named in the code, all of them.
    """
    names = globals_of(subject)
    found: set[str] = set()
    todo, seen = [subject], dict[int, Any]()
    while todo:
        value = todo.pop()
        if id(value) in seen or isinstance(value, PLAIN):
            continue
        seen[id(value)] = value
        if len(seen) > MOST_SEEN:
            return list(wanted)
        if isinstance(value, CodeType):
            if ALSO.intersection(value.co_names):
                return list(wanted)
            found.update(value.co_names)
            todo += [names[name] for name in value.co_names if name in names]
        todo += _inside(value)
    return [name for name in wanted if name in found]


def _inside(value: Any) -> Iterator[Any]:
    """What code comes to by way of a value."""
    if isinstance(value, CodeType):
        yield from value.co_consts
    elif isinstance(value, FunctionType):
        yield value.__code__
        yield from value.__defaults__ or ()
        yield from (value.__kwdefaults__ or {}).values()
        for cell in value.__closure__ or ():
            with contextlib.suppress(ValueError):  # it is empty yet
                yield cell.cell_contents
        yield from vars(value).values()
    elif isinstance(value, MethodType):
        yield from (value.__func__, value.__self__)
    elif isinstance(value, functools.partial):
        yield from (value.func, *value.args, *value.keywords.values())
    elif isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list | tuple | set | frozenset):
        yield from value
    elif isinstance(value, property):
        yield from (value.fget, value.fset)
    elif isinstance(value, classmethod | staticmethod):
        yield value.__func__
    elif isinstance(value, type):
        yield from value.__bases__ if value.__module__ == "__main__" else ()
        yield from vars(value).values() if value.__module__ == "__main__" else ()
    else:
        yield type(value)
        yield from getattr(value, "__dict__", {}).values()


def globals_of(subject: Any) -> dict[str, Any]:
    """The globals that the subject's code sees; none for what was not written in Python."""
    inner = getattr(subject, "func", subject)
    if hasattr(inner, "__globals__"):
        return inner.__globals__
    kind = inner if isinstance(inner, type) else type(inner)
    methods = (member for member in vars(kind).values() if hasattr(member, "__globals__"))
    return next((method.__globals__ for method in methods), {})
