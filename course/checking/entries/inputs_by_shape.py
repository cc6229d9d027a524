"""Words for an input of many numbers: its shape, or those of the arrays in it."""

from typing import Any

import numpy as np

MOST_SHAPES = 12


def by_shape(value: Any) -> str:
    """What an array, a list or a dict is, in place of its numbers."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, dict):
        items = [f"{name} {np.shape(item)}" if np.ndim(item) else name for name, item in value.items()]
        return f"a dict with {', '.join(items)}"
    if any(isinstance(item, np.ndarray) and item.ndim for item in value):
        return f"a list of {len(value)} with shapes {', '.join(str(np.shape(item)) for item in value[:MOST_SHAPES])}"
    return f"a list of {len(value)}"
