"""Figures of unit 05: what an error costs the neuron, where it draws its line, and where the threshold belongs.

No figure computes a logit or a loss of its own: each takes the student's functions, or the numbers they came to.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from course import draw

Path = Sequence[tuple[np.ndarray, float]]

STEP = "step (from 2 on, log scale)"
LOOKS = ((draw.GREY, ":"), (draw.ORANGE, "--"), (draw.BLACK, "-"))
BENIGN = dict(color=draw.BLUE, marker="o", fillstyle="none", linestyle="none", markersize=4, label="benign")
MALIGNANT = dict(color=draw.VERMILLION, marker="^", linestyle="none", markersize=4, label="malignant")


def wrong_and_sure(sigmoid: Callable[..., Any], binary_cross_entropy: Callable[..., Any]) -> None:
    """The sigmoid, and what two losses charge a malignant row for each logit.

    Parameters
    ----------
    sigmoid, binary_cross_entropy : callables
        The student's.
    """
    grid = np.linspace(-8, 8, 161)
    p = np.asarray(sigmoid(grid.copy()), dtype=float)
    malignant = np.ones(2, dtype=int)
    charged = np.array([float(binary_cross_entropy(np.array([z, z]), malignant)) for z in grid])
    fig, (left, right) = draw.figure(2)
    left.plot(grid, p, color=draw.BLACK)
    left.plot(0, 0.5, color=draw.BLACK, marker="o", linestyle="none", label="p = 0.5 at z = 0")
    left.set(xlabel="logit z", ylabel="probability p", title="your sigmoid")
    left.legend(fontsize=8)
    right.plot(grid, charged, color=draw.VERMILLION, label="your cross-entropy")
    right.plot(grid, (p - 1) ** 2, color=draw.BLUE, linestyle="--", label="squared error (p − 1)²")
    right.set(xlabel="logit z", ylabel="loss of one row", title="the truth is malignant, y = 1")
    right.legend(fontsize=8)
    told = []
    for z in (-8.0, -6.0, 0.0, 6.0):
        k = int(np.argmin(np.abs(grid - z)))
        square = (p[k] - 1) ** 2
        told.append(f"at z = {z:g} p is {p[k]:.4f}, cross-entropy {charged[k]:.4f}, squared error {square:.4f}")
    draw.show(fig, alt="The sigmoid and two losses of a malignant row: " + "; ".join(told) + ".")


def decision_lines(
    x: np.ndarray,
    y: np.ndarray,
    path: Path,
    forward: Callable[..., Any],
    loss: Callable[..., Any],
    steps: Sequence[int] = (1, 30, 300),
    names: Sequence[str] = ("mean radius", "mean texture"),
) -> None:
    """Rows with two features, the line p = 0.5 after some steps; loss and accuracy by step.

    Parameters
    ----------
    x : ndarray, shape (N, 2)
        Standardised.
    y : ndarray of int, shape (N,)
    path : sequence of (w, b)
        After 0, 1, … steps; w of shape (2,).
    forward, loss : callables
        The student's ``neuron_forward`` and ``binary_cross_entropy``.
    steps : sequence of int
        Up to three, each with a line of its own.
    names : sequence of str
        Of the two features.
    """
    fig, (left, right) = draw.figure(2, height=4.0)
    _rows(left, x[y == 0], x[y == 1])
    losses, accuracies = _history(x, y, path, forward, loss)
    told = []
    for step, (colour, line) in zip(steps, LOOKS, strict=False):
        w, b = np.asarray(path[step][0], dtype=float), float(np.squeeze(path[step][1]))
        look = dict(color=colour, linestyle=line, linewidth=1.8, label=f"p = 0.5, step {step}")
        left.axline(tuple(-b * w / (w @ w)), slope=-w[0] / w[1], **look)
        right.axvline(step, color=colour, linestyle=line, linewidth=1)
        right_rows = round(accuracies[step] * len(y))
        told.append(
            f"step {step}: loss {losses[step]:.4f}, {right_rows} of {len(y)} rows on their right side, "
            f"length of w {np.linalg.norm(w):.2f}"
        )
    left.set(xlim=_reach(x[:, 0]), ylim=_reach(x[:, 1]), title="training rows, standardised")
    left.set(xlabel=names[0], ylabel=names[1])
    left.legend(fontsize=7, loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=2, frameon=False)
    right.plot(losses, color=draw.PURPLE, label="loss")
    right.plot(accuracies, color=draw.GREEN, linestyle="-.", label="share of rows right")
    right.set(xscale="symlog", ylim=(0, 1), xlabel=STEP, title="loss and accuracy")
    _whole_steps(right, len(path))
    right.legend(fontsize=8)
    draw.show(fig, alt="The neuron's decision line while it trains. " + "; ".join(told) + ".")


def gradients(returned: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """dx, dw and db as arrays, without axes of size 1, returned as a tuple, a list or a dict."""
    dx, dw, db = (returned[n] for n in ("dx", "dw", "db")) if isinstance(returned, Mapping) else returned
    return np.squeeze(dx), np.squeeze(dw), np.squeeze(db)


def _whole_steps(ax: Any, length: int) -> None:
    """Steps 0, 1, 10, 100 … as whole numbers on a logarithmic axis."""
    ticks = [0] + [10**k for k in range(5) if 10**k < length]
    ax.set_xticks(ticks, labels=[str(tick) for tick in ticks])


def _rows(ax: Any, benign: np.ndarray, malignant: np.ndarray) -> None:
    ax.plot(benign[:, 0], benign[:, 1], alpha=0.6, **BENIGN)
    ax.plot(malignant[:, 0], malignant[:, 1], alpha=0.6, **MALIGNANT)


def _reach(column: np.ndarray) -> tuple[float, float]:
    """The limits of an axis, a little wider than the column."""
    return float(column.min()) - 0.3, float(column.max()) + 0.3


def _history(
    x: np.ndarray, y: np.ndarray, path: Path, forward: Callable[..., Any], loss: Callable[..., Any]
) -> tuple[np.ndarray, np.ndarray]:
    """The loss and the share of rows right, at each (w, b) of a path."""
    losses, accuracies = [], []
    for w, b in path:
        z = np.asarray(forward(x, w, b))
        losses.append(float(loss(z, y)))
        accuracies.append(float(np.mean((z >= 0) == (y == 1))))
    return np.array(losses), np.array(accuracies)


def thresholds(p: np.ndarray, y: np.ndarray, miss_costs: Sequence[float] = (1, 10)) -> None:
    """The probability of each row with a threshold for each cost, and what all errors cost at every threshold.

    Parameters
    ----------
    p : ndarray, shape (N,)
        Probabilities of "malignant".
    y : ndarray of int, shape (N,)
    miss_costs : sequence of float
        What a missed case costs, in false alarms; up to three. Where both calls of a row cost the same on average,
        there is the threshold that is marked.
    """
    p = np.asarray(p, dtype=float)
    sick, well = np.sort(p[y == 1]), np.sort(p[y == 0])
    fig, (left, right) = draw.figure(2, height=3.9)
    left.plot(well, _spread(well), **BENIGN)
    left.plot(sick, 1 + _spread(sick), **MALIGNANT)
    told = []
    for cost, (colour, line) in zip(miss_costs, LOOKS[::-1], strict=False):
        t = 1 / (1 + cost)
        missed, alarms = np.searchsorted(sick, t), len(well) - np.searchsorted(well, t)
        label = f"t = {t:.2g}: {missed} missed, {alarms} f.a."
        left.axvline(t, color=colour, linestyle=line, linewidth=1.8, label=label)
        told.append(f"at threshold {t:.4g}, {missed} of {len(sick)} missed and {alarms} false alarms of {len(well)}")
    left.set(ylim=(-0.5, 2.2), yticks=[0, 1], yticklabels=["benign", "malignant"], xlabel="probability p")
    left.set_title("each training row, at a random height in its band\nf.a. = false alarms", fontsize=9)
    left.legend(handles=left.lines[2:], fontsize=7, loc="upper center")
    grid = np.linspace(0.01, 0.99, 99)
    for cost, (colour, line) in zip(miss_costs, LOOKS[::-1], strict=False):
        total = cost * np.searchsorted(sick, grid) + len(well) - np.searchsorted(well, grid)
        best = int(np.argmin(total))
        right.plot(grid, total, color=colour, linestyle=line, label=f"a miss costs {cost:g}")
        right.plot(grid[best], total[best], color=colour, marker="*", markersize=11)
        told.append(f"if a miss costs {cost:g}, the least total is {total[best]:g}, at {grid[best]:.2f}")
    right.set(xlabel="threshold t", ylabel="cost of all errors, in false alarms", ylim=(0, 600))
    right.set_title("star: the cheapest threshold\nwhat costs more than 600 is not shown", fontsize=9)
    right.legend(fontsize=8)
    draw.show(fig, alt="Probabilities, thresholds and costs: " + "; ".join(told) + ".")


def _spread(values: np.ndarray) -> np.ndarray:
    """Heights for dots that would lie on each other: the same for the same values."""
    return np.random.default_rng(0).uniform(-0.25, 0.25, size=len(values))


def loss_curves(
    runs: Mapping[str, tuple[Path, np.ndarray, np.ndarray]], forward: Callable[..., Any], loss: Callable[..., Any]
) -> None:
    """The loss step by step, for up to three runs or sets of rows.

    Parameters
    ----------
    runs : dict
        For each label (path, x, y): the (w, b) after 0, 1, … steps, w of shape (D,); the rows x of shape (N, D)
        and y of shape (N,) on which the loss is measured.
    forward, loss : callables
        The student's ``neuron_forward`` and ``binary_cross_entropy``.
    """
    fig, ax = draw.figure()
    told = []
    looks = ((draw.BLUE, "-", "o"), (draw.VERMILLION, "--", "s"), (draw.GREEN, "-.", "^"))
    for (label, (path, x, y)), (colour, line, marker) in zip(runs.items(), looks, strict=False):
        losses, _ = _history(x, y, path, forward, loss)
        best = int(np.argmin(losses))
        ax.plot(losses, color=colour, linestyle=line, label=label)
        ax.plot(best, losses[best], color=colour, marker=marker, markersize=8)
        told.append(
            f"{label}: {losses[0]:.4f} at the start, lowest {losses[best]:.4f} at step {best}, "
            f"{losses[-1]:.4f} after {len(losses) - 1} steps"
        )
    ax.set(xscale="symlog", yscale="log", xlabel=STEP, ylabel="loss (log scale)")
    ax.set_title("marker: the lowest loss of each curve")
    _whole_steps(ax, len(path))
    ticks = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5]
    ax.set_yticks(ticks, labels=[f"{tick:g}" for tick in ticks])
    ax.set_yticks([], minor=True)
    ax.legend(fontsize=9)
    draw.show(fig, alt="Loss by step. " + "; ".join(told) + ".")
