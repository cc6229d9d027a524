"""Training a network on digits: losses, counts and probabilities after each epoch (unit 10)."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.data import Split
from course.draw.digits import log_probabilities

EPOCHS = 20
MOST_SECONDS = 10.0
"""Training ends with the epoch in which so much time is over."""
HARD = 12


@dataclass(frozen=True)
class Settings:
    """How a network is made and trained; ``scale`` multiplies its first weights."""

    lr: float = 0.5
    hidden: tuple[int, ...] = (128, 64)
    batch: int = 32
    scale: float = 1.0

    def sizes(self, data: Split) -> list[int]:
        """[D, H1, ..., C] for these data."""
        return [data.x_train.shape[1], *self.hidden, classes(data)]


@dataclass(frozen=True, eq=False)
class Run:
    """What one training did.

    Attributes
    ----------
    losses : ndarray, shape (E + 1, 2)
        In training and in validation: before training and after each epoch.
    right : ndarray of int, shape (E + 1, 2)
        How many images were read right.
    p : ndarray of float32, shape (E + 1, N, C)
        The probabilities of the validation images.
    y : ndarray of int, shape (N,)
    rows : int
        How many images there are to train with.
    dead : tuple of (int, int)
        Of each hidden layer at the end: the units that give 0 for every training image, and all its units.
    epochs : int
        How many were asked for.
    error : Exception or None
        What a function raised; the run ends before it.
    """

    losses: np.ndarray
    right: np.ndarray
    p: np.ndarray
    y: np.ndarray
    rows: int
    dead: tuple[tuple[int, int], ...] = ()
    epochs: int = EPOCHS
    error: Exception | None = None

    @property
    def taken(self) -> int:
        """How many epochs were taken."""
        return len(self.losses) - 1

    def answers(self, epoch: int) -> np.ndarray:
        """The digit that each image is read as, shape (N,); -1 where the probabilities are no numbers."""
        return answers(self.p[epoch])

    def confusion(self, epoch: int) -> np.ndarray:
        """Counts of true digit (down) against answer (across), shape (C, C)."""
        counts = np.zeros((self.p.shape[2],) * 2, dtype=int)
        read = self.answers(epoch)
        np.add.at(counts, (self.y[read >= 0], read[read >= 0]), 1)
        return counts

    def mistakes(self, epoch: int) -> np.ndarray:
        """The images read wrong, surest first."""
        read = self.answers(epoch)
        wrong = np.flatnonzero((read != self.y) & (read >= 0))
        return wrong[np.argsort(-self.p[epoch, wrong].max(axis=1, initial=0), kind="stable")]

    def hard(self) -> np.ndarray:
        """The images that were read wrong after most epochs; among equals, those with the larger loss."""
        often = np.sum([self.answers(k) != self.y for k in range(1, self.taken + 1)], axis=0)
        true = self.p[1:, np.arange(len(self.y)), self.y].astype(float)
        loss = -np.log(np.maximum(np.nan_to_num(true), 1e-30)).sum(axis=0)
        return np.lexsort((-loss, -often))[:HARD] if self.taken else np.arange(min(HARD, len(self.y)))

    def first_with(self, share: float) -> int | None:
        """The first epoch after which at least this share of the validation images is read right."""
        reached = np.flatnonzero(self.right[:, 1] >= share * len(self.y) - 1e-9)
        return int(reached[0]) if len(reached) else None


def answers(p: np.ndarray) -> np.ndarray:
    """The likeliest class of each row of probabilities, -1 where they are no numbers; p has shape (N, C)."""
    return np.where(np.isfinite(p).all(axis=1), np.argmax(p, axis=1), -1)


def classes(data: Split) -> int:
    """How many digits there are to tell apart."""
    return int(max(data.y_train.max(), data.y_test.max())) + 1


def train(
    MLP: Callable[..., Any],
    train_mlp: Callable[..., Any],
    data: Split,
    settings: Settings,
    epochs: int = EPOCHS,
    heard: Callable[[int], None] = lambda epoch: None,
) -> Run:
    """Train a network one epoch after the other, and look at it after each.

    Parameters
    ----------
    MLP, train_mlp : callable
        With the parameters that unit 10 gives them.
    data : Split
    settings : Settings
    epochs : int
        Fewer are taken if a function raises, or time is over.
    heard : callable
        Told the number of each epoch that is done.

    Returns
    -------
    Run

    Raises
    ------
    Exception
        Whatever a function raises before the first row of numbers is known.
    """
    rows: list[tuple[list[float], list[int], np.ndarray]] = []
    dead: tuple[tuple[int, int], ...] = ()
    error = None
    with np.errstate(all="ignore"):
        try:
            model = MLP(settings.sizes(data), seed=0)
            for array in model.params():
                array *= settings.scale
            for row in _looks(model, train_mlp, data, settings, epochs):
                rows.append(row)
                heard(len(rows) - 1)
            dead = dead_units(list(model.params()), data.x_train)
        except Exception as raised:  # the student's code may raise anything; the figure shows it
            error = raised
    if error is not None and not rows:
        raise error
    losses, right, p = zip(*rows, strict=True)
    numbers = np.array(losses), np.array(right), np.array(p, dtype=np.float32)
    return Run(*numbers, data.y_test, len(data.y_train), dead, epochs, error)


def _looks(
    model: Any, train_mlp: Callable[..., Any], data: Split, settings: Settings, epochs: int
) -> Iterator[tuple[list[float], list[int], np.ndarray]]:
    """Losses, counts and validation probabilities, after each epoch: what came before an exception is kept."""
    begun = time.monotonic()
    for epoch in range(epochs + 1):
        if epoch:
            train_mlp(model, data.x_train.copy(), data.y_train.copy(), settings.lr, 1, settings.batch, epoch - 1)
        losses, right = [], []
        for x, y in ((data.x_train, data.y_train), (data.x_test, data.y_test)):
            logs = log_probabilities(model.forward(x.copy()))
            losses.append(-float(np.mean(logs[np.arange(len(y)), y])))
            right.append(int(np.sum(answers(np.exp(logs)) == y)))
        yield losses, right, np.exp(logs)
        if time.monotonic() - begun > MOST_SECONDS:
            return


def dead_units(params: Sequence[np.ndarray], x: np.ndarray) -> tuple[tuple[int, int], ...]:
    """Of each hidden layer, the units that give 0 for every row of x, shape (N, D), and how many units there are."""
    counts, a = [], x
    for W, b in zip(params[:-2:2], params[1:-2:2], strict=True):
        a = np.maximum(a @ W + b, 0)
        counts.append((int(np.sum(a.max(axis=0) == 0)), len(b)))
    return tuple(counts)
