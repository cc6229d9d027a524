"""The kinds of input that exercises take, and the corners of each: values that an ordinary draw hardly ever has.

A corner has the name of its kind, which an exercise leaves out with a reason; see ``Exercise.corners``.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

Sizes = Mapping[str, int]
EQUAL_SIZES, SIZE_ONE, THREE_AXES = "equal sizes", "size one", "three axes"
ZEROS, NEGATIVE, LARGE, TINY, TIES = "zeros", "negative values", "large values", "tiny values", "ties"
EDGES, SEEDS, MISSING_CLASS = "edges of parameters", "seeds", "a class without rows"
FUNCTIONS, VIEWS, LOOPS, AGAIN = "functions", "writable views", "loops to the end", "called again"
SIZES, VALUES = (EQUAL_SIZES, SIZE_ONE, THREE_AXES), (ZEROS, NEGATIVE, LARGE, TINY, TIES)
KINDS = (*SIZES, *VALUES, EDGES, SEEDS, MISSING_CLASS, FUNCTIONS, VIEWS, LOOPS, AGAIN)
ANY_SHAPE = "any shape"
"""In the place of letters for the axes: an array of any shape, the same for all inputs that say so."""
LARGE_FACTOR, TINY_FACTOR, DECIMALS = 1e4, 1e-5, 2
TEN_SEEDS, LARGE_SEED = range(10), 4_000_000
"""So large that a thousand times as much is still a seed for numpy's older generator."""


def another(value: Any) -> Any:
    """Another ordinary value in the place of this one: itself, where there is none."""
    if isinstance(value, int):
        return value + 1
    if isinstance(value, np.ndarray) and value.dtype.kind == "i":
        return np.roll(value, 1)
    return over(value, lambda array: 1.5 * np.flip(array.ravel()).reshape(array.shape))


def over(value: Any, change: Callable[[np.ndarray], Any]) -> Any:
    """A value with every float and every array of floats in it changed."""
    if isinstance(value, dict):
        return {name: over(item, change) for name, item in value.items()}
    if isinstance(value, list):
        return [over(item, change) for item in value]
    if isinstance(value, float):
        return float(change(np.array(value)))
    return change(value) if isinstance(value, np.ndarray) and value.dtype.kind == "f" else value


@dataclass(frozen=True)
class Numbers:
    """A float, an array of floats, or a list or dict of such.

    Parameters
    ----------
    axes : str or dict of str
        A letter for each axis, the same letter where sizes must agree: ``"ND"``; or :data:`ANY_SHAPE`. For a dict, by
        the names of what it holds. Without letters the shape is left as it is drawn.
    without : dict
        Corners that this input can't have, each with the reason.
    large : float
        What large values are multiplied with.
    """

    axes: str | Mapping[str, str] = ""
    without: Mapping[str, str] = field(default_factory=dict)
    large: float = LARGE_FACTOR

    def small(self, value: Any, sizes: Sizes, shape: tuple[int, ...]) -> Any:
        """The value with so few entries, of so few decimals that they can be followed by hand."""
        return over(cut(value, self.axes, sizes, shape), _rounded)

    def corners(self, value: Any) -> Iterator[tuple[str, Any]]:
        """Each kind of corner, with the value changed for it."""
        yield ZEROS, over(value, np.zeros_like)
        if not _has_negative(value):
            yield NEGATIVE, over(value, np.negative)
        yield LARGE, over(value, lambda array: self.large * array)
        yield TINY, over(value, lambda array: TINY_FACTOR * array)

    def again(self, value: Any) -> Any:
        """Another ordinary value."""
        return another(value)


@dataclass(frozen=True)
class Outputs(Numbers):
    """Outputs of an activation function, entry by entry.

    Parameters
    ----------
    function : callable
        The activation function.
    """

    function: Callable[[Any], Any] = np.tanh

    def small(self, value: Any, sizes: Sizes, shape: tuple[int, ...]) -> Any:
        return cut(value, self.axes, sizes, shape)

    def corners(self, value: Any) -> Iterator[tuple[str, Any]]:
        steps = np.linspace(0.5, 1.5, np.size(value)).reshape(np.shape(value))
        yield ZEROS, self.function(np.zeros_like(value))
        yield NEGATIVE, self.function(-steps)
        yield LARGE, self.function(1000 * np.where(np.arange(np.size(value)).reshape(steps.shape) % 2, steps, -steps))
        yield TINY, self.function(1e-3 * steps)

    def again(self, value: Any) -> Any:
        return np.flip(value.ravel()).reshape(value.shape)


