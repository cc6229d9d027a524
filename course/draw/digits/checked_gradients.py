"""The gradients of a network of digits against finite differences."""

from typing import Any

import numpy as np

from course import draw
from course.draw.digits.errors import surviving
from course.draw.digits.scores import log_probabilities, loss_and_accuracy

STEP = 1e-5
ENTRIES = 6


@surviving
def gradient_check(model: Any, x: np.ndarray, y: np.ndarray) -> None:
    """The relative error between grads() and finite differences, for the largest entries of each array.

    Parameters
    ----------
    model : the student's MLP
    x, y : ndarrays, shapes (N, D) and (N,)
    """
    upstream = np.exp(log_probabilities(model.forward(x)))
    upstream[np.arange(len(y)), y] -= 1
    model.backward(upstream / len(y))
    params = list(model.params())
    grads = [np.reshape(g, np.shape(p)) for g, p in zip(model.grads(), params, strict=True)]
    names = [f"{'Wb'[k % 2]}{k // 2 + 1}" for k in range(len(grads))]
    errors = []
    for p, g in zip(params, grads, strict=True):
        places = [np.unravel_index(k, p.shape) for k in np.argsort(-np.abs(g), axis=None)[:ENTRIES]]
        measured = np.array([_difference(model, p, place, x, y) for place in places])
        ours = np.array([g[place] for place in places])
        total = np.linalg.norm(measured) + np.linalg.norm(ours)
        errors.append(float(np.linalg.norm(ours - measured) / total) if total else 0.0)
    fig, ax = draw.figure(height=2.8)
    ax.bar(names, np.maximum(errors, 1e-13), color=draw.BLUE)
    ax.axhline(1e-6, color=draw.BLACK, linestyle="--", linewidth=0.9, label="suspect above this line")
    ax.set(yscale="log", ylim=(1e-13, 10), ylabel="relative error", title="grads() against finite differences")
    ax.legend(fontsize=8)
    told = ", ".join(f"{name} {error:.0e}" for name, error in zip(names, errors, strict=True))
    draw.show(fig, alt=f"Relative error between gradients and finite differences, for each array: {told}.")


def _difference(model: Any, p: np.ndarray, place: tuple[Any, ...], x: np.ndarray, y: np.ndarray) -> float:
    """The central difference of the loss for one entry of one array, which is put back afterwards."""
    before, ends = p[place], []
    for h in (STEP, -STEP):
        p[place] = before + h
        ends.append(loss_and_accuracy(model, x, y)[0])
    p[place] = before
    return (ends[0] - ends[1]) / (2 * STEP)
