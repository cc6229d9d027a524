"""A grid of invisible cells over a drawn one, so that its cells can be chosen by keyboard and mouse."""

import anywidget
import traitlets

from course.widgets.kit.assets import read_assets


class Cells(anywidget.AnyWidget):
    """A grid with one stop for the Tab key; to :class:`~course.widgets.kit.film.Strips` it is a slider over its cells.

    Attributes
    ----------
    description : str
        What the grid is called.
    rows, columns : int
    size : list of float
        Width and height of a cell in pixels.
    labels : list of str
        What each cell is called, row by row.
    chooses : bool
        Whether moving and hovering chooses a cell; else a click, Enter or Space presses one.
    value : int
        The chosen cell, counted row by row.
    pressed : list of int
        The cell that was pressed last, and how many presses there were.
    """

    _esm = read_assets("gradient_entry/cells.js")
    _css = read_assets("gradient_entry/figure.css")
    description = traitlets.Unicode("").tag(sync=True)
    rows = traitlets.Int(1).tag(sync=True)
    columns = traitlets.Int(1).tag(sync=True)
    size = traitlets.List([40, 30]).tag(sync=True)
    labels = traitlets.List([]).tag(sync=True)
    chooses = traitlets.Bool(True).tag(sync=True)
    value = traitlets.Int(0).tag(sync=True)
    pressed = traitlets.List([0, 0]).tag(sync=True)
    min, step = 0, 1

    @property
    def max(self) -> int:
        """The last cell."""
        return self.rows * self.columns - 1

    def at(self, index: int) -> tuple[int, int]:
        """Row and column of a cell."""
        return divmod(index, self.columns)
