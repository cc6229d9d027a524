"""Unit 06, live: how one entry of dW is computed from a column of x and a column of dz."""

from course.widgets.gradient_entry.figure import gradient_entry

__all__ = ["gradient_entry"]
