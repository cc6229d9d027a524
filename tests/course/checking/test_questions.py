"""Self-test questions answer at once, whatever is typed."""

import json

import pytest
from IPython.core.interactiveshell import InteractiveShell
from support.courses import ROOT

from autograder.exercises.loader import asked_in
from autograder.paths import Course
from course import ask
from course.checking.questions import reply
from course.errors import UnknownExercise

NUMBER = {"answer": -0.25, "tolerance": 0.01, "why": "Because.", "otherwise": "Read 1.1.", "hints": [[4, "Inverse."]]}
CHOICE = {"answer": "b", "tolerance": 0.01, "why": "Because.", "otherwise": "Read 1.2.", "hints": [["a", "Too many."]]}
LARGE = {**NUMBER, "answer": 59049.0}
COMMA = (
    "Python reads a comma as two numbers. Type one number: no comma in 17226, and a point before decimals, as in 0.5."
)
QUOTES = 'Type one letter in quotation marks, such as "a".'


@pytest.mark.parametrize("guess", [-0.25, "-0.25", "-0,25", "\u22120.25", -0.2501])
def test_right_number_is_told_why(guess):
    assert reply(NUMBER, guess).text == "Yes. Because."
    assert reply(NUMBER, guess).right


@pytest.mark.parametrize("guess", [59049, "59,049", "59 049", "59049.0"])
def test_thousands_may_be_set_apart(guess):
    assert reply(LARGE, guess).right


@pytest.mark.parametrize(
    ("guess", "text"),
    [
        (None, "Your guess first: replace None, then run this cell again."),
        (..., "Your guess first: replace None, then run this cell again."),
        (4, "Not 4. Inverse."),
        (0.25, "Not 0.25. The size is right, the sign is not."),
        (-0.26, "Not -0.26. Close: keep more digits."),
        (7, "Not 7. Read 1.1."),
        (float("nan"), "Not nan. Read 1.1."),
        ((0, 25), COMMA),
        ("three", "Type a number, without quotation marks."),
        (10**400, "Type a number."),
        (object(), "Type a number."),
    ],
)
def test_wrong_number_is_told_where_to_look(guess, text):
    assert reply(NUMBER, guess).text == text
    assert not reply(NUMBER, guess).right


def test_nearly_right_number_that_is_to_be_exact():
    assert reply({**LARGE, "tolerance": 0.0}, 59048).text == "Not 59048. Close, but this one is to be exact."


@pytest.mark.parametrize("guess", ["b", "B", " b ", "b.", "(b)", "b: the second"])
def test_right_choice_may_be_written_in_many_ways(guess):
    assert reply(CHOICE, guess).right


@pytest.mark.parametrize(
    ("guess", "text"),
    [
        ("a", "Not a. Too many."),
        ("c", "Not c. Read 1.2."),
        (2.0, QUOTES),
        ("", QUOTES),
        ("both", QUOTES),
        (max, QUOTES),
    ],
)
def test_wrong_choice_is_told_where_to_look(guess, text):
    assert reply(CHOICE, guess).text == text


def test_ask_prints_the_reply(capsys):
    ask("u01-three-squares", None)
    assert capsys.readouterr().out == "Your guess first: replace None, then run this cell again.\n"


@pytest.mark.parametrize(("question", "guess"), [(NUMBER, 7), (NUMBER, "-0,25"), (CHOICE, "b"), (CHOICE, "c")])
def test_reply_to_a_guess_is_true_whether_right_or_wrong(question, guess):
    assert reply(question, guess)


@pytest.mark.parametrize(
    ("question", "guess"),
    [(NUMBER, None), (NUMBER, (0, 25)), (NUMBER, "three"), (CHOICE, None), (CHOICE, 0), (CHOICE, "none")],
)
def test_reply_to_what_is_no_guess_is_false_so_that_no_figure_follows(question, guess):
    assert not reply(question, guess)


def test_ask_as_the_last_line_of_a_cell_shows_its_text_once(capsys):
    shell = InteractiveShell()
    shell.run_cell('from course import ask\nask("u01-three-squares", 7)')
    assert capsys.readouterr().out.count("Not 7.") == 1
    assert shell.display_formatter.format(ask("u01-three-squares", 7)) == ({}, {})


def test_ask_of_an_unknown_question_is_one_sentence():
    with pytest.raises(UnknownExercise, match="There is no question 'u99-none' in this course"):
        ask("u99-none", 1)


@pytest.mark.parametrize("unit", Course(ROOT).units())
def test_every_question_knows_its_right_answer_and_its_wrong_ones(built_course, unit):
    questions = json.loads((built_course.keys / f"{unit}.json").read_text())["questions"]
    assert set(questions) == set(asked_in(unit, Course(ROOT)).questions)
    for name, question in questions.items():
        assert reply(question, question["answer"]).right, name
        assert question["hints"], name
        for wrong, text in question["hints"]:
            assert not reply(question, wrong).right, (name, wrong)
            assert text in reply(question, wrong).text, (name, wrong)
