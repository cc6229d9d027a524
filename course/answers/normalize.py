"""Whatever an answer returns, as plain values: arrays, text, lists and dicts.

Every object is looked at through its exact type, never through methods it may have overridden, so
that no returned object can run code of its own while it is judged.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from course.errors import NotPlain

Plain = Any
"""None, str, a numeric ndarray, or a list or dict (with str keys) of these."""

MOST_ENTRIES = 1_000_000
MOST_DEPTH = 12
NUMBERS: dict[type, Callable[[Any], Any]] = {
    float: float.__float__,
    int: int.__int__,
    complex: complex.__complex__,
}
LAZY: tuple[type, ...] = (
    zip,
    map,
    filter,
    enumerate,
    reversed,
    range,
    type({}.keys()),
    type({}.values()),
    type({}.items()),
)

FUNCTIONS = ("function", "builtin_function_or_method", "method", "ufunc", "_ArrayFunctionDispatcher", "partial")


def plain(value: object) -> Plain:
    """Turn a returned object into plain values.

    Parameters
    ----------
    value : object
        Anything.

    Returns
    -------
    None, str, ndarray, list or dict
        Numbers become arrays of shape (); tuples become lists.

    Raises
    ------
    NotPlain
        If something else is found anywhere inside, or too much; the message says what.
    """
    return _plain(value, MOST_DEPTH, _Budget())


class _Budget:
    """How many entries may still come; one list that stands in a hundred places counts a hundred times."""

    def __init__(self) -> None:
        self.left = MOST_ENTRIES

    def spend(self, entries: int) -> None:
        self.left -= entries
        if self.left < 0:
            raise NotPlain(f"more than {MOST_ENTRIES:,} entries")


def _plain(value: object, depth: int, budget: _Budget) -> Plain:
    kind = type(value)
    if depth < 0:
        raise NotPlain(f"lists nested more than {MOST_DEPTH} deep")
    budget.spend(1)
    if value is None:
        return None
    if issubclass(kind, str):
        return str.__str__(value)
    if issubclass(kind, np.ndarray):
        budget.spend(np.ndarray.size.__get__(value))
        entries = np.ndarray.flat.__get__(value) if np.ndarray.dtype.__get__(value).kind == "O" else [0]
        return None if all(item is None for item in entries) else plain_array(value)
    if issubclass(kind, np.generic) and not issubclass(kind, np.void | np.bytes_):
        return plain_array(np.generic.__array__(value))
    for number, exact in NUMBERS.items():
        if issubclass(kind, number):
            return _plain_number(exact(value))
    if issubclass(kind, list | tuple):
        base = list if issubclass(kind, list) else tuple
        items: Iterator[Any] = base.__iter__(value)  # type: ignore[arg-type]  # issubclass says so above
        return [_plain(item, depth - 1, budget) for item in items]
    if issubclass(kind, dict):
        pairs: Iterable[tuple[Any, Any]] = dict.items(value)  # type: ignore[arg-type]  # issubclass says so above
        return {_text_key(key): _plain(item, depth - 1, budget) for key, item in pairs}
    raise NotPlain(described(value))


def _plain_number(number: float | complex) -> np.ndarray:
    """A number as an array; a whole number that no array can hold becomes a float."""
    array = np.asarray(number)
    if array.dtype.kind != "O":
        return array if array.dtype.kind in "fi" else plain_array(array)
    try:
        return np.asarray(float(number))  # type: ignore[arg-type]
    except OverflowError:
        raise NotPlain("a whole number too large for a float") from None


def plain_array(value: Any) -> np.ndarray:
    """A copy of a numeric array, as the base class; a complex one with no imaginary part becomes real."""
    if issubclass(type(value), np.matrix):
        raise NotPlain("an np.matrix, for which * and shapes mean other things; use np.array")
    if issubclass(type(value), np.ma.MaskedArray):
        raise NotPlain("a masked array; use np.array")
    if np.ndarray.dtype.__get__(value).kind not in "biufc":
        raise NotPlain(f"an array of dtype {np.ndarray.dtype.__get__(value)}")
    array = np.array(value, subok=False)
    if array.dtype.kind == "c" and not np.any(array.imag):
        array = array.real.copy()
    if array.dtype.kind == "b":
        array = array.astype(float)
    return array


def _text_key(key: object) -> str:
    if not issubclass(type(key), str):
        raise NotPlain("a dict whose keys are not all text")
    return str.__str__(key)


def name_of(kind: type) -> str:
    """A type's name, shortened, as Python itself knows it."""
    return type.__dict__["__name__"].__get__(kind)[:60]


