"""What the browser gets for a descent: the surface, the settings, and the outcome of each start in words."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from course.widgets.descent.contours import contours
from course.widgets.descent.outcome import arrival, diverges, fate, last_of_interest
from course.widgets.descent.surface import Surface
from course.widgets.descent.trace import MOST_STEPS, Trace
from course.widgets.kit.formatting import number

MOST_MOMENTUM = 0.99
DIGITS = 5


def settings(surface: Surface, wish: dict[str, Any]) -> dict[str, Any]:
    """The settings of a run: what was wished, within limits, and the surface's own for the rest."""
    return {
        "x": float(wish.get("x", surface.start[0])),
        "y": float(wish.get("y", surface.start[1])),
        "lr": abs(float(wish.get("lr", surface.lr))),
        "momentum": min(max(float(wish.get("momentum", 0.0)), 0.0), MOST_MOMENTUM),
        "steps": min(max(int(wish.get("steps", surface.steps)), 1), MOST_STEPS),
    }


@lru_cache(maxsize=16)
def scene(name: str, surface: Surface) -> dict[str, Any]:
    """What the browser needs to draw a surface."""
    lines = [
        [level, [np.round(line, DIGITS).ravel().tolist() for line in found]]
        for level, found in contours(surface.height, surface.view)
    ]
    return {
        "name": name,
        "formula": surface.formula,
        "view": list(surface.view),
        "axes": list(surface.axes),
        "goal": surface.aim,
        "goal_loss": surface.goal_loss,
        "floor": surface.floor,
        "lowest": [list(point) for point in surface.lowest],
        "rates": list(surface.rates),
        "first_rate": surface.lr,
        "contours": lines,
    }


def told(trace: Trace, surface: Surface) -> dict[str, Any]:
    """What came of one start: in words, the steps that matter, and how many points are worth drawing."""
    first, for_good = arrival(trace, surface)
    until = last_of_interest(trace, surface)
    return {
        "length": len(trace.losses),
        "drawn": until + 1 if diverges(trace) else len(trace.losses),
        "fate": fate(trace, surface),
        "first": first,
        "for_good": for_good,
        "until": until,
    }


def sentence(surface: Surface, used: dict[str, Any], traces: Sequence[Trace]) -> str:
    """The settings and what came of each start: the alternative text."""
    momentum = f", momentum {number(used['momentum'])}" if used["momentum"] else ""
    told = [f"{surface.name}, {surface.formula}, learning rate {number(used['lr'])}{momentum}."]
    for trace in traces:
        x, y = trace.points[0]
        told.append(f"From ({number(x)}, {number(y)}): {fate(trace, surface)}")
    return " ".join(told)
