"""One linear layer's dW, entry by entry: from the backward pass, and checked by one outer product per example.

Symbols and shapes are those of unit 06: x (N, D), dz (N, M), W and dW (D, M).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from course.draw.layers import gradients

Entry = tuple[int, int]
Cell = tuple[str, int, int]

X = ((1.0, 0.0, 2.0), (0.0, 3.0, 1.0), (2.0, 1.0, 0.0), (-1.0, 2.0, 1.0))
DZ = ((0.5, -1.0), (0.0, 1.0), (-1.0, 0.5), (1.0, 0.0))
WEIGHTS = ((0.2, -0.5), (0.4, 0.1), (-0.3, 0.6))
MOST = {"examples": 5, "inputs": 4, "neurons": 3}
CLOSE = 1e-6


class Term(NamedTuple):
    """What one example adds to an entry of dW: its input times its dz."""

    input: float
    dz: float

    @property
    def product(self) -> float:
        """The two multiplied."""
        return self.input * self.dz


@dataclass(frozen=True, eq=False)
class Batch:
    """A batch with its upstream gradient dz, and what the reader has switched off.

    Parameters
    ----------
    x : ndarray, shape (N, D)
    dz : ndarray, shape (N, M)
    W : ndarray, shape (D, M)
    on : tuple of bool
        For each example, whether it counts; that of the others is a dz of 0.
    mean : bool
        Whether the loss is a mean over the examples that count, which divides their dz by their number.
    emptied : frozenset
        Cells that are set to 0, such as ``("x", 1, 1)``.
    """

    x: np.ndarray
    dz: np.ndarray
    W: np.ndarray
    on: tuple[bool, ...]
    mean: bool = False
    emptied: frozenset[Cell] = frozenset()

    @property
    def sizes(self) -> tuple[int, int, int]:
        """N, D and M."""
        return self.x.shape[0], self.x.shape[1], self.dz.shape[1]

    @property
    def divisor(self) -> int:
        """What each dz is divided by: the number of examples in a mean, else 1."""
        return max(sum(self.on), 1) if self.mean else 1

    @cached_property
    def inputs(self) -> np.ndarray:
        """x as the layer gets it, shape (N, D)."""
        return self._with_zeros("x", self.x)

    @cached_property
    def upstream(self) -> np.ndarray:
        """dz as it arrives, shape (N, M)."""
        return self._with_zeros("dz", self.dz) * np.array(self.on)[:, None] / self.divisor

    def _with_zeros(self, name: str, array: np.ndarray) -> np.ndarray:
        array = array.copy()
        for whose, row, column in self.emptied:
            if whose == name:
                array[row, column] = 0.0
        return array

    def toggled(self, cell: Cell) -> "Batch":
        """The same batch with a cell set to 0, or back to what it was."""
        return replace(self, emptied=self.emptied ^ {cell})


@dataclass(frozen=True, eq=False)
class Ledger:
    """A gradient, and what each example puts into it.

    Attributes
    ----------
    batch : Batch
    given : ndarray, shape (D, M)
        The dW that the backward pass gives.
    sheets : ndarray, shape (N, D, M)
        For each example, each of its inputs times each of its dz.
    yours : bool
        Whether the backward pass is the student's.
    """

    batch: Batch
    given: np.ndarray
    sheets: np.ndarray
    yours: bool = False

    @cached_property
    def total(self) -> np.ndarray:
        """The sheets on top of each other, shape (D, M)."""
        return np.sum(self.sheets, axis=0)

    @cached_property
    def differing(self) -> list[Entry]:
        """The entries where the backward pass says something else than the products."""
        scale = CLOSE * max(1.0, float(np.max(np.abs(self.total))))
        wrong = ~(np.abs(self.given - self.total) <= scale)
        return [(int(d), int(m)) for d, m in np.argwhere(wrong)]

    def terms(self, entry: Entry) -> list[Term]:
        """What each example adds to an entry."""
        d, m = entry
        columns = self.batch.inputs[:, d].tolist(), self.batch.upstream[:, m].tolist()
        return [Term(*pair) for pair in zip(*columns, strict=True)]


def batch_of(x: Any, dz: Any, W: Any) -> Batch:
    """A batch of these numbers, all examples on.

    Raises
    ------
    ValueError
        If the shapes don't belong together, or are too large to be drawn.
    """
    x, dz, W = (np.array(array, dtype=float) for array in (x, dz, W))
    shapes = x.shape, dz.shape, W.shape
    fits = all(len(shape) == 2 and all(shape) for shape in shapes)
    fits = fits and shapes[0][0] == shapes[1][0] and shapes[2] == (shapes[0][1], shapes[1][1])
    if not fits:
        raise ValueError(f"x takes (N, D), dz (N, M) and W (D, M); these are {shapes[0]}, {shapes[1]} and {shapes[2]}.")
    batch = Batch(x, dz, W, on=(True,) * shapes[0][0])
    if any(size > most for size, most in zip(batch.sizes, MOST.values(), strict=True)):
        most = ", ".join(f"{count} {what}" for what, count in MOST.items())
        raise ValueError(f"The figure has room for {most}; x is {shapes[0]} and dz is {shapes[1]}.")
    return batch


def ledger(batch: Batch, backward: Callable[..., Any], yours: bool = False) -> Ledger:
    """The gradient that a backward pass gives for a batch, and the sum of outer products that checks it.

    Parameters
    ----------
    batch : Batch
    backward : callable
        (dz, x, W) to dx, dW, db; it gets copies.
    yours : bool

    Raises
    ------
    ValueError
        If its dW is not shaped like W.
    """
    dW = gradients(backward(batch.upstream.copy(), batch.inputs.copy(), batch.W.copy()))[1].astype(float)
    if dW.shape != batch.W.shape:
        raise ValueError(f"dW has the shape {dW.shape}, W has {batch.W.shape}.")
    return Ledger(batch, dW, outer_products(batch), yours)


def outer_products(batch: Batch) -> np.ndarray:
    """For each example, its row of x times its row of dz; shape (N, D, M)."""
    return batch.inputs[:, :, None] * batch.upstream[:, None, :]


def own_backward(dz: np.ndarray, x: np.ndarray, W: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The course's backward pass, while the student's is not right yet."""
    ones = np.ones(len(dz))
    return np.einsum("nm,dm->nd", dz, W), np.einsum("nd,nm->dm", x, dz), np.einsum("n,nm->m", ones, dz)
