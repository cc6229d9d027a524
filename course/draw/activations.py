"""Figures of unit 07: a hat made of bent lines, units that are always off, and neurons that learn too slowly.

Every activation and every slope comes from the student's own functions.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from course import draw

Function = Callable[..., Any]

STYLES = ((draw.BLUE, "o", "-"), (draw.VERMILLION, "s", "--"), (draw.GREEN, "^", "-."), (draw.PURPLE, "D", ":"))
HAT = ((1, 0), (-2, 1), (1, 2))
"""Height and place of each bend: the sum is flat, a hat, and flat again."""
UNITS, EXAMPLES, FEATURES = 64, 500, 10
RATE, GOAL, TRUTH = 0.15, 0.2, 0.0
MOST_COUNTED = 25


def hat(relu_forward: Function, at: float = 5.0) -> None:
    """What do three bent lines add up to?

    Parameters
    ----------
    relu_forward : callable
        The student's, called with an array of shape (K,).
    at : float
        Where the height of the sum is told.
    """
    x = np.linspace(-1.5, 5.5, 141)
    terms = [height * np.asarray(relu_forward(x - place)) for height, place in HAT]
    total = np.sum(terms, axis=0)
    there, top = float(np.interp(at, x, total)), float(total.max())
    fig, (left, right) = draw.figure(2, height=3.3)
    for (height, place), term, (colour, marker, line) in zip(HAT, terms, STYLES, strict=False):
        name = f"{height:+d} · ReLU(x - {place})".replace("+1 · ", "").replace("-2", "−2").replace("x - ", "x − ")
        name = name.replace("(x − 0)", "(x)")
        left.plot(x, term, color=colour, linestyle=line, marker=marker, markevery=20, label=name)
    right.plot(x, total, color=draw.BLACK, linewidth=2)
    right.plot(at, there, "D", color=draw.VERMILLION, label=f"x = {at:g}: height {abs(there):.4g}")
    left.set(xlabel="x", ylim=(-9, 6), title="three bent lines")
    right.set(xlabel="x", ylim=(-0.5, 1.5), title="their sum")
    left.legend(fontsize=8, loc="lower left")
    right.legend(fontsize=8)
    draw.show(
        fig,
        alt=f"Left: {len(HAT)} lines, each flat and then straight, with bends at "
        f"{', '.join(str(place) for _, place in HAT)}. Right: their sum, a hat: flat, up to {top:.4g} at "
        f"x = {x[np.argmax(total)]:.4g}, down, and flat again; at x = {at:g} its height is {abs(there):.4g}.",
    )


def pushed(bias: float, seed: int = 0) -> np.ndarray:
    """What 64 units hand to their bends: weights of length 1, inputs normal, one bias for all.

    Parameters
    ----------
    bias : float
    seed : int

    Returns
    -------
    ndarray, shape (EXAMPLES, UNITS)
    """
    rng = np.random.default_rng(seed)
    x, W = rng.normal(size=(EXAMPLES, FEATURES)), rng.normal(size=(FEATURES, UNITS))
    return x @ (W / np.linalg.norm(W, axis=0)) + bias


def dead_units(relu_backward: Function, biases: Sequence[float] = (0, -1, -2, -3, -4)) -> None:
    """How many of 64 ReLU units get no gradient from any of 500 examples, for one bias after another?

    Parameters
    ----------
    relu_backward : callable
        The student's, called as ``relu_backward(da, z)`` with arrays of shape (500, 64).
    biases : sequence of float
    """
    passes = {bias: _passes(relu_backward, bias) for bias in biases}
    on = [100 * float(open_.mean()) for open_ in passes.values()]
    dead = [int((open_.sum(axis=0) == 0).sum()) for open_ in passes.values()]
    fig, (left, right) = draw.figure(2, height=3.6)
    left.plot(biases, on, "-o", color=draw.BLUE, label="entries that are on, %")
    left.plot(biases, dead, "--s", color=draw.VERMILLION, label=f"dead units, of {UNITS}")
    for bias, count in zip(biases, dead, strict=True):
        place = (5, 5) if count else (-3, -14)
        left.annotate(str(count), (bias, count), xytext=place, textcoords="offset points", fontsize=9)
    title = f"{UNITS} units, {EXAMPLES} examples"
    left.set(xlabel="bias", xticks=list(biases), ylim=(-9, UNITS + 8), title=title)
    left.set_ylabel(f"entries on (%) / dead units (of {UNITS})")
    left.legend(fontsize=8, loc="upper center")
    told = _counts(right, {bias: passes[bias] for bias in biases[2:4]})
    pairs = zip(biases, on, dead, strict=True)
    said = "; ".join(f"bias {bias:g}: {share:.2g} % of entries on, {count} dead" for bias, share, count in pairs)
    draw.show(fig, alt=f"{UNITS} ReLU units, {EXAMPLES} examples. {said}. {told}")


def _passes(relu_backward: Function, bias: float) -> np.ndarray:
    """Where a gradient of 1 comes through, shape (EXAMPLES, UNITS)."""
    z = pushed(bias)
    return np.asarray(relu_backward(np.ones_like(z), z)) != 0


def _counts(ax: Any, passes: Mapping[float, np.ndarray]) -> str:
    """How many units are on for 0, 1, 2, … examples, drawn; and the same in words."""
    told = []
    looks = ((draw.SKY, "", -0.2), (draw.ORANGE, "///", 0.2))
    for (bias, open_), (colour, hatch, shift) in zip(passes.items(), looks, strict=False):
        each = np.minimum(open_.sum(axis=0), MOST_COUNTED)
        tall = np.bincount(each, minlength=MOST_COUNTED + 1)
        ax.bar(
            np.arange(len(tall)) + shift,
            tall,
            width=0.4,
            color=colour,
            hatch=hatch,
            edgecolor=draw.BLACK,
            linewidth=0.4,
            label=f"bias {bias:g}".replace("-", "−"),
        )
        told.append(
            f"With bias {bias:g} the unit that is on least is on for {each.min()} examples, the middle one for "
            f"{np.median(each):g}."
        )
    ax.set(xlabel="examples for which a unit is on", ylabel="units", title="on how often?")
    ax.legend(fontsize=8)
    return " ".join(told)


def one_neuron(
    sigmoid_forward: Function, sigmoid_backward: Function, starts: Sequence[tuple[float, float]], steps: int = 600
) -> None:
    """Which of several neurons learns first to answer 0, with half the squared error as its loss?

    Parameters
    ----------
    sigmoid_forward, sigmoid_backward : callables
        The student's, called with arrays of shape (1,).
    starts : sequence of (float, float)
        Weight and bias of each neuron; the input is 1.
    steps : int
        Of gradient descent, at rate 0.15.
    """
    fig, (left, right) = draw.figure(2, height=3.6)
    z = np.linspace(-9, 9, 181)
    slopes = np.asarray(sigmoid_backward(np.ones_like(z), np.asarray(sigmoid_forward(z))))
    right.plot(z, slopes, color=draw.GREY)
    told = []
    for name, (w, b), (colour, marker, line) in zip("abcd", starts, STYLES, strict=False):
        outputs, first = _outputs(sigmoid_forward, sigmoid_backward, w, b, steps)
        look = dict(color=colour, marker=marker)
        start = f"{name}: w = {w:g}, b = {b:g}"
        left.plot(outputs, linestyle=line, markevery=steps // 8, markersize=5, label=start, **look)
        slope = float(np.interp(w + b, z, slopes))
        right.plot(w + b, slope, linestyle="none", label=f"{name}: slope {slope:.2g}", **look)
        told.append(f"{start}: slope {slope:.2g}, error times slope {first:.2g}, {_fate(outputs)}")
    left.axhline(GOAL, color=draw.BLACK, linewidth=0.8)
    left.annotate(f"{GOAL:g}", (steps, GOAL), xytext=(-2, 3), textcoords="offset points", ha="right", fontsize=9)
    left.set(xlabel="step", ylabel="output a; the truth is 0", ylim=(0, 1.05), title="learning to say 0")
    right.set(xlabel="z = w + b at the start", ylabel="slope of the sigmoid", title="the slopes they start with")
    left.legend(fontsize=8, loc="upper right", bbox_to_anchor=(1, 0.93))
    right.legend(fontsize=8, loc="upper left")
    said = f"One sigmoid neuron, input 1, truth 0, loss half the squared error; a line marks the output {GOAL:g}. "
    draw.show(fig, alt=said + "; ".join(told) + ".")


def _fate(outputs: np.ndarray) -> str:
    """Where the output began, and when it fell below the goal, in words."""
    below = np.flatnonzero(outputs < GOAL)
    end = f"below {GOAL:g} after {below[0]}" if len(below) else f"at {outputs[-1]:.4f} after {len(outputs) - 1}"
    return f"output {outputs[0]:.4f} at first, {end} steps"


def _outputs(forward: Function, backward: Function, w: float, b: float, steps: int) -> tuple[np.ndarray, float]:
    """The neuron's output before each step and after the last, shape (steps + 1,), and its first dz."""
    outputs, first = [], 0.0
    for step in range(steps + 1):
        a = np.asarray(forward(np.array([w + b])))
        outputs.append(float(a[0]))
        dz = float(np.asarray(backward(a - TRUTH, a))[0])
        first = dz if step == 0 else first
        w, b = w - RATE * dz, b - RATE * dz
    return np.array(outputs), first
