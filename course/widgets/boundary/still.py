"""The static picture of a training, for readers without a kernel: decision boundary, hidden units, loss."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from course import draw
from course.widgets.boundary.data import Points
from course.widgets.boundary.training import Maps, Trace
from course.widgets.boundary.words import percent

MARKS = ((0, draw.BLUE, "o"), (1, draw.ORANGE, "s"))
SHADES = LinearSegmentedColormap.from_list("classes", ["#8ec3e6", "#ffffff", "#f6cf7a"])
SHOWN = 8
"""So many units' maps fit into a row."""


def picture(points: Points, trace: Trace, seen: Maps, used: Mapping[str, Any]) -> bytes:
    """The last step: the boundary over the points, the loss, and each unit's map with its output weight.

    Parameters
    ----------
    points : Points
    trace : Trace
    seen : Maps
    used : dict
        The settings; ``off`` holds the unplugged units.

    Returns
    -------
    bytes
        PNG; the same run gives the same bytes.
    """
    fig, axes = draw.figure(2, height=5.2)
    grid = axes[0].get_gridspec()
    for ax in axes:
        ax.remove()
    rows = grid[0, :].subgridspec(2, 1, height_ratios=[2.6, 1])
    above = rows[0].subgridspec(1, 2)
    _sum(fig.add_subplot(above[0]), points, trace, seen)
    _loss(fig.add_subplot(above[1]), trace, used)
    count = min(trace.hidden, SHOWN)
    below = rows[1].subgridspec(1, max(count, 4))
    for unit in range(count):
        _unit(fig.add_subplot(below[unit]), unit, points.reach, trace, seen, used["off"])
    return draw.png(fig)


def _sum(ax: Axes, points: Points, trace: Trace, seen: Maps) -> None:
    gap = seen.gap[-1]
    axis = _axis(points.reach, len(gap))
    ax.imshow(np.tanh(gap / 2), extent=_extent(points.reach), origin="lower", cmap=SHADES, vmin=-1, vmax=1)
    if gap.min() < 0 < gap.max():
        ax.contourf(axis, axis, gap, levels=[0, gap.max()], hatches=[".."], colors="none")
        ax.contour(axis, axis, gap, levels=[0], colors=draw.BLACK, linewidths=2)
    for label, colour, marker in MARKS:
        here = points.x[points.y == label]
        ax.scatter(here[:, 0], here[:, 1], s=10, color=colour, marker=marker, edgecolors=draw.BLACK, linewidths=0.4)
    right = seen.right(points.y)[-1] / len(points.y)
    ax.set(title=f"step {trace.steps[-1]}: {percent(right)} right", xlabel="x₁", ylabel="x₂")
    ax.grid(visible=False)


def _loss(ax: Axes, trace: Trace, used: Mapping[str, Any]) -> None:
    ax.plot(trace.losses, color=draw.PURPLE)
    ax.axhline(np.log(2), color=draw.BLACK, linestyle="--", linewidth=0.8, label="ln 2, guessing")
    ax.set(yscale="log", xlabel="step", ylabel="loss", title=f"{used['data']}, learning rate {used['lr']:.4g}")
    low, high = ax.get_ylim()
    ax.set_ylim(min(low, 0.1), max(high, 1.0))
    ax.legend(fontsize=8)


def _unit(ax: Axes, unit: int, reach: float, trace: Trace, seen: Maps, off: list[int]) -> None:
    values = seen.units[-1, :, :, unit]
    axis = _axis(reach, len(values))
    ax.imshow(values, extent=_extent(reach), origin="lower", cmap=SHADES, vmin=-1, vmax=1)
    if values.min() < 0 < values.max():
        ax.contour(axis, axis, values, levels=[0], colors=draw.BLACK, linewidths=2)
    for sign, side in (("+", values > 0.2), ("−", values < -0.2)):
        if side.mean() > 0.05:
            row, column = np.argwhere(side).mean(axis=0).astype(int)
            ax.text(axis[column], axis[row], sign, ha="center", va="center", fontsize=14)
    weight = trace.params[-1]["W2"][unit] @ [-1, 1]
    name = f"unit {unit + 1}\n" + ("unplugged" if unit in off else f"× {weight:.1f}")
    ax.set_title(name.replace("-", "−"), fontsize=9)
    ax.set(xticks=[], yticks=[])
    ax.grid(visible=False)


def _axis(reach: float, cells: int) -> np.ndarray:
    return reach * ((2 * np.arange(cells) + 1) / cells - 1)


def _extent(reach: float) -> tuple[float, float, float, float]:
    return -reach, reach, -reach, reach
