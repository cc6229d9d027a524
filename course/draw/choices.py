"""Figures of unit 08: temperatures, surprise, the slopes of softmax, and the pull p − y on each logit.

No figure computes a probability, a loss or a gradient of its own: each takes the student's functions.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course import draw

Answer = Callable[..., Any]

LOOKS = ((draw.BLUE, "o", ""), (draw.VERMILLION, "s", "//"), (draw.GREEN, "^", ".."), (draw.PURPLE, "D", "xx"))
NUDGE = 1e-5


def temperatures(softmax: Answer, logits: Sequence[float], temperatures: Sequence[float]) -> None:
    """The probabilities of one row of logits, divided by several temperatures, as bars.

    Parameters
    ----------
    softmax : callable
        The student's, called with an array of shape (1, C).
    logits : sequence of float, length C
    temperatures : sequence of float
    """
    z = np.array([logits], dtype=float)
    fig, axes = draw.figure(len(temperatures), height=2.9, sharey=True)
    told = []
    for ax, temperature in zip(np.ravel(axes), temperatures, strict=True):
        p = np.asarray(softmax(z / temperature), dtype=float)[0]
        _bars(ax, p)
        ax.set(title=f"T = {temperature:g}", ylim=(0, 1.15))
        told.append(f"T = {temperature:g}: p = {_listed(p)}")
    np.ravel(axes)[0].set_ylabel("p")
    fig.supxlabel(f"class (logits {_typed(logits)})", fontsize=9)
    draw.show(fig, alt=f"Softmax of the logits {_typed(logits)} divided by T. " + "; ".join(told) + ".")


def surprise(cross_entropy: Answer, logits: Sequence[float]) -> None:
    """The loss against the probability of the true class, with a dot for each class of one row of logits.

    Parameters
    ----------
    cross_entropy : callable
        The student's, called with logits of shape (1, 2) for the curve, (1, C) for the dots, and one label.
    logits : sequence of float, length C
    """
    fig, ax = draw.figure(height=3.6)
    share = np.linspace(0.005, 0.995, 199)
    pairs = np.log(np.stack([share, 1 - share], axis=1))
    ax.plot(share, [_loss(cross_entropy, pair, 0) for pair in pairs], color=draw.GREY, label="loss = −ln p")
    count = len(logits)
    guess = _loss(cross_entropy, np.zeros(count), 0)
    ax.axhline(guess, color=draw.BLACK, linestyle="--", linewidth=1, label=f"guessing: ln {count} = {guess:.4f}")
    told = []
    for true, (colour, marker, _) in zip(range(count), LOOKS, strict=False):
        loss = _loss(cross_entropy, logits, true)
        p = np.exp(-loss)
        label = f"if class {true} is true: loss {loss:.4f}"
        ax.plot(p, loss, linestyle="none", marker=marker, markersize=9, color=colour, label=label)
        told.append(f"class {true} with p = {p:.4f} has loss {loss:.4f}")
    ax.set(xlabel="p of the true class", ylabel="loss", xlim=(0, 1), ylim=(0, 5.4))
    ax.legend(fontsize=9)
    draw.show(
        fig,
        alt="The curve of the loss −ln p against p of the true class, falling from above 5 near p = 0 to 0 at p = 1. "
        f"For the logits {_typed(logits)}: {'; '.join(told)}. Guessing costs ln {count} = {guess:.4f}.",
    )


def slopes(softmax_backward: Answer, p: Sequence[float]) -> None:
    """How much each probability of a row moves for a nudge of each logit, as a table of shaded numbers.

    Parameters
    ----------
    softmax_backward : callable
        The student's, called with the upstream gradient (0, …, 1, …, 0) of one class at a time, shape (1, C).
    p : sequence of float, length C
        Probabilities that add up to 1.
    """
    row = np.array([p], dtype=float)
    units = np.eye(row.shape[1])
    table = np.array([np.asarray(softmax_backward(unit[None], row), dtype=float)[0] for unit in units])
    fig, ax = draw.figure(height=3.3, width=4.6)
    reach = float(np.abs(table).max()) or 1.0
    ax.imshow(table, cmap="PuOr_r", vmin=-1.6 * reach, vmax=1.6 * reach)
    for (k, j), value in np.ndenumerate(table):
        ax.text(j, k, f"{value:.4f}".replace("-", "−"), ha="center", va="center", fontsize=11)
    ticks = range(row.shape[1])
    ax.set_xticks(ticks, [f"$z_{j}$" for j in ticks])
    ax.set_yticks(ticks, [f"$p_{k}$ = {row[0, k]:.4f}" for k in ticks])
    ax.set(xlabel="logit", title="slope of p (row) for a nudge of z (column)")
    ax.grid(visible=False)
    told = "; ".join(f"p{k} moves by {_listed(line)}" for k, line in enumerate(table))
    draw.show(
        fig,
        alt=f"A table: for a nudge of z0, z1, … {told}, times the nudge. Largest sum of a row or a column: "
        f"{max(np.abs(table.sum(axis=0)).max(), np.abs(table.sum(axis=1)).max()):.4f}.",
    )


def pulls(cross_entropy: Answer, cross_entropy_backward: Answer, logits: Sequence[float], true: int) -> None:
    """The probabilities beside the truth, and the gradient on each logit beside a measured slope of the loss.

    Parameters
    ----------
    cross_entropy, cross_entropy_backward : callable
        The student's, called with logits of shape (1, C) and one label.
    logits : sequence of float, length C
    true : int
        The true class.
    """
    z, y = np.array([logits], dtype=float), np.array([true])
    dz = np.asarray(cross_entropy_backward(z, y), dtype=float)[0]
    target = np.eye(len(dz))[true]
    measured = [_measured(cross_entropy, z[0], true, j) for j in range(len(dz))]
    fig, (left, right) = draw.figure(2, height=3.3)
    _bars(left, dz + target)
    left.bar(range(len(dz)), target, facecolor="none", edgecolor=draw.BLACK, linestyle="--", linewidth=1.5)
    left.set(title="p as bars, the truth as dashed outline", xlabel="class", ylim=(0, 1.15))
    right.axhline(0, color=draw.BLACK, linewidth=0.8)
    _bars(right, dz, room=8)
    right.plot(measured, "x", color=draw.BLACK, markersize=9, label="measured by a nudge")
    right.set(title="dz as bars", xlabel="class", ylim=(-1.25, 1.25))
    right.legend(fontsize=8, loc="upper right")
    gap = np.abs(dz - measured).max()
    draw.show(
        fig,
        alt=f"Logits {_typed(logits)}, true class {true}. p = {_listed(dz + target)}; dz = p − y = {_listed(dz)}, "
        f"sum {abs(dz.sum()):.4f}. Slopes measured by nudges: {_listed(measured)}, "
        f"largest difference {gap:.0e}.",
    )


def _bars(ax: Any, heights: np.ndarray, room: float = 3) -> None:
    """One bar for each class, with its number so many points beyond its end."""
    for j, height in enumerate(heights):
        colour, _, hatch = LOOKS[j % len(LOOKS)]
        ax.bar(j, height, color=colour, hatch=hatch, alpha=0.75, edgecolor="white")
        place = (0, room) if height >= 0 else (0, -9 - room)
        words = f"{height:.4f}".replace("-", "−")
        ax.annotate(words, (j, height), xytext=place, textcoords="offset points", ha="center", fontsize=8)
    ax.set_xticks(range(len(heights)))


def _loss(cross_entropy: Answer, logits: Any, true: int) -> float:
    """The student's loss of one row."""
    return float(cross_entropy(np.array([logits], dtype=float), np.array([true])))


def _measured(cross_entropy: Answer, logits: np.ndarray, true: int, j: int) -> float:
    """The slope of the loss in one logit, by a central difference."""
    nudge = NUDGE * np.eye(len(logits))[j]
    return (_loss(cross_entropy, logits + nudge, true) - _loss(cross_entropy, logits - nudge, true)) / (2 * NUDGE)


def _listed(values: Any) -> str:
    """Numbers to four decimals, with commas between them."""
    return ", ".join(f"{value:.4f}".replace("-", "−") for value in values)


def _typed(values: Any) -> str:
    """Numbers as they were typed in, with commas between them."""
    return ", ".join(f"{value:g}" for value in values)
