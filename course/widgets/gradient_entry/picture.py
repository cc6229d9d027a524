"""The drawing of one entry of dW: its columns of x and dz, their products, and each example's outer product.

What is lit has a thick outline and a pattern: x is hatched one way, dz the other, dW both ways.
"""

from dataclasses import dataclass

import numpy as np

from course.draw import BLACK, GREY, VERMILLION
from course.widgets.gradient_entry.batch import Entry, Ledger
from course.widgets.gradient_entry.grid import numbers, titles
from course.widgets.gradient_entry.layout import PRODUCTS, ROW, WIDTH, Grid, Places
from course.widgets.gradient_entry.network import network
from course.widgets.gradient_entry.products import Fit, Pair, met_row, pairs
from course.widgets.gradient_entry.words import formula, listed, multiplied, place, short
from course.widgets.kit.shapes import Labelled, Line, Shape, Words
from course.widgets.kit.svg import Drawing

LINE = 19


@dataclass(frozen=True, eq=False)
class Scene:
    """What there is to draw.

    Attributes
    ----------
    ledger : Ledger
    entry : (int, int)
    fit : Fit
        The product that is tried.
    before : ndarray, optional
        dW before the last change, shown in grey where it was another.
    asks : bool
        Whether the reader has still to answer: products and the entry stay hidden.
    still : bool
        Whether no controls stand on the drawing.
    """

    ledger: Ledger
    entry: Entry
    fit: Fit
    before: np.ndarray | None = None
    asks: bool = False
    still: bool = False


def picture(scene: Scene) -> Drawing:
    """The drawing of a scene."""
    places = Places(*scene.ledger.batch.sizes)
    shapes: list[Shape] = [_x(scene, places), _dz(scene, places), _products(scene, places), _weights(scene, places)]
    shapes += [*_examples(scene, places), network(places, scene.entry, scene.ledger.batch.W)]
    height = places.middle
    if not scene.asks:
        shapes += [*(_sheets(scene, places) if scene.fit.right_one else []), *_foot(scene, places)]
        height = places.foot + 8 + LINE * (1 if scene.fit.right_one else 0)
        height = max(height, places.middle + 5 * LINE)
    return Drawing(f"Which numbers make dW{place(scene.entry)}", WIDTH, int(height), shapes)


def _x(scene: Scene, places: Places) -> Labelled:
    array, (d, _) = scene.ledger.batch.inputs, scene.entry
    marked = np.zeros(array.shape, dtype=bool)
    if scene.fit.product.rows:
        row = met_row(scene.ledger.batch, scene.entry)
        marked[row] = True
        what = f"row {row}"
    else:
        marked[:, d] = True
        what = f"column {d}"
    shapes = numbers(places.x, array, marked, ("/",))
    return Labelled(f"x, {what} lit: {_read(array[marked])}", [*shapes, *titles(places.x, "x", array, what)])


def _dz(scene: Scene, places: Places) -> Labelled:
    batch, (_, m) = scene.ledger.batch, scene.entry
    marked = np.zeros(batch.upstream.shape, dtype=bool)
    marked[:, m] = True
    divided = f", each / {batch.divisor}" if batch.mean else ""
    shapes = numbers(places.dz, batch.upstream, marked, ("\\",))
    shapes += titles(places.dz, "dz", batch.upstream, f"column {m}{divided}")
    return Labelled(f"dz, column {m} lit: {_read(batch.upstream[:, m])}", shapes)


def _weights(scene: Scene, places: Places) -> Labelled:
    ledger, entry, grid = scene.ledger, scene.entry, places.weights
    marked = np.zeros(ledger.given.shape, dtype=bool)
    marked[entry] = True
    texts = [[short(value) for value in row] for row in ledger.given]
    if scene.asks:
        texts[entry[0]][entry[1]] = "?"
    hatching = ("/", "\\") if scene.fit.right_one else ()
    shapes = numbers(grid, ledger.given, marked, hatching, texts)
    shapes += titles(grid, "dW", ledger.given, "yours" if ledger.yours else "the course's")
    shapes += [Words((grid.at[0] - 8, grid.corner(d, 0)[1] + 20), str(d), 11, GREY) for d in range(grid.rows)]
    if scene.before is not None and not scene.asks:
        shapes += _ghosts(grid, scene.before, ledger.given)
    if ledger.differing and not scene.asks:
        shapes += [Words((grid.middle, grid.bottom + 18), "✗ differs from the sums", 12, VERMILLION, bold=True)]
        shapes += [_struck(grid, other) for other in ledger.differing]
    elif not scene.asks and scene.fit.right_one:
        shapes.append(Words((grid.middle, grid.bottom + 18), "✓ equal to the sums", 12))
    return Labelled(f"dW{place(entry)} = {texts[entry[0]][entry[1]]}", shapes)


