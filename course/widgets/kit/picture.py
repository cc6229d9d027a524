"""Pictures whose background matplotlib draws once, and over which shapes move.

Shapes are placed in pixels (:meth:`Picture.pixels`), so that the same list is SVG in the browser and, painted by
matplotlib, part of the still picture that stays in the notebook.
"""

import io
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from course.widgets.kit.film import Film
from course.widgets.kit.shapes import DPI, FONT, Clipped, Point, Shape

SCALE = 2
"""Pixels of the ground for each pixel of the page, so that it is sharp on a fine screen."""


def canvas(width: float, height: float) -> Figure:
    """An empty figure of so many inches, at 100 pixels an inch."""
    fig = Figure(figsize=(width, height), dpi=DPI)
    FigureCanvasAgg(fig)
    return fig


class Picture:
    """A figure with shapes over it.

    Parameters
    ----------
    fig : Figure
        Made by :func:`canvas`: axes, titles, ticks and whatever else stays where it is.

    Attributes
    ----------
    film : Film
        Shows it, of fixed width.
    """

    def __init__(self, fig: Figure) -> None:
        self.fig = fig
        self.width, self.height = (round(inches * DPI) for inches in fig.get_size_inches())
        self.film = Film(size=[self.width, self.height])
        self.film.layout.width = f"{self.width}px"
        self.film.layout.height = f"{self.height}px"
        self._resting: tuple[Shape, ...] = ()

    def ground(self) -> None:
        """Draw the figure: at first, and after its axes, titles or ticks were changed."""
        self.film.ground = self._png(DPI * SCALE)

    def rest(self, shapes: Sequence[Shape]) -> None:
        """Show these shapes under those that move, until others take their place."""
        self._resting = tuple(shapes)
        self.film.rest = self.markup(shapes)

    def markup(self, shapes: Sequence[Shape]) -> str:
        """Shapes as an SVG element of the picture's size; its words are those of the sentence."""
        inner = "".join(shape.svg() for shape in shapes)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true" width="{self.width}" height="{self.height}" '
            f'viewBox="0 0 {self.width} {self.height}" font-family="{FONT}" style="display: block">{inner}</svg>'
        )

    def pixels(self, ax: Any, xs: Any, ys: Any) -> list[Point]:
        """Where points of an axes stand in the picture; those that are not finite are left out."""
        places = ax.transData.transform(np.column_stack(np.broadcast_arrays(np.ravel(xs), np.ravel(ys))))
        return [(round(x, 1), round(self.height - y, 1)) for x, y in places.tolist() if np.isfinite(x + y)]

    def clipped(self, ax: Any, shapes: Sequence[Shape]) -> Clipped:
        """Shapes of which only what lies in the axes shows."""
        box = ax.get_window_extent()
        return Clipped((round(box.x0), round(self.height - box.y1)), (round(box.width), round(box.height)), shapes)

    def still(self, shapes: Sequence[Shape]) -> tuple[bytes, str]:
        """The picture with these shapes on it, and its mimetype."""
        layer = self.fig.add_axes((0, 0, 1, 1), label="shapes", zorder=10)
        layer.set_axis_off()
        for shape in (*self._resting, *shapes):
            shape.paint(layer)
        layer.set(xlim=(0, self.width), ylim=(self.height, 0))
        try:
            return self._png(DPI * 1.5), "image/png"
        finally:
            layer.remove()

    def _png(self, dpi: float) -> bytes:
        buffer = io.BytesIO()
        self.fig.savefig(buffer, format="png", dpi=dpi, metadata={"Software": None})
        return buffer.getvalue()
