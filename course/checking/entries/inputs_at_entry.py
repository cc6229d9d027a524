"""The inputs at the entry of an output that is wrong."""

import ast
import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from course.answers.compare import count_of_numbers


def inputs_at(where: str, expected: Any, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The entries of the inputs that stand where an entry of an output does, by their name and index.

    Parameters
    ----------
    where : str
        The entry of the output, as in ``"[1][0, 2]"``.
    expected : plain value
        What the output should be.
    inputs : mapping
        Those of the draw. Of one that has only the first axes of the output the entry of that row is taken.

    Returns
    -------
    dict
        Empty unless one input is shaped like the output, and all others that hold several numbers are so or have its
        first axes: what else an entry is made from is not known here.
    """
    steps = [ast.literal_eval(f"({step},)") for step in re.findall(r"\[([^\]]*)\]", where)]
    found = {name: _at(steps, expected, value) for name, value in inputs.items()}
    entries = {f"{name}{index}": value for name, (index, value, _) in found.items() if index}
    others = [inputs[name] for name, (index, _, _) in found.items() if not index]
    fitting = any(whole for _, _, whole in found.values()) and all(count_of_numbers(value) == 1 for value in others)
    return entries if fitting else {}


def _at(steps: list[tuple[Any, ...]], expected: Any, value: Any) -> tuple[str, Any, bool]:
    """The index, the entry, and whether the input has all axes of the output; no index where it is shaped otherwise."""
    index = ""
    for step in steps:
        if isinstance(expected, np.ndarray):
            axes = np.ndim(value) if isinstance(value, np.ndarray) else 0
            if not axes or np.shape(value) != expected.shape[:axes]:
                return "", None, False
            return f"{index}[{', '.join(map(str, step[:axes]))}]", value[step[:axes]], axes == expected.ndim
        if type(value) is not type(expected) or len(value) != len(expected):
            return "", None, False
        if isinstance(expected, dict) and step[0] not in value:
            return "", None, False
        index, value, expected = f"{index}[{step[0]!r}]", value[step[0]], expected[step[0]]
    return index, value, bool(index) and not np.ndim(value)
