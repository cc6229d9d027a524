"""A picture in the browser (:class:`Film`), and the computing of its frames ahead of its sliders (:class:`Strips`).

A message through the kernel reaches the screen about ten times a second. So the kernel computes, with the student's
function, the frames for every place of the slider that is being moved, and sends them at once; the browser shows
each of them when the slider gets there, without asking.
"""

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import anywidget
import numpy as np
import traitlets

from course.widgets.kit.assets import read_assets

AHEAD = 0.25
"""Seconds that the frames ahead may take to compute, each time a slider moves."""
WORTH = 12
"""Where fewer frames are done in that time the student's function is slow; then no more are computed ahead."""
CLOSE = 1e-3
"""How far a slider may stand from a stop and still be at it, as a share of the way to the next stop; as in film.js."""

Values = dict[str, float]


class Film(anywidget.AnyWidget):
    """Three layers: the ground, what rests, and what moves.

    Attributes
    ----------
    size : list of int
        Width and height in pixels.
    ground : bytes
        A PNG; empty where the drawing needs none.
    rest, frame : str, dict
        SVG elements over the ground. A frame has its ``markup``, its ``sentence``, and ``at``: each slider's value.
    strip : dict
        Frames that lie ready: ``along`` which slider, ``at`` the values of the others, its ``stops``, and of each
        stop the markup and the sentence, or None where there is none.
    sliders : dict
        The model of each slider, by its name.
    """

    _esm = read_assets("kit/film.js")
    size = traitlets.List([0, 0]).tag(sync=True)
    ground = traitlets.Bytes(b"").tag(sync=True)
    rest = traitlets.Unicode("").tag(sync=True)
    frame = traitlets.Dict({"at": {}, "markup": "", "sentence": ""}).tag(sync=True)
    strip = traitlets.Dict({}).tag(sync=True)
    sliders = traitlets.Dict({}).tag(sync=True)


class Frame(NamedTuple):
    """What one frame shows, as SVG, and its sentence."""

    markup: str
    sentence: str


Draw = Callable[[Values, Values], Frame]


class Strips:
    """Keeps a film in step with its sliders.

    Parameters
    ----------
    film : Film
    sliders : mapping of str to widget
        Each with a ``value``.
    draw : callable
        Gives the frame for the sliders' values and for those before the slider in hand was taken (the ghost).
    say : callable
        Told the sentence of each frame that is shown.
    ahead : sequence of str, optional
        The sliders whose frames are computed ahead; all, unless given.
    """

    def __init__(
        self,
        film: Film,
        sliders: Mapping[str, Any],
        draw: Draw,
        say: Callable[[str], None],
        ahead: Sequence[str] | None = None,
    ) -> None:
        self.film, self.sliders, self._draw, self._say = film, dict(sliders), draw, say
        self._ahead = set(self.sliders if ahead is None else ahead)
        self._in_hand: str | None = None
        self.now = self.before = self.values()
        film.sliders = {name: slider.model_id for name, slider in self.sliders.items()}

    def values(self) -> Values:
        """Where the sliders stand."""
        return {name: float(slider.value) for name, slider in self.sliders.items()}

    @property
    def shown(self) -> str:
        """The markup that stands in the browser."""
        ready = None if self.film.frame["at"] == self.now else _at(self.film.strip, self.now)
        return ready.markup if ready else self.film.frame["markup"]

    def show(self, note: str = "", *, said: str = "") -> None:
        """Draw anew, since something else than a slider has changed; with a note, or other words than the frame's."""
        self._in_hand, self.before = None, self.values()
        self._send(note, said, strip={})

    def moved(self) -> None:
        """A slider has moved: show what lies ready, or draw it and look ahead."""
        now, last = self.values(), self.now
        # A slider that has come to the screen sends its value back, rounded: that is no move.
        changed = [name for name in now if not math.isclose(now[name], last[name], rel_tol=1e-9)]
        if not changed:
            return
        self.now = now
        if changed != [self._in_hand]:
            self._in_hand, self.before = changed[0] if len(changed) == 1 else None, last
            self._send(strip={})
        elif ready := _at(self.film.strip, self.now):
            self._say(ready[1])
            return
        else:
            self._send(strip=self.film.strip)
        if self._in_hand in self._ahead:
            self._look_ahead(self._in_hand)

    def _send(self, note: str = "", said: str = "", *, strip: dict[str, Any]) -> None:
        self.now = self.values()
        frame = self._draw(self.now, self.before)
        words = said or note + frame.sentence
        with self.film.hold_sync():
            self.film.strip = strip
            self.film.frame = {"at": self.now, "markup": frame.markup, "sentence": words}
        self._say(words)

    def _look_ahead(self, along: str) -> None:
        """Compute the frames around the present place, the nearest first, until the time is up."""
        until = time.monotonic() + AHEAD
        stops = stops_of(self.sliders[along])
        frames: list[Frame | None] = [None] * len(stops)
        done = 0
        for k in _outwards(stops, self.now[along]):
            if time.monotonic() > until:
                break
            try:
                frames[k] = self._draw({**self.now, along: stops[k]}, self.before)
            except Exception:  # whatever the student's function raises is told when the slider gets there
                continue
            done += 1
        if done < min(WORTH, len(stops)):
            self._ahead.discard(along)
        others = {name: value for name, value in self.now.items() if name != along}
        self.film.strip = {"along": along, "at": others, "stops": stops, "frames": frames}


def stops_of(slider: Any) -> list[float]:
    """Every value that a slider can stand at."""
    steps = round((slider.max - slider.min) / slider.step)
    places = slider.min + slider.step * np.arange(steps + 1)
    return [float(value) for value in (slider.base**places if hasattr(slider, "base") else places)]


def _at(strip: dict[str, Any], now: Values) -> Frame | None:
    along = strip.get("along")
    if along is None or any(now[name] != value for name, value in strip["at"].items()):
        return None
    stops = np.asarray(strip["stops"])
    off = np.abs(stops - now[along])
    k = int(off.argmin())
    gap = np.abs(np.delete(stops, k) - stops[k]).min(initial=np.inf)
    return strip["frames"][k] if off[k] <= CLOSE * gap else None


def _outwards(stops: Sequence[float], value: float) -> Iterator[int]:
    """The places of the stops, the nearest to a value first."""
    yield from np.argsort(np.abs(np.arange(len(stops)) - np.searchsorted(stops, value)), kind="stable").tolist()
