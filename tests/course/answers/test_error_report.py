"""What is said of an answer that stopped: the lines that ask for it are not the student's."""

from autograder.judge.grade import judged


class Unfinished:
    """A class that the scenario of an author's file asks for more than it has."""


class Divides:
    def update(self, value):
        return self.divided(value)

    def divided(self, value):
        nothing = 0
        return value / nothing


def message_about(small_course, subject):
    return judged("running_mean", subject, "01_kinds", 1, small_course).message.splitlines()


def test_way_to_an_error_begins_in_the_code_of_the_student(small_course):
    assert message_about(small_course, Divides)[:-1] == [
        "running_mean stops with ZeroDivisionError: float division by zero, in the line",
        "    return value / nothing",
        "The way there:",
        "    Divides.update: return self.divided(value)",
        "    Divides.divided: return value / nothing",
    ]


def test_line_of_an_author_s_file_is_shown_where_the_student_s_code_was_not_reached(small_course):
    first, line, called, *_ = message_about(small_course, Unfinished)
    assert first == "running_mean stops with AttributeError: 'Unfinished' object has no attribute 'update', in the line"
    assert line == "    means.append(mean.update(value))"
    assert called.startswith("It was called with values = [")
