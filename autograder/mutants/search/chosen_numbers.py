"""A random generator whose numbers hypothesis chooses, so that an author's own draws give unusual inputs too.

What the draws derive from their numbers, such as the cached values of a forward pass, still fits. What they ask for,
a range or a size, is taken as a hint alone: the search tries zeros, negative and equal numbers, and small equal sizes.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy[Any]], Any]
MANY = 40
"""From so many numbers on, an array is filled by a seed: hypothesis would take too long over each."""
MOST_REQUESTS = 200
SMALL = st.sampled_from([0.0, 1.0, 2.0, -1.0, 3.0, -2.0, 0.5, -0.5, -3.0, 7.0, -7.0])
ANY = st.one_of(SMALL, st.integers(-9, 9).map(float), st.floats(-10, 10, width=32), st.sampled_from([100.0, -1000.0]))


class TooManyRequests(Exception):
    """A draw asks for ever more numbers: it waits for some that the search does not choose."""


class ChosenNumbers:
    """Stands in for a numpy Generator.

    Parameters
    ----------
    draw : callable
        Gives what hypothesis chooses of a strategy.
    """

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._requests = 0

    def _as_asked(self) -> bool:
        """Whether the next numbers are such as the draw asks for."""
        self._requests += 1
        if self._requests > MOST_REQUESTS:
            raise TooManyRequests
        return bool(self._draw(st.booleans()))

    def _floats(self, low: float, high: float, size: Any) -> Any:
        asked = self._as_asked()
        shape = () if size is None else tuple(np.atleast_1d(size).tolist())
        count = math.prod(shape)
        if count > MANY:
            rng = np.random.default_rng(self._draw(st.integers(0, 99)))
            numbers = rng.uniform(low, high, count) if asked else np.round(rng.normal(0, 4, count))
        else:
            usual = st.floats(low, high) if asked and low <= high else ANY
            numbers = np.array(self._draw(st.lists(usual, min_size=count, max_size=count)), dtype=float)
        return numbers.reshape(shape) if shape or size is not None else float(numbers[0])

    def uniform(self, low: Any = 0.0, high: Any = 1.0, size: Any = None) -> Any:
        """Numbers between two bounds, or others."""
        if np.ndim(low) or np.ndim(high):
            size = np.broadcast_shapes(np.shape(low), np.shape(high)) if size is None else size
        return self._floats(float(np.min(low)), float(np.max(high)), size)

    def normal(self, loc: Any = 0.0, scale: Any = 1.0, size: Any = None) -> Any:
        """Numbers around a mean, or others."""
        spread = 3 * float(np.max(np.abs(scale)))
        return self._floats(float(np.min(loc)) - spread, float(np.max(loc)) + spread, size)

    def standard_normal(self, size: Any = None) -> Any:
        """Numbers around zero, or others."""
        return self._floats(-3.0, 3.0, size)

    def random(self, size: Any = None) -> Any:
        """Numbers from 0 to 1, or others."""
        return self._floats(0.0, 1.0, size)

    def integers(self, low: int, high: int | None = None, size: Any = None, **more: Any) -> Any:
        """Whole numbers from one on, up to the highest that are asked for."""
        low, high = (0, low) if high is None else (low, high)
        last = int(high) if more.get("endpoint") else int(high) - 1
        first = int(low) if self._as_asked() else min(int(low), 1)
        count = 1 if size is None else math.prod(np.atleast_1d(size).tolist())
        chosen = st.integers(min(first, last), last)
        if count > MANY:
            numbers = np.random.default_rng(self._draw(st.integers(0, 99))).integers(first, last + 1, count)
        else:
            numbers = np.array(self._draw(st.lists(chosen, min_size=count, max_size=count)), dtype=int)
        return numbers.reshape(size) if size is not None else int(numbers[0])

    def choice(self, options: Any, size: Any = None, replace: bool = True, **more: Any) -> Any:
        """Some of the options; small sizes for sizes."""
        items = np.arange(options) if np.ndim(options) == 0 else np.asarray(options)
        count = 1 if size is None else math.prod(np.atleast_1d(size).tolist())
        if _are_sizes(items) and not self._as_asked():
            found = np.array(self._sizes(count))
        elif replace:
            self._as_asked()
            places = self._draw(st.lists(st.integers(0, len(items) - 1), min_size=count, max_size=count))
            found = items[np.array(places, dtype=int)]
        else:
            found = items[self._order(len(items))[:count]]
        return found.reshape((*np.atleast_1d(size).tolist(), *items.shape[1:])) if size is not None else found[0]

    def permutation(self, what: Any, axis: int = 0) -> Any:
        """Another order; small sizes for sizes."""
        items = np.arange(what) if np.ndim(what) == 0 else np.asarray(what)
        if np.ndim(what) and _are_sizes(items) and not self._as_asked():
            return np.array(self._sizes(len(items)))
        return items[self._order(len(items))]

    def shuffle(self, what: Any) -> None:
        """Bring a list or an array into another order."""
        order = self._order(len(what))
        what[:] = [what[k] for k in order] if isinstance(what, list) else what[order]

    def _order(self, count: int) -> np.ndarray:
        if count > MANY:
            return np.random.default_rng(self._draw(st.integers(0, 99))).permutation(count)
        return np.array(self._draw(st.permutations(range(count))), dtype=int)

    def _sizes(self, count: int) -> Sequence[int]:
        return self._draw(st.lists(st.integers(1, 3), min_size=count, max_size=count))


def _are_sizes(items: np.ndarray) -> bool:
    """Whether numbers that a draw chooses from are sizes: all whole, all above one, none twice."""
    return items.dtype.kind == "i" and items.ndim == 1 and items.min(initial=2) > 1 and len(set(items)) == len(items)
