"""Unit 03, live: a computation graph stepped forwards and backwards, with an empty box for the next gradient."""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import ipywidgets

from course.widgets.graph_steps.computation_graph import Graph, Nudge, Passes, nudged, passes
from course.widgets.graph_steps.examples import FORK, GRAPHS, NEURON, own_backward, own_fork, own_forward
from course.widgets.graph_steps.layouts import LAYOUTS
from course.widgets.graph_steps.picture import BOX, Scene, picture
from course.widgets.graph_steps.words import NO_NUMBER, Moment, number_in, reply, state, witness
from course.widgets.kit import controls
from course.widgets.kit.film import Frame, Strips, Values
from course.widgets.kit.panel import Panel
from course.widgets.kit.standing_in import StandIn, standing_in
from course.widgets.kit.svg import Stage, place

LOW, HIGH, STEP = -5.0, 5.0, 0.5
FIELD, BUTTON = (104.0, 28.0), (68.0, 20.0)
COURSE = "The course's code computes this graph. In the menu, those called yours run your functions."
ONE_CLICK = 0.4
"""Seconds in which a guess and a click on Step forward are one act: leaving the box hands the guess in.

The two messages reach the kernel in either order: the guess answers what was asked before, and the figure goes on
by one step.
"""


def graph_steps(forward: Any = None, backward: Any = None, fork: Any = None, *, graph: str = "squared_error") -> Panel:
    """A graph with values above and gradients below its edges, stepped forwards and backwards.

    Parameters
    ----------
    forward, backward, fork : callable, optional
        Your ``chain_forward``, ``chain_backward`` and ``fork_backward``; they drive the graphs that are called yours
        once their checks pass.
    graph : {"squared_error", "neuron", "two_inputs", "used_twice", "fork"}
        The graph at first sight.

    Returns
    -------
    Panel
    """
    return GraphSteps(forward, backward, fork, graph).panel


