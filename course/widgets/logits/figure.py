"""Unit 08, live: where does p − y come from, and what may I add?

Three logits, their exponentials and probabilities, the loss of the true class, and the slope of each logit.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import ipywidgets
import numpy as np

from course.widgets.kit.controls import Gate, choice, rate_slider, slider, whole_slider
from course.widgets.kit.film import Frame, Strips, Values
from course.widgets.kit.panel import Panel
from course.widgets.kit.standing_in import StandIn, standing_in
from course.widgets.kit.svg import Stage
from course.widgets.logits.picture import HEIGHT, WIDTH, Scene, picture
from course.widgets.logits.scores import CLASSES, NAIVE, OWN, RANGE, Code, Dials, Outcome, outcome
from course.widgets.logits.words import GUESSING, fixed, sentence

EACH_DECADE = 24
"""Steps of T from 1 to 10: each multiplies by 1.1."""
LOGITS, TRUTH, CONSTANT = "the three logits", "T, the true class, steps downhill", "a constant added to all"
SAFE, NAIVELY = "safely, by the functions of unit 8", "naively: e^s as it stands, in float32"
QUESTION = "T grows from 1 to 10, to 100, and on. Where does the loss go?"
GUESSES = ("to 0", "to ln 3 = 1.0986", "up without limit")
NAMES = ("softmax", "cross_entropy", "cross_entropy_backward", "softmax_backward")
PLAIN = "The formula as it stands is running, in float32: no function of yours."


def stand_ins(answers: dict[str, Any]) -> tuple[Code, str]:
    """The functions that run, and whose they are, in one or two sentences."""
    found = {name: standing_in(name, answer, getattr(OWN, name)) for name, answer in answers.items()}
    functions: dict[str, Any] = {name: stand.function for name, stand in found.items()}
    return replace(OWN, **functions), _badge(found)


def _badge(found: dict[str, StandIn]) -> str:
    yours = [name for name, stand in found.items() if stand.yours]
    others = [name for name, stand in found.items() if not stand.yours]
    told = [f"Your {_joined(yours)} {'are' if yours[1:] else 'is'} running."] if yours else []
    if others:
        later = "Yours take over once their checks pass." if others[1:] else "Yours takes over once its check passes."
        told.append(f"The course's {_joined(others)} {'are' if others[1:] else 'is'} running. {later}")
    return " ".join(told)


def _joined(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def verdict(shown: Outcome, code: Code, guess: str | None) -> str:
    """What the reader's guess was worth; empty where none was made."""
    if guess is None:
        return ""
    far = outcome(replace(shown.dials, temperature=1e6), code).loss
    right = GUESSES[1] if abs(far - GUESSING) < 1e-3 else GUESSES[0] if far < 1e-3 else GUESSES[2]
    answer = "right" if guess == right else f"it goes {right}"
    return f"You said “{guess}”: {answer}. All p come to 1/3; T = 1000000 gives {fixed(far)}. "


def same(some: Values, others: Values) -> bool:
    """Whether sliders stand where they stood, apart from rounding."""
    return all(abs(some[name] - others[name]) < 1e-9 for name in some)


