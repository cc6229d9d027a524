"""Unit 09, live: a network of two layers trains; its decision boundary and each hidden unit's part in it."""

from course.widgets.boundary.figure import boundary

__all__ = ["boundary"]
