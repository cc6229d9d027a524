"""What a student's backward pass has returned, as arrays."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

Gradients = tuple[np.ndarray, np.ndarray, np.ndarray]
Backward = Callable[..., Any]


def gradients(returned: Any) -> Gradients:
    """dx, dW and db as arrays, returned as a tuple, a list or a dict."""
    dx, dW, db = (returned[n] for n in ("dx", "dW", "db")) if isinstance(returned, Mapping) else returned
    return np.asarray(dx), np.asarray(dW), np.asarray(db)
