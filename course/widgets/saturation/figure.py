"""Unit 07, live: why is the most wrong neuron the slowest?

One neuron that learns by error × slope; and 64 units, some of them saturated or dead.
"""

from collections.abc import Mapping

import ipywidgets
import numpy as np

from course.widgets.kit.controls import Gate, choice, slider, whole_slider
from course.widgets.kit.film import Frame, Strips, Values
from course.widgets.kit.panel import Panel
from course.widgets.kit.shapes import Shape
from course.widgets.saturation.activations import (
    KNOWN,
    LEAKY,
    OWN,
    RELU,
    SIGMOID,
    TANH,
    Activation,
    Layer,
    Pair,
    activation,
    centred_units,
    layer,
)
from course.widgets.saturation.picture import SaturationPicture, Told
from course.widgets.saturation.updates import CROSS, SQUARE, START_STEP, STEPS, Moment, Run, Runs, formula

NEURON, UNITS = "one neuron that learns", "64 units, 500 examples"
QUESTION = "The truth is 0. At which output is a neuron paid most: where is error × slope largest?"
PLAY_STEP, PLAY_INTERVAL = 3, 40
KEPT = 8
"""Layers that are remembered, since the ghost is drawn again with every frame."""


class Saturation:
    """The figure: its controls, and what each of them does."""

    def __init__(self, answers: Mapping[str, Pair], *, start: float = 2.0, bias: float = 0.0, seed: int = 0) -> None:
        self.answers = answers
        self.centred = centred_units(seed)
        self._activations: dict[str, Activation] = {}
        self.runs = Runs(self.activation(SIGMOID))
        self.look = choice("look at", (NEURON, UNITS), NEURON)
        self.loss = choice("loss", (SQUARE, CROSS), SQUARE)
        self.start = slider("start w = b", round(start / START_STEP) * START_STEP, 0.0, 4.0, START_STEP)
        self.step = whole_slider("step", 0, 0, STEPS)
        self.name = choice("activation", (*((OWN,) if OWN in answers else ()), *KNOWN), OWN if OWN in answers else RELU)
        self.bias = slider("bias", bias, -6.0, 3.0, 0.1, digits=1)
        self.guess = slider("guess: output a", 0.9, 0.01, 0.99, 0.01)
        self.view = SaturationPicture()
        film = self.view.picture.film
        self.panel = Panel(film, name="Error times slope: neurons that are saturated, and units that are dead")
        self._ghost: tuple[float, str] | None = None
        self._layer_ghost: tuple[str, float] | None = None
        self._layers: dict[tuple[str, float], Layer] = {}
        self._drawn = (self.loss.value, self.name.value)
        sliders = {"start": self.start, "step": self.step, "bias": self.bias, "guess": self.guess}
        self.strips = Strips(film, sliders, self._frame, self.panel.say)
        self.panel.still = self._still
        self.gate = Gate(QUESTION, self.guess, self.panel.safely(self.opened))
        self.time = _played(self.step)
        self._connect()
        self.panel.controls = [self.gate]
        self.panel.safely(self._settled)()

    def _connect(self) -> None:
        for moved in self.strips.sliders.values():
            moved.observe(self.panel.safely(lambda change: self._moved()), "value")
        for menu in (self.look, self.loss, self.name):
            menu.observe(self.panel.safely(lambda change: self._settled()), "value")

    def activation(self, name: str) -> Activation:
        """An activation of the menu, checked when it is first chosen."""
        if name not in self._activations:
            self._activations[name] = activation(name, self.answers)
        return self._activations[name]

    def _moved(self) -> None:
        self.strips.moved()
        before, now = self.strips.before, self.strips.now
        if before["start"] != now["start"]:
            self._ghost = (before["start"], self.loss.value)
        if before["bias"] != now["bias"]:
            self._layer_ghost = (self.name.value, before["bias"])

    def _settled(self, note: str = "") -> None:
        """A menu was changed, or the question answered: other controls, another ground."""
        look, loss, name = self.look.value, self.loss.value, self.name.value
        asked = not self.gate.passed
        if not asked:
            below = [self.start, self.loss, self.time] if look == NEURON else [self.name, self.bias]
            self.panel.controls = [self.look, *below]
        shown = self.activation(SIGMOID if look == NEURON else name)
        self.panel.badge = shown.badge
        if look == NEURON:
            self.view.settle_neuron(self.runs, loss, asked=asked)
        else:
            self.view.settle_units(shown)
        if self._drawn[0] != loss:
            self._ghost = (self.start.value, self._drawn[0])
        if self._drawn[1] != name:
            self._layer_ghost = (self._drawn[1], self.bias.value)
        self._drawn = (loss, name)
        self.strips.show(note)

    def opened(self, guess: float | None) -> None:
        """The question is answered: the run and the controls appear."""
        self._settled("" if guess is None else self._verdict(guess))

    def _verdict(self, guess: float) -> str:
        """What the guess was worth."""
        outputs = np.linspace(0.001, 0.999, 999)
        pays = self.runs.moment(np.log(outputs / (1 - outputs)), SQUARE)[-1]
        best = int(pays.argmax())
        told = formula(self._asked(guess), SQUARE)
        return f"You said {guess:.2f}: {told}. Most is paid at output {outputs[best]:.2f}: {pays[best]:.4f}. "

    def _asked(self, output: float) -> Moment:
        """A neuron with this output."""
        z = np.array([np.log(output / (1 - output))])
        return Moment(*(float(row[0]) for row in self.runs.moment(z, SQUARE)))

    def layer(self, name: str, bias: float) -> Layer:
        """The 64 units with this activation and bias; the last few are kept, since they are drawn as ghosts."""
        key = (name, bias)
        if key not in self._layers:
            self._layers[key] = layer(self.activation(name), bias, self.centred)
            for old in list(self._layers)[:-KEPT]:
                del self._layers[old]
        return self._layers[key]

    def _frame(self, values: Values, before: Values) -> Frame:
        shapes, words = self._shapes(values, before)
        return Frame(self.view.picture.markup(shapes), words)

    def _shapes(self, values: Values, before: Values) -> tuple[list[Shape], str]:
        """What moves, and the sentence."""
        if not self.gate.passed:
            now = self._asked(values["guess"])
            words = f"Output {now.a:.2f}: error {now.da:.4g}, slope {now.slope:.4g}. {QUESTION}"
            return self.view.neuron(Told(now), SQUARE), words
        if self.look.value == UNITS:
            ghost = self._layer_before(values, before)
            shown = self.layer(self.name.value, values["bias"])
            return self.view.units(shown, ghost), shown.sentence
        step, run = int(values["step"]), self.runs.run(values["start"], self.loss.value)
        told = Told(run.at(step), step, run, self._run_before(values, before))
        return self.view.neuron(told, self.loss.value), run.sentence(step)

    def _run_before(self, values: Values, before: Values) -> Run | None:
        """The last run, which stays as a ghost."""
        if before["start"] != values["start"]:
            return self.runs.run(before["start"], self.loss.value)
        return self.runs.run(*self._ghost) if self._ghost else None

    def _layer_before(self, values: Values, before: Values) -> Layer | None:
        """The units before the last change, which stay as a ghost."""
        moved = (self.name.value, before["bias"]) if before["bias"] != values["bias"] else self._layer_ghost
        return self.layer(*moved) if moved else None

    def _still(self) -> tuple[bytes, str]:
        return self.view.picture.still(self._shapes(self.strips.now, self.strips.before)[0])


