"""What an author declares about an exercise: ``from autograder.exercises import Exercise, Question, RightAnswers``."""

from autograder.exercises.declarations import Draw, Question, Wrong
from autograder.exercises.right_answers import RightAnswers
from autograder.exercises.spec import Exercise
from course.answers.key import Step

__all__ = ["Draw", "Exercise", "Question", "RightAnswers", "Step", "Wrong"]
