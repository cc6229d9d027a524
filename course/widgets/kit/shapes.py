"""Lines, bars, discs, words: in pixels with y downwards, drawn as SVG in the browser and by matplotlib as PNG.

Shapes in a :class:`Labelled` group are read as one thing, by its label.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from course import draw

Point = tuple[float, float]

FONT = "DejaVu Sans, Verdana, sans-serif"
MONOSPACE = "DejaVu Sans Mono, Consolas, monospace"
EVEN = 0.602
"""How wide a letter of even width is, as a share of its size."""
DPI = 100
HEAD = (9.0, 4.0)
ANCHORS = {"start": "left", "middle": "center", "end": "right"}


class Shape(Protocol):
    """What a drawing is made of."""

    def svg(self) -> str:
        """The shape as an SVG element."""

    def paint(self, axes: Any) -> None:
        """Draw the shape on matplotlib axes in pixels."""


@dataclass(frozen=True)
class Line:
    """A line through points, with an arrow head at its end where asked."""

    points: Sequence[Point]
    colour: str = draw.GREY
    width: float = 1.4
    dashes: tuple[float, float] | None = None
    arrow: bool = False

    def svg(self) -> str:
        points = " ".join(f"{x:g},{y:g}" for x, y in self.points)
        dashes = f' stroke-dasharray="{self.dashes[0]:g} {self.dashes[1]:g}"' if self.dashes else ""
        line = f'<polyline points="{points}" fill="none" stroke="{self.colour}" stroke-width="{self.width:g}"{dashes}/>'
        if not self.arrow:
            return line
        head = " ".join(f"{x:g},{y:g}" for x, y in _head(*self.points[-2:]))
        return f'{line}<polygon points="{head}" fill="{self.colour}"/>'

    def paint(self, axes: Any) -> None:
        xs, ys = zip(*self.points, strict=True)
        style: Any = (0, tuple(_points(d) / _points(self.width) for d in self.dashes)) if self.dashes else "-"
        axes.plot(xs, ys, color=self.colour, linewidth=_points(self.width), linestyle=style)
        if self.arrow:
            axes.fill(*zip(*_head(*self.points[-2:]), strict=True), color=self.colour, linewidth=0)


@dataclass(frozen=True)
class Outline:
    """A closed line through points, filled where asked."""

    points: Sequence[Point]
    fill: str = "none"
    colour: str = draw.BLACK
    width: float = 1.2
    opacity: float = 1.0

    def svg(self) -> str:
        points = " ".join(f"{x:g},{y:g}" for x, y in self.points)
        return (
            f'<polygon points="{points}" fill="{self.fill}" fill-opacity="{self.opacity:g}" '
            f'stroke="{self.colour}" stroke-width="{self.width:g}"/>'
        )

    def paint(self, axes: Any) -> None:
        from matplotlib.colors import to_rgba
        from matplotlib.patches import Polygon

        fill = "none" if self.fill == "none" else to_rgba(self.fill, self.opacity)
        looks: Any = dict(facecolor=fill, edgecolor=self.colour, linewidth=_points(self.width))
        axes.add_patch(Polygon(self.points, **looks))


@dataclass(frozen=True)
class Bar:
    """A rectangle from its upper left corner."""

    at: Point
    size: Point
    fill: str = "none"
    colour: str = "none"
    width: float = 1.0
    dashes: tuple[float, float] | None = None

    def svg(self) -> str:
        (x, y), (across, down) = self.at, self.size
        dashes = f' stroke-dasharray="{self.dashes[0]:g} {self.dashes[1]:g}"' if self.dashes else ""
        return (
            f'<rect x="{x:g}" y="{y:g}" width="{across:g}" height="{down:g}" fill="{self.fill}" '
            f'stroke="{self.colour}" stroke-width="{self.width:g}"{dashes}/>'
        )

    def paint(self, axes: Any) -> None:
        from matplotlib.patches import Rectangle

        style: Any = (0, self.dashes) if self.dashes else "-"
        looks: Any = dict(facecolor=self.fill, edgecolor=self.colour, linewidth=_points(self.width), linestyle=style)
        axes.add_patch(Rectangle(self.at, *self.size, **looks))


@dataclass(frozen=True)
class Disc:
    """A circle around a point."""

    at: Point
    radius: float
    fill: str = "white"
    colour: str = draw.BLACK
    width: float = 1.2

    def svg(self) -> str:
        (x, y), r = self.at, self.radius
        return (
            f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{self.fill}" '
            f'stroke="{self.colour}" stroke-width="{self.width:g}"/>'
        )

    def paint(self, axes: Any) -> None:
        from matplotlib.patches import Circle

        looks: Any = dict(facecolor=self.fill, edgecolor=self.colour, linewidth=_points(self.width))
        axes.add_patch(Circle(self.at, self.radius, **looks))


@dataclass(frozen=True)
class Words:
    """A line of text on its base line; ``even`` where all letters are to be equally wide."""

    at: Point
    text: str
    size: float = 13
    colour: str = draw.BLACK
    anchor: str = "middle"
    italic: bool = False
    bold: bool = False
    even: bool = False

    def svg(self) -> str:
        looks = ' font-style="italic"' * self.italic + ' font-weight="bold"' * self.bold
        if self.even:
            looks += f' font-family="{MONOSPACE}" style="white-space: pre"'
            looks += f' textLength="{len(self.text) * EVEN * self.size:g}"' * bool(self.text.strip())
        return (
            f'<text x="{self.at[0]:g}" y="{self.at[1]:g}" font-size="{self.size:g}" fill="{self.colour}" '
            f'text-anchor="{self.anchor}"{looks}>{html.escape(self.text)}</text>'
        )

    def paint(self, axes: Any) -> None:
        looks = dict(style="italic" if self.italic else "normal", weight="bold" if self.bold else "normal")
        looks |= dict(family="monospace") if self.even else {}
        where = dict(ha=ANCHORS[self.anchor], va="baseline", parse_math=False)
        size = _points(self.size)
        axes.text(*self.at, self.text, fontsize=size, color=self.colour, **looks, **where)


@dataclass(frozen=True)
class Labelled:
    """Shapes that are one thing to a screen reader, which reads the label and not the shapes."""

    label: str
    shapes: Sequence[Shape]

    def svg(self) -> str:
        inner = "".join(shape.svg() for shape in self.shapes)
        return f'<g role="img" aria-label="{html.escape(self.label)}">{inner}</g>'

    def paint(self, axes: Any) -> None:
        for shape in self.shapes:
            shape.paint(axes)


@dataclass(frozen=True)
class Clipped:
    """Shapes of which only what lies in a rectangle shows; given by its upper left corner and its size."""

    at: Point
    size: Point
    shapes: Sequence[Shape]

    def svg(self) -> str:
        (x, y), (across, down) = self.at, self.size
        inner = "".join(shape.svg() for shape in self.shapes)
        place = f'x="{x:g}" y="{y:g}" width="{across:g}" height="{down:g}"'
        return f'<svg {place} viewBox="{x:g} {y:g} {across:g} {down:g}">{inner}</svg>'

    def paint(self, axes: Any) -> None:
        from matplotlib.patches import Rectangle

        before = set(axes.get_children())
        for shape in self.shapes:
            shape.paint(axes)
        edge = Rectangle(self.at, *self.size, transform=axes.transData)
        for artist in set(axes.get_children()) - before:
            artist.set_clip_path(edge)


def _points(pixels: float) -> float:
    """A length in pixels as typographic points, which matplotlib's lines and letters are measured in."""
    return pixels * 72 / DPI


def _head(before: Point, tip: Point) -> list[Point]:
    """The triangle of an arrow that ends at its tip."""
    (x0, y0), (x, y) = before, tip
    length = ((x - x0) ** 2 + (y - y0) ** 2) ** 0.5 or 1.0
    dx, dy = (x - x0) / length, (y - y0) / length
    along, across = HEAD
    base = (x - along * dx, y - along * dy)
    return [tip, (base[0] - across * dy, base[1] + across * dx), (base[0] + across * dy, base[1] - across * dx)]
