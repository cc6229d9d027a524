"""How well an order of rows is mixed: measures of batches, each a list of row numbers.

A batch is a set here: in which order its rows stand plays no part.
"""

from collections.abc import Sequence

import numpy as np

Batches = Sequence[np.ndarray]


def row_numbers(rows: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Where these rows stand in x: the number of the nearest row of it."""
    distances = np.abs(rows.reshape(len(rows), 1, -1) - x.reshape(1, len(x), -1)).sum(axis=2)
    return np.argmin(distances, axis=1)


def batch_of_each_row(batches: Batches, rows: int) -> np.ndarray:
    """The number of the batch that each row is in."""
    places = np.full(rows, -1)
    for number, batch in enumerate(batches):
        places[batch] = number
    return places


def together(orders: Sequence[Batches], rows: int) -> tuple[int, float]:
    """The distance d at which most rows share their batch with the row d places further, and how many do so.

    Counted round the end of x, and over all orders; the second is a share between 0 and 1. Rows that were well mixed
    come to (B - 1)/(N - 1), give or take chance; neighbours that stay together come to (B - 1)/B.
    """
    further = np.add.outer(np.arange(1, rows // 2 + 1), np.arange(rows)) % rows
    places = np.array([batch_of_each_row(batches, rows) for batches in orders])
    shares = np.mean(places[:, further] == places[:, None, :], axis=(0, 2))
    return int(np.argmax(shares)) + 1, float(np.max(shares))


def moved_alike(batches: Batches, rows: int) -> float:
    """The share of the rows that were moved by the same number of places, counted round the end of x."""
    moves = (np.concatenate(list(batches)) - np.arange(rows)) % rows
    return float(np.max(np.bincount(moves)) / rows)


def pairs_in_both(one: Batches, other: Batches, rows: int) -> float:
    """Of the pairs of rows that share a batch in one order, the share that does so in another order too."""
    first, second = (np.equal.outer(p, p) for p in (batch_of_each_row(one, rows), batch_of_each_row(other, rows)))
    return float((np.sum(first & second) - rows) / max(np.sum(first) - rows, 1))
