"""Figures of unit 10: gradients checked, loss curves, what a network of digits gets wrong, models and batches compared.

The student's MLP and train_mlp do the work. Where they stop with an error, a sentence stands in place of the figure.
"""

import functools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course import draw
from course.data import ThreeWaySplit

Train = Callable[..., Any]

SIZES = (64, 128, 64, 10)
STYLES = ((draw.BLUE, "o"), (draw.VERMILLION, "s"), (draw.GREEN, "^"), (draw.PURPLE, "D"))
DASHES = ("-", "--", "-.", ":")
STEP = 1e-5
ENTRIES, MOST_SHOWN = 6, 12


def surviving(figure: Callable[..., None]) -> Callable[..., None]:
    """The figure, or a sentence about the error that a student's code stopped with."""

    @functools.wraps(figure)
    def told(*arguments: Any, **options: Any) -> None:
        try:
            with np.errstate(all="ignore"):
                figure(*arguments, **options)
        except Exception as error:
            print(f"No figure: your code stopped with {type(error).__name__}: {error}")

    return told


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


@surviving
def rates(MLP: Train, train_mlp: Train, data: ThreeWaySplit, rates: Sequence[float], epochs: int = 20) -> None:
    """The training loss by epoch, a curve for each learning rate, with the loss of a guess.

    Parameters
    ----------
    MLP, train_mlp : the student's
    data : ThreeWaySplit
    rates : sequence of float
    epochs : int
    """
    fig, ax = draw.figure()
    told, guess = [], float(np.log(data.y_train.max() + 1))
    for rate, (colour, marker), dash in zip(rates, STYLES, DASHES, strict=False):
        model = MLP(list(SIZES), seed=0)
        losses = np.array(train_mlp(model, data.x_train, data.y_train, rate, epochs, 32, 0), dtype=float)
        right = loss_and_accuracy(model, data.x_val, data.y_val)[1]
        label = f"rate {rate:g}: validation {right:.1%}"
        ax.plot(np.arange(1, len(losses) + 1), losses, color=colour, marker=marker, ls=dash, ms=4, label=label)
        told.append(
            f"rate {rate:g}: loss {losses[0]:.2f} in the first epoch, {losses[-1]:.4f} in the last, {right:.1%}"
        )
    ax.axhline(guess, color=draw.BLACK, linestyle=(0, (6, 2)), linewidth=1, label=f"a guess: ln 10 = {guess:.3f}")
    ax.set(xticks=range(0, epochs + 1, 5), yscale="log", xlabel="epoch", ylabel="mean loss of the epoch")
    ax.set_title("training loss, batches of 32")
    ax.legend(fontsize=8)
    draw.show(fig, alt=f"Training loss of {epochs} epochs, and validation accuracy. " + "; ".join(told) + ".")


@surviving
def mistakes(model: Any, data: ThreeWaySplit) -> None:
    """Which digit a trained model takes for which of the held-out images, and those it gets wrong, surest first.

    Parameters
    ----------
    model : the student's MLP, trained
    data : ThreeWaySplit
    """
    logs = log_probabilities(model.forward(data.x_test))
    guess, sure = logs.argmax(axis=1), np.exp(logs.max(axis=1))
    counts = np.histogram2d(data.y_test, guess, bins=(np.arange(11) - 0.5,) * 2)[0].astype(int)
    wrong = np.flatnonzero(guess != data.y_test)
    wrong = wrong[np.argsort(-sure[wrong])]
    fig, (left, right) = draw.figure(2, height=3.9)
    _confusion(left, counts)
    _gallery(right, [(data.x_test[k], f"{data.y_test[k]} as {guess[k]}, {sure[k]:.3f}") for k in wrong[:MOST_SHOWN]])
    told = [f"{data.y_test[k]} taken for {guess[k]} with p = {sure[k]:.3f}" for k in wrong[:3]]
    share = 1 - len(wrong) / len(guess)
    draw.show(
        fig,
        alt=f"Table of true digit against answer: {len(wrong)} of {len(guess)} held-out images are wrong, {share:.1%} "
        f"right. Beside it the wrong ones, surest first: {', '.join(told) or 'none'}.",
    )


def _confusion(ax: Any, counts: np.ndarray) -> None:
    """Counts of true digit against answer, the right ones grey and the mistakes in boxes."""
    shade = np.where(np.eye(len(counts), dtype=bool), 0.25, np.minimum(counts / 4, 1.0))
    ax.imshow(shade, cmap="Blues", vmin=0, vmax=1.4)
    for row, column in np.argwhere(counts):
        ax.text(column, row, str(counts[row, column]), ha="center", va="center", fontsize=7)
    ax.grid(False)
    ax.set(xticks=range(len(counts)), yticks=range(len(counts)), xlabel="answer", ylabel="true digit")
    ax.set_title("right on the diagonal")


