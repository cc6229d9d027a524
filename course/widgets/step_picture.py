"""The picture of the step sizes: errors against h, the secant over the curve, and the digits that cancel."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from course.draw import BLACK, BLUE, GREY, VERMILLION
from course.widgets.picture import Picture, canvas

if TYPE_CHECKING:
    from course.widgets.step_size import Scene, Subtraction

LEAST = 1e-14
ROWS = 5
LABELS = 12
NOTES = 36
SLOPE_DIGITS = 12


@dataclass(frozen=True)
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
    scene: "Scene"
    precision: str
    scheme: str
    at: int
    measured: float
    errors: dict[str, np.ndarray]
    digits: "Subtraction"


class StepPicture:
    """Draws what is :class:`Shown`; the errors stay hidden until :meth:`reveal`."""

    def __init__(self) -> None:
        self.fig = canvas(8.6, 5.0)
        self.v = self.fig.add_axes((0.075, 0.40, 0.52, 0.54))
        self.curve = self.fig.add_axes((0.685, 0.40, 0.30, 0.54))
        self.rows = self.fig.add_axes((0.02, 0.0, 0.96, 0.28))
        self._axes()
        self._lines()
        lines = (self.ghost, self.guessed, self.one, self.both, self.here, self.tangent, self.bow, self.secant)
        self.picture = Picture(self.fig, (*lines, *self.texts, *self.strokes), self.labels)
        self._asked: Any = None
        self._labelled: Any = None
        self._reveal(False)

    def _axes(self) -> None:
        self.v.set(xscale="log", yscale="log", xlim=(3e-17, 4), ylim=(LEAST / 2, 50))
        self.v.set(xlabel="step h", ylabel="error of the slope", xticks=10.0 ** np.arange(-16, 1, 4))
        self.curve.set(xlabel="x")
        self.rows.axis("off")
        for ax in (self.v, self.curve):
            ax.spines[["top", "right"]].set_visible(False)
            ax.grid(alpha=0.25)
            ax.tick_params(labelsize=8)

    def _lines(self) -> None:
        v, curve, rows = self.v, self.curve, self.rows
        (self.ghost,) = v.plot([], [], color="#BBBBBB", linewidth=3)
        (self.guessed,) = v.plot([], [], "--", color=GREY, linewidth=2)
        (self.one,) = v.plot([], [], "--s", color=VERMILLION, markersize=3, linewidth=1, label="to one side")
        (self.both,) = v.plot([], [], "-o", color=BLUE, markersize=3, linewidth=1, label="to both sides")
        (self.here,) = v.plot([], [], "D", color=BLACK, markersize=9, fillstyle="none", markeredgewidth=2)
        (self.tangent,) = curve.plot([], [], "--", color=BLACK, linewidth=1.2, label="exact slope")
        (self.bow,) = curve.plot([], [], color=GREY, linewidth=2.5, label="the function")
        (self.secant,) = curve.plot([], [], "-o", color=VERMILLION, markersize=5, markevery=[1, 2], label="measured")
        v.legend(loc="lower left", fontsize=8, frameon=False)
        curve.legend(loc="best", fontsize=8, frameon=False)
        mono: dict[str, Any] = dict(family="monospace", fontsize=10, va="center")
        self.labels = [rows.text(0, ROWS - n, "", **mono) for n in range(ROWS)]
        self.texts = [rows.text(LABELS, ROWS - n, "", **mono) for n in range(ROWS - 1)]
        self.strokes = [rows.plot([], [], color=VERMILLION, linewidth=1.5)[0] for _ in range(3)]
        surface: Any = self.fig.canvas
        advance = self.texts[0]
        advance.set_text("0" * 50)
        width = advance.get_window_extent(surface.get_renderer()).width / 50
        rows.set(xlim=(0, rows.get_window_extent().width / width), ylim=(0.3, ROWS + 0.7))

    def _reveal(self, shown: bool) -> None:
        self.shown = shown
        for artist in (
            self.one,
            self.both,
            self.here,
            self.ghost,
            self.secant,
            *self.texts,
            *self.strokes,
            *self.labels,
        ):
            artist.set_visible(shown)

    def reveal(self, guessed: bool) -> None:
        """Show the errors; the guess stays where there was one."""
        self._reveal(True)
        self.picture.unsettle()
        self.guessed.set_visible(guessed)

    def guess(self, h: float, error: float) -> None:
        """The reader's V: falling with 1/h, then rising with h²."""
        hs = np.array([1e-17, h, 10.0])
        self.guessed.set_data(hs, [error * h / 1e-17, error, error * (10.0 / h) ** 2])
        self.picture.update()

    def draw(self, shown: Shown) -> None:
        """Everything as the controls have it."""
        self._draw_axes(shown)
        self._draw_errors(shown)
        self._draw_secant(shown)
        self._draw_digits(shown)
        self.picture.update()

    def _draw_axes(self, shown: Shown) -> None:
        if self._asked == (shown.name, shown.precision):
            return
        if self._asked is not None and self.shown:
            self.ghost.set_data(*self.both.get_data())
        scene = shown.scene
        self.xs = np.linspace(scene.x - 1.5, scene.x + 1.5, 121)
        with np.errstate(all="ignore"):
            heights = np.array([float(scene.f(x)) for x in self.xs])
        self.bow.set_data(self.xs, heights)
        finite = heights[np.isfinite(heights)]
        room = 0.1 * max(float(np.ptp(finite)), 0.1)
        self.curve.set(xlim=self.xs[[0, -1]], ylim=(finite.min() - room, finite.max() + room))
        self.curve.set_title(shown.name, fontsize=10)
        self.v.set_title(f"{shown.name}, {shown.precision}", fontsize=10)
        self._asked = (shown.name, shown.precision)
        self.picture.stale()

    def _draw_errors(self, shown: Shown) -> None:
        from course.widgets.step_size import BOTH_SIDES, ONE_SIDE, STEPS

        for line, scheme in ((self.one, ONE_SIDE), (self.both, BOTH_SIDES)):
            line.set_data(STEPS, np.clip(shown.errors[scheme], LEAST, 40))
        here = np.clip(shown.errors[shown.scheme][shown.at], LEAST, 40)
        self.here.set_data([STEPS[shown.at]], [here])

    def _draw_secant(self, shown: Shown) -> None:
        from course.widgets.step_size import ONE_SIDE, STEPS

        scene, h = shown.scene, float(STEPS[shown.at])
        start = scene.x if shown.scheme == ONE_SIDE else scene.x - h
        ends = np.array([self.xs[0], start, scene.x + h, self.xs[-1]])
        low = float(scene.f(start))
        self.secant.set_data(ends, low + shown.measured * (ends - start))
        self.tangent.set_data(ends, float(scene.f(scene.x)) + scene.slope * (ends - scene.x))

    def _draw_digits(self, shown: Shown) -> None:
        from course.widgets.step_size import ONE_SIDE

        one, digits = shown.scheme == ONE_SIDE, shown.digits
        measured = f" {shown.measured:#.{SLOPE_DIGITS}g}"
        for text, line in zip(self.texts, (digits.high, digits.low, digits.difference, measured), strict=True):
            text.set_text(line)
        for n, stroke in enumerate(self.strokes):
            row = ROWS - n
            stroke.set_data([LABELS + digits.columns[0], LABELS + digits.columns[1]], [row, row])
            stroke.set_visible(self.shown and digits.lost > 0)
        if self._labelled != (one, shown.name):
            self._labelled = (one, shown.name)
            below, step = ("f(x)", "h") if one else ("f(x - h)", "2h")
            notes = ("", "", "struck out: the digits that cancel", "measured slope", "exact slope")
            exact = f" {shown.scene.slope:#.{SLOPE_DIGITS}g}"
            names = ("f(x + h)", below, "difference", f"/ {step}", " " * LABELS + exact)
            for label, name, note in zip(self.labels, names, notes, strict=True):
                label.set_text(name.ljust(NOTES) + note)
            self.picture.unsettle()
