"""The picture of saturation: an activation and its slope, and the training of one neuron or the slopes of 64 units."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from course.draw import BLACK, BLUE, GREEN, GREY, VERMILLION
from course.draw.activations import EXAMPLES, GOAL, UNITS
from course.widgets.kit.picture import Picture, canvas
from course.widgets.kit.shapes import Bar, Disc, Line, Point, Shape, Words
from course.widgets.saturation.activations import Activation, Layer
from course.widgets.saturation.marks import Cells, Marks
from course.widgets.saturation.updates import SQUARE, STEPS, Moment, Run, Runs

WIDE, HIGH = 860, 470
GHOST = "#AAAAAA"
REACH = 9.5
HEAT = (330.0, 44.0)
ROW = 5
"""Height of a unit's row in pixels; an example is one pixel wide."""
LEVELS = (0.0, 1e-3, 1e-2, 1e-1, 0.5)
SHADES = ("#FFFFFF", "#E3EAF0", "#B4C9DC", "#7BA3C6", "#2F72AB", "#0B3C66")
NAMES = ("0: off", "< 0.001", "< 0.01", "< 0.1", "< 0.5", "≥ 0.5")
NAME, TRACK, UNIT = 362.0, 545.0, 190.0
"""Of the bars of error × slope: where their names begin, where the bars begin, and the length that stands for 1."""
LONGEST = 1.12
DEAD_ABOVE = 9
"""Pixels by which the mark of a dead unit stands above the curve, clear of the units that live."""
SHOWN = np.r_[0:60:2, 60 : STEPS + 1 : 10]
"""The steps that the drawn curve goes through."""
START: dict[str, Any] = dict(size=12.5, anchor="start")


@dataclass(frozen=True)
class Told:
    """What moves in the picture of one neuron.

    Attributes
    ----------
    now : Moment
    step : int
    run, ghost : Run or None
        The run that is shown and the one before; none before the question is answered.
    """

    now: Moment
    step: int = 0
    run: Run | None = None
    ghost: Run | None = None


