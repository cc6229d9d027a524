"""Training of one neuron: weights, losses and probabilities after each step, and the counts at a threshold."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.widgets.kit.formatting import factor_in_words, number

STEPS = 300
THRESHOLDS = np.arange(1, 100) / 100
"""Those that the slider can stand at."""
STILL = 1e-9
LATE = 20
"""A loss that still rises in the last so many steps has not come to rest."""


@dataclass(frozen=True)
class Neuron:
    """The five functions of unit 05, with the shapes that their docstrings give."""

    neuron_forward: Callable[..., Any]
    sigmoid: Callable[..., Any]
    binary_cross_entropy: Callable[..., Any]
    binary_cross_entropy_backward: Callable[..., Any]
    neuron_backward: Callable[..., Any]


def own_forward(x: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """The course's logits, while the student's are not right yet."""
    return np.tensordot(x, w, axes=1) + b


def own_sigmoid(z: np.ndarray) -> np.ndarray:
    """The course's probabilities."""
    return (1 + np.tanh(np.divide(z, 2))) / 2


def own_loss(z: np.ndarray, y: np.ndarray) -> float:
    """The course's mean cross-entropy."""
    wrong = np.where(np.equal(y, 1), np.negative(z), z)
    return float((np.maximum(wrong, 0) + np.log1p(np.exp(-np.abs(wrong)))).mean())


def own_loss_backward(z: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The course's slopes of the loss in the logits."""
    return np.subtract(own_sigmoid(z), y) / np.size(y)


def own_backward(dz: np.ndarray, x: np.ndarray, w: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """The course's slopes of the loss in rows, weights and bias."""
    return dz[:, None] * w[None, :], np.tensordot(dz, x, axes=1), float(np.sum(dz))


OWN = Neuron(own_forward, own_sigmoid, own_loss, own_loss_backward, own_backward)


@dataclass(frozen=True)
class Counts:
    """The rows by truth and call at one threshold."""

    found: int
    false_alarms: int
    missed: int
    cleared: int

    @property
    def right(self) -> int:
        """Rows on their right side."""
        return self.found + self.cleared

    def cost(self, miss: float) -> float:
        """Of all errors, in false alarms, if a miss costs so many."""
        return miss * self.missed + self.false_alarms


@dataclass(frozen=True, eq=False)
class Run:
    """What one training did.

    Attributes
    ----------
    weights : ndarray, shape (n + 1, 3)
        Both weights and the bias: at the start and after each step.
    losses : ndarray, shape (n + 1,)
    p : ndarray of float32, shape (n + 1, N)
        The probability of each row.
    y : ndarray of int, shape (N,)
    error : Exception or None
        What a function raised; the run ends before it.
    """

    weights: np.ndarray
    losses: np.ndarray
    p: np.ndarray
    y: np.ndarray
    error: Exception | None = None

    @property
    def steps(self) -> int:
        """How many steps were taken."""
        return len(self.losses) - 1

    def length(self, step: int) -> float:
        """Of the weights, the bias left out: how sharply p rises across the line."""
        return float(np.linalg.norm(self.weights[step, :2]))

    def counts(self, step: int, threshold: float) -> Counts:
        """What a threshold makes of the rows after a step."""
        called = self.p[step].astype(float) >= threshold
        sick = self.y == 1
        parts = (called & sick, called & ~sick, ~called & sick, ~called & ~sick)
        return Counts(*(int(part.sum()) for part in parts))

    def cheapest(self, step: int, miss: float) -> tuple[float, float]:
        """The least cost that a threshold of the slider has after a step, and the first such threshold."""
        costs = [self.counts(step, t).cost(miss) for t in THRESHOLDS]
        best = int(np.argmin(costs))
        return costs[best], float(THRESHOLDS[best])


def train(neuron: Neuron, x: np.ndarray, y: np.ndarray, lr: float, steps: int = STEPS) -> Run:
    """Gradient descent from zero weights.

    Parameters
    ----------
    neuron : Neuron
    x : ndarray, shape (N, 2)
    y : ndarray of int, shape (N,)
    lr : float
    steps : int
        Fewer are taken if a function raises.

    Returns
    -------
    Run

    Raises
    ------
    Exception
        Whatever a function raises before the first row of numbers is known.
    """
    rows: list[tuple[np.ndarray, float, np.ndarray]] = []
    error = None
    with np.errstate(all="ignore"):
        try:
            rows.extend(_walk(neuron, x, y, lr, steps))
        except Exception as raised:  # the student's function may raise anything; the figure shows it
            error = raised
    if error is not None and not rows:
        raise error
    weights, losses, p = zip(*rows, strict=True)
    return Run(np.array(weights), np.array(losses), np.array(p, dtype=np.float32), np.array(y), error)


def _walk(
    neuron: Neuron, x: np.ndarray, y: np.ndarray, lr: float, steps: int
) -> Iterator[tuple[np.ndarray, float, np.ndarray]]:
    """Weights, loss and probabilities, one row after each step: what came before an exception is kept."""
    w, b = np.zeros(x.shape[1]), 0.0
    for k in range(steps + 1):
        z = np.array(neuron.neuron_forward(x.copy(), w.copy(), b), dtype=float)
        p = np.array(neuron.sigmoid(z.copy()), dtype=float)
        yield np.array([*w, b]), float(neuron.binary_cross_entropy(z.copy(), y.copy())), p
        if k < steps:
            dz = np.array(neuron.binary_cross_entropy_backward(z.copy(), y.copy()), dtype=float)
            _, dw, db = neuron.neuron_backward(dz, x.copy(), w.copy())
            w, b = w - lr * np.squeeze(np.asarray(dw, dtype=float)), b - lr * float(np.squeeze(db))


def fate(run: Run) -> str:
    """What came of a run, in a sentence with the numbers that say so."""
    if run.error is not None:
        return f"A function raised an exception after step {run.steps}."
    if not np.isfinite(run.losses).all():
        return f"It diverges: the loss is no number from step {int(np.argmin(np.isfinite(run.losses)))} on."
    rises = np.flatnonzero(np.diff(run.losses) > STILL) + 1
    if not len(rises):
        return "The loss falls at every step."
    last = int(rises[-1])
    often = f"The loss rises in {len(rises)} of {run.steps} steps"
    if last <= run.steps - LATE:
        return f"{often}, last at step {last}; after that it falls."
    low, high = np.min(run.losses[-LATE:]), np.max(run.losses[-LATE:])
    moves = np.diff(run.weights, axis=0)
    ratio = float(moves[-1] @ moves[-2] / (moves[-2] @ moves[-2]))
    return f"{often}, and at the end it goes from {number(low)} to {number(high)} and back: {factor_in_words(ratio)}."
