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


def reason_of(error: Exception) -> str:
    """Why one submission can't be graded, whatever was raised over it: one line, as printable characters."""
    if isinstance(error, AutograderError):
        return str(error)
    if isinstance(error, OSError):
        words = f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)
    else:
        words = f"the grader itself stopped with {type(error).__name__}: {error}"
    return " ".join(part if part.isprintable() else ascii(part)[1:-1] for part in words.split())
