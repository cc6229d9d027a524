"""Where the gates and edges of each graph of unit 03 are drawn, in pixels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Point = tuple[float, float]

WIDTH = 800
RADIUS = 18.0


@dataclass(frozen=True)
class Edge:
    """The way of an edge, and the point of its line that its value stands above and its gradient below."""

    points: Sequence[Point]
    label: Point


@dataclass(frozen=True)
class Layout:
    """Where everything of a graph stands; ``foot`` is where the drawing ends and the lines of text begin."""

    gates: Sequence[Point]
    edges: Mapping[str, Edge]
    foot: float


def _level(start: float, end: float, y: float) -> Edge:
    """From gate to gate at one height."""
    return Edge([(start + RADIUS, y), (end - RADIUS, y)], ((start + end) / 2, y))


def _bent(start: Point, end: Point) -> Edge:
    """Level from a gate, then up or down into another."""
    (x0, y0), (x1, y1) = start, end
    side = RADIUS if y0 > y1 else -RADIUS
    return Edge([(x0 + RADIUS, y0), (x1, y0), (x1, y1 + side)], ((x0 + x1) / 2, y0))


def _split(start: Point, end: Point) -> Edge:
    """Up or down out of a copy, then level into a gate."""
    (x0, y0), (x1, y1) = start, end
    side = -RADIUS if y1 < y0 else RADIUS
    return Edge([(x0, y0 + side), (x0, y1), (x1 - RADIUS, y1)], ((x0 + x1) / 2, y1))


def _over(start: Point, y: float, end: Point) -> Edge:
    """Up out of a copy, level above what lies between, and down into a gate."""
    (x0, y0), (x1, y1) = start, end
    return Edge([(x0, y0 - RADIUS), (x0, y), (x1, y), (x1, y1 - RADIUS)], ((x0 + x1) / 2, y))


def _entering(x: float, y: float, gate: Point) -> Edge:
    """A number from outside: level, then up or down into its gate."""
    end = gate[0]
    side = RADIUS if y > gate[1] else -RADIUS
    return Edge([(x, y), (end, y), (end, gate[1] + side)], ((x + end) / 2 - 8, y))


def _row(names: str, stops: Sequence[float], y: float) -> dict[str, Edge]:
    """Level edges between the gates of a row, with the loss at its end."""
    return {name: _level(start, end, y) for name, start, end in zip(names, stops, stops[1:], strict=False)}


_FOUR = (165, 325, 485, 645)
_FIVE = (130, 262, 394, 526, 658)

LAYOUTS = {
    "squared_error": Layout(
        [(x, 140) for x in _FOUR],
        {
            "w": _entering(10, 50, (_FOUR[0], 140)),
            "x": _entering(10, 240, (_FOUR[0], 140)),
            "b": _entering(195, 240, (_FOUR[1], 140)),
            "y": _entering(355, 240, (_FOUR[2], 140)),
            **_row("mseL", (*_FOUR, 810), 140),
        },
        305,
    ),
    "neuron": Layout(
        [(x, 140) for x in _FIVE],
        {
            "w": _entering(10, 50, (_FIVE[0], 140)),
            "x": _entering(10, 240, (_FIVE[0], 140)),
            "b": _entering(150, 240, (_FIVE[1], 140)),
            "y": _entering(410, 240, (_FIVE[3], 140)),
            **_row("mzaeL", (*_FIVE, 802), 140),
        },
        305,
    ),
    "two_inputs": Layout(
        [(200, 95), (200, 275), (450, 185), (610, 185)],
        {
            "w0": _entering(10, 40, (200, 95)),
            "x0": _entering(10, 130, (200, 95)),
            "w1": _entering(10, 220, (200, 275)),
            "x1": _entering(10, 310, (200, 275)),
            "w2": Edge([(265, 185), (450 - RADIUS, 185)], (340, 185)),
            "p": _bent((200, 95), (450, 185)),
            "q": _bent((200, 275), (450, 185)),
            **_row("za", (450, 610, 790), 185),
        },
        375,
    ),
    "used_twice": Layout(
        [(210, 130), (420, 210), (620, 130)],
        {
            "a": Edge([(10, 130), (210 - RADIUS, 130)], (95, 130)),
            "b": _entering(255, 305, (420, 210)),
            "a1": _split((210, 130), (420, 210)),
            "a2": _over((210, 130), 50, (620, 130)),
            "c": _bent((420, 210), (620, 130)),
            "L": _level(620, 800, 130),
        },
        370,
    ),
    "fork": Layout(
        [(210, 145), (400, 65), (400, 225), (620, 145)],
        {
            "x": Edge([(10, 145), (210 - RADIUS, 145)], (95, 145)),
            "x1": _split((210, 145), (400, 65)),
            "x2": _split((210, 145), (400, 225)),
            "u": _bent((400, 65), (620, 145)),
            "v": _bent((400, 225), (620, 145)),
            "L": _level(620, 800, 145),
        },
        290,
    ),
}
