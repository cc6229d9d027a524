"""Grids of numbers with hatched cells, for the picture of one entry of dW."""

import numpy as np

from course.draw import BLACK, GREY
from course.widgets.gradient_entry.layout import Grid
from course.widgets.gradient_entry.words import short
from course.widgets.kit.shapes import Bar, Outline, Point, Shape, Words

BLUISH, ORANGISH = "#A3CFEE", "#F0C878"
SPACING = 8.0


def titles(grid: Grid, name: str, array: np.ndarray, lit: str) -> list[Shape]:
    """Name and shape of a grid, which column is lit, and the number of each column."""
    x, y = grid.at
    numbers = [Words((x + (k + 0.5) * grid.width, y - 8), str(k), 11, GREY) for k in range(grid.columns)]
    rows, columns = array.shape
    name_words = Words((grid.middle, y - 46), f"{name} ({rows}, {columns})", 13, bold=True)
    return [name_words, Words((grid.middle, y - 28), lit, 11), *numbers]


def numbers(
    grid: Grid,
    array: np.ndarray,
    marked: np.ndarray,
    hatching: tuple[str, ...],
    texts: list[list[str]] | None = None,
    longest: int = 0,
) -> list[Shape]:
    """A grid of numbers; marked cells are hatched, bold, and framed as one."""
    shapes: list[Shape] = []
    size = grid.width, grid.height
    for row, column in np.argwhere(marked).tolist():
        for way in hatching:
            shapes += _hatch(grid.corner(row, column), size, way)
    texts = texts or [[short(value) for value in row] for row in array]
    longest = max(longest, *(len(text) for row in texts for text in row))
    letters = min(13.0 if grid.height > 25 else 11.5, 1.35 * grid.width / longest)
    for row, column in np.ndindex(array.shape):
        x, y = grid.corner(row, column)
        text = texts[row][column]
        shapes.append(Bar((x, y), size, colour=GREY, width=0.8))
        at = (x + grid.width / 2, y + grid.height / 2 + 0.36 * letters - (2 if grid.height > 25 else 0))
        shapes.append(Words(at, text, letters, bold=bool(marked[row, column])))
    rows, columns = np.nonzero(marked)
    corner = grid.corner(int(rows.min()), int(columns.min()))
    frame = (np.ptp(columns) + 1) * grid.width, (np.ptp(rows) + 1) * grid.height
    return [*shapes, Bar(corner, frame, colour=BLACK, width=3)]


def _hatch(at: Point, size: Point, way: str) -> list[Shape]:
    """Slanted lines in a rectangle, for x from lower left to upper right, for dz the other way."""
    (x, y), (across, down) = at, size
    colour = BLUISH if way == "/" else ORANGISH
    shapes: list[Shape] = []
    for along in np.arange(SPACING / 2, across + down, SPACING).tolist():
        ends = [(min(along, across), max(along - across, 0.0)), (max(along - down, 0.0), min(along, down))]
        if way == "\\":
            ends = [(across - u, v) for u, v in ends]
        shapes.append(Outline([(x + u, y + v) for u, v in ends], colour=colour, width=1.6))
    return shapes
