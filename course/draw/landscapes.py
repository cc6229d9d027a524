"""Figures of unit 04: paths downhill, loss curves, the penguins' ravine, and two valleys.

No figure takes a step of its own: each takes the student's function, or points that were computed elsewhere.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from course import draw
from course.functions import Named

Step = Callable[..., Any]

STYLES = ((draw.BLUE, "o", "-"), (draw.VERMILLION, "s", "--"), (draw.GREEN, "^", "-."), (draw.PURPLE, "D", ":"))
RAVINE_START = (-4.0, 1.0)
STEEPNESS = np.array([1.0, 20.0])
DONE = 0.01
ROUND = 10
NUMBERED = 5
UNITS = {"millimetres": ("g per mm", "g"), "standardised": ("g", "g")}
"""The units of w and b, by the panel's title, for a line that predicts grams."""


def ravine(points: np.ndarray) -> np.ndarray:
    """The height 0.5 (x² + 20 y²) of each point.

    Parameters
    ----------
    points : ndarray, shape (..., 2)

    Returns
    -------
    ndarray, shape (...)
    """
    return 0.5 * np.sum(STEEPNESS * points**2, axis=-1)


def ravine_paths(gd_step: Step, rates: Sequence[float], steps: int = 90) -> None:
    """Paths of plain gradient descent down the ravine, one for each learning rate, and their losses.

    Parameters
    ----------
    gd_step : callable
        The student's, called as ``gd_step([p], [gradient], lr)`` with p of shape (2,).
    rates : sequence of float
    steps : int
    """
    runs = {}
    for rate in rates:
        path = [np.array(RAVINE_START)]
        for _ in range(steps):
            path.append(np.asarray(gd_step([path[-1]], [STEEPNESS * path[-1]], rate)[0]))
        runs[f"lr {rate:g}"] = np.array(path)
    _on_ravine(runs, steps)


def momentum_paths(momentum_step: Step, betas: Sequence[float], lr: float = 0.05, steps: int = 80) -> None:
    """Paths of descent with momentum down the ravine, one for each beta, and their losses.

    Parameters
    ----------
    momentum_step : callable
        The student's, called as ``momentum_step([p], [gradient], [v], lr, beta)`` with p and v of shape (2,).
    betas : sequence of float
    lr : float
    steps : int
    """
    runs = {}
    for beta in betas:
        path, velocity = [np.array(RAVINE_START)], [np.zeros(2)]
        for _ in range(steps):
            params, velocity = momentum_step([path[-1]], [STEEPNESS * path[-1]], velocity, lr, beta)
            path.append(np.asarray(params[0]))
        runs[f"beta {beta:g}"] = np.array(path)
    _on_ravine(runs, steps)


