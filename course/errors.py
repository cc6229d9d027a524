"""The errors of this package; each message ends in something to do."""


class CourseError(Exception):
    """Anything that the course itself reports."""


class UnknownExercise(CourseError):
    """No key is known under this name."""

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


class NotPlain(CourseError):
    """A value that is not made of numbers, text, lists and dicts."""


class CheckFailed(CourseError):
    """An answer is not right yet; the message says what, where and why.

    A notebook shows the message alone: IPython asks ``_render_traceback_`` for the lines.
    """

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


MOST_TEXT = 1000


class StoppedElsewhere(Exception):
    """An error that an answer raised in another process, where it runs while it is graded.

    Parameters
    ----------
    kind, text : str
        Its type's name, and what it says.
    line : str
        The line of the student's code that raised it, where that is known; what is known of the place follows.
    unwritten : str
        The function whose stub raised it, if it is one: ``mse`` or ``Linear.forward``.
    """

    def __init__(self, kind: str, text: str, line: str = "", unwritten: str = "") -> None:
        parts = [
            str.__str__(part)[:MOST_TEXT] if issubclass(type(part), str) else ""
            for part in (kind, text, line, unwritten)
        ]
        super().__init__(f"{parts[0]}: {parts[1]}" if parts[1] else parts[0])
        self.kind, self.text, self.line, self.unwritten = parts
