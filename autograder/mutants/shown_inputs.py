"""An input as a person reads it: each argument by name, arrays as lists with few digits."""

from typing import Any

import numpy as np

MAX_CHARACTERS = 400


def as_text(inputs: dict[str, Any]) -> str:
    """``x = [[1, 0]], lr = 0.5``; very long ones are cut."""
    text = ", ".join(f"{name} = {_shown(value)}" for name, value in inputs.items())
    return text if len(text) <= MAX_CHARACTERS else f"{text[: MAX_CHARACTERS - 1]}…"


def _shown(value: Any) -> str:
    if isinstance(value, np.ndarray | np.generic):
        return _shown(value.tolist())
    if isinstance(value, list | tuple):
        begin, end = "[]" if isinstance(value, list) else "()"
        return f"{begin}{', '.join(map(_shown, value))}{end}"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name!r}: {_shown(item)}' for name, item in value.items())}}}"
    if isinstance(value, float):
        return f"{value:g}"
    return repr(value)