def _on_ravine(runs: Mapping[str, np.ndarray], steps: int) -> None:
    fig, (left, right) = draw.figure(2, height=3.9)
    xs, ys = np.meshgrid(np.linspace(-5, 5, 121), np.linspace(-2.2, 2.2, 121))
    heights = ravine(np.stack([xs, ys], axis=-1))
    left.contour(xs, ys, heights, levels=[0.5, 2, 5, 10, 18, 30, 45], colors=draw.GREY, linewidths=0.6)
    told = []
    for (label, path), (colour, marker, line) in zip(runs.items(), STYLES, strict=False):
        look = dict(color=colour, marker=marker, linestyle=line, linewidth=1.2, label=label)
        losses = ravine(path)
        seen = _until_out_of_view(path)
        left.plot(seen[:, 0], seen[:, 1], markersize=3, **look)
        right.plot(losses, markersize=4, markevery=max(1, steps // 8), **look)
        told.append(f"{label}: {_fate(losses)}")
    left.plot(0, 0, "k*", markersize=9, label="minimum")
    left.legend(handles=[left.lines[-1]], fontsize=8, loc="upper right")
    left.set(xlim=(-5, 5), ylim=(-2.2, 2.2), xlabel="x", ylabel="y", title="the ravine from above, start (−4, 1)")
    right.axhline(DONE, color=draw.BLACK, linewidth=0.8)
    right.annotate(f"{DONE:g}", (0, DONE), xytext=(2, 2), textcoords="offset points", fontsize=8)
    right.set(yscale="log", ylim=(1e-5, 1e5), xlabel="step", ylabel="loss", title="loss after each step")
    right.legend(fontsize=8)
    draw.show(fig, alt=f"Paths on the loss 0.5(x² + 20y²) and their losses, {steps} steps. " + "; ".join(told) + ".")


def _until_out_of_view(path: np.ndarray) -> np.ndarray:
    """The path up to the first point outside the picture, that point included."""
    outside = np.flatnonzero(~(np.abs(path) < (5.0, 2.2)).all(axis=1))
    return path[: outside[0] + 1] if len(outside) else path


def _fate(losses: np.ndarray) -> str:
    """What came of a run, in words."""
    above = np.flatnonzero(~(losses < DONE))
    if losses[-1] > losses[0]:
        return f"diverges, loss {losses[-1]:.3g} at the end"
    if above[-1] == len(losses) - 1:
        return f"loss {losses[-1]:.3g} at the end, not below {DONE:g}"
    first = int(np.flatnonzero(losses < DONE)[0])
    last = int(above[-1]) + 1
    return f"below {DONE:g} at step {first}" + (f", for good from step {last}" if last > first else "")


def line_surfaces(fit_line: Step, runs: Mapping[str, tuple[np.ndarray, np.ndarray, float]], steps: int = 20) -> None:
    """The loss of a line over (w, b) for several sets of data, with the path that gradient descent takes.

    Parameters
    ----------
    fit_line : callable
        The student's; its (w, b) after 0, 1, … steps are the path.
    runs : dict
        For each title (x, y, lr), x and y of shape (N,).
    steps : int
    """
    fig, axes = draw.figure(len(runs), height=3.9)
    told = []
    for ax, (title, (x, y, lr)) in zip(np.ravel(axes), runs.items(), strict=True):
        path = np.array([[float(value) for value in fit_line(x, y, lr, k)[:2]] for k in range(steps + 1)])
        slope, offset = np.polyfit(x, y, 1)
        curvature = 2 * np.array([[np.mean(x * x), np.mean(x)], [np.mean(x), 1.0]])
        small, large = np.linalg.eigvalsh(curvature)
        ws, bs = _around(slope, offset, small, large)
        loss = np.mean((ws[..., None] * x + bs[..., None] - y) ** 2, axis=-1)
        spread = np.sqrt(loss - loss.min())
        ax.contour(ws, bs, spread, levels=12, colors=draw.GREY, linewidths=0.6)
        ratio = large / small
        if ratio < ROUND:
            ax.set_aspect("equal", adjustable="datalim")
        else:
            edges = np.array([ws.min(), ws.max()])
            ax.plot(edges, offset - np.mean(x) * (edges - slope), color=draw.ORANGE, linestyle="--", label="floor")
            ax.set_ylim(bs.min(), bs.max())
        ax.plot(path[:, 0], path[:, 1], color=draw.BLUE, marker="o", markersize=3, linewidth=1, label="path")
        ax.plot(slope, offset, "k*", markersize=10, label="best line")
        if ratio >= ROUND:
            _number(ax, path[:NUMBERED])
        ax.legend(fontsize=8, loc="lower left" if ratio >= ROUND else "lower right")
        ratio_text = f"{ratio:.2g}" if ratio < 1e3 else f"{ratio / 1e6:.1f} million"
        w_unit, b_unit = (f" ({unit})" if unit else "" for unit in UNITS.get(title, ("", "")))
        ax.set(xlabel=f"w{w_unit}", ylabel=f"b{b_unit}", title=f"{title}\nlr {lr:g}, condition number {ratio_text}")
        ax.title.set_fontsize(9)
        first = ", ".join(f"{w:.1f}" for w in path[:NUMBERED, 0])
        told.append(
            f"{title}: at the first points w is {first}; "
            f"condition number {ratio_text}; after {steps} steps of lr {lr:g} at "
            f"w = {path[-1, 0]:.1f}, b = {path[-1, 1]:.1f}; the best line has w = {slope:.1f}, b = {offset:.1f}"
        )
    draw.show(fig, alt="Contours of the loss over (w, b) with the path from (0, 0). " + ". ".join(told) + ".")


def _number(ax: Any, points: np.ndarray) -> None:
    """The first points of a path, numbered from 0, above and below it in turn."""
    for k, point in enumerate(points):
        ax.annotate(
            str(k), point, xytext=(0, 7 if k % 2 == 0 else -14), textcoords="offset points", fontsize=8, ha="center"
        )


def _around(slope: float, offset: float, small: float, large: float) -> tuple[np.ndarray, np.ndarray]:
    """A grid of (w, b) that shows the best line and the origin."""
    reach_w, reach_b = 0.35 * abs(slope), 0.35 * abs(offset)
    if large / small < ROUND:  # a round bowl looks round where both axes have one scale
        reach_w = reach_b = 0.35 * max(abs(slope), abs(offset))
    w = np.linspace(min(0, slope) - reach_w, max(0, slope) + reach_w, 201)
    b = np.linspace(min(0, offset) - reach_b, max(0, offset) + reach_b, 201)
    ws, bs = np.meshgrid(w, b)
    return ws, bs


def valleys(gd_step: Step, runs: Mapping[str, tuple[float, Sequence[float]]], tilt: float = 0.3) -> None:
    """Paths on the curve with two valleys: each point on the curve, and the position step by step.

    Parameters
    ----------
    gd_step : callable
        The student's, called as ``gd_step([x], [slope], lr)`` with float x.
    runs : dict
        For each label (start, rates), one rate for each step.
    tilt : float
        Of the curve ¼(x² − 2)² + tilt·x.
    """
    curve, slope = Named("two_valleys", tilt=tilt), Named("two_valleys_slope", tilt=tilt)
    fig, (left, right) = draw.figure(2, height=3.9)
    grid = np.linspace(-2.3, 2.4, 200)
    left.plot(grid, [curve(x) for x in grid], color=draw.GREY, linewidth=1)
    told = []
    for (label, (start, rates)), (colour, marker, line) in zip(runs.items(), STYLES, strict=False):
        path = [float(start)]
        for rate in rates:
            path.append(float(gd_step([path[-1]], [slope(path[-1])], rate)[0]))
        look = dict(color=colour, marker=marker, markersize=4, linewidth=1, label=label)
        left.plot(path, [curve(x) for x in path], linestyle="none", alpha=0.7, **{**look, "linewidth": 0})
        left.plot(path[-1], curve(path[-1]), color=colour, marker=marker, markersize=10, fillstyle="none")
        right.plot(path, linestyle=line, **look)
        tail = max(abs(b - a) for a, b in pairwise(path[-5:]))
        still = "" if tail < 0.01 else f", still moving by {tail:.2f} a step"
        told.append(f"{label}: from x = {start:g} to x = {path[-1]:.2f}, f = {curve(path[-1]):.3f}{still}")
    left.set(xlabel="x", ylabel="f(x)", title="the curve; the ends are ringed")
    right.set(xlabel="step", ylabel="x", title="x after each step")
    right.legend(fontsize=8)
    draw.show(fig, alt="Descents on the curve with two valleys. " + "; ".join(told) + ".")
