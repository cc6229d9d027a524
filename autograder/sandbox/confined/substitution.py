"""The names that a student's code sees, and others put in their place for a while."""

import gc
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

MAX_SEEN = 2000
ALSO = {
    *("eval", "exec", "getattr", "globals", "import_module", "locals", "vars", "__import__", "__main__", "modules"),
    *("get_ipython", "currentframe", "_getframe", "f_back", "f_globals", "__dict__", "__globals__"),
}
"""Names of ways to look up what is not named in the code."""
PLAIN = {bool, bytes, complex, float, int, str, type(None), range, slice, ModuleType, BuiltinFunctionType}


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

    Where that is not to be seen, since something looks up what is not named in the code, all of them.
    """
    names = globals_of(subject)
    found: set[str] = set()
    todo, seen = [subject], dict[int, Any]()
    while todo:
        value = todo.pop()
        if id(value) in seen or type(value) in PLAIN:
            continue
        seen[id(value)] = value
        if value is names or len(seen) > MAX_SEEN or _closed(value):
            return list(wanted)
        if type(value) is CodeType:
            if ALSO.intersection(value.co_names):
                return list(wanted)
            found.update(value.co_names)
            todo += [names[name] for name in value.co_names if name in names]
        todo += _inside(value)
    return [name for name in wanted if name in found]


def _closed(value: Any) -> bool:
    """Whether a value calls something that can't be seen: what ``np.frompyfunc`` made."""
    return type(value) is np.ufunc and value is not vars(np).get(value.__name__)


def _inside(value: Any) -> list[Any]:
    """What code comes to by way of a value."""
    if type(value) is CodeType:
        return list(value.co_consts)
    if type(value) is FunctionType:
        cells = [value.__defaults__, value.__kwdefaults__, value.__closure__, vars(value)]
        return [value.__code__, *filter(None, cells)]
    if isinstance(value, np.ndarray):
        return value.ravel().tolist() if value.dtype.hasobject else []
    if isinstance(value, type):
        own = value.__module__ == "__main__"
        return [type(value), *value.__bases__, dict(vars(value))] if own else []
    return [type(value), *gc.get_referents(value)]


def globals_of(subject: Any) -> dict[str, Any]:
    """The globals that the subject's code sees; none for what was not written in Python."""
    inner = getattr(subject, "func", subject)
    if hasattr(inner, "__globals__"):
        return inner.__globals__
    kind = inner if isinstance(inner, type) else type(inner)
    methods = (member for member in vars(kind).values() if hasattr(member, "__globals__"))
    return next((method.__globals__ for method in methods), {})
