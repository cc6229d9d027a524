"""Computation graphs: the forward and the backward pass, gate by gate, and a nudge that checks a gradient.

A gate knows its value and its slope for each input, as numbers and as a formula in which names or numbers stand.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

Values = dict[str, float]

NUDGE = 0.01
FINE = 1e-5


@dataclass(frozen=True)
class Rule:
    """What a kind of gate does.

    Attributes
    ----------
    value : callable
        The value that leaves, from those that enter.
    slopes : callable
        One local slope for each input, from the inputs and then the output.
    formula : callable
        The value as text, from the inputs as text.
    slope_texts : callable
        The local slopes as text, from the inputs and then the output as text.
    habit : str
        What the gate does with a gradient, in words.
    """

    value: Callable[..., float]
    slopes: Callable[..., Sequence[float]]
    formula: Callable[..., str]
    slope_texts: Callable[..., Sequence[str]]
    habit: str


PLUS = Rule(
    value=lambda *inputs: sum(inputs),
    slopes=lambda *all_: [1.0] * (len(all_) - 1),
    formula=lambda *inputs: " + ".join(inputs),
    slope_texts=lambda *all_: ["1"] * (len(all_) - 1),
    habit="+ passes the gradient on",
)
MINUS = Rule(
    value=lambda a, b: a - b,
    slopes=lambda a, b, out: (1.0, -1.0),
    formula=lambda a, b: f"{a} − {b}",
    slope_texts=lambda a, b, out: ("1", "(−1)"),
    habit="− passes it on, with the other sign for what is taken away",
)
TIMES = Rule(
    value=lambda a, b: a * b,
    slopes=lambda a, b, out: (b, a),
    formula=lambda a, b: f"{a} · {b}",
    slope_texts=lambda a, b, out: (b, a),
    habit="× multiplies it by the partner",
)
SQUARE = Rule(
    value=lambda a: a * a,
    slopes=lambda a, out: (2 * a,),
    formula=lambda a: f"{a}²",
    slope_texts=lambda a, out: (f"2·{a}",),
    habit="a square multiplies it by twice its input",
)
SIGMOID = Rule(
    value=lambda a: (1 + math.tanh(a / 2)) / 2,
    slopes=lambda a, out: (out * (1 - out),),
    formula=lambda a: f"σ({a.strip('()')})",
    slope_texts=lambda a, out: (f"{out}·(1 − {out})",),
    habit="σ multiplies it by a slope that its output gives, at most 0.25",
)
SINE = Rule(
    value=math.sin,
    slopes=lambda a, out: (math.cos(a),),
    formula=lambda a: f"sin {a}",
    slope_texts=lambda a, out: (f"cos {a}",),
    habit="a sine multiplies it by the cosine of its input",
)
COPY = Rule(
    value=lambda a: a,
    slopes=lambda a, out: (1.0,),
    formula=lambda a: a,
    slope_texts=lambda a, out: ("1",),
    habit="a copy adds what comes back",
)


class Gate(NamedTuple):
    """A rule with the names that enter and leave it; only a copy has several that leave.

    ``asked`` is the input whose gradient the reader is asked for.
    """

    sign: str
    rule: Rule
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    asked: str


@dataclass(frozen=True)
class Graph:
    """Gates in the order in which they compute, and the numbers that enter at first sight.

    ``steps`` and ``ends`` are the edges that a student's forward and backward pass have numbers for, in their order.
    """

    title: str
    numbers: Mapping[str, float]
    gates: tuple[Gate, ...]
    steps: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()

    @property
    def loss(self) -> str:
        """The name of the last value."""
        return self.gates[-1].outputs[0]

    @property
    def names(self) -> list[str]:
        """Every edge's name, in the order in which the values are known."""
        return [*self.numbers, *(name for gate in self.gates for name in gate.outputs)]


@dataclass(frozen=True)
class Passes:
    """A forward and a backward pass.

    Attributes
    ----------
    graph : Graph
    values, gradients : dict
        By edge; where the student's function gives a number, it is the student's.
    """

    graph: Graph
    values: Values
    gradients: Values

    @cached_property
    def numbers(self) -> Values:
        """The numbers that entered."""
        return {name: self.values[name] for name in self.graph.numbers}


def values_of(graph: Graph, numbers: Mapping[str, float], forced: Mapping[str, float] | None = None) -> Values:
    """All values when the gates compute in order; a forced value stands whatever its gate says."""
    forced = forced or {}
    values = {name: forced.get(name, number) for name, number in numbers.items()}
    for gate in graph.gates:
        value = gate.rule.value(*(values[name] for name in gate.inputs))
        values |= {name: forced.get(name, value) for name in gate.outputs}
    return values


def gradients_of(graph: Graph, values: Values) -> Values:
    """The gradient of the last value at every edge: what arrives at a gate times its local slope."""
    gradients = {graph.loss: 1.0}
    for gate in reversed(graph.gates):
        arriving = sum(gradients[name] for name in gate.outputs)
        gradients |= {name: arriving * slope for name, slope in zip(gate.inputs, slopes_of(gate, values), strict=True)}
    return gradients


def slopes_of(gate: Gate, values: Values) -> Sequence[float]:
    """A gate's local slope for each input."""
    return gate.rule.slopes(*(values[name] for name in (*gate.inputs, gate.outputs[0])))


def passes(
    graph: Graph,
    numbers: Mapping[str, float],
    forward: Callable[..., Any] | None = None,
    backward: Callable[..., Any] | None = None,
) -> Passes:
    """Both passes; where a function is given, its numbers stand at the edges that it knows.

    Parameters
    ----------
    graph : Graph
    numbers : mapping
        What enters, by name.
    forward, backward : callable, optional
        Called with the numbers in the graph's order.
    """
    with np.errstate(all="ignore"):
        told = _by_name(forward, numbers, graph.steps, "{}") if forward else {}
        values = values_of(graph, numbers, told)
        gradients = gradients_of(graph, values)
        if backward:
            gradients |= _by_name(backward, numbers, graph.ends, "d{}")
    return Passes(graph, values, gradients)


class Nudge(NamedTuple):
    """What a small change of one number does to the loss, and the slope measured on both sides."""

    name: str
    before: float
    after: float
    slope: float

    @property
    def change(self) -> float:
        """How much the loss moves."""
        return self.after - self.before


def nudged(run: Passes, name: str, forward: Callable[..., Any] | None = None, by: float = NUDGE) -> Nudge:
    """Move one edge's number by a little, and compute all that follows it again.

    A number that enters is moved before the student's forward pass; one in between, inside the course's.
    """

    def loss(amount: float) -> float:
        moved = {name: run.values[name] + amount}
        if name in run.numbers:
            return passes(run.graph, run.numbers | moved, forward).values[run.graph.loss]
        return values_of(run.graph, run.numbers, moved)[run.graph.loss]

    slope = (loss(FINE) - loss(-FINE)) / (2 * FINE)
    return Nudge(name, run.values[run.graph.loss], loss(by), slope)


def _by_name(
    function: Callable[..., Any], numbers: Mapping[str, float], names: Sequence[str], form: str
) -> dict[str, float]:
    """A function's results by edge, whether it gives one, a row of them, or a dict."""
    results = function(*numbers.values())
    if isinstance(results, dict):
        results = [results["loss" if name == "L" else form.format(name)] for name in names]
    elif len(names) == 1:
        results = np.ravel(results)
    return {name: float(result) for name, result in zip(names, results, strict=True)}
