"""Unit 06, live: where does one number of dW come from?

A column of x and a column of dz make one entry of dW; read the other way, each example is a sheet shaped like W.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import ipywidgets

from course.widgets.gradient_entry.batch import DZ, WEIGHTS, Batch, Entry, X, batch_of, ledger, own_backward
from course.widgets.gradient_entry.cells import Cells
from course.widgets.gradient_entry.layout import Grid, Places
from course.widgets.gradient_entry.picture import Scene, picture
from course.widgets.gradient_entry.products import PRODUCTS, RIGHT, fit
from course.widgets.gradient_entry.words import QUESTION, asking, place, short, state, verdict
from course.widgets.kit.controls import Gate, choice
from course.widgets.kit.film import Frame, Strips, Values
from course.widgets.kit.panel import Panel
from course.widgets.kit.standing_in import standing_in
from course.widgets.kit.svg import Stage
from course.widgets.kit.svg import place as put

FIRST: Entry = (1, 0)


class GradientEntry:
    """The figure: a batch, the entry that is chosen, and the product that is tried."""

    def __init__(self, backward: Any, batch: Batch, entry: Entry) -> None:
        self._backward = standing_in("linear_backward", backward, own_backward)
        self._first = self.batch = batch
        self._before: Any = None
        self._error: Exception | None = None
        self._asks, self._settled = True, True
        self.ledger = ledger(batch, own_backward)
        self.stage = Stage()
        self.loss = choice("loss over the examples", [("sum", False), ("mean", True)], False)
        self.product = choice("product for dW", [(product.name, product) for product in PRODUCTS], RIGHT)
        self.again = ipywidgets.Button(description="Start again")
        self._grids(Places(*batch.sizes), entry)
        self.panel = Panel(
            self.stage, name="Which numbers make one entry of dW", badge=self._backward.badge, still=self._still
        )
        self.strips = Strips(self.stage.film, {"entry": self.entries}, self._frame, self.panel.say)
        self._connect()
        examples = [(f"example {n}", n) for n in range(batch.sizes[0])]
        question = QUESTION.format(place(entry))
        self.gate = Gate(question, choice("your guess", examples, 0), self.panel.safely(self.opened))
        self.panel.controls = [self.gate]
        self.panel.safely(self._begin)()

    def _grids(self, places: Places, entry: Entry) -> None:
        """The cells and tick boxes that stand on the drawing."""
        examples, inputs, neurons = self.batch.sizes
        cells = partial(_laid, chooses=False)
        self.entries = _laid(places.weights, "entries of dW", value=entry[0] * neurons + entry[1])
        self.inputs = cells(places.x, "entries of x")
        self.upstream = cells(places.dz, "entries of dz")
        self.examples = []
        for n in range(examples):
            box = ipywidgets.Checkbox(value=True, description=f"example {n}", indent=False)
            box.layout.width, box.layout.height = "96px", "24px"
            put(box, (0, places.x.corner(n, 0)[1] + 3))
            self.examples.append(box)

    def _connect(self) -> None:
        safely = self.panel.safely
        self.entries.observe(safely(lambda change: self._chosen()), "value")
        for control in (*self.examples, self.loss):
            control.observe(safely(lambda change: self._set()), "value")
        self.product.observe(safely(lambda change: self._draw()), "value")
        for cells, name in ((self.inputs, "x"), (self.upstream, "dz")):
            cells.observe(safely(partial(self._pressed, cells, name)), "pressed")
        self.again.on_click(safely(lambda button: self._restart()))

    @property
    def entry(self) -> Entry:
        """The chosen entry of dW."""
        return self.entries.at(self.entries.value)

    def _begin(self) -> None:
        """At first with the course's code, should the student's stop."""
        self._draw()
        self._compute()
        self._draw()

    def opened(self, guess: int | None) -> None:
        """The question is answered: products, sheets and controls appear."""
        self._asks = False
        self.panel.controls = [self.loss, self.product, self.again]
        self.stage.hold([*self.examples, self.inputs, self.upstream, self.entries])
        self._draw(verdict(self.ledger, self.entry, guess))

    def _chosen(self) -> None:
        self.strips.moved()
        self._complain()

    def _set(self) -> None:
        """An example was switched, or the loss became a mean."""
        if self._settled:
            on = tuple(box.value for box in self.examples)
            self._change(replace(self.batch, on=on, mean=self.loss.value))

    def _pressed(self, cells: Cells, name: str, change: Any) -> None:
        self._change(self.batch.toggled((name, *cells.at(cells.pressed[0]))))

    def _restart(self) -> None:
        """All examples, inputs and settings as they were at first."""
        self._settled = False
        for box in self.examples:
            box.value = True
        self.loss.value, self.product.value = False, RIGHT
        self._settled = True
        self._change(self._first)
        self._before = None
        self._draw()

    def _change(self, batch: Batch) -> None:
        self.batch = batch
        before = self.ledger.given
        self._compute()
        self._before = before
        self._draw()

    def _compute(self) -> None:
        try:
            self.ledger = ledger(self.batch, self._backward.function, self._backward.yours)
            self._error = None
        except Exception as error:
            self._error = error
            raise

    def _draw(self, note: str = "") -> None:
        """Picture, sentence and the names of the cells."""
        drawing = picture(self._scene(self.entry))
        self.stage.resize(drawing.width, drawing.height)
        self._name_cells()
        self.strips.show(note, said=asking(self.ledger, self.entry) if self._asks else "")
        self._complain()

    def _complain(self) -> None:
        """An error stands until a change that works."""
        if self._error:
            raise self._error

    def _name_cells(self) -> None:
        batch = self.ledger.batch
        self.entries.labels = _labels("dW", self.ledger.given, lambda d, m: "")
        for cells, name, array in ((self.inputs, "x", batch.inputs), (self.upstream, "dz", batch.upstream)):
            cells.labels = _labels(name, array, partial(_press, batch, name))

    def _frame(self, values: Values, before: Values) -> Frame:
        entry = self.entries.at(int(values["entry"]))
        scene = self._scene(entry)
        return Frame(picture(scene).svg(), state(scene.ledger, entry, scene.fit))

    def _scene(self, entry: Entry) -> Scene:
        product = fit(self.product.value, self.ledger.batch)
        return Scene(self.ledger, entry, product, self._before, self._asks)

    def _still(self) -> tuple[bytes, str]:
        return picture(replace(self._scene(self.entry), still=True, asks=False)).png(), "image/png"


def _laid(grid: Grid, name: str, value: int = 0, chooses: bool = True) -> Cells:
    """Cells over a grid of the drawing."""
    cells = Cells(description=name, rows=grid.rows, columns=grid.columns, size=[grid.width, grid.height])
    cells.value, cells.chooses = value, chooses
    put(cells, grid.at)
    return cells


def _labels(name: str, array: Any, does: Callable[[int, int], str]) -> list[str]:
    rows, columns = array.shape
    places = [(row, column) for row in range(rows) for column in range(columns)]
    return [f"{name}{place(each)} = {short(array[each])}{does(*each)}" for each in places]


def _press(batch: Batch, name: str, row: int, column: int) -> str:
    """What a press does to a cell."""
    return "; press to bring it back" if (name, row, column) in batch.emptied else "; press to set it to 0"


def gradient_entry(backward: Any = None, *, dz: Any = DZ, x: Any = X, W: Any = WEIGHTS, entry: Entry = FIRST) -> Panel:
    """Where does this one number of dW come from?

    Parameters
    ----------
    backward : callable, optional
        Your ``linear_backward``; the course's own stands in until its check passes.
    dz, x, W : array_like, shapes (N, M), (N, D), (D, M)
        A batch of your own, of at most 5 examples, 4 inputs and 3 neurons.
    entry : (int, int)
        The row and the column of dW that is chosen at first sight.

    Returns
    -------
    Panel
        Shown by the cell that it ends.
    """
    batch = batch_of(x, dz, W)
    if not all(0 <= place < size for place, size in zip(entry, batch.W.shape, strict=True)):
        raise ValueError(f"dW has the shape {batch.W.shape}: it has no entry {tuple(entry)}.")
    return GradientEntry(backward, batch, entry).panel
