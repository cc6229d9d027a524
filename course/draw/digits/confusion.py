"""Which images a trained network takes for another digit, surest first."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from course import draw
from course.data import ThreeWaySplit
from course.draw.digits.errors import surviving
from course.draw.digits.scores import log_probabilities

MOST_SHOWN = 12


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
