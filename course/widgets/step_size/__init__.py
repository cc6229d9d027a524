"""Unit 02, live: the error of a numerical derivative for every step size h."""

from course.widgets.step_size.figure import step_size

__all__ = ["step_size"]
