"""The picture of the line fit: points, line and squares; the bar of areas; the map of the loss."""

from typing import TYPE_CHECKING, Any

import numpy as np
from contourpy import contour_generator
from matplotlib.collections import LineCollection, PolyCollection

from course.draw import BLACK, BLUE, GREEN, GREY, ORANGE, SKY, VERMILLION, YELLOW
from course.widgets.picture import Picture, canvas

if TYPE_CHECKING:
    from course.widgets.line_fit import Fit

LEVELS = np.array([0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0])
BAR_TOP = 12.0
TRAIL = 40
GRID = 25
HATCHES = ("", "///", "...", "\\\\\\", "xxx", "---")
FILLS = (SKY, YELLOW, GREEN, ORANGE, "white", VERMILLION)


class LinePicture:
    """Draws a fit; the map stays hidden until :meth:`reveal`.

    What moves has short texts: matplotlib takes about 0.1 ms for each letter.

    Parameters
    ----------
    w_range, b_range : tuple of float
        What the map shows.
    """

    def __init__(self, w_range: tuple[float, float], b_range: tuple[float, float]) -> None:
        self.fig = canvas(8.6, 4.3)
        self.ws, self.bs = np.linspace(*w_range, GRID), np.linspace(*b_range, GRID)
        self.points = self.fig.add_axes((0.055, 0.11, 0.42, 0.75))
        self.bar = self.fig.add_axes((0.53, 0.11, 0.055, 0.80))
        self.map = self.fig.add_axes((0.665, 0.11, 0.32, 0.80))
        self._axes(w_range, b_range)
        self.trail: list[tuple[float, float]] = []
        self._mapped: Any = None
        moving = [*self._left(), *self._middle()]
        resting = self._contours()
        self.picture = Picture(self.fig, [*moving, *self._marks()], resting)
        self._set_map(False)

    def _axes(self, w_range: tuple[float, float], b_range: tuple[float, float]) -> None:
        self.points.set(xlim=(-4.5, 8), ylim=(-1, 10.5), aspect="equal", xlabel="x", ylabel="y", anchor="W")
        self.bar.set(ylim=(0, BAR_TOP), xlim=(0, 1), xticks=[])
        self.bar.set_title("areas / 6", fontsize=10, pad=18)
        self.map.set(xlim=w_range, ylim=b_range, xlabel="slope w", ylabel="intercept b")
        for ax in (self.points, self.bar, self.map):
            ax.spines[["top", "right"]].set_visible(False)
            ax.tick_params(labelsize=8)

    def _left(self) -> list[Any]:
        ax = self.points
        self.squares = PolyCollection([], facecolors=YELLOW, edgecolors=BLACK, alpha=0.45, linewidths=1)
        ax.add_collection(self.squares, autolim=False)
        (self.fan,) = ax.plot([], [], color=GREY, linewidth=1)
        (self.best,) = ax.plot([], [], ":", color=BLACK, linewidth=1.5)
        (self.line,) = ax.plot([], [], color=VERMILLION, linewidth=2.5)
        (self.dots,) = ax.plot([], [], "o", color=BLUE, markersize=7)
        self.numbers = [ax.text(0, 0, str(n + 1), fontsize=9, va="bottom") for n in range(6)]
        place: dict[str, Any] = dict(transform=ax.transAxes, fontsize=9, va="bottom")
        self.fan_words = [
            ax.text(0.0, height, f"grey: slope w {sign} 0.1 changes the loss by", **place)
            for sign, height in (("+", 1.055), ("−", 1.0))
        ]
        self.changes = [ax.text(0.77, height, "", **place) for height in (1.055, 1.0)]
        return [self.squares, self.fan, self.best, self.line, self.dots, *self.numbers, *self.changes]

    def _middle(self) -> list[Any]:
        self.parts = [
            self.bar.bar(0.5, 0, 1, color=fill, edgecolor=BLACK, linewidth=0.8, hatch=hatch)[0]
            for fill, hatch in zip(FILLS, HATCHES, strict=True)
        ]
        self.part_words = [self.bar.text(1.12, 0, "", va="center", fontsize=9) for _ in range(6)]
        self.total = self.bar.text(0.5, 0, "", ha="center", va="bottom", fontsize=11, weight="bold")
        return [*self.parts, *self.part_words, self.total]

    def _contours(self) -> list[Any]:
        self.curves = LineCollection([], colors=GREY, linewidths=1)
        self.map.add_collection(self.curves, autolim=False)
        box = dict(boxstyle="round,pad=0.1", facecolor="white", edgecolor="none")
        self.curve_words = [
            self.map.text(0, 0, f"{level:g}", ha="center", va="center", fontsize=7, color=BLACK, bbox=box)
            for level in LEVELS
        ]
        (self.lowest,) = self.map.plot([], [], "+", color=BLACK, markersize=11, markeredgewidth=2)
        return [self.curves, *self.curve_words, self.lowest, *self.fan_words]

    def _marks(self) -> list[Any]:
        (self.ghost,) = self.map.plot([], [], ".", color=GREY, markersize=4)
        (self.here,) = self.map.plot([], [], "o", color=VERMILLION, markeredgecolor=BLACK, markersize=9)
        return [self.ghost, self.here]

    def _set_map(self, shown: bool) -> None:
        self.shown = shown
        for artist in (*self.picture.resting, self.ghost, self.here, self.best, *self.changes):
            artist.set_visible(shown)
        title = "loss of every line; dot: yours, +: best" if shown else "loss of every line: guess first"
        self.map.set_title(title, fontsize=10)
        words = "a square on each error; dotted: the best line" if shown else "a square on each error"
        self.points.set_title(words, fontsize=10, pad=34, loc="left")
        self.picture.stale()

    def reveal(self) -> None:
        """Show the map."""
        self._set_map(True)

    def forget(self) -> None:
        """Drop the grey trail: (w, b) now mean another line."""
        self.trail.clear()

    def draw(self, fit: "Fit") -> None:
        """Everything as this fit has it."""
        self._draw_points(fit)
        self._draw_bar(fit)
        if self.shown:
            self._draw_map(fit)
        self.picture.update()

    def _draw_points(self, fit: "Fit") -> None:
        from course.widgets.line_fit import NUDGE, X

        y, guesses = fit.y, fit.guesses
        self.dots.set_data(X, y)
        for text, x, height in zip(self.numbers, X, y, strict=True):
            text.set_position((x + 0.15, height + 0.1))
        self.squares.set_verts([_square(*point) for point in zip(X, y, guesses, strict=True)])
        ends = np.array([-4.5, 8.0])
        counted = ends - X.mean() if fit.centred else ends

        def line(w: float, b: float) -> np.ndarray:
            return np.array(fit.predict(counted, w, b), dtype=float)

        self.line.set_data(ends, line(fit.w, fit.b))
        self.best.set_data(ends, line(*fit.best()))
        up, down = line(fit.w + NUDGE, fit.b), line(fit.w - NUDGE, fit.b)
        self.fan.set_data([*ends, np.nan, *ends], [*up, np.nan, *down])
        nudged = fit.nudged()
        for text, name in zip(self.changes, ("w+", "w-"), strict=True):
            text.set_text(f"{nudged[name]:+.2f}")

    def _draw_bar(self, fit: "Fit") -> None:
        top = 0.0
        for n, share in enumerate(fit.areas / 6):
            shown = max(min(top + share, BAR_TOP) - top, 0.0)
            self.parts[n].set(y=top, height=shown)
            self.part_words[n].set(text=str(n + 1) if shown > 0.35 else "", y=top + shown / 2)
            top += shown
        loss = fit.loss()
        self.total.set(text=f"{'↑ ' if loss > BAR_TOP else ''}{loss:.3f}", y=top + 0.05)

    def _draw_map(self, fit: "Fit") -> None:
        if self._mapped != (fit.last, fit.centred):
            self._mapped = (fit.last, fit.centred)
            _contours(self.curves, self.curve_words, self.ws, self.bs, fit.losses(self.ws, self.bs))
            self.lowest.set_data(*np.reshape(fit.best(), (2, 1)))
            self.picture.unsettle()
        self.ghost.set_data(*np.reshape(self.trail, (-1, 2)).T)
        self.trail = [*self.trail, (fit.w, fit.b)][-TRAIL:]
        self.here.set_data([fit.w], [fit.b])


def _square(x: float, y: float, guess: float) -> list[tuple[float, float]]:
    """The corners of the square on one error, left of a point above the line, right of one below."""
    side = abs(guess - y)
    left = x - side if guess < y else x
    low = min(guess, y)
    return [(left, low), (left + side, low), (left + side, low + side), (left, low + side)]


def _contours(curves: Any, words: Any, ws: np.ndarray, bs: np.ndarray, losses: np.ndarray) -> None:
    """Curves of equal loss, each with its number where it is lowest on the map."""
    maker = contour_generator(ws, bs, losses)
    found: list[np.ndarray] = []
    for level, text in zip(LEVELS, words, strict=True):
        lines: Any = maker.lines(level)
        found.extend(lines)
        text.set_visible(bool(lines))
        if lines:
            places = np.concatenate(lines)
            text.set_position(places[np.argmin(places[:, 1])] + [0, 0.1])
    curves.set_segments(found)
