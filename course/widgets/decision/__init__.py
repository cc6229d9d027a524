"""Unit 05, live: one neuron learns to classify; its decision boundary, threshold and costs."""

from course.widgets.decision.figure import decision

__all__ = ["decision"]
