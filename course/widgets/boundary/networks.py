"""The two-layer network of unit 09: the functions it is made of, and its initial parameters."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

Params = dict[str, np.ndarray]
NAMES = ("W1", "b1", "W2", "b2")
CLASSES = 2


@dataclass(frozen=True)
class Network:
    """The functions of unit 09, with the shapes that their docstrings give."""

    init_two_layer: Callable[..., Any]
    two_layer_forward: Callable[..., Any]
    two_layer_backward: Callable[..., Any]
    train_two_layer: Callable[..., Any]


def own_init(D: int, H: int, C: int, seed: int) -> Params:
    """The course's start; the same numbers as the unit's."""
    source = np.random.default_rng(seed)
    first, second = (source.standard_normal(shape) * shape[0] ** -0.5 for shape in ((D, H), (H, C)))
    return dict(zip(NAMES, (first, np.zeros(H), second, np.zeros(C)), strict=True))


def own_forward(params: Params, x: np.ndarray) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """The course's logits, and what the way back needs."""
    W1, b1, W2, b2 = (params[name] for name in NAMES)
    active = np.tanh(np.dot(x, W1) + b1)
    return np.dot(active, W2) + b2, dict(x=x, a1=active)


def own_backward(params: Params, cache: dict[str, np.ndarray], dz2: np.ndarray) -> Params:
    """The course's gradients, under the names of the parameters."""
    active = cache["a1"]
    dz1 = np.dot(dz2, params["W2"].T) * (1 - active) * (1 + active)
    slopes = [(cache["x"].T.dot(dz1), dz1.sum(0)), (active.T.dot(dz2), dz2.sum(0))]
    return dict(zip(NAMES, (*slopes[0], *slopes[1]), strict=True))


def own_train(
    forward: Callable[..., Any],
    backward: Callable[..., Any],
    params: Params,
    x: np.ndarray,
    y: np.ndarray,
    lr: float,
    steps: int,
) -> tuple[Params, list[float]]:
    """The course's full-batch gradient descent on the mean cross-entropy, with any forward and backward pass."""
    rows, losses = np.arange(len(y)), []
    for k in range(steps + 1):
        z, cache = forward(params, x)
        log_p = z - np.logaddexp.reduce(z, axis=1, keepdims=True)
        losses.append(-float(log_p[rows, y].mean()))
        if k < steps:
            dz = np.exp(log_p)
            dz[rows, y] -= 1
            slopes = backward(params, cache, dz / len(y))
            params = {name: params[name] - lr * slopes[name] for name in NAMES}
    return params, losses


def trainer(forward: Callable[..., Any], backward: Callable[..., Any]) -> Callable[..., Any]:
    """The course's training around a forward and a backward pass."""
    return partial(own_train, forward, backward)


OWN = Network(own_init, own_forward, own_backward, trainer(own_forward, own_backward))


def start(network: Network, hidden: int, seed: int, equal: bool = False) -> Params:
    """Where training starts.

    Parameters
    ----------
    network : Network
    hidden, seed : int
    equal : bool
        Whether all units get the weights of the first.

    Returns
    -------
    dict
        W1 (2, H), b1 (H,), W2 (H, 2), b2 (2,).
    """
    params = checked(network.init_two_layer(2, hidden, CLASSES, seed), hidden)
    if equal:
        params["W1"] = np.tile(params["W1"][:, :1], hidden)
        params["b1"] = np.full(hidden, params["b1"][0])
        params["W2"] = np.tile(params["W2"][:1], (hidden, 1))
    return params


def checked(params: Any, hidden: int) -> Params:
    """Copies of the parameters as arrays; raises where a name or a shape is wrong.

    Raises
    ------
    ValueError
    """
    shapes = dict(zip(NAMES, ((2, hidden), (hidden,), (hidden, CLASSES), (CLASSES,)), strict=True))
    if not isinstance(params, dict) or not set(NAMES) <= set(params):
        raise ValueError(f"The parameters should be a dict with {', '.join(NAMES)}; they are {params!r:.80}")
    arrays = {name: np.array(params[name], dtype=float) for name in NAMES}
    for name, shape in shapes.items():
        if arrays[name].shape != shape:
            raise ValueError(f"{name} should have the shape {shape}; it has {arrays[name].shape}.")
    return arrays


def unplugged(params: Params, off: tuple[int, ...]) -> Params:
    """The parameters with these units' output weights at 0."""
    left = {name: array.copy() for name, array in params.items()}
    left["W2"][list(off)] = 0
    return left
