"""Drawings of lines, discs and words: live as SVG that a screen reader can read, and still as PNG.

A drawing is a list of shapes in pixels, y downwards. Shapes in a :class:`Labelled` group are read as one thing, by
its label. A :class:`Stage` shows the drawing in a notebook and puts controls on it, where what they control is drawn.
"""

import html
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import ipywidgets

from course import draw

Point = tuple[float, float]

FONT = "DejaVu Sans, Verdana, sans-serif"
DPI = 100
HEAD = (9.0, 4.0)
ANCHORS = {"start": "left", "middle": "center", "end": "right"}

STYLE = """<style>
.course-stage { position: relative; overflow: visible; }
.course-stage > .course-placed { position: absolute; margin: 0; }
.course-stage > .course-placed .widget-label { text-align: right; margin-right: 4px; padding: 0; overflow: visible; }
.course-stage > .course-placed input { padding: 0 4px; }
.course-stage > button.course-placed { height: 20px; line-height: 18px; font-size: 11px; padding: 0; }
.course-stage > .course-placed:focus-visible, .course-stage > .course-placed input:focus-visible
  { outline: 3px solid #0072B2; outline-offset: 1px; }
</style>"""


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
        axes.plot(xs, ys, color=self.colour, linewidth=_points(self.width), linestyle=style, zorder=1)
        if self.arrow:
            axes.fill(*zip(*_head(*self.points[-2:]), strict=True), color=self.colour, linewidth=0, zorder=1)


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

        looks: Any = dict(facecolor=self.fill, edgecolor=self.colour, linewidth=_points(self.width), zorder=2)
        axes.add_patch(Circle(self.at, self.radius, **looks))


@dataclass(frozen=True)
class Words:
    """A line of text on its base line."""

    at: Point
    text: str
    size: float = 13
    colour: str = draw.BLACK
    anchor: str = "middle"
    italic: bool = False
    bold: bool = False

    def svg(self) -> str:
        looks = ' font-style="italic"' * self.italic + ' font-weight="bold"' * self.bold
        return (
            f'<text x="{self.at[0]:g}" y="{self.at[1]:g}" font-size="{self.size:g}" fill="{self.colour}" '
            f'text-anchor="{self.anchor}"{looks}>{html.escape(self.text)}</text>'
        )

    def paint(self, axes: Any) -> None:
        looks = dict(style="italic" if self.italic else "normal", weight="bold" if self.bold else "normal")
        where = dict(ha=ANCHORS[self.anchor], va="baseline", parse_math=False)
        axes.text(*self.at, self.text, fontsize=_points(self.size), color=self.colour, zorder=3, **looks, **where)


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
class Drawing:
    """Shapes on a white ground of fixed size, and what the whole is called."""

    name: str
    width: int
    height: int
    shapes: Sequence[Shape]

    def svg(self) -> str:
        """The drawing as an SVG element whose labelled groups are read one by one."""
        inner = "".join(shape.svg() for shape in self.shapes)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="group" aria-label="{html.escape(self.name)}" '
            f'width="{self.width}" height="{self.height}" viewBox="0 0 {self.width} {self.height}" '
            f'font-family="{FONT}" style="display: block">'
            f'<rect width="{self.width}" height="{self.height}" fill="white"/>{inner}</svg>'
        )

    def png(self, scale: float = 1.5) -> bytes:
        """The same drawing as PNG bytes; the same drawing gives the same bytes."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        figure = Figure(figsize=(self.width / DPI, self.height / DPI), facecolor="white")
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        for shape in self.shapes:
            shape.paint(axes)
        axes.set(xlim=(0, self.width), ylim=(self.height, 0))
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", dpi=DPI * scale, metadata={"Software": None})
        return buffer.getvalue()


class Stage(ipywidgets.Box):
    """A live drawing with controls on it.

    The controls come in the order in which the Tab key should reach them; where a page lacks the style, they stand
    below the drawing and work all the same.
    """

    def __init__(self) -> None:
        self._picture = ipywidgets.HTML()
        self._style = ipywidgets.HTML(STYLE, layout=ipywidgets.Layout(display="none"))
        super().__init__([self._style, self._picture])
        self.add_class("course-stage")

    @property
    def markup(self) -> str:
        """The drawing as it is shown now."""
        return self._picture.value

    def show(self, drawing: Drawing) -> None:
        """Show a drawing in place of the last one."""
        for layout in (self.layout, self._picture.layout):
            layout.width = layout.min_width = f"{drawing.width}px"
            layout.height, layout.margin, layout.flex = f"{drawing.height}px", "0", "0 0 auto"
        self._picture.value = drawing.svg()

    def hold(self, controls: Iterable[ipywidgets.Widget]) -> None:
        """Put these controls on the drawing, in place of the last ones."""
        self.children = (self._style, self._picture, *controls)


def place(control: ipywidgets.Widget, at: Point) -> None:
    """Put a control's upper left corner at a point of its stage."""
    if "course-placed" not in control._dom_classes:
        control.add_class("course-placed")
    control.layout.left, control.layout.top = f"{at[0]:g}px", f"{at[1]:g}px"


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
