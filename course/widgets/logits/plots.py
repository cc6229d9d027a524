"""A plot with a vertical scale and a column for each of three classes: the picture of the logits has four of them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from course import draw
from course.widgets.kit.shapes import Bar, Line, Point, Shape, Words

FILLS = (draw.SKY, draw.ORANGE, draw.GREEN)
GHOST = "#D2D2D2"
BAR, BEHIND = 38.0, 54.0
"""How wide a bar is, and the ghost behind it."""
REACHES = tuple(digit * 10.0**k for k in range(-1, 4) for digit in (1, 2, 5))


@dataclass(frozen=True)
class Plot:
    """A rectangle with a vertical scale.

    Attributes
    ----------
    left, top, width, height : float
        In pixels.
    low, high : float
        The values at its lower and upper edge.
    columns : tuple of float
        The middle of each column, counted from the left edge.
    """

    left: float
    top: float
    width: float
    height: float
    low: float
    high: float
    columns: tuple[float, ...] = (46.0, 114.0, 182.0)

    def y(self, value: float) -> float:
        """Where a value stands; what is beyond an edge stands at the edge."""
        inside = min(max(float(value), self.low), self.high)
        return round(self.top + self.height * (self.high - inside) / (self.high - self.low), 1)

    def x(self, column: int) -> float:
        """The middle of a column."""
        return self.left + self.columns[column]

    def level(self, value: float, *, dashes: tuple[float, float] | None = None, colour: str = draw.GREY) -> Line:
        """A line across at a value."""
        y = self.y(value)
        return Line([(self.left, y), (self.left + self.width, y)], colour=colour, width=1, dashes=dashes)

    def axis(self, values: Sequence[float], texts: Sequence[str]) -> list[Shape]:
        """The vertical axis with these marks."""
        end: Point = (self.left, self.top + self.height)
        marks = [
            Words((self.left - 5, self.y(v) + 4), t, size=11, anchor="end") for v, t in zip(values, texts, strict=True)
        ]
        return [Line([(self.left, self.top), end], colour=draw.GREY, width=1), *marks]

    def bar(self, column: int, value: float, fill: str, *, width: float = BAR, base: float = 0.0) -> list[Shape]:
        """A bar from the base to a value; none where it is no number."""
        if math.isnan(value):
            return []
        high, low = sorted((self.y(value), self.y(base)))
        place = (self.x(column) - width / 2, high)
        return [Bar(place, (width, round(low - high, 1)), fill=fill, colour=draw.BLACK if width == BAR else "none")]

    def number(self, column: int, value: float, text: str) -> Words:
        """A number at the end of a bar."""
        y = self.y(0.0 if math.isnan(value) else value)
        return Words((self.x(column), y + 14 if value < 0 else y - 5), text, size=12)

    def names(self, y: float) -> list[Shape]:
        """The class below each column."""
        return [Words((self.x(k), y), f"class {k}", size=12) for k in range(len(FILLS))]


def reach(values: Iterable[float], least: float) -> float:
    """The end of a scale that holds all these values: a round number, at least so large."""
    most = max((abs(value) for value in values if math.isfinite(value)), default=least)
    return next((end for end in REACHES if end >= max(most, least)), REACHES[-1])


def decade(powers: Iterable[float]) -> float:
    """The same for numbers given by their decimal logarithm, as one."""
    most = max((power for power in powers if math.isfinite(power)), default=1.0)
    return next(end + math.floor(most) for end in (*map(math.log10, (1, 2, 5)), 1.0) if end + math.floor(most) >= most)
