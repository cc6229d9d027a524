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
