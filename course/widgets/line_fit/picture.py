"""The picture of the line fit: points, line and squares, the bar of areas, and the map of the loss."""

from typing import Any

import numpy as np
from contourpy import contour_generator

from course.draw import BLACK, BLUE, GREEN, GREY, ORANGE, SKY, VERMILLION, YELLOW
from course.widgets.kit.picture import Picture, canvas
from course.widgets.kit.shapes import Bar, Disc, Line, Outline, Point, Shape, Words
from course.widgets.line_fit.fit import NUDGE, Fit, X

LEVELS = np.array([0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0])
BAR_TOP = 12.0
GRID = 41
LEAST_SHARE = 0.35
"""Of the bar's height: a smaller share has no room for its number."""
FILLS = (SKY, YELLOW, GREEN, ORANGE, "white", VERMILLION)


class LinePicture:
    """Draws a fit; the map stays hidden until :meth:`reveal`.

    Parameters
    ----------
    w_range, b_range : tuple of float
        What the map shows.
    """

    def __init__(self, w_range: tuple[float, float], b_range: tuple[float, float]) -> None:
        self.fig = canvas(8.2, 4.3)
        self.ws, self.bs = np.linspace(*w_range, GRID), np.linspace(*b_range, GRID)
        self.points = self.fig.add_axes((0.055, 0.11, 0.42, 0.75))
        self.bar = self.fig.add_axes((0.53, 0.11, 0.055, 0.80))
        self.map = self.fig.add_axes((0.665, 0.11, 0.32, 0.80))
        self.picture = Picture(self.fig)
        self._axes(w_range, b_range)
        self._set_map(False)

    def _axes(self, w_range: tuple[float, float], b_range: tuple[float, float]) -> None:
        self.points.set(xlim=(-4.5, 8), ylim=(-1, 10.5), aspect="equal", xlabel="x", ylabel="y", anchor="W")
        self.bar.set(ylim=(0, BAR_TOP), xlim=(0, 1), xticks=[])
        self.bar.set_title("areas / 6", fontsize=10, pad=18)
        self.map.set(xlim=w_range, ylim=b_range, xlabel="slope w", ylabel="intercept b")
        for ax in (self.points, self.bar, self.map):
            ax.spines[["top", "right"]].set_visible(False)
            ax.tick_params(labelsize=8)

    def _set_map(self, shown: bool) -> None:
        self.shown = shown
        title = "loss of every line; dot: yours, +: best" if shown else "loss of every line: guess first"
        self.map.set_title(title, fontsize=10)
        words = "a square on each error; dotted: the best line" if shown else "a square on each error"
        self.points.set_title(words, fontsize=10, pad=34, loc="left")
        self.picture.ground()

    def reveal(self) -> None:
        """Show the map."""
        self._set_map(True)

    def settle(self, fit: Fit) -> None:
        """Draw what does not move with the line: the map."""
        self.picture.rest([*_contours(self, fit), *self._cross(fit)] if self.shown else [])

    def moving(self, fit: Fit, before: Fit) -> list[Shape]:
        """What moves with the line, and as its ghost the line before it was taken in hand."""
        shapes = [*self._lines(fit), *self._bar(fit)]
        return [*shapes, *self._here(fit, before)] if self.shown else shapes

    def _lines(self, fit: Fit) -> list[Shape]:
        ends = np.array([-4.5, 8.0])
        counted = ends - X.mean() if fit.centred else ends

        def line(w: float, b: float) -> list[Point]:
            return self.picture.pixels(self.points, ends, np.array(fit.predict(counted, w, b), dtype=float))

        squares: Any = [_square(*point) for point in zip(X, fit.y, fit.guesses, strict=True)]
        dots = self.picture.pixels(self.points, X, fit.y)
        best = [Line(line(*fit.best()), colour=BLACK, width=2, dashes=(2, 4))] if self.shown else []
        inside: list[Shape] = [
            *(Outline(self.picture.pixels(self.points, *square), fill=YELLOW, opacity=0.45) for square in squares),
            *(Line(line(fit.w + way * NUDGE, fit.b), width=1.2) for way in (1, -1)),
            *best,
            Line(line(fit.w, fit.b), colour=VERMILLION, width=3.4),
            *(Disc(dot, 5, fill=BLUE, colour=BLUE) for dot in dots),
            *(Words((x + 11, y - 3), str(n + 1), size=12) for n, (x, y) in enumerate(dots)),
        ]
        clipped = self.picture.clipped(self.points, inside)
        return [clipped, *self._nudges(fit)] if self.shown else [clipped]

    def _nudges(self, fit: Fit) -> list[Shape]:
        """What a nudge of w does to the loss, above the lines that show it."""
        left: Point = self.picture.clipped(self.points, []).at
        nudged = fit.nudged()
        return [
            Words((left[0], left[1] - up), f"grey: slope w {sign} 0.1 changes the loss by {change:+.2f}", **_START)
            for sign, change, up in (("+", nudged["w+"], 22), ("−", nudged["w-"], 6))
        ]

    def _bar(self, fit: Fit) -> list[Shape]:
        shapes: list[Shape] = []
        top = 0.0
        for n, share in enumerate(fit.areas / 6):
            shown = max(min(top + share, BAR_TOP) - top, 0.0)
            (left, low), (right, high) = self.picture.pixels(self.bar, [0.25, 0.75], [top, top + shown])
            shapes.append(Bar((left, high), (right - left, low - high), fill=FILLS[n], colour=BLACK))
            if shown > LEAST_SHARE:
                shapes.append(Words((right + 18, (low + high) / 2 + 4), str(n + 1), size=12))
            top += shown
        (middle, edge), loss = self.picture.pixels(self.bar, 0.5, top)[0], fit.loss()
        arrow = "↑ " if loss > BAR_TOP else ""
        return [*shapes, Words((middle, edge - 5), f"{arrow}{loss:.3f}", size=15, bold=True)]

    def _cross(self, fit: Fit) -> list[Shape]:
        (x, y) = self.picture.pixels(self.map, *fit.best())[0]
        arms = (((x - 7, y), (x + 7, y)), ((x, y - 7), (x, y + 7)))
        return [self.picture.clipped(self.map, [Line(arm, colour=BLACK, width=2.6) for arm in arms])]

    def _here(self, fit: Fit, before: Fit) -> list[Shape]:
        here, there = self.picture.pixels(self.map, [fit.w, before.w], [fit.b, before.b])
        ghost: list[Shape] = [
            Line((there, here), width=1.2, dashes=(3, 3)),
            Disc(there, 5, fill=GREY, colour=GREY),
        ]
        shown: list[Shape] = [*(ghost if here != there else []), Disc(here, 6, fill=VERMILLION, width=1.4)]
        return [self.picture.clipped(self.map, shown)]


_START: dict[str, Any] = dict(size=12.5, anchor="start")


def _square(x: float, y: float, guess: float) -> tuple[list[float], list[float]]:
    """The corners of the square on one error, left of a point above the line, right of one below."""
    side = abs(guess - y)
    left = x - side if guess < y else x
    low = min(guess, y)
    return [left, left + side, left + side, left], [low, low, low + side, low + side]


def _contours(view: LinePicture, fit: Fit) -> list[Shape]:
    """Curves of equal loss, each with its number where it is lowest on the map."""
    maker: Any = contour_generator(view.ws, view.bs, fit.losses(view.ws, view.bs))
    curves: list[Shape] = []
    numbers: list[Shape] = []
    for level in LEVELS:
        lines: Any = [view.picture.pixels(view.map, *line.T) for line in maker.lines(level)]
        curves.extend(Line(line) for line in lines)
        if lines:
            x, y = max(sum(lines, []), key=lambda point: point[1])
            text = f"{level:g}"
            ground = Bar((x - 3.2 * len(text) - 1, y - 12), (6.4 * len(text) + 2, 11), fill="white")
            numbers += [ground, Words((x, y - 3), text, size=9.5)]
    return [view.picture.clipped(view.map, curves), *numbers]
