"""The course's own MLP and training of unit 10, and small runs that test whether a student's give the same.

An exercise about a class is checked by a scenario that runs in the notebook, so its key can't judge the class
itself: here it computes a few numbers beside the course's own.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from course.functions import Stretch

CLOSE = 1e-7


class Network:
    """The course's stand-in for an MLP: all weights and biases in two lists.

    Parameters
    ----------
    sizes : sequence of int, [D, H1, ..., C]
    seed : int
    """

    def __init__(self, sizes: Sequence[int], seed: int) -> None:
        bell = np.random.default_rng(seed)
        self._w = [bell.normal(scale=np.sqrt(2.0 / rows), size=(rows, cols)) for rows, cols in pairwise(sizes)]
        self._b = [np.zeros(cols) for cols in sizes[1:]]
        self._seen: list[np.ndarray] = []
        self._slopes: list[np.ndarray] = []

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Logits, shape (N, C), of x, shape (N, D)."""
        self._seen = [x]
        for w, b in zip(self._w, self._b, strict=True):
            self._seen.append(np.clip(self._seen[-1], 0, None) @ w + b if len(self._seen) > 1 else x @ w + b)
        return self._seen.pop()

    def backward(self, dz: np.ndarray) -> np.ndarray:
        """The gradient with respect to x, given that of the logits."""
        slopes: list[np.ndarray] = []
        for k in range(len(self._w) - 1, -1, -1):
            below = np.clip(self._seen[k], 0, None) if k else self._seen[0]
            slopes = [np.einsum("nd,nc->dc", below, dz, optimize=True), np.einsum("nc->c", dz), *slopes]
            dz = np.where(self._seen[k] > 0, dz @ self._w[k].T, 0) if k else dz @ self._w[0].T
        self._slopes = slopes
        return dz

    def params(self) -> list[np.ndarray]:
        """The arrays themselves, W1, b1, W2, and so on."""
        return [array for pair in zip(self._w, self._b, strict=True) for array in pair]

    def grads(self) -> list[np.ndarray]:
        """Their gradients, in the same order."""
        return self._slopes


def fitted(model: Any, x: np.ndarray, y: np.ndarray, lr: float, epochs: int, batch_size: int, seed: int) -> list[float]:
    """The course's stand-in for train_mlp: takes what it takes, returns what it returns."""
    means = []
    for turn in range(epochs):
        seen = [_stepped(model, x[some], y[some], lr) * len(some) for some in _batches(len(x), batch_size, seed + turn)]
        means.append(float(np.sum(seen)) / len(y))
    return means


def _batches(rows: int, size: int, seed: int) -> Iterator[np.ndarray]:
    order = np.random.default_rng(seed).permutation(rows)
    return (order[at : at + size] for at in range(0, rows, size))


def _stepped(model: Any, x: np.ndarray, y: np.ndarray, lr: float) -> float:
    """The loss of a batch, before the step that it makes."""
    z = np.asarray(model.forward(x))
    logs = z - np.logaddexp.reduce(z, axis=1, keepdims=True)
    true = np.equal.outer(y, np.arange(z.shape[1]))
    model.backward((np.exp(logs) - true) / len(y))
    for array, slope in zip(model.params(), model.grads(), strict=True):
        array -= lr * slope
    return -float(logs[true].mean())


def builds_the_same(MLP: Callable[..., Any]) -> bool:
    """Whether a student's MLP, with the same weights, computes what the course's own does."""
    rng = np.random.default_rng(10)
    sizes = [5, 7, 4, 3]
    model, ours = MLP(list(sizes), 1), Network(sizes, 1)
    for theirs, own in zip(model.params(), ours.params(), strict=True):
        theirs[...] = own[...] = rng.normal(size=own.shape)
    for rows in (6, 2):
        x, dz = rng.normal(size=(rows, 5)), rng.normal(size=(rows, 3))
        if not _alike([model.forward(x.copy())], [ours.forward(x)]):
            return False
        model.backward(dz.copy())
        ours.backward(dz)
        if not _alike(model.grads(), ours.grads()):
            return False
    return True


def trains_the_same(train_mlp: Callable[..., Any]) -> bool:
    """Whether a student's train_mlp takes the course's own steps, where no order of the rows plays a part."""
    x, y = np.array([[2.0, 1.0, 0.0], [0.0, 2.0, 1.0], [1.0, 0.0, 2.0], [3.0, 0.0, 1.0]]), np.array([0, 1, 2, 1])
    for rows, batch in ((np.arange(4), 4), (np.zeros(5, int), 2)):
        theirs, own = Stretch(3), Stretch(3)
        train_mlp(theirs, x[rows], y[rows], 0.5, 3, batch, 0)
        fitted(own, x[rows], y[rows], 0.5, 3, batch, 0)
        if not _alike(theirs.params(), own.params()):
            return False
    return True


def _alike(some: Sequence[Any], others: Sequence[np.ndarray]) -> bool:
    """Whether arrays have the same shapes and nearly the same numbers."""
    pairs = zip(some, others, strict=True)
    return all(np.shape(a) == b.shape and np.allclose(a, b, rtol=CLOSE, atol=CLOSE) for a, b in pairs)