class GraphSteps:
    """The figure: which graph, which numbers, which position; it draws after each change."""

    def __init__(self, forward: Any, backward: Any, fork: Any, graph: str) -> None:
        self._forward = standing_in("chain_forward", forward, own_forward)
        self._backward = standing_in("chain_backward", backward, own_backward)
        self._fork = standing_in("fork_backward", fork, own_fork)
        self._before: Passes | None = None
        self._nudge: Nudge | None = None
        self._error: Exception | None = None
        self._handed_in = self._clicked = -ONE_CLICK
        self._changing = ""
        self._settled = False
        self.stage = Stage()
        self.menu = controls.choice("graph", [(g.title, key) for key, g in GRAPHS.items()], graph)
        self.position = controls.whole_slider("position", 0, 0, 2 * len(GRAPHS[graph].gates))
        self.back = ipywidgets.Button(description="Step back")
        self.forth = ipywidgets.Button(description="Step forward")
        self.box = ipywidgets.Text(placeholder="?", continuous_update=False, style={"description_width": "38px"})
        steps = ipywidgets.HBox([self.back, self.forth])
        name = "A computation graph, step by step"
        self.panel = Panel(self.stage, [self.menu, self.position, steps], name=name, still=self._still)
        self._asked = self.moment
        self._connect()
        self.panel.safely(self._choose)()

    def _connect(self) -> None:
        safely = self.panel.safely
        self.menu.observe(safely(lambda change: self._choose()), "value")
        self.position.observe(safely(lambda change: self._slid()), "value")
        self.box.observe(safely(lambda change: self._guessed(self.box.value)), "value")
        self.back.on_click(safely(lambda button: self._go(-1)))
        self.forth.on_click(safely(lambda button: self._go(1)))

    @property
    def graph(self) -> Graph:
        """The graph that is shown."""
        return GRAPHS[self.menu.value]

    @property
    def moment(self) -> Moment:
        """What is known at the present position."""
        return Moment(self.graph, self.position.value)

    def _students(self) -> tuple[StandIn | None, StandIn | None]:
        """Whose forward and backward pass this graph runs, where an exercise has one."""
        if self.graph is NEURON:
            return self._forward, self._backward
        return None, self._fork if self.graph is FORK else None

    def _functions(self) -> list[Callable[..., Any] | None]:
        return [student.function if student else None for student in self._students()]

    def _choose(self) -> None:
        """Show another graph, its numbers as they are at first, all values known and no gradient but the first."""
        graph = self.graph
        self._settled = False
        self._before = self._nudge = self._error = None
        self._changing = ""
        self.run, self._numbers = passes(graph, graph.numbers), graph.numbers
        self.fields = {name: self._field(name, number) for name, number in graph.numbers.items()}
        self.nudges = {name: self._nudge_button(name) for name in graph.names}
        self.stage.hold([*self.fields.values(), self.box, *self.nudges.values()])
        self.position.max = self.moment.last
        self.position.value = self.moment.turn
        drawing = picture(self._scene())
        self.stage.resize(drawing.width, drawing.height)
        self.strips = Strips(self.stage.film, {"position": self.position, **self.fields}, self._frame, self.panel.say)
        self.panel.badge = _badge([student for student in self._students() if student])
        self._settled = True
        self._draw()  # with the course's code, should the student's stop
        self._compute()
        self._draw()

    def _field(self, name: str, number: float) -> ipywidgets.BoundedFloatText:
        field = ipywidgets.BoundedFloatText(
            value=number, min=LOW, max=HIGH, step=STEP, description=f"{name} =", style={"description_width": "36px"}
        )
        field.layout.width, field.layout.height = f"{FIELD[0]:g}px", f"{FIELD[1]:g}px"
        x, y = LAYOUTS[self.menu.value].edges[name].label
        place(field, (x - FIELD[0] / 2 - 8, y - FIELD[1] - 3))
        field.observe(self.panel.safely(lambda change: self._slid()), "value")
        return field

    def _nudge_button(self, name: str) -> ipywidgets.Button:
        button = ipywidgets.Button(description=f"nudge {name}")
        button.layout.width = f"{BUTTON[0]:g}px"
        x, y = LAYOUTS[self.menu.value].edges[name].label
        place(button, (x - BUTTON[0] / 2, y + 35))
        button.on_click(self.panel.safely(partial(self._nudged, name)))
        return button

    def _compute(self) -> None:
        """Both passes with the numbers as they stand."""
        self._numbers = {name: field.value for name, field in self.fields.items()}
        self._nudge = None
        try:
            self.run, self._error = passes(self.graph, self._numbers, *self._functions()), None
        except Exception as error:
            self._error = error
            raise

    def _slid(self) -> None:
        """The position or a number was moved.

        While it is the same number, the run before the first change stays as the ghost.
        """
        if not self._settled:
            return
        changed = next((name for name, field in self.fields.items() if field.value != self._numbers[name]), "")
        if changed:
            before = self._before if self._changing == changed else self.run
            self._compute()
            self._before = before
        self._changing = changed
        self.strips.moved()
        self._ask()

    def _go(self, by: int) -> None:
        if by > 0 and time.monotonic() - self._handed_in < ONE_CLICK:
            return
        self._asked, self._clicked = self.moment, time.monotonic() if by > 0 else -ONE_CLICK
        self._move_to(min(max(self.position.value + by, 0), self.position.max))

    def _move_to(self, position: int, said: str = "") -> None:
        self._changing, self._settled = "", False
        self.position.value = position
        self._settled = True
        self._draw(said)

    def _nudged(self, name: str, button: ipywidgets.Button) -> None:
        self._nudge = nudged(self.run, name, self._functions()[0])
        self._draw(" ".join(witness(self._nudge, self.moment, self.run)))

    def _guessed(self, text: str) -> None:
        """Play on if the guess is right; else say what arrives and what the gate does, and leave the box as it is."""
        late = time.monotonic() - self._clicked < ONE_CLICK
        moment = self._asked if late else self.moment
        if not text.strip() or not moment.asked:
            return
        guess = number_in(text)
        right, said = (False, NO_NUMBER) if guess is None else reply(guess, moment, self.run)
        if right and not late:
            self._handed_in = time.monotonic()
            self._move_to(self.position.value + 1, said)
            return
        if late:
            self.box.value = ""
        self._draw(said)

    def _draw(self, note: str = "") -> None:
        """Picture, box and sentence of the present state, a note first."""
        self.strips.show(f"{note} " if note else "")
        self._ask()

    def _ask(self) -> None:
        """The box for the next gradient, where there is one; a standing error is raised again."""
        asked = self.moment.asked
        description = f"d{asked} =" if asked else ""
        if self.box.description != description:
            self.box.description, self.box.value = description, ""
            self.box.send_state("value")  # a guess that is still on its way answered the last question
        self.box.layout.display = None if asked else "none"
        if asked:
            x, y = LAYOUTS[self.menu.value].edges[asked].label
            self.box.layout.width, self.box.layout.height = f"{BOX[0]:g}px", f"{BOX[1]:g}px"
            place(self.box, (x - BOX[0] / 2, y + 6))
        if self._error:
            raise self._error

    def _frame(self, values: Values, before: Values) -> Frame:
        """The graph at this position, with these numbers."""
        numbers = {name: values[name] for name in self.graph.numbers}
        tried = self._error or numbers == self.run.numbers
        run = self.run if tried else passes(self.graph, numbers, *self._functions())
        moment = Moment(self.graph, int(values["position"]))
        return Frame(picture(replace(self._scene(), run=run, moment=moment)).svg(), state(moment, run))

    def _scene(self, still: bool = False) -> Scene:
        layout = LAYOUTS[self.menu.value]
        return Scene(self.run, self.moment, layout, self._before, self._nudge, still)

    def _still(self) -> tuple[bytes, str]:
        return picture(self._scene(still=True)).png(), "image/png"


def _badge(students: list[StandIn]) -> str:
    if not students:
        return COURSE
    if len(students) > 1 and all(student.yours for student in students):
        return "Your chain_forward and chain_backward are running."
    if len(students) > 1 and not any(student.yours for student in students):
        return "The course's chain_forward and chain_backward are running. Yours take over once their checks pass."
    return " ".join(student.badge for student in students)
