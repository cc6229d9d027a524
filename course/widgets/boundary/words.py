"""The text of the figure: whose code runs, and what came of the training, with its numbers."""

from typing import Any

import numpy as np

from course.widgets.boundary.training import Maps, Trace, fate, lines, nearly_all_from
from course.widgets.kit.formatting import number


def badge(yours: dict[str, bool]) -> str:
    """Whose functions run, in one or two sentences; by name, whether it is the student's."""

    def listed(mine: bool) -> str:
        names = [name for name in yours if yours[name] == mine]
        return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'}"

    if all(yours.values()):
        return "Your four functions are running."
    mine, others = (
        (f"Your {listed(True)} running. ", listed(False)) if any(yours.values()) else ("", "four functions are")
    )
    return f"{mine}The course's {others} running. Yours take over once their checks pass."


def told(trace: Trace, seen: Maps, y: np.ndarray) -> dict[str, Any]:
    """What the browser shows in numbers and words."""
    right = seen.right(y)
    return {
        "steps": list(trace.steps),
        "right": right.tolist(),
        "lines": [lines(params) for params in trace.params],
        "fate": f"{fate(trace)}{_nearly_all(trace, right, len(y))}",
    }


def _nearly_all(trace: Trace, right: np.ndarray, points: int) -> str:
    first = nearly_all_from(trace, right, points)
    if first is None:
        return ""
    return f" From step {first} on, 99 % or more are right." if first else " 99 % or more are right all the time."


def percent(share: float) -> str:
    """As the figure writes it: 80 %, 99.5 %."""
    return f"{100 * share:.1f}".removesuffix(".0") + " %"


def setting(used: dict[str, Any]) -> str:
    """What is trained, as the figure's sentence has it: circle, 2 hidden units, learning rate 1, seed 0."""
    units = f"{used['hidden']} hidden unit{'s' * (used['hidden'] > 1)}{', equal at the start' * used['equal']}"
    return f"{used['data']}, {units}, learning rate {number(used['lr'])}, seed {used['seed']}"


def sentence(used: dict[str, Any], trace: Trace, seen: Maps, y: np.ndarray) -> str:
    """A whole training in words: the alternative text of the still picture."""
    right, last = seen.right(y), trace.steps[-1]
    told_first = f"At the start the loss is {trace.losses[0]:.4f} and {percent(right[0] / len(y))} of {len(y)} points "
    after = f"are right; after step {last}, {trace.losses[last]:.4f} and {percent(right[-1] / len(y))}."
    different = lines(trace.params[-1])
    out = ", ".join(str(unit + 1) for unit in used["off"])
    return " ".join(
        [
            f"{setting(used)}.",
            told_first + after,
            f"The units draw {different} different line{'s' * (different > 1)}.",
            *([f"Unplugged: unit {out}; the loss is that of all units."] if out else []),
            fate(trace) + _nearly_all(trace, right, len(y)),
        ]
    )
