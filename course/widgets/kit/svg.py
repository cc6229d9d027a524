"""Drawings of shapes: as SVG that a screen reader can read, and as PNG.

A :class:`Stage` shows a drawing in a notebook and puts controls on it, where what they control is drawn.
"""

import html
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ipywidgets

from course.widgets.kit.film import Film
from course.widgets.kit.shapes import DPI, FONT, Point, Shape


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

    The controls come in the order in which the Tab key should reach them. The style comes with the figure's
    :class:`~course.widgets.kit.panel.Panel`; where a page lacks it, they stand below the drawing and work all the same.
    """

    def __init__(self) -> None:
        self.film = Film()
        super().__init__([self.film])
        self.add_class("course-stage")

    def resize(self, width: int, height: int) -> None:
        """Give the stage the size of the drawing that is to stand on it."""
        for layout in (self.layout, self.film.layout):
            layout.width = layout.min_width = f"{width}px"
            layout.height, layout.margin, layout.flex = f"{height}px", "0", "0 0 auto"
        self.film.size = [width, height]

    def hold(self, controls: Iterable[ipywidgets.Widget]) -> None:
        """Put these controls on the drawing, in place of the last ones."""
        self.children = (self.film, *controls)


def place(control: ipywidgets.Widget, at: Point) -> None:
    """Put a control's upper left corner at a point of its stage."""
    if "course-placed" not in control._dom_classes:
        control.add_class("course-placed")
    control.layout.left, control.layout.top = f"{at[0]:g}px", f"{at[1]:g}px"
