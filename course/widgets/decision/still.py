"""The static picture of a neuron's training, for readers without a kernel: boundary, probabilities, curves."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from course import draw
from course.widgets.decision.training import Run

MARGIN = 0.3
BENIGN = dict(color=draw.BLUE, marker="o", fillstyle="none", linestyle="none", markersize=3.5)
MALIGNANT = dict(color=draw.VERMILLION, marker="^", linestyle="none", markersize=3.5)


def picture(x: np.ndarray, run: Run, words: Mapping[str, Sequence[str]], threshold: float, lr: float) -> bytes:
    """The rows with the lines of step 1 and of the last step, their probabilities, and the curves.

    Parameters
    ----------
    x : ndarray, shape (N, 2)
    run : Run
    words : dict
        ``names`` of the two columns of x, ``classes`` of the labels 0 and 1.
    threshold : float
    lr : float

    Returns
    -------
    bytes
        PNG; the same run gives the same bytes.
    """
    fig, axes = draw.figure(2, height=4.2)
    left, right = axes
    grid = right.get_gridspec()
    right.remove()
    inner = grid[0, 1].subgridspec(2, 1)
    curves, strip = fig.add_subplot(inner[0]), fig.add_subplot(inner[1])
    _plane(left, x, run, words["classes"], threshold)
    left.set(xlabel=words["names"][0], ylabel=words["names"][1], title="the rows, and the line p = t")
    _curves(curves, run, threshold)
    curves.set_title(f"learning rate {lr:.4g}", fontsize=10)
    _strip(strip, run, words["classes"], threshold)
    return draw.png(fig)


def _plane(ax: Any, x: np.ndarray, run: Run, classes: Sequence[str], threshold: float) -> None:
    low, high = x.min(axis=0) - MARGIN, x.max(axis=0) + MARGIN
    ax.plot(*x[run.y == 0].T, label=classes[0], **BENIGN)
    ax.plot(*x[run.y == 1].T, label=classes[1], **MALIGNANT)
    at = np.log(threshold / (1 - threshold))
    for step, look in ((min(1, run.steps), "--"), (run.steps, "-")):
        w, b = run.weights[step, :2], run.weights[step, 2]
        if np.isfinite(w).all() and w @ w > 0:
            start = (at - b) * w / (w @ w)
            ax.axline(start, start + [-w[1], w[0]], color=draw.BLACK, linestyle=look, label=f"step {step}")
    ax.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    ax.legend(fontsize=7, loc="upper right")
    ax.grid(visible=False)


def _curves(ax: Any, run: Run, threshold: float) -> None:
    shares = [run.counts(step, threshold).right / len(run.y) for step in range(run.steps + 1)]
    ax.plot(run.losses, color=draw.PURPLE, label="loss")
    ax.plot(shares, color=draw.GREEN, linestyle="-.", label="share right")
    ticks = [step for step in (0, 1, 10, 100, 300) if step <= run.steps]
    ax.set(xscale="symlog", xlabel="step")
    ax.set_ylim(0, max(1.0, min(float(np.nanmax(run.losses, initial=1.0)), 1e6)))
    ax.set_xticks(ticks, labels=[str(tick) for tick in ticks])
    ax.legend(fontsize=8)


def _strip(ax: Any, run: Run, classes: Sequence[str], threshold: float) -> None:
    p = run.p[-1]
    for label, look in ((0, BENIGN), (1, MALIGNANT)):
        places = np.flatnonzero(run.y == label)
        ax.plot(p[places], label + 0.5 * (places * 0.618 % 1) - 0.25, **look)
    ax.axvline(threshold, color=draw.BLACK)
    ax.set(yticks=[0, 1], yticklabels=classes, xlabel=f"p after step {run.steps}", ylim=(-0.4, 1.4))
