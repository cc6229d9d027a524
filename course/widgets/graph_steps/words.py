"""The text of the figure: what is known at a position of the two passes, and formulas with the numbers put in."""

from collections.abc import Iterable
from dataclasses import dataclass

from course.widgets.graph_steps.computation_graph import COPY, NUDGE, Gate, Graph, Nudge, Passes, slopes_of

NO_NUMBER = "Type a number, such as −4 or 0.5."
START = "Only the numbers that enter are known."


@dataclass(frozen=True)
class Moment:
    """A position: 0, then one for each gate forwards, then one for each gate backwards."""

    graph: Graph
    position: int

    @property
    def turn(self) -> int:
        """The position at which all values are known and the gradients begin."""
        return len(self.graph.gates)

    @property
    def last(self) -> int:
        """The position at which all gradients are known."""
        return 2 * self.turn

    @property
    def backwards(self) -> bool:
        """Whether the current gate hands a gradient back."""
        return self.position > self.turn

    @property
    def gate(self) -> Gate | None:
        """The gate that has just worked."""
        if self.position == 0:
            return None
        return self.graph.gates[self.last - self.position if self.backwards else self.position - 1]

    @property
    def next_back(self) -> Gate | None:
        """The gate whose gradients are asked for next; none on the way forwards, and none at the end."""
        if self.turn <= self.position < self.last:
            return self.graph.gates[self.last - self.position - 1]
        return None

    @property
    def asked(self) -> str | None:
        """The edge with the empty box."""
        return self.next_back.asked if self.next_back else None

    @property
    def values(self) -> list[str]:
        """The edges whose value is known."""
        done = self.graph.gates[: self.position]
        return [*self.graph.numbers, *(name for gate in done for name in gate.outputs)]

    @property
    def gradients(self) -> list[str]:
        """The edges whose gradient is known, the loss first."""
        if self.position < self.turn:
            return []
        done = reversed(self.graph.gates[self.last - self.position :])
        return [self.graph.loss, *(name for gate in done for name in gate.inputs)]

    @property
    def fresh(self) -> tuple[str, ...]:
        """The edges that the current gate has just filled."""
        if self.gate is None:
            return ()
        return self.gate.inputs if self.backwards else self.gate.outputs


def short(number: float) -> str:
    """A number as it stands in the figure: four decimals, three digits where it is small, a true minus."""
    number = 0.0 if abs(number) < 1e-12 else number
    text = f"{round(number, 4):.10g}" if 0.1 <= abs(number) < 1e5 else f"{number:.3g}"
    return text.replace("-", "−")


def put_in(number: float) -> str:
    """A number inside a formula: a negative one in brackets."""
    return f"({short(number)})" if short(number).startswith("−") else short(number)


def formulas(moment: Moment, run: Passes) -> list[str]:
    """One line for each number that the current gate has just given."""
    if moment.gate is None:
        return [START]
    return _gradient_lines(moment.gate, run) if moment.backwards else _value_lines(moment.gate, run)


def _value_lines(gate: Gate, run: Passes) -> list[str]:
    letters = gate.rule.formula(*gate.inputs)
    if gate.rule is COPY:
        return [f"{' = '.join(gate.outputs)} = {letters} = {short(run.values[gate.inputs[0]])}"]
    numbers = gate.rule.formula(*(put_in(run.values[name]) for name in gate.inputs))
    (name,) = gate.outputs
    return [f"{name} = {letters} = {numbers} = {short(run.values[name])}"]


def _gradient_lines(gate: Gate, run: Passes) -> list[str]:
    """Local slope times what arrives, in letters and in numbers; a copy adds what comes back."""
    arriving = sum(run.gradients[name] for name in gate.outputs)
    if gate.rule is COPY:
        letters = " + ".join(f"d{name}" for name in gate.outputs)
        numbers = " + ".join(put_in(run.gradients[name]) for name in gate.outputs)
        return [f"d{gate.inputs[0]} = {letters} = {numbers} = {_told(gate.inputs[0], arriving, run)}"]
    edges = (*gate.inputs, gate.outputs[0])
    letters_of = gate.rule.slope_texts(*edges)
    numbers_of = gate.rule.slope_texts(*(put_in(run.values[name]) for name in edges))
    come = f"d{gate.outputs[0]}", short(arriving)
    rows = zip(gate.inputs, letters_of, numbers_of, slopes_of(gate, run.values), strict=True)
    return [
        f"d{name} = {come[0]} · {letters} = {come[1]} · {numbers} = {_told(name, arriving * slope, run)}"
        for name, letters, numbers, slope in rows
    ]


