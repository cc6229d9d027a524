"""From three logits to the loss and its gradient: with stable functions, or with the naive formula in float32."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

CLASSES = 3
RANGE = 5.0
"""The logits lie between minus this and this."""


@dataclass(frozen=True)
class Dials:
    """What the reader can set.

    Attributes
    ----------
    logits : tuple of float, length 3
    temperature : float
    added : float
        The constant c that is added to all logits.
    true : int
        The true class, counted from 0.

    Raises
    ------
    ValueError
        Where the sliders could not show them.
    """

    logits: tuple[float, ...] = (2.0, 1.0, 0.1)
    temperature: float = 1.0
    added: float = 0.0
    true: int = 2

    def __post_init__(self) -> None:
        if len(self.logits) != CLASSES or not all(abs(z) <= RANGE for z in self.logits):
            raise ValueError(f"logits takes {CLASSES} numbers from −{RANGE:g} to {RANGE:g}.")
        if self.true not in range(CLASSES):
            raise ValueError(f"true is one of the classes 0 to {CLASSES - 1}.")

    @property
    def scores(self) -> np.ndarray:
        """What goes into softmax, s = (z + c) / T; shape (3,)."""
        return (np.array(self.logits) + self.added) / self.temperature


@dataclass(frozen=True)
class Code:
    """The functions that compute; each takes a batch of one row, as in unit 08.

    Attributes
    ----------
    softmax : callable
        s to p.
    cross_entropy, cross_entropy_backward : callable
        s and the true class to the loss, and to its gradient in s.
    softmax_backward : callable
        A gradient in p, and p, to one in s.
    number : type
        Of the numbers that they are given.
    nudge : float
        How far a logit is moved to measure a slope.
    """

    softmax: Callable[..., Any]
    cross_entropy: Callable[..., Any]
    cross_entropy_backward: Callable[..., Any]
    softmax_backward: Callable[..., Any]
    number: type = np.float64
    nudge: float = 1e-5


@dataclass(frozen=True, eq=False)
class Outcome:
    """Everything on the way from the logits to the loss and back; arrays have shape (3,).

    Attributes
    ----------
    dials : Dials
    powers, total : ndarray, float
        The decimal logarithms of each e^s and of their sum: on paper e^1000 is a number like any other.
    p : ndarray
    loss : float
    pull : ndarray
        dL/ds = p - y.
    measured : ndarray
        (L(s + h) - L(s - h)) / 2h.
    slopes : ndarray
        Of the p of the true class, in each s.
    """

    dials: Dials
    powers: np.ndarray
    total: float
    p: np.ndarray
    loss: float
    pull: np.ndarray
    measured: np.ndarray
    slopes: np.ndarray

    @property
    def truth(self) -> np.ndarray:
        """1 for the true class, 0 elsewhere; shape (3,)."""
        return np.eye(CLASSES)[self.dials.true]

    @property
    def works(self) -> bool:
        """Whether all of it is finite."""
        return bool(np.isfinite([*self.p, self.loss, *self.pull]).all())

    def stepped(self, rate: float = 1.0) -> tuple[float, ...]:
        """The logits after one step downhill, not beyond what can be set; dL/dz = (p - y) / T."""
        z = np.array(self.dials.logits) - rate * self.pull / self.dials.temperature
        return tuple(float(value) for value in np.clip(z, -RANGE, RANGE))


def outcome(dials: Dials, code: Code) -> Outcome:
    """Run the functions forwards and backwards, and measure the slopes of the loss."""
    s: np.ndarray = dials.scores.astype(code.number)
    y = np.array([dials.true])
    with np.errstate(all="ignore"):
        p = _row(code.softmax(s[None].copy()))
        pull = _row(code.cross_entropy_backward(s[None].copy(), y.copy()))
        one = np.eye(CLASSES, dtype=code.number)[y]
        slopes = _row(code.softmax_backward(one, p.astype(code.number)[None]))
        nudges = code.nudge * np.eye(CLASSES, dtype=code.number)
        measured = [(_loss(code, s + h, y) - _loss(code, s - h, y)) / (2 * code.nudge) for h in nudges]
        loss = _loss(code, s, y)
    powers, total = powers_of(s)
    return Outcome(dials, powers, total, p, loss, pull, np.array(measured), slopes)


def _loss(code: Code, s: np.ndarray, y: np.ndarray) -> float:
    return float(code.cross_entropy(s[None].copy(), y.copy()))


def _row(batch: Any) -> np.ndarray:
    return np.array(batch, dtype=float)[0]


def powers_of(s: np.ndarray) -> tuple[np.ndarray, float]:
    """Decimal logarithms of e^s and of their sum: exact for float64, what float32 holds for float32."""
    with np.errstate(all="ignore"):
        if s.dtype == np.float32:
            e = np.exp(s)
            return np.log10(e.astype(float)), float(np.log10(float(e.sum())))
        return s / np.log(10), float(np.logaddexp.reduce(s) / np.log(10))


def own_softmax(z: np.ndarray) -> np.ndarray:
    """The course's probabilities, while the student's are not right yet."""
    return np.exp(z - np.logaddexp.reduce(z, axis=1)[:, None])


def own_cross_entropy(z: np.ndarray, y: np.ndarray) -> float:
    """The course's loss, while the student's is not right yet."""
    return float(np.mean(np.logaddexp.reduce(z, axis=1) - np.take_along_axis(z, y[:, None], axis=1).ravel()))


def own_cross_entropy_backward(z: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The course's gradient of the loss, while the student's is not right yet."""
    return (own_softmax(z) - np.eye(z.shape[1])[y]) / z.shape[0]


def own_softmax_backward(dp: np.ndarray, p: np.ndarray) -> np.ndarray:
    """The course's way back through softmax, while the student's is not right yet."""
    return p * dp - np.einsum("nc,nc,nk->nk", dp, p, p)


def naive_softmax(z: np.ndarray) -> np.ndarray:
    """The formula as it stands: e^s over the sum, with nothing subtracted."""
    e = np.exp(z)
    return np.divide(e, np.sum(e, 1)[:, None])


def _naive_loss(z: np.ndarray, y: np.ndarray) -> float:
    return float(-np.log(np.take_along_axis(naive_softmax(z), y[:, None], axis=1))[0, 0])


def _naive_pull(z: np.ndarray, y: np.ndarray) -> np.ndarray:
    return naive_softmax(z) - np.eye(z.shape[1])[y]


OWN = Code(own_softmax, own_cross_entropy, own_cross_entropy_backward, own_softmax_backward)
NAIVE = Code(naive_softmax, _naive_loss, _naive_pull, own_softmax_backward, np.float32, 0.01)
