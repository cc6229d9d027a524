"""Unit 04, live: gradient descent on a surface, step by step."""

from course.widgets.descent.figure import descent

__all__ = ["descent"]