def _told(name: str, product: float, run: Passes) -> str:
    """The product; where the student's function says something else, that too."""
    told = run.gradients[name]
    same = abs(told - product) <= 1e-6 * max(1.0, abs(product))
    return short(product) if same else f"{short(product)}, but your function gives {short(told)}"


def listed(names: Iterable[str], numbers: dict[str, float], before: str = "") -> str:
    """Names with their numbers: "w = 1.5, x = 2"."""
    return ", ".join(f"{before}{name} = {short(numbers[name])}" for name in names)


def state(moment: Moment, run: Passes) -> str:
    """The sentence under the picture: the step with its numbers, what comes next, and what entered."""
    entered = listed(run.numbers, run.values)
    if moment.gate is None:
        return f"Step 0 of {moment.last}. {START} {entered}."
    way = "back through" if moment.backwards else "forwards through"
    lines = "; ".join(formulas(moment, run))
    parts = [f"Step {moment.position} of {moment.last}, {way} {moment.gate.sign}: {lines}."]
    if moment.position == moment.turn:
        parts.append(f"Backwards it starts with d{run.graph.loss} = 1.")
    if moment.asked:
        parts.append(f"Which number is d{moment.asked}? Type it in the box, or press Step forward to be shown.")
    parts.append(f"Entered: {entered}." if moment.position < moment.last else _ending(run, entered))
    return " ".join(parts)


def _ending(run: Passes, entered: str) -> str:
    gradients = listed(run.numbers, run.gradients, "d")
    return f"All gradients are known: {gradients}, where {entered}."


def witness(nudge: Nudge, moment: Moment, run: Passes) -> list[str]:
    """What a nudge did to the loss, beside what the gradient says where that is known."""
    name, loss = nudge.name, run.graph.loss
    value = run.values[name]
    moved = f"{loss} goes from {short(nudge.before)} to {short(nudge.after)}: a change of {short(nudge.change)}"
    lines = [f"Nudge {name} from {short(value)} to {short(value + NUDGE)}: {moved}."]
    measured = f"Measured a little to both sides, the slope is {short(nudge.slope)}."
    if name not in moment.gradients:
        return [*lines, f"{measured} d{name} is not known yet."]
    gradient = run.gradients[name]
    agrees = abs(gradient - nudge.slope) <= 1e-4 * max(1.0, abs(nudge.slope))
    verdict = "agrees with" if agrees else "differs from"
    return [
        *lines,
        f"d{name} · {NUDGE} = {short(gradient * NUDGE)}. {measured} It {verdict} d{name} = {short(gradient)}.",
    ]


def reply(guess: float, moment: Moment, run: Passes) -> tuple[bool, str]:
    """Whether a guess is the asked gradient, and what to say to it."""
    gate, asked = moment.next_back, moment.asked
    assert gate is not None and asked is not None
    answer = run.gradients[asked]
    if close(guess, answer):
        return True, f"Yes, d{asked} = {short(answer)}."
    said = f"Not {short(guess)}."
    if close(-guess, answer):
        return False, f"{said} The size is right, the sign is not."
    if gate.rule is COPY:
        return False, f"{said} {_sentence(gate.rule.habit)}: {listed(gate.outputs, run.gradients, 'd')}."
    arriving = run.gradients[gate.outputs[0]]
    slope = slopes_of(gate, run.values)[gate.inputs.index(asked)]
    if close(guess, slope):
        return False, f"{said} That is the local slope; multiply it by what arrives, {short(arriving)}."
    return False, f"{said} What arrives is d{gate.outputs[0]} = {short(arriving)}, and {gate.rule.habit}."


def number_in(text: str) -> float | None:
    """The number that was typed, with any minus and a decimal point or comma; None where it is none."""
    try:
        return float(text.replace("−", "-").replace(",", "."))
    except ValueError:
        return None


def close(one: float, other: float) -> bool:
    """Equal to one per cent, or to four decimals."""
    return abs(one - other) <= max(0.01 * abs(other), 5e-5)


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]
