"""Finite differences of a forward pass: the witness that every gradient is compared with."""

from collections.abc import Callable
from typing import Any

import numpy as np

STEP = 1e-5


def numerical_gradients(
    forward: Callable[..., Any], inputs: dict[str, Any], wrt: dict[str, str], upstream: Any = None
) -> dict[str, np.ndarray]:
    """Central differences of ``sum(upstream * forward(**inputs))``.

    Parameters
    ----------
    forward : callable
        Called with ``inputs`` as keywords.
    inputs : dict
        Floats and float64 arrays, and whatever else forward takes.
    wrt : dict
        The forward argument that each output is the gradient of.
    upstream : array, optional
        The gradient that arrives at forward's result; without it, the result is a single number.

    Returns
    -------
    dict of ndarray
        One gradient for each key of ``wrt``, shaped like its argument. The error is of the order of
        ``STEP`` squared, about 1e-10 for functions and inputs of size one.
    """
    return {output: _gradient(forward, inputs, name, upstream) for output, name in wrt.items()}


def _gradient(forward: Callable[..., Any], inputs: dict[str, Any], name: str, upstream: Any) -> np.ndarray:
    x = np.array(inputs[name], dtype=float)
    gradient = np.zeros_like(x)
    scalar = not isinstance(inputs[name], np.ndarray)
    for index in np.ndindex(x.shape):
        values = []
        for sign in (1, -1):
            moved = x.copy()
            moved[index] += sign * STEP
            result = forward(**{**inputs, name: float(moved) if scalar else moved})
            values.append(float(np.sum(result if upstream is None else np.asarray(upstream) * result)))
        gradient[index] = (values[0] - values[1]) / (2 * STEP)
    return gradient