def described(value: object) -> str:
    """What an object is, in words that need nothing from the object itself."""
    kind = type(value)
    name = name_of(kind)
    if kind is set or kind is frozenset:
        return "a set, which has no order"
    if name in FUNCTIONS:
        return "a function; perhaps its parentheses are missing"
    if name == "generator":
        return "a generator (from yield, or from round brackets around a comprehension); list(…) makes a list of it"
    if any(kind is lazy for lazy in LAZY):
        return f"a {name} object; list(…) makes a list of it"
    if issubclass(kind, type):
        return "a class"
    return f"an object of type {name}"


def as_array(tree: Plain) -> np.ndarray:
    """Nested lists of numbers as one array.

    Raises
    ------
    NotPlain
        If the lists are ragged, or hold anything but numbers.
    """
    if isinstance(tree, np.ndarray):
        return tree
    if not isinstance(tree, list):
        raise NotPlain(_named(tree), nothing=tree is None)
    for item in tree:
        if not isinstance(item, np.ndarray | list):
            raise NotPlain(f"a list with {_named(item)} in it")
    parts = [as_array(item) for item in tree]
    if len({part.shape for part in parts}) > 1:
        raise NotPlain("a list whose items have different shapes")
    return np.stack(parts) if parts else np.zeros(0)


def rows_of(array: np.ndarray) -> list[np.ndarray]:
    """The array's rows, each an array, single numbers too."""
    return [np.asarray(row) for row in array]


def simplified(tree: Plain) -> Plain:
    """The tree with every list of single numbers as one array."""
    if isinstance(tree, dict):
        return {key: simplified(item) for key, item in tree.items()}
    if isinstance(tree, list):
        items = [simplified(item) for item in tree]
        numbers = bool(items) and all(isinstance(item, np.ndarray) and not item.ndim for item in items)
        return np.stack(items) if numbers else items
    return tree


def fitted(tree: Plain, like: Plain) -> Plain:
    """The tree in the form of another one: arrays where it has arrays, lists where it has lists.

    Raises
    ------
    NotPlain
        If it can't be: the message says what was found and what was expected.
    """
    if isinstance(like, np.ndarray):
        return as_array(tree)
    if isinstance(like, list):
        return _fitted_list(tree, like)
    if isinstance(like, dict):
        if not isinstance(tree, dict):
            raise NotPlain(f"{_named(tree)} where a dict with the keys {', '.join(like)} is expected")
        missing = [key for key in like if key not in tree]
        if missing:
            raise NotPlain(f"a dict without {', '.join(missing)}")
        return {key: fitted(tree[key], item) for key, item in like.items()}
    if type(tree) is not type(like):
        raise NotPlain(f"{_named(tree)} where {_named(like)} is expected")
    return tree


def _fitted_list(tree: Plain, like: list) -> list:
    if isinstance(tree, np.ndarray) and tree.ndim:
        tree = rows_of(tree)
    if not isinstance(tree, list):
        raise NotPlain(f"{_named(tree)} where a list of {len(like)} is expected")
    if len(tree) != len(like):
        raise NotPlain(f"a list of {len(tree)} where a list of {len(like)} is expected")
    return [fitted(item, other) for item, other in zip(tree, like, strict=True)]


def _named(tree: Plain) -> str:
    if tree is None:
        return "None"
    if isinstance(tree, np.ndarray):
        return f"an array of shape {tree.shape}" if tree.ndim else "a single number"
    return "text" if isinstance(tree, str) else "a list" if isinstance(tree, list) else "a dict"


def without_numbers(tree: Plain) -> Plain:
    """The tree with zeros for its numbers: its form alone, for results that are right in many ways."""
    if isinstance(tree, dict):
        return {key: without_numbers(item) for key, item in tree.items()}
    if isinstance(tree, list):
        return [without_numbers(item) for item in tree]
    return np.zeros_like(tree) if isinstance(tree, np.ndarray) else tree


def leaves(tree: Plain, path: str = "") -> list[tuple[str, Plain]]:
    """Every array, text or None in the tree, with its path, such as ``[1]`` or ``['x']``."""
    if isinstance(tree, list):
        return [leaf for k, item in enumerate(tree) for leaf in leaves(item, f"{path}[{k}]")]
    if isinstance(tree, dict):
        return [leaf for key, item in tree.items() for leaf in leaves(item, f"{path}[{key!r}]")]
    return [(path, tree)]
