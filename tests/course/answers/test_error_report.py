"""What is said of an answer that stopped: the lines that ask for it are not the student's."""

from autograder.judge.grade import judged
from course.answers.frames import CallSite


class Unfinished:
    """A class that the scenario of an author's file asks for more than it has."""


class Divides:
    def update(self, value):
        return self.divided(value)

    def divided(self, value):
        nothing = 0
        return value / nothing


def report_about(small_course, subject):
    return judged("running_mean", subject, "01_kinds", 1, small_course).diagnosis.failure.error


def test_way_to_an_error_begins_in_the_code_of_the_student(small_course):
    report = report_about(small_course, Divides)
    assert (report.raised, report.line) == ("ZeroDivisionError: float division by zero", "return value / nothing")
    assert report.calls == (
        CallSite("Divides.update", None, "return self.divided(value)"),
        CallSite("Divides.divided", None, "return value / nothing"),
    )
    assert (report.shapes, report.hint, report.missing_in) == ((), None, None)


def test_line_of_an_author_s_file_is_shown_where_the_student_s_code_was_not_reached(small_course):
    report = report_about(small_course, Unfinished)
    assert report.raised == "AttributeError: 'Unfinished' object has no attribute 'update'"
    assert (report.line, report.calls) == ("means.append(mean.update(value))", ())