class SaturationPicture:
    """Draws one neuron (:meth:`neuron`) or 64 units (:meth:`units`) over the ground that was settled last."""

    def __init__(self) -> None:
        self.fig = canvas(WIDE / 100, HIGH / 100)
        self.activation = self._axes(48, 36, 300, 196)
        self.slope = self._axes(48, 252, 300, 424)
        self.out = self._axes(NAME, 48, 830, 226)
        self.picture = Picture(self.fig)
        self._courses: dict[tuple[float, str], list[Point]] = {}
        self.slope.set_xlabel("z", fontsize=9, labelpad=1)
        self.out.set(xlim=(-6, STEPS + 6), ylim=(0, 1.05))
        self.out.set_xlabel("step", fontsize=9, labelpad=1)
        self.out.axhline(GOAL, color=BLACK, linewidth=0.8, linestyle=":")
        self.out.annotate(f"goal: {GOAL:g}", (STEPS, GOAL + 0.02), fontsize=8, ha="right")

    def _axes(self, left: float, top: float, right: float, bottom: float) -> Any:
        ax = self.fig.add_axes((left / WIDE, 1 - bottom / HIGH, (right - left) / WIDE, (bottom - top) / HIGH))
        ax.spines[["top", "right"]].set_visible(False)
        ax.grid(alpha=0.25)
        ax.tick_params(labelsize=8)
        return ax

    def _curves(self, activation: Activation, title: str) -> np.ndarray:
        """Draw the activation and its slope; give the z at which they are drawn."""
        zs = np.linspace(-REACH, REACH, 190)  # none of them is 0, where some slopes are a matter of taste
        outputs, slopes = activation.outputs(zs), activation.slopes(zs)
        for ax, ys in ((self.activation, outputs), (self.slope, slopes)):
            for line in list(ax.lines):
                line.remove()
            ax.plot(zs, ys, color=GREY, linewidth=2, label="slope")
        room = 0.06 * float(np.ptp(outputs))
        self.activation.set(xlim=(-REACH, REACH), ylim=(outputs.min() - room, outputs.max() + room))
        self.activation.set_title(title, fontsize=10)
        self.slope.set(xlim=(-REACH, REACH), ylim=(min(-0.04, slopes.min() - 0.04), max(1.08, slopes.max() + 0.08)))
        return zs

    def settle_neuron(self, runs: Runs, loss: str, *, asked: bool) -> None:
        """Draw what does not move while one neuron learns; before the guess, error × slope stays hidden."""
        zs = self._curves(runs.activation, "output a of one sigmoid neuron")
        self.slope.set_ylim(-0.012, 0.3 if loss == SQUARE else 1.08)
        self.slope.set_title("its slope" if asked else "its slope, and dashed: the pay", fontsize=10)
        if not asked:
            self.slope.plot(zs, runs.moment(zs, loss)[-1], "--", color=GREEN, linewidth=1.8)
        self.out.set_visible(not asked)
        words: list[Shape] = (
            []
            if asked
            else [Words((NAME, 18), "output a, step by step", **START), Words((NAME, 36), f"loss {loss}", **START)]
        )
        self._grounded(words)

    def settle_units(self, activation: Activation) -> None:
        """Draw what does not move with the bias of 64 units."""
        self._curves(activation, f"{UNITS} units on example 1: {activation.name.split(',')[0]}")
        self.slope.set_title("slope", fontsize=10)
        self.out.set_visible(False)
        (left, top), down = HEAT, ROW * UNITS
        frame = Bar((left - 0.5, top - 0.5), (EXAMPLES + 1, down + 1), colour=GREY)
        words = Words(
            (left, top + down + 17), f"across: {EXAMPLES} examples; down: {UNITS} units, largest z first", **START
        )
        self._grounded([frame, words, *_legend(left, top + down + 31)])

    def _grounded(self, resting: list[Shape]) -> None:
        self.picture.rest(resting)
        self.picture.ground()

    def neuron(self, told: Told, loss: str) -> list[Shape]:
        """One neuron: where it stands on the curves, its run, and error × slope at this step."""
        now, hidden = told.now, told.run is None
        (activation,) = self.picture.pixels(self.activation, now.z, now.a)
        (slope,) = self.picture.pixels(self.slope, now.z, now.slope)
        shapes: list[Shape] = [Disc(activation, 6, fill=VERMILLION), Disc(slope, 5, fill=BLUE)]
        if not hidden:
            (dz,) = self.picture.pixels(self.slope, now.z, now.dz)
            shapes.append(Bar((dz[0] - 4.5, dz[1] - 4.5), (9, 9), fill=GREEN, colour=BLACK))
        return [*shapes, *self._runs(told), *_sketch(now), *_error_times_slope(now, loss, hidden=hidden)]

    def _runs(self, told: Told) -> list[Shape]:
        if told.run is None:
            return [Words((604, 130), "What it is paid, and how it learns: guess first", size=13, colour=GREY)]
        shapes: list[Shape] = []
        if told.ghost:
            shapes.append(Line(self._course(told.ghost), colour=GHOST, width=3))
            shapes.append(Words((830, 36), f"grey, before: {told.ghost.fate}", size=12, colour=GREY, anchor="end"))
        shapes.append(Line(self._course(told.run), colour=VERMILLION, width=2.4))
        (here,) = self.picture.pixels(self.out, told.step, told.now.a)
        if told.run.below is not None:
            foot, top = self.picture.pixels(self.out, [told.run.below] * 2, [0, GOAL])
            shapes.append(Line((foot, top), colour=VERMILLION, width=1.2, dashes=(3, 3)))
        fate = Words((830, 18), told.run.fate, size=13, anchor="end", bold=True)
        return [*shapes, Disc(here, 6, fill=VERMILLION), fate]

    def _course(self, run: Run) -> list[Point]:
        """The outputs of a run as points of the picture, kept because every step of it draws them again."""
        key = (run.start, run.loss)
        if key not in self._courses:
            self._courses[key] = self.picture.pixels(self.out, SHOWN, run.a[SHOWN])
        return self._courses[key]

    def units(self, layer: Layer, ghost: Layer | None) -> list[Shape]:
        """64 units: their z on the curves, and the slope of every unit for every example."""
        dead = layer.dead
        shapes: list[Shape] = []
        (left, top) = HEAT
        if ghost:
            words = f"before, with {ghost.name}, bias {ghost.bias:.1f}: {ghost.dead.sum()} dead"
            shapes.append(Words((left, top - 8), words, size=12, colour=GREY, anchor="start"))
        if ghost and ghost.name == layer.name:
            shapes.append(Marks(self.picture.pixels(self.activation, ghost.z[0], ghost.first), size=5.5, colour=GHOST))
        for ax, ys in ((self.activation, layer.first), (self.slope, layer.slopes[0])):
            for which, cross in ((~dead, False), (dead, True)):
                places = self.picture.pixels(ax, layer.z[0][which], ys[which])
                above = [(x, y - DEAD_ABOVE * cross) for x, y in places]
                shapes.append(Marks(above, 5.5, VERMILLION if cross else BLUE, cross))
        kinds = np.digitize(np.abs(layer.slopes.T), LEVELS) * (layer.slopes.T != 0)
        heat = Cells(HEAT, (EXAMPLES, ROW * UNITS), kinds, SHADES)
        count = f"{dead.sum()} of {UNITS} units dead (×, bar); {layer.on:.2%} of entries on"
        rows = [top + ROW * (k + 0.5) for k in np.flatnonzero(dead)]
        bars = [Line(((left - 9, y - ROW / 2), (left - 9, y + ROW / 2)), colour=VERMILLION, width=6) for y in rows]
        return [*shapes, heat, *bars, Words((left, top - 26), count, size=15, anchor="start", bold=True)]


