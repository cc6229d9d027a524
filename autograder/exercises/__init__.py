"""What an author declares about an exercise: ``from autograder.exercises import Exercise, Question, RightAnswers``."""

from autograder.exercises.corners.input_kinds import (
    ANY_SHAPE,
    AsDrawn,
    Chances,
    Labels,
    Numbers,
    Outputs,
    Parameter,
    Seed,
)
from autograder.exercises.declarations import Draw, Question, Wrong
from autograder.exercises.right_answers import RightAnswers
from autograder.exercises.spec import Exercise
from course.answers.key import Step

__all__ = [
    "ANY_SHAPE",
    "AsDrawn",
    "Chances",
    "Draw",
    "Exercise",
    "Labels",
    "Numbers",
    "Outputs",
    "Parameter",
    "Question",
    "RightAnswers",
    "Seed",
    "Step",
    "Wrong",
]
