"""The picture of the logits: scores, exponentials, probabilities; the arrows p − y; the loss on its curve."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from course import draw
from course.widgets.kit.shapes import Bar, Disc, Labelled, Line, Shape, Words
from course.widgets.kit.svg import Drawing
from course.widgets.logits.plots import BEHIND, FILLS, GHOST, Plot, decade, reach
from course.widgets.logits.scores import Outcome
from course.widgets.logits.words import GUESSING, fixed, formulas, listed, power, share, short

WIDTH, HEIGHT = 840, 466
TOP, TALL, LOW_TOP, LOW_TALL = 38.0, 168.0, 280.0, 122.0
NAMES, ROWS = 224.0, (424.0, 444.0)
TEXT = (304.0, 284.0, 19.0)
"""Of the formulas: where the first begins, and how far apart they are."""
P = Plot(594, TOP, 240, TALL, 0, 1.08, (34.0, 90.0, 146.0, 207.0))
SLOPE = Plot(70, LOW_TOP, 214, LOW_TALL, -1.25, 1.25)
ROOM = 1.22
"""How much longer a scale is than its largest value, so that numbers have room at the ends of bars."""
LEAST_SHARE = 0.08
"""A smaller part of the stacked bar has no room for its class."""


@dataclass(frozen=True)
class Scene:
    """What there is to draw.

    Attributes
    ----------
    shown : Outcome
    ghost : Outcome, optional
        In grey: what was there before the last change or, beside a naive outcome, the safe one.
    losses : sequence of (float, float)
        p of the true class and the loss, before each step downhill that was taken.
    naive : bool
        Whether float32 computed the formula as it stands.
    """

    shown: Outcome
    ghost: Outcome | None = None
    losses: Sequence[tuple[float, float]] = ()
    naive: bool = False


def picture(scene: Scene) -> Drawing:
    """The drawing of a scene."""
    parts = (_scores, _exponentials, _probabilities, _slopes, _formulas, _loss)
    return Drawing("From logits to p, to the loss and back", WIDTH, HEIGHT, [part(scene) for part in parts])


def _title(plot: Plot, text: str, up: float = 18) -> Words:
    return Words((plot.left - 20, plot.top - up), text, size=13, anchor="start", bold=True)


def _scores(scene: Scene) -> Labelled:
    """The bars of s, and of what they were."""
    s = scene.shown.dials.scores
    before = scene.ghost.dials.scores if scene.ghost else s
    end = reach([*s, *before], 5.0)
    plot = Plot(70, TOP, 214, TALL, -ROOM * end, ROOM * end)
    shapes = [_title(plot, "logits s = (z + c) / T"), *plot.axis((end, 0, -end), (short(end), "0", short(-end)))]
    shapes += [shape for k in range(3) for shape in plot.bar(k, before[k], GHOST, width=BEHIND) if scene.ghost]
    shapes += [shape for k in range(3) for shape in plot.bar(k, s[k], FILLS[k])]
    shapes += [plot.number(k, s[k], short(s[k])) for k in range(3)]
    return Labelled(f"Logits s = {listed(map(short, s))}", [*shapes, plot.level(0), *plot.names(NAMES)])


def _exponentials(scene: Scene) -> Labelled:
    """The bars of e^s, on a scale as long as the longest of them."""
    powers, total = scene.shown.powers, scene.shown.total
    end = decade(powers)
    plot = Plot(342, TOP, 210, TALL, 0, 1.16)
    heights = [1.1 if math.isinf(x) and x > 0 else 10 ** (x - end) for x in powers]
    shapes: list[Shape] = [_title(plot, "e^s, in float32" if scene.naive else "e^s, on paper"), plot.level(0)]
    shapes += plot.axis((1, 0), (_round_power(end), "0"))
    for k, height in enumerate(heights):
        inf = math.isinf(powers[k]) and powers[k] > 0
        shapes += plot.bar(k, height, "none" if inf else FILLS[k])
        shapes.append(plot.number(k, height, power(powers[k])))
    summed = Words((plot.left + plot.width, NAMES + 20), f"sum {power(total)}", size=12, anchor="end")
    return Labelled(f"e^s = {listed(map(power, powers))}, sum {power(total)}", [*shapes, *plot.names(NAMES), summed])


def _round_power(log10: float) -> str:
    exponent = math.floor(log10 + 1e-9)
    digit = round(10 ** (log10 - exponent))
    return f"{digit * 10**exponent:g}" if -3 <= exponent <= 4 else f"{digit}e{exponent}".replace("-", "−")


def _probabilities(scene: Scene) -> Labelled:
    """The bars of p, stacked to 1 beside them, and the truth as a dashed outline."""
    shown = scene.shown
    true, p = shown.dials.true, shown.p
    shapes = [_title(P, "p = e^s / sum;  dashed: y"), *P.axis((1, 0.5, 0), ("1", "0.5", "0"))]
    if scene.ghost:
        shapes += [shape for k in range(3) for shape in P.bar(k, scene.ghost.p[k], GHOST, width=49)]
    shapes += [shape for k in range(3) for shape in P.bar(k, p[k], FILLS[k])]
    base = 0.0
    for k in range(3):
        shapes += P.bar(3, base + p[k], FILLS[k], base=base)
        if p[k] > LEAST_SHARE:
            shapes.append(Words((P.x(3), P.y(base + p[k] / 2) + 4), str(k), size=11))
        base += p[k]
    high, low = P.y(1), P.y(0)
    shapes.append(Bar((P.x(true) - 23, high), (46, low - high), colour=draw.BLACK, width=1.6, dashes=(4, 3)))
    shapes += [P.level(0), P.level(1, dashes=(2, 3), colour=draw.BLACK)]
    numbers = [*map(share, p), fixed(p.sum(), 2)]
    shapes += [*P.names(NAMES), Words((P.x(3), NAMES), "sum", size=12)]
    shapes += [Words((P.x(k), NAMES + 20), number, size=12, bold=k < 3) for k, number in enumerate(numbers)]
    return Labelled(f"p = {listed(map(share, p))}; y is 1 at class {true}, else 0", shapes)


def _slopes(scene: Scene) -> Labelled:
    """The arrows p − y under the logits, with a cross where a nudge finds the slope."""
    pull, measured = scene.shown.pull, scene.shown.measured
    shapes = [
        _title(SLOPE, "p − y: slope of L in each s", 14),
        *SLOPE.axis((1, 0, -1), ("1", "0", "−1")),
        SLOPE.level(0),
    ]
    for k in range(3):
        if scene.ghost:
            shapes += SLOPE.bar(k, scene.ghost.pull[k], GHOST, width=26)
        if abs(pull[k]) > 0.15:
            ends = [(SLOPE.x(k), SLOPE.y(0)), (SLOPE.x(k), SLOPE.y(pull[k]))]
            shapes.append(Line(ends, colour=draw.BLUE, width=4, arrow=True))
        else:
            shapes += SLOPE.bar(k, pull[k], draw.BLUE, width=4)
        if math.isfinite(measured[k]):
            shapes += _cross(SLOPE.x(k), SLOPE.y(measured[k]))
    for y, name, values in zip(ROWS, ("p − y", "× nudged"), (pull, measured), strict=True):
        shapes.append(Words((8, y), name, size=12, anchor="start", bold=y == ROWS[0]))
        shapes += [Words((SLOPE.x(k), y), fixed(values[k]), size=12, bold=y == ROWS[0]) for k in range(3)]
    shapes.append(Words((SLOPE.left, ROWS[1] + 18), f"sum of p − y: {fixed(pull.sum())}", size=12, anchor="start"))
    words = f"p − y = {listed(map(fixed, pull))}; measured by nudges {listed(map(fixed, measured))}"
    return Labelled(words, shapes)


def _cross(x: float, y: float) -> list[Shape]:
    return [Line([(x - 6, y - 6 * way), (x + 6, y + 6 * way)], colour=draw.BLACK, width=1.8) for way in (1, -1)]


def _formulas(scene: Scene) -> Labelled:
    """The formulas with the numbers put in, and the loss that the ghost had."""
    lines = [(line, draw.BLACK) for line in formulas(scene.shown)]
    if scene.ghost:
        name = "safely" if scene.naive else "before"
        lines.append((f"{name}: L = {fixed(scene.ghost.loss)}", draw.GREY))
    x, top, apart = TEXT
    words = [Words((x, top + i * apart), text, 12, colour, "start") for i, (text, colour) in enumerate(lines)]
    return Labelled("; ".join(text.strip() for text, _ in lines), words)


def _loss(scene: Scene) -> Labelled:
    """The curve −ln p, what guessing costs, and dots: now, before, and before each step downhill."""
    shown, true = scene.shown, scene.shown.dials.true
    earlier = [(scene.ghost.p[scene.ghost.dials.true], scene.ghost.loss)] if scene.ghost else []
    dots = [dot for dot in [*earlier, *scene.losses, (shown.p[true], shown.loss)] if np.isfinite(dot).all()]
    end = reach([loss for _, loss in dots], 5.0)
    plot = Plot(622, LOW_TOP, 212, LOW_TALL, 0, 1.08 * end)
    words = f"loss −ln p{true} = {fixed(shown.loss)}"
    shapes = [_title(plot, words, 14), *plot.axis((end, 0), (short(end), "0")), *_guessing(plot)]
    shapes.append(_curve(plot))
    now = len(dots) - 1 if np.isfinite(shown.loss + shown.p[true]) else -1
    for n, (p, loss) in enumerate(dots):
        at = (_across(plot, p), plot.y(loss))
        here, earlier_one = Disc(at, 6, fill=draw.VERMILLION), Disc(at, 4, fill=GHOST, colour=draw.GREY)
        shapes.append(here if n == now else earlier_one)
    if now < 0:
        shapes.append(Words((plot.left + 50, LOW_TOP + 34), "no dot: not finite", 12, anchor="start"))
    return Labelled(f"{words}; guessing costs ln 3 = {fixed(GUESSING)}", shapes)


@lru_cache
def _curve(plot: Plot) -> Line:
    """−ln p, from the top of the plot to 0."""
    losses = plot.high * np.linspace(1, 0, 25) ** 2
    return Line([(_across(plot, math.exp(-loss)), plot.y(loss)) for loss in losses], colour=draw.BLACK, width=1.6)


def _across(plot: Plot, p: float) -> float:
    """Where a p of the true class stands; 0 a little beside the axis."""
    return round(plot.left + 9 + (plot.width - 18) * float(p), 1)


def _guessing(plot: Plot) -> list[Shape]:
    """The scale of p, and the loss of someone who knows nothing."""
    right, below = plot.left + plot.width, plot.top + plot.height + 16
    words = Words((right, plot.y(GUESSING) - 4), f"guessing: ln 3 = {fixed(GUESSING)}", 11, draw.GREY, "end")
    ends = [Words((_across(plot, p), below), text, size=11) for p, text in ((0, "p = 0"), (1, "1"))]
    return [plot.level(0), plot.level(GUESSING, dashes=(5, 4)), words, *ends]
