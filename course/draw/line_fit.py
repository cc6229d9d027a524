"""Figures of unit 01: a line through penguins, the squares on its errors, and where its loss lies.

The loss and the line's guesses always come from the reader's own functions or from numbers given.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
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
    if guesses.shape != x.shape:
        print(f"predict gives shape {guesses.shape} for x of shape {x.shape}; the figure needs one guess per penguin.")
        return
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
    if np.shape(mse(predict(x, w, b), y)) != ():
        print("The figure needs a single number from mse; the check above says more.")
        return
    ws, bs = np.linspace(w - 2, w + 2, 81), np.linspace(b - 4, b + 4, 81)
    losses = np.array([[float(mse(predict(x, w_k, b_k), y)) for w_k in ws] for b_k in bs])
    near = np.linspace(w - 1.5, w + 1.5, 151)
    slice_ = np.array([float(mse(predict(x, w_k, b), y)) for w_k in near])
    here = float(mse(predict(x, w, b), y))
    fig, (left, right) = draw.figure(2, height=3.9, width=8.2)
    left.plot(near, slice_, color=draw.BLUE, linestyle="--", linewidth=2)
    left.plot(w, here, "o", color=draw.VERMILLION, markersize=9)
    left.set(title=f"b stays {b:g}", xlabel="w (kg per dm)", ylabel="loss (kg²)", ylim=(0, None))
    levels = [0.2, 0.5, 1, 2, 5, 10, 20, 50]
    lines = right.contour(ws, bs, losses, levels=levels, colors=draw.GREY, linewidths=1)
    right.clabel(lines, fmt="%g", fontsize=8)
    right.axhline(b, color=draw.BLUE, linestyle="--", linewidth=2)
    right.plot(w, b, "o", color=draw.VERMILLION, markersize=9)
    right.set(title="every line is a point", xlabel="w (kg per dm)", ylabel="b (kg)")
    lowest = int(np.argmin(slice_))
    draw.show(
        fig,
        alt=f"Left: the loss against w with b = {b:g}, a curve like a bowl. It is {slice_[0]:.2f} at w = {near[0]:g}, "
        f"lowest near w = {near[lowest]:.2f} with {slice_[lowest]:.3f}, and {slice_[-1]:.2f} at w = {near[-1]:g}. "
        f"Right: lines of equal loss over w and b form a long narrow valley from the upper left to the lower right. "
        f"A dot marks w = {w:g}, b = {b:g} with loss {here:.3f}; a dashed line marks the slice.",
    )
