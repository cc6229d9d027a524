"""Self-test questions answer at once, whatever is typed."""

import json
import re
from fractions import Fraction

import numpy as np
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
    "Python reads a comma as two numbers. Type one number: leave out commas between thousands, and write decimals "
    "after a point."
)
ODD_GUESSES = ((1, 2), (17, 226), [0], "three", "1/3", None, ..., object(), 10**400, float("nan"), float("inf"), 1j, {})
NUMBERS = re.compile(r"(?<![\w.])-?\d[\d,]*(?:\.\d+|/\d+)?(?!\w)")
EXACT = "Close, but this one is to be exact."
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
        (-0.26, "Not -0.26. Read 1.1."),
        (-0.24, "Not -0.24. Read 1.1."),
        (0, "Not 0. Read 1.1."),
        (7, "Not 7. Read 1.1."),
        (float("nan"), "Not nan. Read 1.1."),
        ((0, 25), COMMA),
        ("three", "Type a number, without quotation marks."),
        (10**400, "Type a number."),
        (object(), "Type a number."),
        (True, "Type a number."),
        (np.array([-0.25]), "Type a number."),
    ],
)
def test_wrong_number_is_told_where_to_look(guess, text):
    assert reply(NUMBER, guess).text == text
    assert not reply(NUMBER, guess).right


@pytest.mark.parametrize("guess", [0.23, "0,230", " 0.23 ", np.float64(0.23)])
def test_decimals_behind_a_comma_are_decimals(guess):
    assert reply({**NUMBER, "answer": 0.23}, guess).right


@pytest.mark.parametrize("guess", [0.24, 0.22, 0.2267, 0.2333, 0.2, 0, 1])
def test_wrong_sum_near_the_right_one_is_not_called_close(guess):
    assert reply({**NUMBER, "answer": 0.23, "tolerance": 0.001}, guess).text == f"Not {guess}. Read 1.1."


@pytest.mark.parametrize(("answer", "guess"), [(2.302585, 2.3), (-0.1333333, -0.13), (0.0986, 0.1), (0.0986, "0,10")])
def test_rounding_of_the_right_value_is_called_close(answer, guess):
    assert reply({**NUMBER, "answer": answer, "tolerance": 0.0001}, guess).text.endswith("Close: keep more digits.")


@pytest.mark.parametrize(
    ("guess", "hint"), [(59048, "Read 1.1."), (59050, EXACT), (59000, EXACT), (58000, "Read 1.1.")]
)
def test_rounded_number_that_is_to_be_exact(guess, hint):
    assert reply({**LARGE, "tolerance": 0.0}, guess).text == f"Not {guess}. {hint}"


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


@pytest.mark.parametrize("unit", Course(ROOT).units())
def test_no_reply_to_what_is_not_right_holds_the_answer(unit):
    """Whatever is typed: the reply has no number in it that would count as right, but for the guess itself."""
    for name, declared in asked_in(unit, Course(ROOT)).questions.items():
        if isinstance(declared.answer, str):
            continue
        question = {**vars(declared), "hints": [[str(wrong), text] for wrong, text in declared.hints.items()]}
        for guess in (*ODD_GUESSES, *declared.hints, -declared.answer, declared.answer * 1.04, 123456.789):
            said = reply(question, guess)
            text = "" if said.right else said.text.replace("\u2212", "-").removeprefix(f"Not {guess}")
            numbers = [float(Fraction(number.replace(",", ""))) for number in NUMBERS.findall(text)]
            assert not [number for number in numbers if reply(question, number).right], (name, guess, said.text)
