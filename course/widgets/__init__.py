"""Live figures, for cells tagged ``live``: ``from course.widgets import line_fit``, then ``line_fit(mse=mse)``.

Each is loaded when it is asked for, so that nothing else of the course needs ipywidgets.
"""

import os
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

FIGURES = (
    "boundary",
    "decision",
    "descent",
    "digits_training",
    "gradient_entry",
    "graph_steps",
    "line_fit",
    "logits",
    "saturation",
    "step_size",
)


class _Widgets(ModuleType):
    """This package, in which the name of a figure means its function, not the folder of the same name."""

    def __setattr__(self, name: str, value: Any) -> None:
        # When a folder is imported, Python makes it an attribute of this package, and __getattr__ would not be asked.
        if not (name in FIGURES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Widgets


def __getattr__(name: str) -> Any:
    if name not in FIGURES:
        raise AttributeError(f"course.widgets has no figure {name!r}; it has {', '.join(FIGURES)}.")
    if os.environ.get("NBGRADER_EXECUTION"):
        return _left_out
    return getattr(import_module(f"course.widgets.{name}"), name)


def _left_out(*arguments: Any, **options: Any) -> None:
    """What stands for every figure while a notebook is graded or validated: nothing runs."""
    print("A live figure stands here; it does not run while the notebook is graded.")


def __dir__() -> list[str]:
    return sorted(FIGURES)
