"""Unit 07, live: activation functions and their slopes; saturated and dead units."""

from course.widgets.saturation.figure import saturation

__all__ = ["saturation"]
