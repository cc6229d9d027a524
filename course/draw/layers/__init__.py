"""Figures of unit 06: which entries make a gradient, tests that wrong answers pass, loops against products."""

from course.draw.layers.number_grids import one_entry, stretched
from course.draw.layers.returned import gradients
from course.draw.layers.speed import race
from course.draw.layers.wrong_answers import weak_tests

__all__ = ["gradients", "one_entry", "race", "stretched", "weak_tests"]
