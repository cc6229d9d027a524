"""The graphs of unit 03 that can be stepped through, and the course's own passes through two of them."""

from course.widgets.graph_steps.computation_graph import (
    COPY,
    MINUS,
    PLUS,
    SIGMOID,
    SINE,
    SQUARE,
    TIMES,
    Gate,
    Graph,
    gradients_of,
    values_of,
)

SQUARED_ERROR = Graph(
    "(w x + b − y)²",
    dict(w=1.5, x=2.0, b=-1.0, y=4.0),
    (
        Gate("×", TIMES, ("w", "x"), ("m",), "w"),
        Gate("+", PLUS, ("m", "b"), ("s",), "b"),
        Gate("−", MINUS, ("s", "y"), ("e",), "y"),
        Gate("e²", SQUARE, ("e",), ("L",), "e"),
    ),
)
NEURON = Graph(
    "your neuron: (σ(w x + b) − y)²",
    dict(x=2.0, w=0.25, b=-1.2, y=1.0),
    (
        Gate("×", TIMES, ("w", "x"), ("m",), "w"),
        Gate("+", PLUS, ("m", "b"), ("z",), "b"),
        Gate("σ", SIGMOID, ("z",), ("a",), "z"),
        Gate("−", MINUS, ("a", "y"), ("e",), "a"),
        Gate("e²", SQUARE, ("e",), ("L",), "e"),
    ),
    steps=("z", "a", "L"),
    ends=("x", "w", "b"),
)
TWO_INPUTS = Graph(
    "a sigmoid neuron with two inputs",
    dict(w0=2.0, x0=-1.0, w1=-3.0, x1=-2.0, w2=-3.0),
    (
        Gate("×", TIMES, ("w0", "x0"), ("p",), "w0"),
        Gate("×", TIMES, ("w1", "x1"), ("q",), "w1"),
        Gate("+", PLUS, ("p", "w2", "q"), ("z",), "w2"),
        Gate("σ", SIGMOID, ("z",), ("a",), "z"),
    ),
)
USED_TWICE = Graph(
    "a b + a: one number used twice",
    dict(a=2.0, b=-3.0),
    (
        Gate("copy", COPY, ("a",), ("a1", "a2"), "a"),
        Gate("×", TIMES, ("a1", "b"), ("c",), "a1"),
        Gate("+", PLUS, ("c", "a2"), ("L",), "a2"),
    ),
)
FORK = Graph(
    "your fork: x² sin x",
    dict(x=3.0),
    (
        Gate("copy", COPY, ("x",), ("x1", "x2"), "x"),
        Gate("x²", SQUARE, ("x1",), ("u",), "x1"),
        Gate("sin", SINE, ("x2",), ("v",), "x2"),
        Gate("×", TIMES, ("u", "v"), ("L",), "v"),
    ),
    ends=("x",),
)

GRAPHS = {
    "squared_error": SQUARED_ERROR,
    "neuron": NEURON,
    "two_inputs": TWO_INPUTS,
    "used_twice": USED_TWICE,
    "fork": FORK,
}


def own_forward(x: float, w: float, b: float, y: float) -> list[float]:
    """The course's ``chain_forward``, until the student's passes its check."""
    values = values_of(NEURON, dict(x=x, w=w, b=b, y=y))
    return [values[name] for name in NEURON.steps]


def own_backward(x: float, w: float, b: float, y: float) -> list[float]:
    """The course's ``chain_backward``, until the student's passes its check."""
    gradients = gradients_of(NEURON, values_of(NEURON, dict(x=x, w=w, b=b, y=y)))
    return [gradients[name] for name in NEURON.ends]


def own_fork(x: float) -> float:
    """The course's ``fork_backward``, until the student's passes its check."""
    return gradients_of(FORK, values_of(FORK, dict(x=x)))["x"]
