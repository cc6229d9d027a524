"""The picture of the step sizes: errors against h, the secant on the curve, and the digits that cancel."""

from dataclasses import dataclass

import numpy as np

from course.draw import BLACK, BLUE, GREY, VERMILLION
from course.widgets.kit.picture import Picture, canvas
from course.widgets.kit.shapes import EVEN, Disc, Line, Outline, Point, Shape, Words
from course.widgets.step_size.slopes import BOTH_SIDES, ONE_SIDE, STEPS, Scene, Subtraction

LEAST, MOST = 1e-14, 40.0
SIZE = 13.5
TOP, LEFT, ROW = 378.0, 17.0, 25.5
"""Of the rows of digits, in pixels: the middle of the first one, where they begin, and how far apart they are."""
LABELS, NOTES = 12, 36
SLOPE_DIGITS = 12


@dataclass(frozen=True, eq=False)
class Shown:
    """What the picture is to show.

    Attributes
    ----------
    name : str
        The function and the place, in words.
    scene : Scene
    precision, scheme : str
    at : int
        Which of the steps is chosen.
    measured : float
        The slope with that step.
    errors : dict
        Of each scheme, for every step.
    digits : Subtraction
    """

    name: str
    scene: Scene
    precision: str
    scheme: str
    at: int
    measured: float
    errors: dict[str, np.ndarray]
    digits: Subtraction


class StepPicture:
    """Draws what is :class:`Shown`; the errors stay hidden until :meth:`reveal`."""

    def __init__(self) -> None:
        self.fig = canvas(8.2, 5.0)
        self.v = self.fig.add_axes((0.075, 0.40, 0.52, 0.54))
        self.curve = self.fig.add_axes((0.685, 0.40, 0.30, 0.54))
        self.picture = Picture(self.fig)
        self.shown = False
        self._axes()
        self._lines()

    def _axes(self) -> None:
        self.v.set(xscale="log", yscale="log", xlim=(3e-17, 4), ylim=(LEAST / 2, 50))
        self.v.set(xlabel="step h", ylabel="error of the slope", xticks=10.0 ** np.arange(-16, 1, 4))
        self.curve.set(xlabel="x")
        for ax in (self.v, self.curve):
            ax.spines[["top", "right"]].set_visible(False)
            ax.grid(alpha=0.25)
            ax.tick_params(labelsize=8)

    def _lines(self) -> None:
        v, curve = self.v, self.curve
        (self.ghost,) = v.plot([], [], color="#BBBBBB", linewidth=3)
        (self.one,) = v.plot([], [], "--s", color=VERMILLION, markersize=3, linewidth=1, label="to one side")
        (self.both,) = v.plot([], [], "-o", color=BLUE, markersize=3, linewidth=1, label="to both sides")
        (self.tangent,) = curve.plot([], [], "--", color=BLACK, linewidth=1.2, label="exact slope")
        (self.bow,) = curve.plot([], [], color=GREY, linewidth=2.5, label="the function")
        curve.plot([], [], "-o", color=VERMILLION, markersize=5, label="measured")
        v.legend(loc="lower left", fontsize=8, frameon=False)
        curve.legend(loc="best", fontsize=8, frameon=False)
        for line in (self.ghost, self.one, self.both):
            line.set_visible(False)

    def reveal(self) -> None:
        """Show the errors."""
        self.shown = True
        for line in (self.ghost, self.one, self.both):
            line.set_visible(True)

    def settle(self, shown: Shown, *, ghost: bool) -> None:
        """Draw what does not move with h: the errors, the curve, the words beside the digits.

        With a ghost, the errors that were drawn last stay in grey.
        """
        if ghost:
            self.ghost.set_data(*self.both.get_data())
        for line, scheme in ((self.one, ONE_SIDE), (self.both, BOTH_SIDES)):
            line.set_data(STEPS, np.clip(shown.errors[scheme], LEAST, MOST))
        scene = shown.scene
        xs = np.linspace(scene.x - 1.5, scene.x + 1.5, 121)
        with np.errstate(all="ignore"):
            heights = np.array([float(scene.f(x)) for x in xs])
        self.bow.set_data(xs, heights)
        self.tangent.set_data(xs, float(scene.f(scene.x)) + scene.slope * (xs - scene.x))
        finite = heights[np.isfinite(heights)]
        room = 0.1 * max(float(np.ptp(finite)), 0.1)
        self.curve.set(xlim=xs[[0, -1]], ylim=(finite.min() - room, finite.max() + room))
        self.curve.set_title(shown.name, fontsize=10)
        self.v.set_title(f"{shown.name}, {shown.precision}", fontsize=10)
        self.picture.ground()
        self.picture.rest(_labels(shown) if self.shown else [])

    def moving(self, shown: Shown, guess: tuple[float, float] | None) -> list[Shape]:
        """What moves with h, and the reader's V where there is one: falling with 1/h, then rising with h²."""
        shapes: list[Shape] = []
        if guess:
            h, error = guess
            heights = [error * h / 1e-17, error, error * (10.0 / h) ** 2]
            v = Line(self.picture.pixels(self.v, [1e-17, h, 10.0], heights), width=2.6, dashes=(7, 4))
            shapes.append(self.picture.clipped(self.v, [v]))
        return [*shapes, self._here(shown), self._secant(shown), *_digits(shown)] if self.shown else shapes

    def _here(self, shown: Shown) -> Shape:
        error = np.nan_to_num(np.clip(shown.errors[shown.scheme][shown.at], LEAST, MOST), nan=MOST)
        ((x, y),) = self.picture.pixels(self.v, STEPS[shown.at], error)
        return Outline([(x - 8, y), (x, y - 8), (x + 8, y), (x, y + 8)], width=2.6)

    def _secant(self, shown: Shown) -> Shape:
        scene, h = shown.scene, float(STEPS[shown.at])
        start = scene.x if shown.scheme == ONE_SIDE else scene.x - h
        left, right = self.curve.get_xlim()
        xs = np.array([left, start, scene.x + h, right])
        places = self.picture.pixels(self.curve, xs, float(scene.f(start)) + shown.measured * (xs - start))
        dots = [Disc(place, 3.5, fill=VERMILLION, colour=VERMILLION) for place in places[1:-1]]
        line = [Line(places, colour=VERMILLION, width=2)] if places else []
        return self.picture.clipped(self.curve, [*line, *dots])


