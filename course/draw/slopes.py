"""Figures of unit 02: the lines that measure a slope, and how their error depends on the step."""

from collections.abc import Callable
from typing import Any

import numpy as np

from course import draw

Function = Callable[[Any], Any]
STEPS = 10.0 ** -np.arange(17)
LEAST = 1e-17


def secants(f: Function, x: float, h: float, numerical_derivative: Callable[..., Any], slope: float) -> None:
    """Which straight line leans like the curve at x?

    Parameters
    ----------
    f : callable
        Of one float; takes arrays as well.
    x, h : float
        Where the slope is measured, and with which step (large, so that it can be seen).
    numerical_derivative : callable
        The reader's own; its slope is drawn through the point at x - h.
    slope : float
        The exact slope at x.
    """
    ahead = float((f(x + h) - f(x)) / h)
    both = float(numerical_derivative(f, x, h))
    fig, ax = draw.figure()
    around = np.linspace(x - 1.3 * h, x + 1.3 * h, 200)
    ax.plot(around, f(around), color=draw.GREY, lw=2.5, label="the curve")
    ends = np.array([x - h, x + h])
    ax.plot(ends, f(x) + slope * (ends - x), "--", color=draw.BLACK, label=f"tangent at x: slope {slope:.4g}")
    ax.plot([x, x + h], [f(x), f(x) + ahead * h], "-.s", color=draw.VERMILLION, label=f"to one side: {ahead:.4g}")
    start = float(f(x - h))
    ax.plot(ends, [start, start + both * 2 * h], "-o", color=draw.BLUE, label=f"to both sides (yours): {both:.4g}")
    ax.set(xlabel="x", ylabel="f(x)")
    ax.legend(frameon=False)
    draw.show(
        fig,
        alt=f"A curve around x = {x:g} with three straight lines, for h = {h:g}. The tangent has slope {slope:.4g}. "
        f"The line from x to x + h has slope {ahead:.4g} and is off by {abs(ahead - slope):.4g}. "
        f"Your line from x - h to x + h has slope {both:.4g} and is off by {abs(both - slope):.4g}.",
    )


def step_sizes(f: Function, x: float, numerical_derivative: Callable[..., Any], slope: float) -> None:
    """How does the error of a measured slope depend on h, in float64 and in float32?

    Parameters
    ----------
    f : callable
        Of one number; keeps its precision (such as ``np.sin``).
    x : float
        Where the slope is measured.
    numerical_derivative : callable
        The reader's own, drawn beside the one-sided difference.
    slope : float
        The exact slope at x.
    """
    fig, axes = draw.figure(2, sharey=True, height=3.8)
    said = []
    kinds: tuple[type[np.floating], ...] = (np.float64, np.float32)
    for ax, kind in zip(axes, kinds, strict=True):
        one_sided, both_sides = errors(f, x, numerical_derivative, slope, kind)
        ax.loglog(STEPS, one_sided, "--s", color=draw.VERMILLION, ms=5, label="to one side")
        ax.loglog(STEPS, both_sides, "-o", color=draw.BLUE, ms=5, label="to both sides (yours)")
        lost = float(np.finfo(kind).eps) / 2 * abs(float(f(x))) / STEPS
        ax.loglog(STEPS, lost, ":", color=draw.BLACK, label="lost digits: rounding / h")
        name = kind.__name__
        ax.set(xlabel="step h", title=name, ylim=(1e-13, 30), xticks=[1e-16, 1e-12, 1e-8, 1e-4, 1])
        said.append(
            f"In {name} the error to one side is least, {one_sided.min():.0e}, at h = {STEPS[one_sided.argmin()]:.0e}, "
            f"and to both sides {both_sides.min():.0e} at h = {STEPS[both_sides.argmin()]:.0e}; "
            f"at h = 1e-12 they are {one_sided[12]:.0e} and {both_sides[12]:.0e}."
        )
        nothing = STEPS[np.isclose(both_sides, abs(slope), rtol=1e-9)]
        if nothing.size:
            said.append(f"For h = {nothing.max():.0e} and smaller your measured slope is 0, and its curve is flat.")
    axes[0].set_ylabel("error of the slope")
    axes[1].legend(frameon=False, loc="lower left", fontsize="small")
    draw.show(
        fig,
        alt=f"Two plots of error against step size, each curve falls and rises like a V. {' '.join(said)}",
    )


def errors(
    f: Function, x: float, numerical_derivative: Callable[..., Any], slope: float, kind: type[np.floating]
) -> tuple[np.ndarray, np.ndarray]:
    """The errors of both ways of measuring, computed in one precision.

    Parameters
    ----------
    kind : type
        ``np.float64`` or ``np.float32``: x and h are turned into it.

    Returns
    -------
    one_sided, both_sides : ndarrays, shape (17,)
        For h = 1, 0.1, …, 1e-16; at least ``LEAST``, since a logarithm has no place for 0.
    """
    at = kind(x)
    one_sided = [float((f(at + kind(h)) - f(at)) / kind(h)) for h in STEPS]
    both_sides = [float(numerical_derivative(f, at, kind(h))) for h in STEPS]
    measured = np.array([one_sided, both_sides])
    ahead, both = np.maximum(np.abs(measured - slope), LEAST)
    return ahead, both


def duration(seconds: float) -> str:
    """A time in the largest unit of which it holds at least two.

    Parameters
    ----------
    seconds : float
    """
    units = {"years": 365.25 * 86400, "days": 86400.0, "hours": 3600.0, "minutes": 60.0}
    for name, size in units.items():
        if seconds >= 2 * size:
            return f"{seconds / size:,.0f} {name}"
    return f"{seconds:.1f} seconds"
