"""The simulated class: what its students write, and what that should earn."""

import ast
import json

import numpy as np
import pytest
from support.courses import ROOT, SMALL, copy_course

from autograder.exercises import Exercise
from autograder.exercises.loader import exercises_of
from autograder.judge.grade import judged, points_for
from autograder.notebook import given_namespace, right_namespace, solution_cell, stub_of
from autograder.paths import Course
from autograder.verify.answer_source import source_as, without_markers
from autograder.verify.proof import expected_fraction, key_for
from autograder.verify.simulated_class import declared_points, fill_in, simulated_class

ANSWERS = [(e, answer) for e in exercises_of("01_kinds", Course(SMALL)).values() for answer in (*e.wrongs, *e.unusuals)]


def subject_of(answer):
    return answer.answer if hasattr(answer, "mistake") else answer


def label_of(answer):
    return getattr(answer, "mistake", None) or answer.__name__


@pytest.mark.parametrize(("exercise", "answer"), ANSWERS, ids=[f"{e.name}-{label_of(answer)}" for e, answer in ANSWERS])
def test_pasted_answer_earns_what_its_author_declares(small_course, exercise, answer):
    """A known answer, typed into a notebook where all else is right, is judged like the original."""
    unit = "01_kinds"
    right = solution_cell(small_course, unit, exercise.subject).text
    namespace = {**right_namespace(small_course, unit), **given_namespace(small_course, unit)}
    exec(compile(source_as(subject_of(answer), exercise.subject, right), "<pasted>", "exec"), namespace)
    verdict = judged(exercise.name, namespace[exercise.subject], unit, 7, small_course)
    key = key_for(small_course, unit, exercise, 7)
    declared = expected_fraction(key, answer) if hasattr(answer, "mistake") else 1.0
    assert verdict.fraction == pytest.approx(declared), verdict.message


def exercise_in_a_file(tmp_path, text, shared):
    """The exercise that a file of the small course makes, with this text below its own."""
    place = copy_course(SMALL, tmp_path)
    (place.exercises("01_kinds") / "_shared.py").write_text(shared)
    path = place.exercises("01_kinds") / "slope.py"
    path.write_text(path.read_text() + text)
    return exercises_of("01_kinds", place)["slope"]


LAMBDAS = {
    "on the same line": "for n, f in (('a', lambda f, x: f(x)), ('b', lambda f, x: f(-x))): slope.wrong(n, n, f)",
    "in several lines": "slope.wrong(\n    'a',\n    'é',\n    lambda f, x: (\n        f(x)\n    ),\n)\n"
    "slope.wrong('é', 'é', lambda f, x: f(-x))",
    "of lambdas": "slope.wrong('a', 'a', lambda f, x: f(x) if x else (lambda y: y)(x))\n"
    "slope.wrong('b', 'b', lambda f, x: (lambda y: f(-y))(x))",
    "with shared parts": "from ._shared import mirrored\n"
    "slope.wrong('a', 'a', lambda f, x: mirrored(f, -x))\nslope.wrong('b', 'b', lambda f, x: mirrored(f, x))",
}


@pytest.mark.parametrize("kind", LAMBDAS)
def test_wrong_answer_in_one_line_is_pasted_as_a_function(tmp_path, kind):
    shared = "import math\nSIGN = -1\n\n\ndef mirrored(f, x):\n    return f(SIGN * x) + math.floor(0.5)\n"
    one, other = exercise_in_a_file(tmp_path, f"\n\n{LAMBDAS[kind]}\n", shared).wrongs[-2:]
    for wrong, sign in ((one, 1), (other, -1)):
        text, namespace = source_as(wrong.answer, "slope", ""), {}
        exec(text, namespace)
        assert namespace["slope"](lambda x: 3.0 * x, 2.0) == 6.0 * sign
        assert "lambda f" not in text and "slope.wrong" not in text