class Logits:
    """The figure: its controls, and what each of them does."""

    def __init__(self, code: Code, badge: str, dials: Dials) -> None:
        self.code, self.badge = code, badge
        self.z = [slider(f"logit z{k}", z, -RANGE, RANGE, 0.1) for k, z in enumerate(dials.logits)]
        self.temperature = rate_slider("temperature T", 1.0, 0.1, 10.0, factor=10 ** (1 / EACH_DECADE), readout=".3g")
        self.true = whole_slider("true class", dials.true, 0, CLASSES - 1)
        self.added = slider("c, added to all", 0.0, -100.0, 100.0, 1.0, digits=0)
        self.way = choice("e^s computed", (SAFE, NAIVELY), SAFE)
        self.menu = choice("what to move", (LOGITS, TRUTH, CONSTANT), LOGITS)
        self.step = ipywidgets.Button(description="One step downhill, rate 1", layout=ipywidgets.Layout(width="220px"))
        self.back = ipywidgets.Button(description="Take it back", disabled=True)
        self.path: list[Outcome] = []
        """What was shown before each step downhill, since something else was moved."""
        self._setting = False
        stage = Stage()
        stage.resize(WIDTH, HEIGHT)
        name = "Three logits, their probabilities, the loss and its slopes"
        self.panel = Panel(stage, name=name, badge=badge, still=self._still)
        sliders = {f"z{k}": z for k, z in enumerate(self.z)}
        sliders |= {"temperature": self.temperature, "added": self.added, "true": self.true}
        self.strips = Strips(stage.film, sliders, self._frame, self.panel.say)
        self._connect()
        self.gate = Gate(QUESTION, choice("your guess", GUESSES, GUESSES[0]), self.panel.safely(self.opened))
        self.panel.controls = [self.gate]
        self.panel.safely(self.strips.show)(f"{QUESTION} ")

    def _connect(self) -> None:
        safely = self.panel.safely
        moved = safely(lambda change: self._moved())
        for control in self.strips.sliders.values():
            control.observe(moved, "value")
        self.menu.observe(safely(lambda change: self._choose()), "value")
        self.way.observe(safely(lambda change: self._turned()), "value")
        self.step.on_click(safely(lambda button: self._down()))
        self.back.on_click(safely(lambda button: self._up()))

    def opened(self, guess: str | None) -> None:
        """The question is answered: the controls appear."""
        self._choose()
        self.strips.show(verdict(self.shown(self.strips.now), self.code, guess))

    def _choose(self) -> None:
        """The controls of one group; those of the others stay where they are."""
        steps = ipywidgets.HBox([self.step, self.back])
        groups = {LOGITS: self.z, TRUTH: [self.temperature, self.true, steps], CONSTANT: [self.added, self.way]}
        self.panel.controls = [self.menu, *groups[self.menu.value]]

    @property
    def naive(self) -> bool:
        """Whether the formula is computed as it stands."""
        return bool(self.way.value == NAIVELY)

    def shown(self, values: Values, *, safely: bool = False) -> Outcome:
        """What these values of the sliders come to."""
        logits = tuple(values[f"z{k}"] for k in range(CLASSES))
        dials = Dials(logits, values["temperature"], values["added"], int(values["true"]))
        return outcome(dials, NAIVE if self.naive and not safely else self.code)

    def _moved(self) -> None:
        now = self.strips.values()
        if same(now, self.strips.now):  # a slider that has come to the screen sends its value back, rounded
            self.strips.now = now
        elif not self._setting:
            self.path, self.back.disabled = [], True
            self.strips.moved()

    def _turned(self) -> None:
        self.path, self.back.disabled = [], True
        self.panel.badge = PLAIN if self.naive else self.badge
        self.strips.show()

    def _down(self) -> None:
        """One step of gradient descent on the logits."""
        here = self.shown(self.strips.now)
        if not np.isfinite(here.pull).all():
            self.strips.show("No step: p − y is not a number here. ")
            return
        lower = here.stepped()
        if lower == here.dials.logits:
            self.strips.show("The step moves no logit: the slopes are too small, or the sliders end. ")
            return
        self.path.append(here)
        self._set(lower)

    def _up(self) -> None:
        if self.path:
            self._set(self.path.pop().dials.logits)

    def _set(self, logits: Sequence[float]) -> None:
        """Move the three sliders as one; what was there before becomes the ghost."""
        self.back.disabled = not self.path
        self._setting = True
        try:
            for control, value in zip(self.z, logits, strict=True):
                control.value = value
        finally:
            self._setting = False
        self.strips.moved()

    def _frame(self, values: Values, before: Values) -> Frame:
        """The picture with these values, and in grey what was there before."""
        scene = self._scene(values, before)
        safe = self.shown(values, safely=True) if self.naive else None
        losses = [step.loss for step in self.path]
        return Frame(picture(scene).svg(), sentence(scene.shown, safe, losses))

    def _scene(self, values: Values, before: Values) -> Scene:
        """Beside a naive outcome, the safe one is the ghost."""
        ghost = None if same(values, before) and not self.naive else self.shown(before, safely=True)
        losses = [(float(step.p[step.dials.true]), step.loss) for step in self.path]
        return Scene(self.shown(values), ghost, losses, self.naive)

    def _still(self) -> tuple[bytes, str]:
        return picture(self._scene(self.strips.now, self.strips.before)).png(), "image/png"


def logits(
    softmax: Any = None,
    cross_entropy: Any = None,
    cross_entropy_backward: Any = None,
    softmax_backward: Any = None,
    *,
    logits: Sequence[float] = (2.0, 1.0, 0.1),
    true: int = 2,
) -> ipywidgets.Widget:
    """Where does p − y come from, and what may I add?

    Parameters
    ----------
    softmax, cross_entropy, cross_entropy_backward, softmax_backward : callables, optional
        The student's own functions of unit 08.
    logits : sequence of float, length 3
        Logits of your own, from −5 to 5.
    true : int
        The true class: 0, 1 or 2.

    Returns
    -------
    Panel
        Shown by the cell that it ends.
    """
    answers = (softmax, cross_entropy, cross_entropy_backward, softmax_backward)
    dials = Dials(tuple(map(float, logits)), true=true)
    return Logits(*stand_ins(dict(zip(NAMES, answers, strict=True))), dials).panel
