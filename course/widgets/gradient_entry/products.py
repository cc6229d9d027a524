"""The possible products of x and dz: their shapes, the axis that is summed, and why only one can be dW."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

import numpy as np

from course.widgets.gradient_entry.batch import Batch, Entry

Pair = tuple[float | None, float | None]
Shape = tuple[int, ...]


class Product(NamedTuple):
    """Two matrices in this order; ``rows`` is whether a row of x meets a column of dz."""

    left: str
    right: str
    arrays: Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]
    rows: bool = False

    @property
    def name(self) -> str:
        """As it is written."""
        return f"{self.left} {self.right}"


RIGHT = Product("xᵀ", "dz", lambda x, dz: (x.T, dz))
REFUSED = Product("x", "dz", lambda x, dz: (x, dz), rows=True)
TURNED = Product("dzᵀ", "x", lambda x, dz: (dz.T, x))
PRODUCTS = (RIGHT, REFUSED, TURNED)


@dataclass(frozen=True)
class Fit:
    """How the shapes of a product meet; ``result`` is None where numpy refuses it."""

    product: Product
    left: Shape
    right: Shape
    result: Shape | None
    wanted: Shape

    @property
    def right_one(self) -> bool:
        """Whether this product is the gradient."""
        return self.product is RIGHT

    def lines(self) -> list[str]:
        """What the shapes say, in one to three lines."""
        shapes = f"{self.product.left} {self.left} times {self.product.right} {self.right}"
        if self.result is None:
            over = abs(self.left[1] - self.right[0])
            return [
                f"{shapes}: refused. The inner sizes are {self.left[1]} and {self.right[0]}.",
                f"A row of x has {self.left[1]} numbers, one for each input;",
                f"a column of dz has {self.right[0]}, one for each example: {over} "
                f"{'number finds' if over == 1 else 'numbers find'} no partner.",
            ]
        inner = f"{shapes}: {self.left[1]} meets {self.right[0]} and vanishes, {self.result} is left"
        if self.right_one:
            return [f"{inner}, the shape of W."]
        if self.product.rows:
            return [
                f"{inner}.",
                f"It fits only because there are as many examples as inputs, {self.left[0]}.",
                "Inputs are paired with examples: its numbers are no gradient.",
            ]
        if self.result == self.wanted:
            return [f"{inner}, the shape of W.", "But it is dW turned over: shapes alone cannot tell, one entry can."]
        return [f"{inner}; W has {self.wanted}.", "The sums are the same, but it is dW turned over: neurons by inputs."]


def fit(product: Product, batch: Batch) -> Fit:
    """Try a product in numpy."""
    left, right = product.arrays(batch.inputs, batch.upstream)
    try:
        result: Shape | None = np.matmul(left, right).shape
    except ValueError:
        result = None
    return Fit(product, left.shape, right.shape, result, batch.W.shape)


def pairs(product: Product, batch: Batch, entry: Entry) -> list[Pair]:
    """The numbers that meet in an entry; None where one finds no partner."""
    d, m = entry
    ours = batch.inputs[met_row(batch, entry)] if product.rows else batch.inputs[:, d]
    return list(zip_longest(ours.tolist(), batch.upstream[:, m].tolist()))


def met_row(batch: Batch, entry: Entry) -> int:
    """The row of x that belongs to an entry where rows meet columns."""
    return min(entry[0], batch.sizes[0] - 1)
