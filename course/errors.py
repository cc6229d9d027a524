"""The errors of this package; each message ends in something to do."""

from typing import Any


class CourseError(Exception):
    """Anything that the course itself reports."""


class UnknownExercise(CourseError):
    """No key is known under this name."""

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


class NotPlain(CourseError):
    """A value that is not made of numbers, text, lists and dicts; ``nothing`` where it is None in place of numbers."""

    def __init__(self, found: str, nothing: bool = False) -> None:
        super().__init__(found)
        self.nothing = nothing


class CheckFailed(CourseError):
    """An answer is not right yet; the message says what, where and why.

    A notebook shows the message alone: IPython asks ``_render_traceback_`` for the lines.
    """

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


class StoppedElsewhere(Exception):
    """An error that an answer raised in another process, where it runs while it is graded.

    Parameters
    ----------
    report : course.answers.error_report.ErrorReport
        What is known of it; its texts are bounded where they come from a process that is not trusted.

    Attributes
    ----------
    kind, text, line : str
        Its type's name, what it says, and the line of the student's code that raised it, where that is known.
    unwritten : str
        The function whose stub raised it, if it is one: ``mse`` or ``Linear.forward``.
    """

    def __init__(self, report: Any) -> None:
        super().__init__(report.raised)
        self.report = report
        self.kind, self.text, self.line = report.kind, report.text, report.line
        self.unwritten = report.stub