def _at(column: float, row: int) -> Point:
    """Where a letter of the rows of digits begins."""
    return LEFT + column * EVEN * SIZE, TOP + row * ROW + SIZE / 3


def _labels(shown: Shown) -> list[Shape]:
    """The names of the rows, and what else in them does not move with h."""
    below, step = ("f(x)", "h") if shown.scheme == ONE_SIDE else ("f(x - h)", "2h")
    notes = ("", "", "struck out: the digits that cancel", "measured slope", "exact slope")
    names = ("f(x + h)", below, "difference", f"/ {step}", "")
    words: list[Shape] = [
        Words(_at(column, row), text, size=SIZE, anchor="start", even=True)
        for column, texts in ((0, names), (NOTES, notes))
        for row, text in enumerate(texts)
        if text
    ]
    exact = f" {shown.scene.slope:#.{SLOPE_DIGITS}g}"
    return [*words, Words(_at(LABELS, len(names) - 1), exact, size=SIZE, anchor="start", even=True)]


def _digits(shown: Shown) -> list[Shape]:
    """The two values, their difference and the slope, digit below digit, with a stroke through what cancels."""
    digits = shown.digits
    measured = f" {shown.measured:#.{SLOPE_DIGITS}g}"
    rows = (digits.high, digits.low, digits.difference, measured)
    shapes: list[Shape] = [
        Words(_at(LABELS, row), text, size=SIZE, anchor="start", even=True) for row, text in enumerate(rows)
    ]
    if digits.lost:
        for row in range(3):
            ends = [_at(LABELS + column, row) for column in digits.columns]
            shapes.append(Line([(x, y - SIZE / 3) for x, y in ends], colour=VERMILLION, width=2))
    return shapes