def _legend(left: float, top: float) -> list[Shape]:
    """Which shade stands for which slope."""
    shapes: list[Shape] = [Words((left, top + 11), "slope", **START)]
    for k, (shade, name) in enumerate(zip(SHADES, NAMES, strict=True)):
        at = left + 46 + 77 * k
        shapes += [Bar((at, top), (14, 14), fill=shade, colour=GREY), Words((at + 18, top + 11), name, **START)]
    return shapes


def _sketch(now: Moment) -> list[Shape]:
    """The neuron: its input, its weight and bias, the activation's input z and its output a."""
    y = 283.0
    w = now.z / 2
    return [
        Words((NAME, y + 4), "x = 1", **START),
        Line(((NAME + 42, y), (NAME + 148, y)), arrow=True),
        Words((NAME + 93, y - 7), f"w = {w:.2f}", size=12.5),
        Words((NAME + 93, y + 17), f"b = {w:.2f}", size=12.5),
        Disc((NAME + 164, y), 16, fill="white", width=1.6),
        Words((NAME + 164, y + 5), "σ", size=17),
        Words((NAME + 164, y + 33), f"z = {now.z:.2f}", size=12.5),
        Line(((NAME + 180, y), (NAME + 226, y)), arrow=True),
        Words((NAME + 234, y + 5), f"a = {now.a:.4f}", size=15, anchor="start", bold=True),
        Words((NAME + 340, y + 5), "should be y = 0", **START),
    ]


def _error_times_slope(now: Moment, loss: str, *, hidden: bool) -> list[Shape]:
    """Error × slope = dL/dz, as three bars and with the numbers put in."""
    first = "error a − y" if loss == SQUARE else "dL/da = (a − y)/(a(1 − a))"
    rows = (
        (first, now.da, VERMILLION, "wide"),
        ("× slope of the bend", now.slope, BLUE, ""),
        ("= pay dL/dz", now.dz, GREEN, "hidden" if hidden else ""),
    )
    shapes: list[Shape] = [Line(((TRACK, 334), (TRACK, 434)), width=1)]
    for k, (name, value, colour, kind) in enumerate(rows):
        y = 338.0 + 34 * k
        shapes.append(Words((NAME, y + 16), name, **START))
        if kind == "hidden":
            shapes.append(Words((TRACK + 10, y + 17), "?", size=16, anchor="start", bold=True))
            continue
        long = UNIT * min(abs(value), LONGEST)
        arrow = " →" if abs(value) > LONGEST else ""
        shapes.append(Bar((TRACK, y), (long, 22), fill=colour, colour=BLACK))
        shapes.append(Words((TRACK + long + 8, y + 16), f"{value:.4g}{arrow}", size=14, anchor="start", bold=True))
    return shapes
