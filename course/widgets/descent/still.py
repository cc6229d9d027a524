"""The static picture of a descent, for readers without a kernel: the whole run, drawn by matplotlib."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from course import draw
from course.widgets.descent.contours import contours
from course.widgets.descent.surface import Surface
from course.widgets.descent.trace import Trace

COLOURS = (draw.BLUE, draw.VERMILLION, draw.GREEN, draw.PURPLE, draw.ORANGE, draw.SKY, draw.BLACK, draw.GREY)
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
LINES = ("-", "--", "-.", ":", "-", "--", "-.", ":")
NUMBERED = 8
TINY = 1e-12


def picture(surface: Surface, traces: Sequence[Trace], used: Mapping[str, Any]) -> bytes:
    """The paths on the surface and their losses.

    Parameters
    ----------
    surface : Surface
    traces : sequence of Trace
    used : dict
        The settings; ``lr`` and ``momentum`` are written above the picture.

    Returns
    -------
    bytes
        PNG; the same run gives the same bytes.
    """
    fig, (left, right) = draw.figure(2, height=3.9)
    _ground(left, surface)
    for trace, colour, marker, line in zip(traces, COLOURS, MARKERS, LINES, strict=False):
        look = {"color": colour, "marker": marker, "linestyle": line, "linewidth": 1.2, "markersize": 3.5}
        seen = _in_sight(trace.points, surface)
        left.plot(seen[:, 0], seen[:, 1], **look)
        losses = np.where(np.isfinite(trace.losses), trace.losses - surface.floor, np.nan)
        right.plot(np.maximum(losses, TINY), **{**look, "markersize": 2.5})
        _number(left, seen[:NUMBERED])
        if not trace.error and trace.steps:
            _next_arrow(left, trace, used["lr"])
    momentum = f", momentum {used['momentum']:g}" if used["momentum"] else ""
    right.set(
        yscale="log", xlabel="step", ylabel=_loss_name(surface), title=f"learning rate {used['lr']:.4g}{momentum}"
    )
    right.set_ylim(max(right.get_ylim()[0], 1e-6), min(right.get_ylim()[1], 1e8))
    if surface.goal_loss is not None:
        right.axhline(surface.goal_loss - surface.floor, color=draw.BLACK, linewidth=0.8, linestyle="--")
    return draw.png(fig)


def _ground(ax: Any, surface: Surface) -> None:
    for _, lines in contours(surface.height, surface.view):
        for line in lines:
            ax.plot(line[:, 0], line[:, 1], color=draw.GREY, linewidth=0.6)
    for x, y in surface.lowest:
        ax.plot(x, y, "k*", markersize=9)
    left, right, bottom, top = surface.view
    ax.set(xlim=(left, right), ylim=(bottom, top), xlabel=surface.axes[0], ylabel=surface.axes[1])
    ax.set_title(f"{surface.name}: {surface.formula}", fontsize=10)
    ax.grid(False)


def _in_sight(points: np.ndarray, surface: Surface) -> np.ndarray:
    """The path up to the first point outside the picture, that point included."""
    left, right, bottom, top = surface.view
    x, y = points[:, 0], points[:, 1]
    outside = np.flatnonzero(~((x >= left) & (x <= right) & (y >= bottom) & (y <= top)))
    return points[: outside[0] + 1] if len(outside) else points


def _number(ax: Any, points: np.ndarray) -> None:
    for k, point in enumerate(points):
        ax.annotate(
            str(k),
            point,
            xytext=(0, 6 if k % 2 == 0 else -12),
            textcoords="offset points",
            fontsize=8,
            ha="center",
            annotation_clip=True,
        )


def _next_arrow(ax: Any, trace: Trace, lr: float) -> None:
    """The first step as the gradient's rule has it, dashed: −lr times the slope at the start."""
    start = trace.points[0]
    tip = start - lr * trace.slopes[0]
    ax.annotate("", tip, xytext=start, arrowprops={"arrowstyle": "->", "linestyle": "--", "color": draw.BLACK})


def _loss_name(surface: Surface) -> str:
    return f"loss − ({surface.floor:.3g})" if surface.floor else "loss"
