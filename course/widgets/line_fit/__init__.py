"""Unit 01, live: a line through six points, the square on each error, and the loss of every line as a map."""

from course.widgets.line_fit.figure import line_fit

__all__ = ["line_fit"]
