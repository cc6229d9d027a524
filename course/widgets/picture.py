"""Live matplotlib pictures: the background is drawn once, and only what moves is drawn again.

What goes to the browser while a slider moves is JPEG, which is quicker to make; what stays in the notebook is PNG.

Source: matplotlib's user guide, "Faster rendering by using blitting".
"""

import io
from collections.abc import Sequence
from typing import Any

import ipywidgets
import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

DPI = 100


def canvas(width: float, height: float) -> Figure:
    """An empty figure of so many inches, at 100 pixels an inch."""
    fig = Figure(figsize=(width, height), dpi=DPI)
    FigureCanvasAgg(fig)
    return fig


class Picture:
    """A figure, of which some artists move; what it shows goes to an ``ipywidgets.Image``.

    Parameters
    ----------
    fig : Figure
        Made by :func:`canvas`.
    moving : sequence of Artist
        Drawn anew at each :meth:`update`, in this order, on top of everything else.
    resting : sequence of Artist
        Drawn anew only after :meth:`unsettle`, below what moves.

    Attributes
    ----------
    image : ipywidgets.Image
        Of fixed width, so that a box does not stretch it.
    """

    def __init__(self, fig: Figure, moving: Sequence[Artist], resting: Sequence[Artist] = ()) -> None:
        self.fig = fig
        self.moving, self.resting = tuple(moving), tuple(resting)
        width, height = fig.get_size_inches() * fig.dpi
        layout = ipywidgets.Layout(width=f"{width:.0f}px", height=f"{height:.0f}px", object_fit="contain")
        self.image = ipywidgets.Image(format="jpeg", layout=layout)
        self.image.add_class("course-picture")
        self._empty: Any = None
        self._background: Any = None
        for artist in (*self.moving, *self.resting):
            artist.set_animated(True)

    def stale(self) -> None:
        """Axes, titles or ticks were changed: draw everything again at the next update."""
        self._empty = self._background = None

    def unsettle(self) -> None:
        """What rests was changed: draw it again at the next update."""
        self._background = None

    def update(self) -> None:
        """Draw what moves, and send the picture."""
        surface: Any = self.fig.canvas
        if self._empty is None:
            surface.draw()
            self._empty = surface.copy_from_bbox(self.fig.bbox)
        if self._background is None:
            surface.restore_region(self._empty)
            self._draw(self.resting)
            self._background = surface.copy_from_bbox(self.fig.bbox)
        surface.restore_region(self._background)
        self._draw(self.moving)
        self.image.value = self._encoded("JPEG", quality=88, subsampling=0)

    def still(self) -> tuple[bytes, str]:
        """The picture as it is now, and its mimetype."""
        return self._encoded("PNG", optimize=True), "image/png"

    def _draw(self, artists: Sequence[Artist]) -> None:
        for artist in artists:
            if artist.get_visible():
                (artist.axes or self.fig).draw_artist(artist)

    def _encoded(self, kind: str, **options: Any) -> bytes:
        surface: Any = self.fig.canvas
        buffer = io.BytesIO()
        Image.fromarray(np.asarray(surface.buffer_rgba())).convert("RGB").save(buffer, kind, **options)
        return buffer.getvalue()
