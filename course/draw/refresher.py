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
        How far the second point lies to the right.
    """
    fig, ax = draw.figure(height=3.8)
    curve = np.linspace(x - 1.5, x + 1.5, 121)
    at, after = x**2, (x + nudge) ** 2
    average, slope = (after - at) / nudge, 2 * x
    ax.plot(curve, curve**2, color=draw.BLUE, linewidth=2.5, label="x²")
    ax.plot(curve, at + slope * (curve - x), "--", color=draw.VERMILLION, label=f"touching line, slope {slope:g}")
    ax.plot(curve, at + average * (curve - x), ":", color=draw.BLACK, label=f"through both points, slope {average:g}")
    ax.plot(x, at, "o", color=draw.VERMILLION, markersize=9)
    ax.plot(x + nudge, after, "s", color=draw.BLACK, markersize=7)
    ax.set(xlabel="x", ylabel="f(x)")
    ax.legend(loc="upper left", frameon=False)
    draw.show(
        fig,
        alt=f"The curve x² with a dot at x = {x:g}, height {at:g}, and a square at x = {x + nudge:g}, "
        f"height {after:g}. The dotted line through both has slope {average:g}; the dashed line that touches the "
        f"curve at the dot has slope {slope:g}.",
    )
