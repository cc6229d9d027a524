"""The errors of this package: one sentence each, which ends in something to do."""

from course.errors import CourseError


class AutograderError(CourseError):
    """Anything that the grader reports to whoever runs it."""


class NoCourse(AutograderError):
    """The current directory is not inside a course."""


class UnknownUnit(AutograderError):
    """No unit has this name."""


class BrokenUnit(AutograderError):
    """A unit's own files contradict each other or don't run."""


class EditedNotebook(AutograderError):
    """An instructor notebook was edited after it was built."""


class UnreadableAnswers(AutograderError):
    """A file of answers can't be read."""


class UnreadableSubmission(AutograderError):
    """A submission that can't be graded; the message is for the student."""
