"""How well a model reads rows: its loss, and the share that it gets right."""

from typing import Any

import numpy as np


def log_probabilities(z: np.ndarray) -> np.ndarray:
    """The logarithms of the softmax of each row.

    Parameters
    ----------
    z : ndarray, shape (N, C)
    """
    z = np.asarray(z, dtype=float)
    return z - np.logaddexp.reduce(z, axis=1, keepdims=True)


def loss_and_accuracy(model: Any, x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """The mean cross-entropy of a model, and the share of rows it gets right.

    x has shape (N, D), y (N,).
    """
    logs = log_probabilities(model.forward(x))
    return -float(np.mean(np.take_along_axis(logs, y[:, None], axis=1))), float(np.mean(logs.argmax(axis=1) == y))
