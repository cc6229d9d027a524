"""Making an input smaller as long as it still shows what it shows: shorter axes, zeros, ones, whole numbers."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.mutants.search.inputs import MOST_CUT, cut, sizes_of

Inputs = dict[str, Any]
SIMPLE = (0.0, 1.0, 2.0, -1.0, -2.0, 0.5, 10.0, -10.0)


def smallest(inputs: Inputs, shows: Callable[[Inputs], bool], most: int = 400) -> Inputs:
    """The smallest input that is reached by single steps, each of which still shows it, in so many tries."""
    tries, moved = 0, True
    while moved:
        moved = False
        for candidate in _simpler(inputs):
            tries += 1
            if tries > most:
                return inputs
            if shows(candidate):
                inputs, moved = candidate, True
                break
    return inputs


def complexity(inputs: Inputs) -> tuple[int, int]:
    """How much a person has to read: how many numbers, and how many characters."""
    leaves = [np.asarray(leaf) for _, leaf in _leaves(inputs)]
    return sum(leaf.size for leaf in leaves), sum(len(str(leaf.tolist())) for leaf in leaves)


def _simpler(inputs: Inputs) -> Iterator[Inputs]:
    """Simpler inputs, those first that are simpler by much."""
    for size in sorted({size for size in sizes_of(inputs) if size > 1}, reverse=True):
        shorter = (1, 2, size - 1) if size <= MOST_CUT else (1, 2, 3, size // 2)
        for other in dict.fromkeys(n for n in shorter if n < size):
            yield {name: cut(value, {size: other}) for name, value in inputs.items()}
    for path, leaf in _leaves(inputs):
        array = np.asarray(leaf)
        wholes = [np.zeros_like(array), np.ones_like(array), np.round(array)]
        for simpler in (*wholes, *_entries_changed(array)):
            if _cost(simpler) < _cost(array):
                yield _with_leaf(inputs, path, float(simpler) if isinstance(leaf, float) else simpler)


def _entries_changed(array: np.ndarray) -> Iterator[np.ndarray]:
    """The array with one entry made simpler."""
    for place in range(array.size if array.size <= MOST_CUT else 0):
        for value in SIMPLE:
            other = array.copy()
            other.reshape(-1)[place] = value
            yield other


def _cost(array: np.ndarray) -> int:
    """How much there is to read in an array: nothing in a zero, little in a one."""
    return sum(_digits(value) for value in array.reshape(-1).tolist())


def _digits(value: float) -> int:
    for rank, simple in enumerate(SIMPLE):
        if value == simple:
            return rank
    return len(SIMPLE) + len(f"{value:.12g}")


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """The arrays of floats, and the floats, in an input, each with the way to it."""
    if isinstance(value, float) or (isinstance(value, np.ndarray) and value.dtype.kind == "f"):
        yield path, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _leaves(item, (*path, name))
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            yield from _leaves(item, (*path, number))


def _with_leaf(value: Any, path: tuple[Any, ...], leaf: Any) -> Any:
    """A value with something else at the end of a way through it."""
    if not path:
        return leaf
    first, rest = path[0], path[1:]
    if isinstance(value, dict):
        return {name: _with_leaf(item, rest, leaf) if name == first else item for name, item in value.items()}
    return type(value)(_with_leaf(item, rest, leaf) if k == first else item for k, item in enumerate(value))
