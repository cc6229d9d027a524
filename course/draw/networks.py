"""Figures of unit 09: points of two classes, what a network of two layers makes of the plane, and its hidden units.

Nothing is computed here that the unit asks for: every figure takes the student's forward pass or training.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from course import draw

Params = dict[str, np.ndarray]
Forward = Callable[..., Any]
Train = Callable[..., Any]

CELLS = 60
"""Of the grid on which a map is drawn, along each side."""
EDGE = 2.3
MARKS = ((draw.BLUE, "o", "class 0"), (draw.ORANGE, "s", "class 1"))
LINES = ("--", "-.", ":", (0, (5, 1)), (0, (1, 1)), (0, (3, 1, 1, 1)), (0, (6, 3)), (0, (2, 4)))


def points(x: np.ndarray, y: np.ndarray) -> None:
    """The points of two classes.

    Parameters
    ----------
    x : ndarray, shape (N, 2)
    y : ndarray of int, shape (N,)
    """
    fig, ax = draw.figure(width=4.2, height=3.9)
    _scatter(ax, x, y)
    ax.legend(fontsize=8, loc="upper right", framealpha=0.9)
    ax.set(xlabel="x₁", ylabel="x₂")
    _square(ax)
    told = []
    for vertical, low in (("upper", False), ("lower", True)):
        for side, left in (("left", True), ("right", False)):
            here = ((x[:, 0] < 0) == left) & ((x[:, 1] < 0) == low)
            told.append(f"{vertical} {side}: {np.sum(y[here] == 0)} of class 0, {np.sum(y[here] == 1)} of class 1")
    draw.show(fig, alt=f"{len(x)} points in the plane. " + "; ".join(told) + ".")


def training(
    forward: Forward, train: Train, params: Params, x: np.ndarray, y: np.ndarray, lr: float, steps: int
) -> None:
    """The loss of every step beside what the trained network says of each place in the plane.

    Parameters
    ----------
    forward, train : callable
        The student's ``two_layer_forward`` and ``train_two_layer``.
    params : dict of ndarray
        Where training starts; D = 2, C = 2.
    x : ndarray, shape (N, 2)
    y : ndarray of int, shape (N,)
    lr : float
    steps : int
    """
    trained, losses = train(params, x, y, lr, steps)
    fig, (left, right) = draw.figure(2, height=3.7)
    left.plot(losses, color=draw.BLUE)
    left.axhline(np.log(2), color=draw.BLACK, linestyle="--", linewidth=0.8)
    left.annotate(
        "ln 2, guessing", (steps, np.log(2)), xytext=(0, 3), textcoords="offset points", ha="right", fontsize=8
    )
    left.set(xlabel="step", ylabel="loss", yscale="log", title=f"loss of {len(x)} points")
    share = _accuracy(forward, trained, x, y)
    _plane(right, forward, trained, x, y)
    right.set(title=f"{share:.1%} right after {steps} steps")
    below = np.flatnonzero(np.asarray(losses) < 0.1)
    when = f"below 0.1 from step {below[0]}" if len(below) else "never below 0.1"
    told = f"Loss {losses[0]:.3f} at the start, {when}, {losses[-1]:.4f} after {steps} steps."
    draw.show(fig, alt=f"{told} {share:.1%} of {len(x)} points are on the right side of the boundary.")


def boundaries(
    forward: Forward, train: Train, starts: Mapping[str, Params], x: np.ndarray, y: np.ndarray, lr: float, steps: int
) -> None:
    """The trained boundary of several starts side by side, with the line of each hidden unit.

    Parameters
    ----------
    forward, train : callable
        The student's.
    starts : mapping
        Parameters by the panel's title.
    x : ndarray, shape (N, 2)
    y : ndarray of int, shape (N,)
    lr : float
    steps : int
    """
    fig, axes = draw.figure(len(starts), height=3.9)
    told = []
    for ax, (title, params) in zip(np.atleast_1d(axes), starts.items(), strict=True):
        trained, losses = train(params, x, y, lr, steps)
        _plane(ax, forward, trained, x, y)
        lines = _unit_lines(ax, forward, trained)
        share = _accuracy(forward, trained, x, y)
        ax.set(title=f"{title}: {share:.1%} right")
        told.append(
            f"{title}: {share:.1%} of {len(x)} points right, loss {losses[-1]:.3f}, unit lines that differ: {lines}"
        )
    draw.show(fig, alt=f"Boundaries after {steps} steps. " + "; ".join(told) + ".")


def hidden_maps(forward: Forward, params: Params, x: np.ndarray, y: np.ndarray) -> None:
    """What each hidden unit says of the plane, and the weighted sum of all: the boundary is where that sum is 0.

    Parameters
    ----------
    forward : callable
        The student's; its cache holds ``a1``.
    params : dict of ndarray
        Of a trained network, D = 2, C = 2.
    x : ndarray, shape (N, 2)
    y : ndarray of int, shape (N,)
    """
    axis, grid = _grid()
    z2, cache = forward(params, grid)
    maps = np.asarray(cache["a1"])
    weights = np.asarray(params["W2"])[:, 1] - np.asarray(params["W2"])[:, 0]
    units = maps.shape[1]
    fig, axes = draw.figure(units + 1, height=2.4, width=max(draw.WIDTH, 1.9 * (units + 1)))
    told = []
    for h in range(units):
        _map(axes[h], axis, maps[:, h], 1.0)
        axes[h].set(title=f"unit {h + 1}, weight {weights[h]:.1f}")
        told.append(f"unit {h + 1} has the weight {weights[h]:.1f} and is positive on {np.mean(maps[:, h] > 0):.0%}")
    _plane(axes[-1], forward, params, x, y)
    axes[-1].set(title="the sum")
    for ax in axes[1:]:
        ax.set_yticklabels([])
    over = np.mean(np.asarray(z2)[:, 1] > np.asarray(z2)[:, 0])
    told.append(f"the weighted sum is positive, class 1, on {over:.0%}")
    draw.show(fig, alt=f"Maps of {units} hidden units over the plane. " + "; ".join(told) + " of it.")


def _grid() -> tuple[np.ndarray, np.ndarray]:
    """The places along a side, and all places of the grid, shape (CELLS², 2)."""
    axis = np.linspace(-EDGE, EDGE, CELLS)
    return axis, np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)


def _plane(ax: Axes, forward: Forward, params: Params, x: np.ndarray, y: np.ndarray) -> None:
    """The share of class 1 at each place, dotted where it is the larger, with the boundary and the points."""
    axis, grid = _grid()
    z2 = np.asarray(forward(params, grid)[0])
    gap = (z2[:, 1] - z2[:, 0]).reshape(CELLS, CELLS)
    shown = np.tanh(gap / 2)
    ax.contourf(axis, axis, shown, levels=np.linspace(-1, 1, 9), colors=_shades(8), extend="both")
    if gap.min() < 0 < gap.max():
        ax.contourf(axis, axis, gap, levels=[0, gap.max()], hatches=[".."], colors="none")
        ax.contour(axis, axis, gap, levels=[0], colors="black", linewidths=2)
    _scatter(ax, x, y, size=12)
    _square(ax)


def _unit_lines(ax: Axes, forward: Forward, params: Params) -> int:
    """Draw where each hidden unit is 0; how many of these lines differ."""
    axis, grid = _grid()
    maps = np.asarray(forward(params, grid)[1]["a1"])
    different: list[np.ndarray] = []
    for h in range(maps.shape[1]):
        if not any(np.allclose(np.abs(maps[:, h]), np.abs(other), atol=1e-6) for other in different):
            different.append(maps[:, h])
            ax.contour(
                axis,
                axis,
                maps[:, h].reshape(CELLS, CELLS),
                levels=[0],
                colors=draw.PURPLE,
                linestyles=[LINES[h % len(LINES)]],
                linewidths=1.5,
            )
    return len(different)


def _map(ax: Axes, axis: np.ndarray, values: np.ndarray, most: float) -> None:
    """One map with its zero line in bold and a plus or a minus on each side of it."""
    field = values.reshape(CELLS, CELLS)
    ax.contourf(axis, axis, field, levels=np.linspace(-most, most, 9), colors=_shades(8), extend="both")
    if field.min() < 0 < field.max():
        ax.contour(axis, axis, field, levels=[0], colors="black", linewidths=2)
    for sign, place in (("+", field.argmax()), ("−", field.argmin())):
        row, column = np.unravel_index(place, field.shape)
        if (sign == "+") == (field[row, column] > 0):
            at = np.clip((axis[column], axis[row]), -0.8 * EDGE, 0.8 * EDGE)
            ax.text(at[0], at[1], sign, fontsize=16, ha="center", va="center")
    _square(ax)


def _scatter(ax: Axes, x: np.ndarray, y: np.ndarray, size: int = 18) -> None:
    for k, (colour, marker, label) in enumerate(MARKS):
        here = np.asarray(x)[np.asarray(y) == k]
        ax.scatter(
            here[:, 0], here[:, 1], s=size, color=colour, marker=marker, edgecolors="black", linewidths=0.4, label=label
        )


def _square(ax: Axes) -> None:
    ax.set(xlim=(-EDGE, EDGE), ylim=(-EDGE, EDGE), xticks=(-2, 0, 2), yticks=(-2, 0, 2))
    ax.set_aspect("equal")


def _shades(count: int) -> list[tuple[float, float, float]]:
    """From a light blue over white to a light orange."""
    from matplotlib.colors import LinearSegmentedColormap

    scale = LinearSegmentedColormap.from_list("classes", ["#8ec3e6", "#ffffff", "#f6cf7a"])
    return [scale(k / (count - 1))[:3] for k in range(count)]


def _accuracy(forward: Forward, params: Params, x: np.ndarray, y: np.ndarray) -> float:
    """The share of points whose largest logit is their own class's."""
    return float(np.mean(np.asarray(forward(params, x)[0]).argmax(axis=1) == y))