def _ghosts(grid: Grid, before: np.ndarray, now: np.ndarray) -> list[Shape]:
    """What stood there before the last change, where it was something else."""
    shapes: list[Shape] = []
    for d, m in np.ndindex(before.shape):
        was = short(float(before[d, m]))
        if was != short(float(now[d, m])):
            x, y = grid.corner(d, m)
            shapes.append(Words((x + grid.width / 2, y + 28), f"was {was}", 9, "#5A5A5A", italic=True))
    return shapes


def _struck(grid: Grid, entry: Entry) -> Line:
    x, y = grid.corner(*entry)
    return Line([(x + 4, y + grid.height - 4), (x + grid.width - 4, y + 4)], VERMILLION, 2)


def _products(scene: Scene, places: Places) -> Labelled:
    """The numbers that meet, row by row, and under a line what they add up to."""
    ledger, entry, product = scene.ledger, scene.entry, scene.fit.product
    left, top = places.products
    met = pairs(product, ledger.batch, entry)
    heading = "row by row" if not product.rows else "one by one"
    shapes: list[Shape] = [
        Words((left, top - 46), "products", 13, anchor="start", bold=True),
        Words((left, top - 28), heading, 11, anchor="start"),
    ]
    for n, pair in enumerate(met):
        known = None not in pair
        told = ("?" if scene.asks else short(_times(pair))) if known else "no partner"
        text = f"{multiplied(pair)}{' =' if known else ':'} {told}"
        size = min(13.0, PRODUCTS / (0.58 * len(text)))
        shapes.append(Words((left, top + n * ROW + 20), text, size, BLACK if known else VERMILLION, "start"))
    end = top + max(len(met), places.examples) * ROW
    if scene.fit.result is None:
        shapes.append(Words((left, end + 20), "refused", 13, VERMILLION, "start", bold=True))
    else:
        total = "?" if scene.asks else short(sum(map(_times, met)))
        shapes.append(Line([(left, end + 2), (left + 120, end + 2)], BLACK, 1.2))
        shapes.append(Words((left, end + 20), f"sum = {total}", 13, anchor="start", bold=True))
    said = formula(ledger, entry) if scene.fit.right_one and not scene.asks else "; ".join(map(multiplied, met))
    return Labelled(f"the products: {said}", shapes)


def _times(pair: Pair) -> float:
    return (pair[0] or 0.0) * (pair[1] or 0.0)


def _examples(scene: Scene, places: Places) -> list[Shape]:
    """Beside each row its example, where no tick box stands there; a line through those that are off."""
    shapes: list[Shape] = []
    for n, on in enumerate(scene.ledger.batch.on):
        y = places.x.corner(n, 0)[1]
        if scene.still or scene.asks:
            shapes.append(Words((6, y + 20), f"example {n}{'' if on else ', off'}", 12, anchor="start"))
        if not on:
            shapes.append(Line([(places.x.at[0] + 2, y + 15), (places.dz.right - 2, y + 15)], GREY, 2, (5, 3)))
    return shapes


def _sheets(scene: Scene, places: Places) -> list[Shape]:
    """The second reading: a whole sheet for each example, all laid on top of each other."""
    ledger = scene.ledger
    heading = "The same once more, example by example: its row of x times its row of dz is a sheet shaped like W."
    shapes: list[Shape] = [Words((6, places.middle + 14), heading, 12, anchor="start")]
    marked = np.zeros(ledger.total.shape, dtype=bool)
    marked[scene.entry] = True
    layers = [*ledger.sheets, ledger.total]
    longest = max(len(short(value)) for value in np.ravel(layers).tolist())
    for n, sheet in enumerate(layers):
        grid, last = places.sheet(n), n == places.examples
        name = "sum" if last else f"example {n}" if ledger.batch.on[n] else f"{n}, off"
        inner = [
            *numbers(grid, sheet, marked, ("/", "\\"), longest=longest),
            Words((grid.middle, grid.at[1] - 6), name, 11, bold=last),
        ]
        if n:
            middle = (grid.at[1] + grid.bottom) / 2 + 5
            inner.append(Words((grid.at[0] - 13, middle), "=" if last else "+", 15))
        shapes.append(Labelled(f"sheet of {name}, at {place(scene.entry)}: {short(sheet[scene.entry])}", inner))
    return shapes


def _foot(scene: Scene, places: Places) -> list[Shape]:
    """What the shapes say."""
    fits = scene.fit.right_one
    top = places.foot + 4 if fits else places.middle + LINE
    return [
        Words((6, top + k * LINE), f"Shapes: {line}" if not k else line, 12 if fits else 13, anchor="start", bold=not k)
        for k, line in enumerate(scene.fit.lines())
    ]


def _read(array: np.ndarray) -> str:
    return listed([short(value) for value in np.ravel(array)])
