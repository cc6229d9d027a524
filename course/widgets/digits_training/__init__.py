"""Unit 10, live: a multilayer perceptron trains on digits; loss, confusion table and its mistakes."""

from course.widgets.digits_training.figure import digits_training

__all__ = ["digits_training"]