def _gallery(ax: Any, shown: Sequence[tuple[np.ndarray, str]]) -> None:
    """Images in rows of four, each with a line under it."""
    ax.set(xlim=(0, 4), ylim=(3.3, 0), xticks=[], yticks=[], title="mistakes: true as answer, p")
    ax.spines[:].set_visible(False)
    for k, (image, words) in enumerate(shown):
        x, y = k % 4, k // 4 * 1.1
        square = (x + 0.1, x + 0.9, y + 0.85, y + 0.05)
        ax.imshow(np.reshape(image, (8, 8)), cmap="Greys", extent=square, vmin=0, vmax=1, aspect="auto")
        ax.text(x + 0.5, y + 0.97, words, ha="center", va="center", fontsize=6.5)
    ax.set(xlim=(0, 4), ylim=(3.3, 0))


def _film(
    MLP: Train, fit: Train, data: ThreeWaySplit, sizes: Sequence[int], rows: int, rate: float, epochs: int, batch: int
) -> np.ndarray:
    """Loss and accuracy after each epoch, in training and in validation: shape (epochs + 1, 4)."""
    model = MLP(list(sizes), seed=0)
    x, y = data.x_train[:rows], data.y_train[:rows]
    film = []
    for epoch in range(epochs + 1):
        if epoch:
            fit(model, x, y, rate, 1, batch, epoch - 1)
        film.append((*loss_and_accuracy(model, x, y), *loss_and_accuracy(model, data.x_val, data.y_val)))
    return np.array(film)


@surviving
def fits(MLP: Train, train_mlp: Train, data: ThreeWaySplit, rate: float = 0.1, epochs: int = 60) -> None:
    """Loss in training and in validation, for a model too small, too few images, and neither.

    Parameters
    ----------
    MLP, train_mlp : the student's
    data : ThreeWaySplit
    rate : float
    epochs : int
    """
    all_rows = len(data.x_train)
    runs = (((64, 4, 10), all_rows), (SIZES, 100), (SIZES, all_rows))
    fig, axes = draw.figure(3, height=3.1, sharey=True)
    told = []
    for ax, (sizes, rows) in zip(axes, runs, strict=True):
        film = _film(MLP, train_mlp, data, sizes, rows, rate, epochs, 32)
        name = "-".join(map(str, sizes))
        ax.plot(film[:, 0], color=draw.BLUE, label=f"training, {film[-1, 1]:.0%} right")
        ax.plot(film[:, 2], color=draw.VERMILLION, linestyle="--", label=f"validation, {film[-1, 3]:.0%} right")
        ax.set(yscale="log", xlabel="epoch", title=f"{name}\n{rows:,} images")
        ax.title.set_fontsize(9)
        ax.legend(fontsize=7)
        told.append(
            f"{name} on {rows:,} images ends with loss {film[-1, 0]:.2f} in training ({film[-1, 1]:.1%} right) and "
            f"{film[-1, 2]:.2f} in validation ({film[-1, 3]:.1%} right)"
        )
    axes[0].set(ylabel="loss")
    draw.show(fig, alt=f"Losses in training and validation over {epochs} epochs. " + "; ".join(told) + ".")


@surviving
def batch_sizes(
    MLP: Train, train_mlp: Train, data: ThreeWaySplit, sizes: Sequence[int], rate: float = 0.05, epochs: int = 10
) -> None:
    """Validation accuracy by epoch, a curve for each batch size.

    Parameters
    ----------
    MLP, train_mlp : the student's
    data : ThreeWaySplit
    sizes : sequence of int
    rate : float
    epochs : int
    """
    fig, ax = draw.figure()
    told = []
    for size, (colour, marker), dash in zip(sizes, STYLES, DASHES, strict=False):
        film = _film(MLP, train_mlp, data, SIZES, len(data.x_train), rate, epochs, size)
        steps = -(-len(data.x_train) // size) * epochs
        ax.plot(100 * film[:, 3], color=colour, marker=marker, ls=dash, ms=4, label=f"B = {size}: {steps:,} steps")
        told.append(f"B = {size}: {steps:,} steps, {film[-1, 3]:.1%} at the end")
    ax.set(ylim=(0, 100), xlabel="epoch", ylabel="validation, % right", title=f"rate {rate:g} for all")
    ax.legend(fontsize=8, loc="lower right")
    draw.show(fig, alt=f"Validation accuracy over {epochs} epochs by batch size. " + "; ".join(told) + ".")
