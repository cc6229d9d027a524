"""What an author declares about an exercise: ``from autograder.exercises import Exercise, Question, RightAnswers``."""

from autograder.exercises.declarations import Question, Wrong
from autograder.exercises.spec import Draw, Exercise, RightAnswers, Step

__all__ = ["Draw", "Exercise", "Question", "RightAnswers", "Step", "Wrong"]
