"""Unit 01, live: what does one point cost, and where is the best line?

Six points, a line, a square on each error, and a map of the loss of every line.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import ipywidgets
import numpy as np

from course.widgets.kit.controls import Gate, choice, slider, tick
from course.widgets.kit.film import Frame, Strips, Values
from course.widgets.kit.panel import Panel
from course.widgets.kit.standing_in import standing_in
from course.widgets.line_fit.fit import Fit, X, Y, own_mse, own_predict, sentence, verdict
from course.widgets.line_fit.picture import LinePicture

W_RANGE, B_RANGE, POINT_RANGE = (-1.0, 3.0), (-1.0, 7.0), (0.0, 10.0)
QUESTION = "Turn w up by 0.1, or b up by 0.1: which lowers the loss more?"
GUESSES = ("w", "b", "neither of them")


class LineFit:
    """The figure: its controls, and what each of them does."""

    def __init__(self, predict: Any = None, mse: Any = None, points: Sequence[float] = Y) -> None:
        guesses, loss = standing_in("predict", predict, own_predict), standing_in("mse", mse, own_mse)
        self.fit = Fit(guesses.function, loss.function, points=tuple(points), last=float(points[-1]))
        self.view = LinePicture(W_RANGE, B_RANGE)
        self.w = slider("slope w", self.fit.w, *W_RANGE, 0.05)
        self.b = slider("intercept b", self.fit.b, *B_RANGE, 0.1)
        self.last = slider("height of point 6", self.fit.last, *POINT_RANGE, 0.1)
        self.centred = tick("centre x: count x from its mean, 2.5")
        self.panel = Panel(
            self.view.picture.film,
            name="A line through six points, with the squares on its errors and the map of its loss",
            badge=f"{guesses.badge} {loss.badge}",
            still=lambda: self.view.picture.still(self.view.moving(self.fit, self.fit)),
        )
        self._settled: Any = None
        sliders = {"w": self.w, "b": self.b, "last": self.last}
        # Each height of point 6 has a map of its own: too much to draw ahead.
        self.strips = Strips(self.view.picture.film, sliders, self._frame, self.panel.say, ahead=("w", "b"))
        self._turning = False
        self._connect()
        self.gate = Gate(QUESTION, choice("your guess", GUESSES, "w"), self.panel.safely(self.opened))
        self.panel.controls = [self.gate]
        self.panel.safely(self.strips.show)(said="Six points and a line, with a square on each error. " + QUESTION)

    def _connect(self) -> None:
        changed, turned = self.panel.safely(self._changed), self.panel.safely(self._turned)
        for control in (self.w, self.b, self.last):
            control.observe(changed, "value")
        self.centred.observe(turned, "value")

    def _changed(self, change: Any) -> None:
        if not self._turning:
            self.strips.moved()
            self.fit = self._fit(self.strips.now)

    def _turned(self, change: Any) -> None:
        """The line stays where it is; its b is another number."""
        self.fit = self.fit.recounted(self.centred.value)
        self._turning = True
        self.b.value = self.fit.b
        self._turning = False
        self.strips.show()

    def opened(self, guess: str | None) -> None:
        """The question is answered: the map and the sliders appear."""
        self.view.reveal()
        self._settled = None
        self.panel.controls = [self.w, self.b, self.last, self.centred]
        self.strips.show(verdict(self.fit, guess))

    def _fit(self, values: Values) -> Fit:
        return replace(self.fit, w=values["w"], b=values["b"], last=values["last"])

    def _frame(self, values: Values, before: Values) -> Frame:
        """The line with these values; the map is drawn anew where it is another one."""
        fit = self._fit(values)
        shapes = self.view.moving(fit, self._fit(before))
        frame = Frame(self.view.picture.markup(shapes), sentence(fit))
        if self._settled != (fit.last, fit.centred):
            self.view.settle(fit)
            self._settled = (fit.last, fit.centred)
        return frame


def line_fit(predict: Any = None, mse: Any = None, *, points: Sequence[float] = Y) -> ipywidgets.Widget:
    """What does one point cost, and where is the best line?

    Parameters
    ----------
    predict, mse : callables, optional
        The student's own functions of unit 01.
    points : sequence of float
        The heights of six points of your own, at x = 0, 1, … 5; from 0 to 10 to be seen.

    Returns
    -------
    Panel
        Shown by the cell that it ends.
    """
    if len(points) != len(X) or not np.all(np.isfinite(points)):
        raise ValueError(f"points takes {len(X)} numbers, the heights at x = 0, 1, … {len(X) - 1}.")
    return LineFit(predict, mse, points).panel