@dataclass(frozen=True)
class Chances(Numbers):
    """Probabilities that add up to 1 in each row."""

    def small(self, value: Any, sizes: Sizes, shape: tuple[int, ...]) -> Any:
        few = cut(value, self.axes, sizes, shape)
        return few / few.sum(axis=-1, keepdims=True)

    def corners(self, value: Any) -> Iterator[tuple[str, Any]]:
        first = np.arange(value.shape[-1]) == 0
        sure, nearly = np.where(first, 1.0, np.zeros_like(value)), np.where(first, 1e-7, value)
        yield ZEROS, sure
        yield TINY, nearly / nearly.sum(axis=-1, keepdims=True)

    def again(self, value: Any) -> Any:
        return np.flip(value, axis=-1)


@dataclass(frozen=True)
class Labels:
    """A class for each row.

    Parameters
    ----------
    axes : str
        The letter of the rows.
    classes : str
        The letter of the axis that has one place for each class, or the number of classes.
    without : dict
    """

    axes: str = "N"
    classes: str | int = "C"
    without: Mapping[str, str] = field(default_factory=dict)

    def small(self, value: Any, sizes: Sizes, shape: tuple[int, ...]) -> Any:
        few = cut(value, self.axes, sizes, shape)
        count = self.classes if isinstance(self.classes, int) else sizes.get(self.classes, int(np.max(value)) + 1)
        labels = (count - 1 - np.arange(len(few))) % count
        if len(few) == sizes.get(str(self.classes)):
            labels[-1] = labels[0]  # each class once would give the same sum in a transposed table
        return labels

    def corners(self, value: Any) -> Iterator[tuple[str, Any]]:
        highest = int(np.max(value))
        yield MISSING_CLASS, np.zeros_like(value)
        yield MISSING_CLASS, np.full_like(value, highest) if isinstance(self.classes, int) else value % max(highest, 1)

    def again(self, value: Any) -> Any:
        return another(value)


@dataclass(frozen=True)
class Parameter:
    """A number that a caller chooses, such as a slope or a learning rate, with its edges."""

    edges: tuple[Any, ...]
    axes: str = ""
    without: Mapping[str, str] = field(default_factory=dict)

    def small(self, value: Any, sizes: Sizes, shape: tuple[int, ...]) -> Any:
        return over(value, lambda array: np.round(array, DECIMALS))

    def corners(self, value: Any) -> Iterator[tuple[str, Any]]:
        yield from ((EDGES, edge) for edge in self.edges)

    def again(self, value: Any) -> Any:
        return another(value)


@dataclass(frozen=True)
class Seed:
    """A seed: ten of them, the first ones, and a large one."""

    axes: str = ""
    without: Mapping[str, str] = field(default_factory=dict)

    def small(self, value: Any, sizes: Sizes, shape: tuple[int, ...]) -> Any:
        return TEN_SEEDS[0]

    def corners(self, value: Any) -> Iterator[tuple[str, Any]]:
        yield from ((SEEDS, seed) for seed in (*TEN_SEEDS, LARGE_SEED))

    def again(self, value: Any) -> Any:
        return value


@dataclass(frozen=True)
class AsDrawn:
    """An input without corners, for the reason ``why``: it is made small where it has axes, and else stays as drawn."""

    why: str
    axes: str = ""
    without: Mapping[str, str] = field(default_factory=dict)

    def small(self, value: Any, sizes: Sizes, shape: tuple[int, ...]) -> Any:
        return over(cut(value, self.axes, sizes, shape), _rounded) if self.axes else value

    def corners(self, value: Any) -> Iterator[tuple[str, Any]]:
        yield from ()

    def again(self, value: Any) -> Any:
        return 0.5 * value if isinstance(value, float) else value


InputKind = Numbers | Labels | Parameter | Seed | AsDrawn


def _rounded(array: np.ndarray) -> np.ndarray:
    """With two decimals, but never so that a number becomes 0."""
    few = np.round(array, DECIMALS)
    return np.where((few == 0) & (array != 0), np.copysign(10.0**-DECIMALS, array), few)


def _has_negative(value: Any) -> bool:
    """Whether a negative number is among the ordinary ones already."""
    if isinstance(value, list | dict):
        return any(map(_has_negative, value.values() if isinstance(value, dict) else value))
    return bool(np.any(np.asarray(value) < 0))


def cut(value: Any, axes: str | Mapping[str, str], sizes: Sizes, shape: tuple[int, ...]) -> Any:
    """The first entries along each axis, as many as ``sizes`` says for its letter.

    Of an array of any shape, in the shape given: the largest entry, the smallest, the one at three quarters, at one
    quarter, and the others. A square one has both signs beside its diagonal, of different sizes, so that it differs
    from its transpose even where one sign is cut or none counts.
    """
    if isinstance(axes, Mapping):
        return {name: cut(item, axes.get(name, ""), sizes, shape) for name, item in value.items()}
    if axes == ANY_SHAPE:
        rising, last = np.sort(value, axis=None), value.size - 1
        places = dict.fromkeys([last, 0, 3 * last // 4, last // 4, *range(last)])
        return np.resize(rising[list(places)], shape)
    if not axes:
        return value
    return value[tuple(slice(0, sizes[letter]) for letter in axes)]
