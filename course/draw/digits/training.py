"""Trainings compared: learning rates, sizes of networks and of data, sizes of batches."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course import draw
from course.data import ThreeWaySplit
from course.draw.digits.errors import surviving
from course.draw.digits.scores import loss_and_accuracy

Train = Callable[..., Any]
SIZES = (64, 128, 64, 10)
STYLES = ((draw.BLUE, "o"), (draw.VERMILLION, "s"), (draw.GREEN, "^"), (draw.PURPLE, "D"))
DASHES = ("-", "--", "-.", ":")


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
