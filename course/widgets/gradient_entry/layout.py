"""Where everything stands in the picture of one entry of dW, in pixels."""

from dataclasses import dataclass

from course.widgets.kit.shapes import Point

WIDTH = 800
TOP, LEFT, ROW = 78.0, 100.0, 30.0
PRODUCTS, NETWORK = 138.0, 126.0
GAP, BROAD = 24.0, 34.0
SHEET_ROW, PLUS = 22.0, 26.0
WIDER = 10.0


@dataclass(frozen=True)
class Grid:
    """A grid of cells from its upper left corner."""

    at: Point
    rows: int
    columns: int
    width: float
    height: float = ROW

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.at[0] + self.columns * self.width

    @property
    def bottom(self) -> float:
        """Where it ends, below."""
        return self.at[1] + self.rows * self.height

    @property
    def middle(self) -> float:
        """Half way across."""
        return (self.at[0] + self.right) / 2

    def corner(self, row: int, column: int) -> Point:
        """The upper left corner of a cell."""
        return self.at[0] + column * self.width, self.at[1] + row * self.height


@dataclass(frozen=True)
class Places:
    """The grids of x, dz and dW (``weights``), the products, the network, the sheets and the foot.

    Parameters
    ----------
    examples, inputs, neurons : int
    """

    examples: int
    inputs: int
    neurons: int

    @property
    def cell(self) -> float:
        """How wide a cell of x and dz is; those of dW, which also hold what was there before, are wider."""
        room = WIDTH - LEFT - GAP - PRODUCTS - 2 * BROAD - NETWORK - 14 - WIDER * self.neurons
        return min(44.0, room / (self.inputs + 2 * self.neurons))

    @property
    def x(self) -> Grid:
        """A row for each example, a column for each input."""
        return Grid((LEFT, TOP), self.examples, self.inputs, self.cell)

    @property
    def dz(self) -> Grid:
        """A row for each example, a column for each neuron."""
        return Grid((self.x.right + GAP, TOP), self.examples, self.neurons, self.cell)

    @property
    def products(self) -> Point:
        """Where the products begin."""
        return self.dz.right + 14, TOP

    @property
    def weights(self) -> Grid:
        """A row for each input, a column for each neuron."""
        return Grid((self.products[0] + PRODUCTS + BROAD / 2, TOP), self.inputs, self.neurons, self.cell + WIDER)

    @property
    def network(self) -> tuple[float, float]:
        """Where the inputs and the neurons stand, across."""
        left = self.weights.right + BROAD + 16
        return left, left + NETWORK - 32

    @property
    def middle(self) -> float:
        """Where the upper half ends, with two lines of text under its grids."""
        return TOP + max(self.examples + 1, self.inputs + 1.6) * ROW + 22

    def sheet(self, number: int) -> Grid:
        """The sheet of an example; the last one, ``number = examples``, is their sum."""
        room = WIDTH - LEFT - 20 - PLUS * self.examples
        width = min(40.0, room / ((self.examples + 1) * self.neurons))
        left = LEFT + number * (self.neurons * width + PLUS)
        return Grid((left, self.middle + 50), self.inputs, self.neurons, width, SHEET_ROW)

    @property
    def foot(self) -> float:
        """Where the lines on shapes begin."""
        return self.sheet(0).bottom + 22
