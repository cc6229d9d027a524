"""Which corners an exercise is tried at, derived from its ordinary draw and the kinds of its inputs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from autograder.exercises.corners.input_kinds import (
    AGAIN,
    ANY_SHAPE,
    EQUAL_SIZES,
    SIZE_ONE,
    THREE_AXES,
    ZEROS,
    InputKind,
)

Inputs = dict[str, Any]
Drawing = Callable[..., Inputs]
SHAPES = {EQUAL_SIZES: ((2, 2),), SIZE_ONE: ((1,), (1, 3), (3, 1)), THREE_AXES: ((1, 1, 2), (2, 1, 3))}
"""The corners of an array of any shape."""
SMALL_SHAPE, SMALL_SIZES, EQUAL = (2, 3), (2, 3), 3
"""Of two rows and columns, a square array is its own transpose too often."""
BATCH = "N"
"""The letter of the axis that holds the rows of a batch."""


class Corner(NamedTuple):
    """The kind of a corner, and the inputs of a draw there."""

    kind: str
    inputs: Inputs


@dataclass
class CornerPlan:
    """What an exercise declares about its inputs, for the corners to be derived from.

    Attributes
    ----------
    inputs : dict
        The kind of each input, in the order of the signature.
    without : dict
        Kinds of corner that the exercise is not tried at, each with the reason.
    remake : callable or None
        Takes inputs by name, some of them changed, and returns them with what follows from them made anew, such as
        the cache of a forward pass.
    base : callable or None
        Draws what is changed, where no ordinary draw can be made small.
    own : list
        Kinds with functions of a Generator that draw inputs there, for what can't be derived.
    """

    inputs: Mapping[str, InputKind] = field(default_factory=dict)
    without: Mapping[str, str] = field(default_factory=dict)
    remake: Drawing | None = None
    base: Drawing | None = None
    own: list[tuple[str, Drawing]] = field(default_factory=list)

    def __call__(
        self,
        remake: Drawing | None = None,
        *,
        base: Drawing | None = None,
        without: Mapping[str, str] | None = None,
        **inputs: InputKind,
    ) -> None:
        """Declare the kind of each input by name; the rest as above."""
        self.inputs, self.without, self.remake, self.base = inputs, without or {}, remake, base

    def at(self, kind: str) -> Callable[[Drawing], Drawing]:
        """Enter a function that draws at a corner which can't be derived from the kinds of the inputs."""

        def enter(draw: Drawing) -> Drawing:
            self.own.append((kind, draw))
            return draw

        return enter

    def drawn(
        self, draws: Sequence[Drawing], rng: np.random.Generator, one_row_apart: bool = False
    ) -> Iterator[Corner]:
        """The corners of an exercise: its own first, since a message shows the first one that an answer is wrong at.

        Parameters
        ----------
        draws : sequence of callables
            Its ordinary draws: the one with the most numbers is made small and changed.
        rng : Generator
        one_row_apart : bool
            Whether a batch of one is an aspect of care, with points of its own.
        """
        yield from (Corner(kind, draw(rng)) for kind, draw in self.own)
        if self.inputs:
            base = self.base(rng) if self.base else max((draw(rng) for draw in draws), key=_entries)
            yield from (corner for corner in self._derived(base, one_row_apart) if corner.kind not in self.without)

    def _derived(self, base: Inputs, one_row_apart: bool) -> Iterator[Corner]:
        drawn = self._sizes(base)
        letters = list(drawn)
        sizes = {letter: min(SMALL_SIZES[k % 2], drawn[letter]) for k, letter in enumerate(letters)}
        if len(letters) > 1:
            equal = min(EQUAL, *drawn.values())
            yield Corner(EQUAL_SIZES, self._small(base, dict.fromkeys(letters, equal)))
        for letter in letters:
            if letter != BATCH or not one_row_apart:
                yield Corner(SIZE_ONE, self._small(base, {**sizes, letter: 1}))
        if any(kind.axes == ANY_SHAPE for kind in self.inputs.values()):
            for name, shapes in SHAPES.items():
                yield from (Corner(name, self._small(base, sizes, shape)) for shape in shapes)
        small = self._small(base, sizes)
        for name, kind in self.inputs.items():
            for corner, value in kind.corners(small[name]):
                if corner not in kind.without:
                    yield Corner(corner, self._consistent({**small, name: value}))
        zeros = dict(self._zeros(small))
        if len(zeros) > 1:
            yield Corner(ZEROS, self._consistent({**small, **zeros}))
        if len(self.inputs) > 1:
            yield Corner(AGAIN, small)
            others = {name: kind.again(small[name]) for name, kind in self.inputs.items()}
            for name in (name for name, value in others.items() if value is not small[name]):
                yield Corner(AGAIN, self._consistent({**small, name: others[name]}))

    def _zeros(self, small: Inputs) -> Iterator[tuple[str, Any]]:
        """Each input that can be zero, with its zeros: at once, they make residuals and steps that are exactly zero."""
        for name, kind in self.inputs.items():
            if ZEROS not in kind.without:
                yield from ((name, value) for corner, value in kind.corners(small[name]) if corner == ZEROS)

    def _sizes(self, inputs: Inputs) -> dict[str, int]:
        """The size of each axis that has a letter, in the order in which they come."""
        found: dict[str, int] = {}
        for name, kind in self.inputs.items():
            parts = kind.axes if isinstance(kind.axes, Mapping) else {"": kind.axes}
            for part, letters in parts.items():
                if letters and letters != ANY_SHAPE:
                    found |= dict(zip(letters, np.shape(inputs[name][part] if part else inputs[name]), strict=True))
        return found

    def _small(self, base: Inputs, sizes: Mapping[str, int], shape: tuple[int, ...] = SMALL_SHAPE) -> Inputs:
        few = {name: kind.small(base[name], sizes, shape) for name, kind in self.inputs.items() if name in base}
        return self._consistent(few)

    def _consistent(self, inputs: Inputs) -> Inputs:
        return self.remake(**inputs) if self.remake else inputs


def _entries(value: Any) -> int:
    if isinstance(value, np.ndarray):
        return value.size
    items = value.values() if isinstance(value, dict) else value
    return sum(map(_entries, items)) if isinstance(value, list | tuple | dict) else 1
