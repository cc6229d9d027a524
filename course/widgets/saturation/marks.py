"""Two shapes of very many parts, each drawn as one SVG element: dots or crosses at points, and a grid of cells."""

import base64
import functools
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course import draw
from course.widgets.kit.shapes import DPI, Point


@dataclass(frozen=True)
class Marks:
    """A dot at each point, or a cross.

    Attributes
    ----------
    points : sequence of Point
    size : float
        How wide a mark is, in pixels.
    colour : str
    cross : bool
        Crosses instead of dots.
    """

    points: Sequence[Point]
    size: float = 6.0
    colour: str = draw.BLUE
    cross: bool = False

    def svg(self) -> str:
        if not self.points:
            return ""
        s = self.size
        if self.cross:
            path = "".join(
                f"M{x - s / 2:.1f} {y - s / 2:.1f}l{s:g} {s:g}m0 {-s:g}l{-s:g} {s:g}" for x, y in self.points
            )
            return f'<path d="{path}" stroke="{self.colour}" stroke-width="1.6" fill="none"/>'
        path = "".join(f"M{x:g} {y:g}h0" for x, y in self.points)
        return f'<path d="{path}" stroke="{self.colour}" stroke-width="{s:g}" stroke-linecap="round" fill="none"/>'

    def paint(self, axes: Any) -> None:
        if not self.points:
            return
        xs, ys = zip(*self.points, strict=True)
        size = self.size * 72 / DPI
        axes.plot(xs, ys, "x" if self.cross else "o", color=self.colour, markersize=size, markeredgewidth=1.1)


@dataclass(frozen=True, eq=False)
class Cells:
    """A rectangle of cells, each in one of a few colours.

    Attributes
    ----------
    at : Point
        The upper left corner.
    size : Point
        Width and height in pixels.
    kinds : ndarray of int, shape (rows, columns)
        Which colour each cell has.
    colours : tuple of str
        As #rrggbb, at most 16.
    """

    at: Point
    size: Point
    kinds: np.ndarray
    colours: tuple[str, ...]

    def svg(self) -> str:
        (x, y), (across, down) = self.at, self.size
        data = base64.b64encode(_png(self.kinds, self.colours)).decode()
        return (
            f'<image x="{x:g}" y="{y:g}" width="{across:g}" height="{down:g}" preserveAspectRatio="none" '
            f'style="image-rendering: pixelated" href="data:image/png;base64,{data}"/>'
        )

    def paint(self, axes: Any) -> None:
        (x, y), (across, down) = self.at, self.size
        picture = _levels(self.colours)[self.kinds]
        axes.imshow(picture, extent=(x, x + across, y + down, y), aspect="auto", interpolation="nearest")


@functools.cache
def _levels(colours: tuple[str, ...]) -> np.ndarray:
    """Red, green and blue of each colour, shape (colours, 3)."""
    return np.array([list(bytes.fromhex(colour[1:])) for colour in colours], dtype=np.uint8)


def _png(kinds: np.ndarray, colours: tuple[str, ...]) -> bytes:
    """The cells as a PNG with a palette, one pixel a cell."""
    from PIL import Image

    rows, columns = kinds.shape
    image = Image.frombytes("P", (columns, rows), kinds.astype(np.uint8).tobytes())
    image.putpalette(_levels(colours).tobytes())
    buffer = io.BytesIO()
    image.save(buffer, format="PNG", bits=4, compress_level=2)
    return buffer.getvalue()
