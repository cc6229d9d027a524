"""What a notebook of the course imports: ``from course import ask, check, written``."""

from course.answering import written
from course.asking import ask
from course.check import check
from course.errors import CheckFailed, CourseError

__all__ = ["CheckFailed", "CourseError", "ask", "check", "written"]