def _played(step: ipywidgets.IntSlider) -> ipywidgets.HBox:
    """A slider with a button that plays it, both linked in the browser.

    The buttons that ``Play`` itself shows have no name for a screen reader: they stay hidden behind one that has.
    """
    play = ipywidgets.Play(min=step.min, max=step.max, step=PLAY_STEP, interval=PLAY_INTERVAL, show_repeat=False)
    play.layout.display = "none"
    button = ipywidgets.ToggleButton(description="Play", layout=ipywidgets.Layout(width="80px"))
    button.observe(lambda change: setattr(button, "description", "Pause" if button.value else "Play"), "value")
    ipywidgets.jslink((play, "value"), (step, "value"))
    ipywidgets.jslink((button, "value"), (play, "playing"))
    return ipywidgets.HBox([step, button, play])


def saturation(
    *,
    sigmoid: Pair | None = None,
    relu: Pair | None = None,
    leaky: Pair | None = None,
    tanh: Pair | None = None,
    own: Pair | None = None,
    start: float = 2.0,
    bias: float = 0.0,
    seed: int = 0,
) -> ipywidgets.Widget:
    """Why is the most wrong neuron the slowest?

    Parameters
    ----------
    sigmoid, relu, leaky, tanh : pairs of callables, optional
        The student's own functions of unit 07, forward and backward.
    own : pair of callables, optional
        A bend of your own for the 64 units: ``forward(z)`` and ``backward(da, z)``.
    start, bias : float
        Where their sliders stand at first: 0 to 4 and -6 to 3.
    seed : int
        Of the units' weights and of the examples.

    Returns
    -------
    Panel
    """
    pairs = {SIGMOID: sigmoid, RELU: relu, LEAKY: leaky, TANH: tanh, OWN: own}
    return Saturation({n: pair for n, pair in pairs.items() if pair}, start=start, bias=bias, seed=seed).panel
