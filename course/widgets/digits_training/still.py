"""The static picture of a training on digits, for readers without a kernel: curves, confusion table, mistakes."""

from typing import Any

import numpy as np

from course import draw
from course.widgets.digits_training.training import HARD, Run

LOOKS = (("training", draw.BLUE, "-"), ("validation", draw.VERMILLION, "--"))
COLUMNS = 6


def picture(run: Run, images: np.ndarray, title: str) -> bytes:
    """Losses, accuracy, the counts after the last epoch, and the surest mistakes.

    Parameters
    ----------
    run : Run
    images : ndarray, shape (N, D)
        Those of the validation set, from 0 (paper) to 1 (ink).
    title : str
        The settings in words.

    Returns
    -------
    bytes
        PNG; the same run gives the same bytes.
    """
    fig, axes = draw.figure(2, height=6.4)
    grid = axes[0].get_gridspec()
    for ax in axes:
        ax.remove()
    left = grid[0, 0].subgridspec(2, 1)
    right = grid[0, 1].subgridspec(2, 1, height_ratios=(1.5, 1))
    loss, share, table, gallery = (fig.add_subplot(cell) for cell in (left[0], left[1], right[0], right[1]))
    _curves(loss, share, run)
    _counts(table, run.confusion(run.taken))
    _images(gallery, run, images)
    fig.suptitle(title, fontsize=10)
    return draw.png(fig)


def _curves(loss: Any, share: Any, run: Run) -> None:
    guess = float(np.log(run.p.shape[2]))
    for column, (name, colour, line) in enumerate(LOOKS):
        look = {"color": colour, "linestyle": line, "label": name, "marker": "o", "markersize": 2}
        loss.plot(run.losses[:, column], **look)
        share.plot(100 * run.right[:, column] / (len(run.y) if column else run.rows), **look)
    loss.axhline(guess, color=draw.BLACK, linestyle=":", label=f"a guess: ln {run.p.shape[2]} = {guess:.3f}")
    loss.set(yscale="log", ylabel="loss", xlabel="epoch")
    share.set(ylim=(0, 102), ylabel="% right", xlabel="epoch")
    for ax in (loss, share):
        ax.legend(fontsize=8)
        ax.grid(alpha=0.25)
        ax.set_xlim(-0.5, run.epochs + 0.5)
        ax.xaxis.get_major_locator().set_params(integer=True)


def _counts(ax: Any, counts: np.ndarray) -> None:
    diagonal = np.eye(len(counts), dtype=bool)
    ax.imshow(
        np.where(diagonal, 0.2, np.where(counts, np.minimum(0.5 + counts / 20, 1), 0)), cmap="Blues", vmin=0, vmax=1.6
    )
    for row, column in np.argwhere(counts):
        ax.text(column, row, str(counts[row, column]), ha="center", va="center", fontsize=7)
    digits = range(len(counts))
    ax.set(xticks=digits, yticks=digits, xlabel="answer", ylabel="true digit")
    ax.set_title("validation, after the last epoch", fontsize=10)


def _images(ax: Any, run: Run, images: np.ndarray) -> None:
    """The surest mistakes, in rows, each with a line under it."""
    wrong = run.mistakes(run.taken)
    side = round(images.shape[1] ** 0.5)
    ax.set_axis_off()
    read = (run.answers(run.taken) >= 0).any()
    ax.set_title(f"{len(wrong)} mistakes, surest first" if read else "no answers: p is no number", fontsize=10)
    if side * side == images.shape[1]:
        for place, k in enumerate(wrong[:HARD]):
            x, y = place % COLUMNS, place // COLUMNS * 1.45
            square = (x + 0.1, x + 0.9, y + 0.9, y + 0.1)
            ax.imshow(images[k].reshape(side, side), cmap="Greys", extent=square, vmin=0, vmax=1)
            sure = run.p[run.taken, k]
            words = f"{run.y[k]} as {sure.argmax()}\n{sure.max():.3f}"
            ax.text(x + 0.5, y + 0.95, words, ha="center", va="top", fontsize=7)
    ax.set(xlim=(0, COLUMNS), ylim=(2.9, 0))