def test_answer_that_calls_the_right_one_is_pasted_below_it_each_time(tmp_path):
    text = "right = RightAnswers(__file__)\nslope.wrong('twice', 'Twice.', lambda f, x: 2 * right.slope(f, x))\n"
    exercise = exercise_in_a_file(tmp_path, f"\n\nfrom autograder.exercises import RightAnswers\n\n{text}", "")
    for _ in range(2):
        namespace = {}
        exec(source_as(exercise.wrongs[-1].answer, "slope", "def slope(f, x):\n    return f(x)"), namespace)
        assert namespace["slope"](abs, -3) == 6


def test_wrong_answer_in_one_line_takes_the_options_of_a_longer_one():
    exercise = Exercise("slope")
    exercise.wrong("one", "One.", lambda f, x: f(x), spoils=("a",), fails="views", first="z")
    kept = exercise.wrong("two", "Two.", spoils=("a",), fails="views", first="z")(abs)
    one, two = exercise.wrongs
    assert kept is abs
    assert (one.spoils, one.fails, one.first) == (two.spoils, two.fails, two.first) == (("a",), ("views",), "z")
    assert one.answer(abs, -1) == 1


def test_class_is_the_same_for_a_seed(small_course):
    one, two, other = (simulated_class(small_course, ["01_kinds"], 6, seed) for seed in (1, 1, 2))
    assert one == two != other


def test_first_student_writes_right_answers_and_the_second_nothing(small_course):
    people = simulated_class(small_course, ["01_kinds"], 2, seed=1)
    assert [student.expected("01_kinds") for student in people] == [18.0, 0.0]


def test_declared_points_of_a_partly_wrong_answer(small_course):
    exercise = exercises_of("01_kinds", small_course)["linear_backward"]
    wrong = {w.mistake: w for w in exercise.wrongs}
    assert declared_points(small_course, "01_kinds", exercise, wrong["averaged-rows"]) == 2.67
    assert declared_points(small_course, "01_kinds", exercise, wrong["sign"]) == 0.0
    assert declared_points(small_course, "01_kinds", exercise, wrong["in-place"]) == 3.6


def test_filling_in_touches_its_own_cell_only(built_small_course):
    path = built_small_course.release / "01_kinds" / "01_kinds.ipynb"
    before, after = json.loads(path.read_text()), json.loads(path.read_text())
    fill_in(built_small_course, "01_kinds", after, {"slope": "def slope(): pass"})
    changed = [a["id"] for a, b in zip(after["cells"], before["cells"], strict=True) if a != b]
    assert changed == ["u01-slope"]


@pytest.mark.parametrize("text", ["def leaky_relu_backward(): pass", None])
def test_filling_in_one_of_two_answers_that_share_a_cell_keeps_the_other(text):
    course, unit = Course(ROOT), "07_activations"
    cell = solution_cell(course, unit, "leaky_relu_backward")
    shared = {"metadata": {"nbgrader": {"grade_id": cell.grade_id}}, "source": stub_of(cell.text)}
    texts = {"leaky_relu_forward": "def leaky_relu_forward(): pass", "leaky_relu_backward": text or cell.text}
    fill_in(course, unit, {"cells": [shared]}, texts)
    defined = {node.name: ast.unparse(node.body[-1]) for node in ast.parse(shared["source"]).body}
    assert list(defined) == list(texts)
    assert defined["leaky_relu_forward"] == "pass"
    assert (defined["leaky_relu_backward"] == "pass") == (text is not None)


def test_right_answer_is_pasted_without_its_markers(small_course):
    text = without_markers(solution_cell(small_course, "01_kinds", "slope").text)
    assert "###" not in text
    ast.parse(text)


def test_points_stay_between_nothing_and_all(small_course):
    exercise = exercises_of("01_kinds", small_course)["slope"]
    verdict = judged("slope", exercise.unusuals[0], "01_kinds", 1, small_course)
    points = points_for(verdict, 2.0)
    assert points == 2.0
    assert type(points) is float
    assert type(points_for(verdict, np.float64(2.0))) is float
