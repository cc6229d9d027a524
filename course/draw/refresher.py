"""The figure of unit 00: what a slope is."""

import numpy as np

from course import draw


def tangent(x: float, nudge: float = 1.0) -> None:
    """The parabola x², the line through two of its points, and the line that touches it.

    Parameters
    ----------
    x : float
        Where the slope is asked for.
    nudge : float
        How far the second point lies to the right; to the left, if it is below zero.
    """
    if x + nudge == x:
        print(f"With a nudge of {nudge:g} both points are the same, and no line is fixed by one point. Try 0.1.")
        return
    fig, ax = draw.figure(height=3.8)
    second = x + nudge
    curve = np.linspace(min(x - 1.5, second), max(x + 1.5, second), 121)
    at, after = x**2, second**2
    average, slope = (after - at) / nudge, 2 * x
    ax.plot(curve, curve**2, color=draw.BLUE, linewidth=2.5, label="x²")
    ax.plot(curve, at + slope * (curve - x), "--", color=draw.VERMILLION, label=f"touching line, slope {slope:g}")
    ax.plot(curve, at + average * (curve - x), ":", color=draw.BLACK, label=f"through both points, slope {average:g}")
    ax.plot(x, at, "o", color=draw.VERMILLION, markersize=9, label=f"point at x = {x:.12g}")
    ax.plot(second, after, "s", color=draw.BLACK, markersize=7, label=f"point at x = {second:.12g}")
    ax.set(xlabel="x", ylabel="f(x)")
    ax.legend(loc="upper left", frameon=False)
    draw.show(
        fig,
        alt=f"The curve x² with a dot at x = {x:.12g}, height {at:.12g}, and a square at x = {second:.12g}, "
        f"height {after:.12g}, a nudge of {nudge:g} away. The dotted line through both has slope {average:g}; "
        f"the dashed line that touches the curve at the dot has slope {slope:g}.",
    )
