"""Figures of unit 01: a line through penguins, the squares on its errors, and where its loss lies.

The loss and the line's guesses always come from the reader's own functions or from numbers given.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course import draw

Guess = Callable[[np.ndarray, float, float], Any]
Loss = Callable[[Any, np.ndarray], Any]
FLIPPER, MASS = "flipper length x (dm)", "body mass y (kg)"


def cloud(x: np.ndarray, y: np.ndarray, w: float, b: float, predict: Guess) -> None:
    """All penguins as dots, and the line that the reader's ``predict`` draws.

    Parameters
    ----------
    x : ndarray, shape (N,)
        Flipper lengths in dm.
    y : ndarray, shape (N,)
        Body masses in kg.
    w, b : float
        Slope in kg per dm, and intercept in kg.
    predict : callable
        (x, w, b) to the guesses, shape (N,).
    """
    ends = np.array([x.min(), x.max()])
    guesses, line = np.asarray(predict(x, w, b)), np.asarray(predict(ends, w, b))
    fig, ax = draw.figure(height=3.8)
    ax.plot(x, y, "o", color=draw.SKY, markeredgecolor=draw.BLUE, markersize=4, alpha=0.7, label="one penguin")
    ax.plot(ends, line, color=draw.VERMILLION, linewidth=2.5, label=f"line: w = {w:g}, b = {b:g}")
    ax.set(xlabel=FLIPPER, ylabel=MASS)
    ax.legend(loc="upper left", frameon=False)
    above, below = int(np.sum(y > guesses + 1e-9)), int(np.sum(y < guesses - 1e-9))
    draw.show(
        fig,
        alt=f"{len(x)} penguins as dots, flippers from {ends[0]:.2f} to {ends[1]:.2f} dm, masses from {y.min():.2f} "
        f"to {y.max():.2f} kg. The line with w = {w:g}, b = {b:g} goes from {line[0]:.2f} to {line[1]:.2f} kg; "
        f"{above} dots lie above it, {below} below, {len(x) - above - below} on it.",
    )


def squares(x: np.ndarray, y: np.ndarray, y_hat: np.ndarray) -> None:
    """A true square on each error; the last area is left for the reader.

    Parameters
    ----------
    x, y, y_hat : ndarrays, shape (N,)
        Flipper lengths in dm, masses and guesses in kg; one dm is as long as one kg.
    """
    fig, ax = draw.figure(height=4.8, width=5.2)
    ax.plot(x, y_hat, "--", color=draw.VERMILLION, linewidth=2, label="line of guesses")
    ax.plot(x, y_hat, "s", color=draw.VERMILLION, markersize=5, label="guess")
    ax.plot(x, y, "o", color=draw.BLUE, markersize=7, label="penguin")
    told = []
    for n, (flipper, mass, guess) in enumerate(zip(x, y, y_hat, strict=True)):
        side = abs(guess - mass)
        left = flipper - side if guess < mass else flipper
        ax.add_patch(
            Rectangle((left, min(mass, guess)), side, side, facecolor=draw.YELLOW, edgecolor=draw.BLACK, alpha=0.45)
        )
        area = "?" if n == len(x) - 1 else f"{side**2:.2f}"
        ax.annotate(area, (left + side / 2, min(mass, guess) + side / 2), ha="center", va="center")
        told.append(f"penguin {n + 1}: mass {mass:.2f}, guess {guess:.2f}, side {side:.2f}, area {area}")
    ax.set(xlabel=FLIPPER, ylabel=MASS, xlim=(x.min() - 0.8, x.max() + 0.6), aspect="equal")
    ax.legend(loc="center left", frameon=False)
    draw.show(fig, alt=f"A square stands on each of {len(x)} errors, in kg². " + "; ".join(told) + ".")


def loss_map(x: np.ndarray, y: np.ndarray, w: float, b: float, predict: Guess, mse: Loss) -> None:
    """The loss along w with b held, and the loss of all lines around as a map; a dot is the line (w, b).

    Parameters
    ----------
    x, y : ndarrays, shape (N,)
    w, b : float
    predict, mse : callables
        The reader's own functions.
    """

    def loss(w_k: float, b_k: float) -> float:
        return float(mse(np.asarray(predict(x, w_k, b_k)), y))

    near = np.linspace(w - 1.5, w + 1.5, 151)
    slice_ = np.array([loss(w_k, b) for w_k in near])
    lowest = int(np.argmin(slice_))
    fig, (left, right) = draw.figure(2, height=4.3, width=8.2)
    left.plot(near, slice_, color=draw.BLUE, linestyle="--", linewidth=2, label=f"all lines with b = {b:g}")
    left.plot(w, loss(w, b), "o", color=draw.VERMILLION, markersize=8, label=f"our line, w = {w:g}, b = {b:g}")
    left.axvline(near[lowest], color=draw.BLACK, linestyle=":", label=f"lowest here, near w = {near[lowest]:.2f}")
    left.set(title=f"loss where b stays {b:g}", xlabel="w (kg per dm)", ylabel="loss (kg²)")
    _valley(right, near, w, b, float(np.mean(x)), loss)
    right.plot(near[[0, -1]], [b, b], color=draw.BLUE, linestyle="--", linewidth=2)
    right.plot(w, b, "o", color=draw.VERMILLION, markersize=8)
    right.set(title="curves of equal loss, in kg²", xlabel="w (kg per dm)", ylabel="b (kg)", ylim=(b - 4, b + 4))
    fig.legend(loc="outside lower center", ncols=3, frameon=False, fontsize=9)
    draw.show(
        fig,
        alt=f"Left: the loss against w with b = {b:g}, a curve like a bowl. It is {slice_[0]:.2f} at w = {near[0]:g}, "
        f"lowest near w = {near[lowest]:.2f} with {slice_[lowest]:.3f}, and {slice_[-1]:.2f} at w = {near[-1]:g}. "
        f"Right: curves of equal loss over w and b form a long narrow valley from the upper left to the lower right. "
        f"A dot marks w = {w:g}, b = {b:g} with loss {loss(w, b):.3f}; a dashed line marks b = {b:g}, as on the left.",
    )


def _valley(ax: Axes, ws: np.ndarray, w: float, b: float, tilt: float, loss: Callable[[float, float], float]) -> None:
    """Curves of equal loss on a grid that runs along the valley, where b falls by ``tilt`` when w rises by 1."""
    columns = ws[::3]
    beside = 7.5 * np.linspace(-1, 1, 81) ** 3  # closest together at the bottom, where the curves are
    bs = b - tilt * (columns - w) + beside[:, None]
    losses = np.array([[loss(w_k, b_k) for w_k, b_k in zip(columns, row, strict=True)] for row in bs])
    levels = [0.2, 1, 5, 20]
    ax.contour(np.broadcast_to(columns, bs.shape), bs, losses, levels=levels, colors=[draw.BLACK] + 3 * [draw.GREY])
    labelled = int(0.8 * len(columns))
    bottom = int(np.argmin(losses[:, labelled]))
    for level in levels:
        if losses[bottom, labelled] < level < losses[-1, labelled]:
            height = float(np.interp(level, losses[bottom:, labelled], bs[bottom:, labelled]))
            ax.annotate(
                f"{level:g}",
                (columns[labelled], height),
                backgroundcolor="white",
                ha="center",
                va="center",
                clip_on=True,
            )
