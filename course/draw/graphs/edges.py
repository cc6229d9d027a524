"""Edges and gates of a computation graph, and the drawing of both with their numbers."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from matplotlib.figure import Figure

from course import draw

Values = dict[str, float]
Point = tuple[float, float]

RADIUS = 0.3


class Edge(NamedTuple):
    """An arrow along ``points`` that carries the number ``name``; its label stands at ``label``."""

    name: str
    points: Sequence[Point]
    label: Point


class Gate(NamedTuple):
    """A circle with the sign of an operation."""

    at: Point
    sign: str


def input_edge(name: str, start: float, end: float, height: float) -> Edge:
    """An edge from the left at a height, then straight up or down into a gate."""
    side = RADIUS if height > 0 else -RADIUS
    return Edge(name, [(start, height), (end, height), (end, side)], ((start + end) / 2 - 0.15, height))


def level_edge(name: str, start: float, end: float) -> Edge:
    """An edge from gate to gate on the middle line."""
    return Edge(name, [(start + RADIUS, 0), (end - RADIUS, 0)], ((start + end) / 2, 0))


def graph(
    gates: Sequence[Gate], edges: Sequence[Edge], values: Values, gradients: Values, hide: Collection[str]
) -> Figure:
    """Draw a graph: the value above each edge, its gradient below, the gates on top."""
    fig, ax = draw.figure(height=2.7)
    for edge in edges:
        xs, ys = zip(*edge.points[:-1], strict=True)
        ax.plot(xs, ys, color=draw.GREY, linewidth=1.4, zorder=1)
        ax.annotate(
            "",
            xy=edge.points[-1],
            xytext=edge.points[-2],
            arrowprops=dict(arrowstyle="-|>", color=draw.GREY, linewidth=1.4, shrinkA=0, shrinkB=0),
        )
        if edge.name:
            at_x, at_y = edge.label
            ax.text(at_x, at_y + 0.12, _value(edge, values), ha="center", va="bottom", fontsize=10)
            below = _gradient(edge, gradients, hide)
            ax.text(at_x, at_y - 0.13, below, ha="center", va="top", fontsize=10, color=draw.BLUE, style="italic")
    for gate in gates:
        face = dict(boxstyle="circle,pad=0.28", facecolor="white", edgecolor=draw.BLACK)
        size = 8 if len(gate.sign) > 3 else 10
        ax.text(*gate.at, gate.sign, ha="center", va="center", fontsize=size, bbox=face, zorder=3)
    ax.text(10.4, 1.42, "upright above: value", ha="right", fontsize=9)
    ax.text(10.4, 1.12, "italic below: gradient", ha="right", fontsize=9, color=draw.BLUE, style="italic")
    ax.set(xlim=(-0.3, 10.6), ylim=(-1.5, 1.65))
    ax.axis("off")
    return fig


def _value(edge: Edge, values: Values) -> str:
    return f"{edge.name} = {_short(values[edge.name])}"


def _gradient(edge: Edge, gradients: Values, hide: Collection[str]) -> str:
    """The label below an edge; nothing where no gradient is known."""
    if edge.name in hide:
        return f"d{edge.name} = ?"
    return f"d{edge.name} = {_short(gradients[edge.name])}" if edge.name in gradients else ""


def _short(number: float) -> str:
    return f"{round(float(number), 4) + 0.0:g}".replace("-", "−")


def in_words(what: str, edges: Sequence[Edge], values: Values, gradients: Values, hide: Collection[str]) -> str:
    """The alternative text of a graph: every value with its gradient."""
    parts = [
        ", ".join(filter(None, (_value(edge, values), _gradient(edge, gradients, hide)))) for edge in edges if edge.name
    ]
    return f"The graph of {what}, value and gradient at each edge: {'; '.join(parts)}."
