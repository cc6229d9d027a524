"""Computation graphs with values above and gradients below each edge, paths, and gradients along a chain.

Inner gradients are measured: each edge's number is nudged and the rest of the graph run again.
"""

from collections.abc import Callable, Collection, Sequence
from typing import Any

import numpy as np

from course import draw
from course.draw.graphs.edges import RADIUS, Edge, Gate, Values, graph, in_words, input_edge, level_edge

Steps = dict[str, Callable[[Values], float]]

NUDGE = 1e-4


def squared_error(x: float, w: float, b: float, y: float, hide: Collection[str] = ()) -> None:
    """Draw the graph of L = (w x + b - y)².

    Parameters
    ----------
    x, w, b, y : float
    hide : collection of str
        Names whose gradient is shown as a question mark.
    """
    steps: Steps = {
        "m": lambda v: v["w"] * v["x"],
        "s": lambda v: v["m"] + v["b"],
        "e": lambda v: v["s"] - v["y"],
        "L": lambda v: v["e"] ** 2,
    }
    values = _run(steps, dict(x=x, w=w, b=b, y=y))
    gradients = {name: _measured(steps, values, name) for name in values}
    gates = [Gate((1.7, 0), "×"), Gate((3.9, 0), "+"), Gate((6.1, 0), "−"), Gate((8.3, 0), "e²")]
    edges = [
        input_edge("w", 0.0, 1.7, 1.0),
        input_edge("x", 0.0, 1.7, -1.0),
        input_edge("b", 2.4, 3.9, -1.0),
        input_edge("y", 4.6, 6.1, -1.0),
        level_edge("m", 1.7, 3.9),
        level_edge("s", 3.9, 6.1),
        level_edge("e", 6.1, 8.3),
        level_edge("L", 8.3, 10.3),
    ]
    fig = graph(gates, edges, values, gradients, hide)
    draw.show(fig, alt=in_words("L = (w x + b − y)²", edges, values, gradients, hide))


def neuron(forward: Callable[..., Any], backward: Callable[..., Any], x: float, w: float, b: float, y: float) -> None:
    """Draw the graph of a neuron and its loss, with the student's own forward and backward pass.

    Parameters
    ----------
    forward, backward : callable
        ``forward(x, w, b, y)`` gives z, a, loss; ``backward(x, w, b, y)`` gives dx, dw, db. The gradients in
        between are measured from forward: b or y is nudged, and the changes of z, a and the loss are compared.
    x, w, b, y : float
    """
    z, a, loss = _ordered(forward(x, w, b, y), ("z", "a", "loss"))
    values = dict(x=x, w=w, b=b, y=y, m=w * x, z=z, a=a, e=a - y, L=loss)
    names = ("x", "w", "b")
    gradients: Values = dict(
        zip(names, _ordered(backward(x, w, b, y), tuple(f"d{name}" for name in names)), strict=True)
    )
    gradients |= _measured_inside(forward, x, w, b, y)
    signs = {"×": 1.5, "+": 3.3, "σ": 5.1, "−": 6.9, "e²": 8.7}
    gates = [Gate((at, 0), sign) for sign, at in signs.items()]
    edges = [
        input_edge("w", 0.0, 1.5, 1.0),
        input_edge("x", 0.0, 1.5, -1.0),
        input_edge("b", 1.8, 3.3, -1.0),
        input_edge("y", 5.4, 6.9, -1.0),
        level_edge("m", 1.5, 3.3),
        level_edge("z", 3.3, 5.1),
        level_edge("a", 5.1, 6.9),
        level_edge("e", 6.9, 8.7),
        level_edge("L", 8.7, 10.5),
    ]
    fig = graph(gates, edges, values, gradients, hide=())
    draw.show(fig, alt=in_words("your neuron, L = (a − y)² with a = σ(w x + b)", edges, values, gradients, ()))


def fork(x: float, hide: Collection[str] = ()) -> None:
    """Draw the graph of L = u v, u = x², v = sin x, where x is copied to ``x1`` (for u) and ``x2`` (for v).

    Parameters
    ----------
    x : float
    hide : collection of str
        Names whose gradient is shown as a question mark.
    """
    steps: Steps = {
        "x1": lambda v: v["x"],
        "x2": lambda v: v["x"],
        "u": lambda v: v["x1"] ** 2,
        "v": lambda v: float(np.sin(v["x2"])),
        "L": lambda v: v["u"] * v["v"],
    }
    values = _run(steps, dict(x=x))
    gradients = {name: _measured(steps, values, name) for name in values}
    gates = [Gate((2.0, 0), "copy"), Gate((4.9, 0.8), "x²"), Gate((4.9, -0.8), "sin"), Gate((8.0, 0), "×")]
    edges = [
        level_edge("x", -RADIUS, 2.0),
        Edge("x1", [(2.0, RADIUS), (2.0, 0.8), (4.9 - RADIUS, 0.8)], (3.3, 0.8)),
        Edge("x2", [(2.0, -RADIUS), (2.0, -0.8), (4.9 - RADIUS, -0.8)], (3.3, -0.8)),
        Edge("u", [(4.9 + RADIUS, 0.8), (8.0, 0.8), (8.0, RADIUS)], (6.5, 0.8)),
        Edge("v", [(4.9 + RADIUS, -0.8), (8.0, -0.8), (8.0, -RADIUS)], (6.5, -0.8)),
        level_edge("L", 8.0, 10.3),
    ]
    fig = graph(gates, edges, values, gradients, hide)
    draw.show(
        fig, alt=in_words("L = u v with u = x1² and v = sin x2, both copies of x", edges, values, gradients, hide)
    )


