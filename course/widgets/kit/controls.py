"""Named controls: sliders, sliders that step by a factor, a menu, a tick box, and a question to guess first."""

import math
from collections.abc import Callable
from typing import Any

import ipywidgets

WIDTH = "560px"
FACTOR = 1.1


def _looks() -> dict[str, Any]:
    return {"style": {"description_width": "190px"}, "layout": ipywidgets.Layout(width=WIDTH)}


def slider(name: str, value: float, low: float, high: float, step: float, *, digits: int = 2) -> ipywidgets.FloatSlider:
    """A slider with even steps."""
    return ipywidgets.FloatSlider(
        value=value, min=low, max=high, step=step, description=name, readout_format=f".{digits}f", **_looks()
    )


def whole_slider(name: str, value: int, low: int, high: int) -> ipywidgets.IntSlider:
    """A slider of whole numbers, as a step in time."""
    return ipywidgets.IntSlider(value=value, min=low, max=high, description=name, **_looks())


def rate_slider(
    name: str, value: float, low: float, high: float, *, factor: float = FACTOR, readout: str = ".4g"
) -> ipywidgets.FloatLogSlider:
    """A slider each of whose steps multiplies by a factor; the default is one of its steps."""
    step = math.log10(factor)
    below = math.floor(math.log10(value / low) / step + 1e-9)
    above = math.floor(math.log10(high / value) / step + 1e-9)
    start = math.log10(value)
    return ipywidgets.FloatLogSlider(
        value=value,
        base=10,
        min=start - below * step,
        max=start + above * step,
        step=step,
        description=name,
        readout_format=readout,
        **_looks(),
    )


def choice(name: str, options: Any, value: Any) -> ipywidgets.Dropdown:
    """A menu."""
    return ipywidgets.Dropdown(options=options, value=value, description=name, **_looks())


def tick(name: str, value: bool = False) -> ipywidgets.Checkbox:
    """A tick box with its words beside it."""
    return ipywidgets.Checkbox(value=value, description=name, indent=False, layout=ipywidgets.Layout(width=WIDTH))


class Gate(ipywidgets.VBox):
    """A question that comes before the figure: the reader makes a guess, or presses "Show me".

    Parameters
    ----------
    question : str
    guess : Widget
        Where the guess is put in; it has a ``value`` and a description.
    opened : callable
        Called once, with the guess, or with None where the reader pressed "Show me".
    """

    def __init__(self, question: str, guess: Any, opened: Callable[[Any], None]) -> None:
        self.answer = ipywidgets.Button(description="That is my guess")
        self.show_me = ipywidgets.Button(description="Show me")
        self.guess = guess
        self.passed = False
        self._opened = opened
        buttons = ipywidgets.HBox([self.answer, self.show_me])
        super().__init__([ipywidgets.Label(question, layout=ipywidgets.Layout(width="auto")), guess, buttons])
        self.answer.on_click(lambda button: self._pass(self.guess.value))
        self.show_me.on_click(lambda button: self._pass(None))

    def _pass(self, guess: Any) -> None:
        if self.passed:
            return
        self.passed = True
        self.layout.display = "none"
        self._opened(guess)
