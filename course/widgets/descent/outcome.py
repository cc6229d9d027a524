"""The outcome of a descent, in words: it reaches the goal, oscillates, stands still, goes on or diverges."""

import numpy as np

from course.widgets.descent.surface import Surface
from course.widgets.descent.trace import Trace
from course.widgets.kit.formatting import factor_in_words, number

LOOKED_AT = 4
AGREE = 0.02
STILL = 1e-6
KEPT = 10
LITTLE = 1e-3


def arrival(trace: Trace, surface: Surface) -> tuple[int | None, int | None]:
    """The first step at the goal, and the step after which the goal is never left again.

    Returns
    -------
    first, for_good : int or None
        None where there is no such step.
    """
    there = np.asarray(surface.arrived(trace.points, trace.losses))
    if not there.any():
        return None, None
    away = np.flatnonzero(~there)
    first, for_good = int(np.argmax(there)), int(away[-1]) + 1 if len(away) else 0
    # One that came back a moment before the end may be about to leave again.
    kept = for_good == first or trace.steps - for_good >= KEPT
    return first, for_good if kept else None


def factor(trace: Trace) -> float | None:
    """The ratio of a step to the one before it: −1.2 means longer by a fifth, in the opposite direction.

    Taken from the last steps that are not yet lost in rounding; None where they don't agree on one factor.
    """
    moves = np.diff(trace.points, axis=0)
    if trace.left:
        moves = moves[:-1] if len(moves) > LOOKED_AT + 1 else moves
    lengths = np.linalg.norm(moves, axis=1)
    moves = moves[lengths > STILL * max(1.0, float(np.abs(trace.points[0]).max()))]
    if len(moves) < 2:
        return None
    moves = moves[-LOOKED_AT:]
    ratios = np.sum(moves[1:] * moves[:-1], axis=1) / np.sum(moves[:-1] ** 2, axis=1)
    spread = float(np.max(np.abs(ratios - ratios[-1])))
    return float(ratios[-1]) if spread <= AGREE * abs(ratios[-1]) else None


def fate(trace: Trace, surface: Surface) -> str:
    """What came of a run, in one or two sentences.

    Parameters
    ----------
    trace : Trace
    surface : Surface

    Returns
    -------
    str
        With the numbers that say so.
    """
    if trace.error is not None:
        return f"The function raised an exception after step {max(trace.steps, 0)}."
    ratio = factor(trace)
    if diverges(trace):
        return _divergence(trace, ratio)
    first, for_good = arrival(trace, surface)
    if first is not None:
        told = f"The goal ({surface.aim}) is reached at step {first}"
        if for_good is None:
            return f"{told}, and left again: loss {number(trace.losses[-1])} after {trace.steps} steps."
        return told + (f", left again, and kept from step {for_good} on." if for_good > first else ".")
    return _not_there(trace, surface, ratio)


def diverges(trace: Trace) -> bool:
    """Whether the run has left, or its last steps grow and end above the start."""
    if trace.left or not np.isfinite(trace.losses).all():
        return True
    lengths = np.linalg.norm(np.diff(trace.points, axis=0), axis=1)
    if len(lengths) < LOOKED_AT:
        return bool(len(lengths) > 1 and trace.losses[-1] > trace.losses[0] and (np.diff(lengths) > 0).all())
    grows = (np.diff(lengths[-LOOKED_AT:]) > lengths[-LOOKED_AT:-1] * LITTLE).all()
    return bool(grows and (np.diff(trace.losses[-LOOKED_AT:]) > 0).all())


def _divergence(trace: Trace, ratio: float | None) -> str:
    if ratio is not None:
        return f"It diverges: {factor_in_words(ratio)}. Loss {number(trace.losses[-1])} after {trace.steps} steps."
    moves = np.diff(trace.points, axis=0)
    lengths = np.linalg.norm(moves, axis=1)
    growth = lengths[-1] / lengths[-2] if len(lengths) > 1 and lengths[-2] else np.inf
    side = " and changes side" if len(moves) > 1 and moves[-1] @ moves[-2] < 0 else ""
    return (
        f"It diverges, faster and faster: the last step is {number(growth)} times the one before{side}. "
        f"Loss {number(trace.losses[-1])} after {trace.steps} steps."
    )


def _not_there(trace: Trace, surface: Surface, ratio: float | None) -> str:
    x, y = trace.points[-1]
    told = f"The goal ({surface.aim}) is not reached in {trace.steps} steps; loss {number(trace.losses[-1])}"
    where = f"at ({number(x)}, {number(y)})"
    moves = np.diff(trace.points, axis=0)
    last = float(np.linalg.norm(moves[-1])) if len(moves) else 0.0
    slope = float(np.linalg.norm(trace.slopes[-1]))
    if len(moves) and last < STILL and slope < LITTLE:
        return f"{told} {where}, where it stands still: the slope there is {number(slope)}."
    if ratio is not None and ratio < 0 and abs(abs(ratio) - 1) < LITTLE:
        return f"{told}. It bounces for ever: {factor_in_words(ratio)}."
    if len(moves) and last < LITTLE:
        return f"{told} {where}, where it hardly moves: the slope there is {number(slope)}."
    if len(moves) and last > 0.1:
        return f"{told} {where}, still moving by {number(last)} a step."
    return f"{told} {where}; the slope there is {number(slope)}."


def last_of_interest(trace: Trace, surface: Surface) -> int:
    """The step after which there is nothing new to see: arrived for good, or gone from the picture."""
    for_good = arrival(trace, surface)[1]
    if for_good is not None:
        return for_good
    left, right, bottom, top = surface.view
    x, y = trace.points[:, 0], trace.points[:, 1]
    inside = (x >= left) & (x <= right) & (y >= bottom) & (y <= top)
    if diverges(trace) and not inside[-1]:
        return min(int(np.flatnonzero(inside)[-1]) + 2 if inside.any() else 1, trace.steps)
    return trace.steps
