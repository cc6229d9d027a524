"""How much a submission may take, as ``nbgrader_config.py`` says: ``c.Grader``, and the time for a cell."""

import math
from dataclasses import fields
from difflib import get_close_matches
from typing import Any

from autograder.configuration.settings import EXECUTING, refusal, settings
from autograder.limits import Limits


def limits_of(config: Any) -> Limits:
    """How much a submission may take, as ``c.Grader`` says; the time for a cell also as ``ExecutePreprocessor`` says.

    The time for the notebook is at least that for a cell, unless it is said, and so is its computing time.

    Raises
    ------
    AutograderError
        If it says something else than a limit.
    """
    own = config.get("Grader", {})
    given = {name: _limit(name, value) for name, value in own.items()}
    for section, name, value in settings(config, [(section, "timeout") for section in reversed(EXECUTING)]):
        if "seconds_per_cell" not in given:
            given["seconds_per_cell"] = _timeout(section, name, value, given)
    per_cell, whole = given.get("seconds_per_cell", 0.0), given.get("seconds")
    if whole is not None and "seconds_per_cell" in own and per_cell > whole:
        raise refusal("Grader", "seconds", f"is {whole:g}, less than seconds_per_cell has. Write at least {per_cell:g}")
    seconds = whole or max(Limits.seconds, per_cell)
    computing = max(Limits.cpu_seconds, math.ceil(seconds))
    return Limits(**{"seconds": seconds, "cpu_seconds": computing, **given})  # type: ignore[arg-type]


def _limit(name: str, value: Any) -> float:
    """A limit as it was written, if it is one."""
    known = [limit.name for limit in fields(Limits)]
    if name not in known:
        near = get_close_matches(name, known, 1)
        advice = f"Did you mean {near[0]}" if near else f"It has {', '.join(known)}"
        raise refusal("Grader", name, f"is no limit of the grader. {advice}", "?" if near else ".")
    whole = isinstance(getattr(Limits, name), int)
    fits = isinstance(value, int if whole else int | float) and not isinstance(value, bool) and 0 < value < math.inf
    if not fits:
        what = "whole number" if whole else "number"
        raise refusal("Grader", name, f"is {value!r}, where a {what} above 0 is wanted. Mend it")
    return value if whole else float(value)


def _timeout(section: str, name: str, value: Any, given: dict[str, float]) -> float:
    """nbgrader's own limit for a cell; without one, a cell has the time of the whole notebook."""
    if value is None or (isinstance(value, int) and value < 0):
        return given.get("seconds", Limits.seconds)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < math.inf:
        raise refusal(section, name, f"is {value!r}, where a number of seconds above 0 is wanted. Mend it")
    return min(float(value), given.get("seconds", math.inf))
