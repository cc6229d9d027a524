"""Unit 03, live: a computation graph, stepped through forwards and backwards."""

from course.widgets.graph_steps.figure import graph_steps

__all__ = ["graph_steps"]
