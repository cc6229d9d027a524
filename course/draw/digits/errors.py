"""A sentence in the place of a figure whose student's code stops with an error."""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np


def surviving(figure: Callable[..., None]) -> Callable[..., None]:
    """The figure, or a sentence about the error that a student's code stopped with."""

    @functools.wraps(figure)
    def told(*arguments: Any, **options: Any) -> None:
        try:
            with np.errstate(all="ignore"):
                figure(*arguments, **options)
        except Exception as error:
            print(f"No figure: your code stopped with {type(error).__name__}: {error}")

    return told
