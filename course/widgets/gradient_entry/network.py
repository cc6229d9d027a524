"""The drawing of the layer as a small network, in which the edge of the chosen weight is highlighted."""

import numpy as np

from course.widgets.gradient_entry.batch import Entry
from course.widgets.gradient_entry.layout import ROW, TOP, Places
from course.widgets.gradient_entry.words import place, short
from course.widgets.kit.shapes import Disc, Labelled, Outline, Point, Shape, Words

RADIUS = 12.0


def network(places: Places, entry: Entry, W: np.ndarray) -> Labelled:
    """Inputs on the left, neurons on the right, an edge for each weight."""
    d, m = entry
    left, right = places.network
    height = max(places.examples, places.inputs, places.neurons) * ROW
    inputs, neurons = (_column(x, count, height) for x, count in ((left, places.inputs), (right, places.neurons)))
    shapes: list[Shape] = [Words((x, TOP - 46), name, 12) for x, name in ((left, "inputs"), (right, "neurons"))]
    for i, start in enumerate(inputs):
        for j, end in enumerate(neurons):
            if (i, j) != entry:
                shapes.append(Outline([start, end], colour="#B8B8B8", width=1))
    shapes.append(Outline([inputs[d], neurons[m]], width=5))
    for points, lit in ((inputs, d), (neurons, m)):
        for k, (x, y) in enumerate(points):
            shapes.append(Disc((x, y), RADIUS, width=3.5 if k == lit else 1))
            shapes.append(Words((x, y + 4.5), str(k), 12, bold=k == lit))
    words = f"W{place(entry)} = {short(W[entry])}"
    shapes.append(Words(((left + right) / 2, TOP + height + 18), words, 12, bold=True))
    return Labelled(f"network, the edge from input {d} to neuron {m} lit: {words}", shapes)


def _column(x: float, count: int, height: float) -> list[Point]:
    """So many nodes, evenly spread."""
    return [(x, TOP + (k + 0.5) * height / count) for k in range(count)]