def ladder(branches: int, stages: int) -> None:
    """Draw a row of nodes with several edges from each to the next, and count paths and edges.

    Parameters
    ----------
    branches, stages : int
        Edges in each stage, and how many stages.
    """
    fig, ax = draw.figure(height=1.7)
    t = np.linspace(0, 1, 40)
    styles = ("-", "--", ":", "-.")
    for stage in range(stages):
        for k, bend in enumerate(np.linspace(0.55, -0.55, branches)):
            ax.plot(stage + t, bend * np.sin(np.pi * t), color=draw.BLUE, linestyle=styles[k % len(styles)])
    ax.plot(range(stages + 1), np.zeros(stages + 1), "o", color=draw.BLACK, markersize=9)
    ax.annotate("start", (0, -0.32), ha="center")
    ax.annotate("loss", (stages, -0.32), ha="center")
    counted = f"{stages} stages, {branches} edges in each: {branches * stages} edges, {branches**stages:,} paths"
    ax.set_title(counted, fontsize=10)
    ax.set(ylim=(-0.75, 0.75))
    ax.axis("off")
    draw.show(fig, alt=f"{stages + 1} nodes in a row from start to loss. {counted}.")


def chain_gradients(
    forward: Callable[..., Any],
    backward: Callable[..., Any],
    x: float,
    weights: Sequence[float],
    links: int = 20,
) -> None:
    """Draw |dw| of every link of a chain, a line for each common weight, on a logarithmic axis.

    Parameters
    ----------
    forward, backward : callable
        ``forward(x, w)`` gives a, shape (K + 1,); ``backward(da, a, w)`` gives dx and dw, shape (K,).
    x : float
        What enters the chain.
    weights : sequence of float
        In each chain all links have the same weight.
    links : int
        K.
    """
    fig, ax = draw.figure(height=3.4)
    ks = np.arange(1, links + 1)
    said = []
    looks = ((draw.BLUE, "o", "-"), (draw.VERMILLION, "s", "--"), (draw.GREEN, "^", ":"), (draw.PURPLE, "D", "-."))
    for weight, (colour, marker, line) in zip(weights, looks, strict=False):
        w = np.full(links, float(weight))
        _, dw = _ordered(backward(1.0, np.asarray(forward(x, w)), w), ("dx", "dw"))
        sizes = np.abs(np.asarray(dw, dtype=float))
        label = f"every w = {weight:g}"
        ax.plot(ks, sizes, color=colour, marker=marker, linestyle=line, label=label)
        said.append(f"{label}: {sizes[-1]:.2g} at link {links}, {sizes[0]:.2g} at link 1")
    ax.set_yscale("log")
    ax.set_xticks([1, *range(5, links + 1, 5)])
    ax.set(xlabel=f"link k (the loss comes after link {links})", ylabel="|dw| of link k")
    ax.legend(frameon=False)
    draw.show(fig, alt=f"|dw| along a chain of {links} links from x = {x:g}. {'; '.join(said)}.")


def _ordered(results: Any, names: Sequence[str]) -> list[Any]:
    """An answer's results in the order of their names, whether it gave them in a row or as a dict."""
    return [results[name] for name in names] if isinstance(results, dict) else list(results)


def _measured_inside(forward: Callable[..., Any], x: float, w: float, b: float, y: float) -> Values:
    """Gradients at the inner edges of a neuron: b moves all that follow m, and y moves e the other way."""

    def changes(db: float, dy: float) -> np.ndarray:
        low, high = (
            np.array(_ordered(forward(x, w, b + k * db, y + k * dy), ("z", "a", "loss")), dtype=float) for k in (-1, 1)
        )
        return high - low

    by_z, by_a, of_loss = changes(NUDGE, 0.0)
    through_y = changes(0.0, NUDGE)[-1] / (2 * NUDGE)
    found = {"m": of_loss / (2 * NUDGE), "z": of_loss / by_z, "y": through_y, "e": -through_y, "L": 1.0}
    return found | ({"a": of_loss / by_a} if by_a else {})


def _run(steps: Steps, inputs: Values, forced: Values | None = None) -> Values:
    """The values of all names when the steps are taken in order; a forced value stands whatever its step says."""
    forced = forced or {}
    values = inputs | {name: value for name, value in forced.items() if name in inputs}
    for name, step in steps.items():
        values[name] = forced.get(name, step(values))
    return values


def _measured(steps: Steps, values: Values, name: str) -> float:
    """How much L changes for each unit of a nudge of one number."""
    inputs = {key: value for key, value in values.items() if key not in steps}
    low, high = (_run(steps, inputs, {name: values[name] + nudge})["L"] for nudge in (-NUDGE, NUDGE))
    return (high - low) / (2 * NUDGE)
