"""What a notebook of the course imports: ``from course import ask, check, ready``."""

from course.checking.check import check, ready
from course.checking.questions import ask
from course.errors import CheckFailed, CourseError

__all__ = ["CheckFailed", "CourseError", "ask", "check", "ready"]
