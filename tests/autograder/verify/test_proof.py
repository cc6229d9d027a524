"""Every exercise keeps its author's word, in the small course and in the real one."""

import dataclasses

import pytest
from support.courses import ROOT, SMALL
from support.sampling import draws

from autograder.exercises.loader import exercises_of
from autograder.notebook import points_of
from autograder.paths import Course
from autograder.verify.proof import exercise_faults
from autograder.verify.report import course_faults
from autograder.verify.style import text_faults

COURSES = [Course(SMALL), Course(ROOT)]
EXERCISES = [(c, u, n) for c in COURSES for u in c.units() for n in exercises_of(u, c)]
UNITS = Course(ROOT).units()


@pytest.mark.parametrize(("course", "unit", "name"), EXERCISES, ids=[f"{u}-{n}" for _, u, n in EXERCISES])
def test_exercise_keeps_its_word(course, unit, name):
    """Whatever is drawn, right and unusual answers pass, wrong ones fail with their own message, stubs get nothing."""
    exercise = exercises_of(unit, course)[name]
    found = {seed: list(exercise_faults(course, unit, exercise, seed)) for seed in draws(5)}
    assert found == {seed: [] for seed in found}


@pytest.mark.parametrize("unit", UNITS)
def test_unit_follows_the_rules_of_form(course, unit):
    assert list(text_faults(course, unit)) == []


@pytest.mark.parametrize("unit", UNITS)
def test_unit_is_worth_10_to_20_points(course, unit):
    points = points_of(course, unit)
    assert not points or 10 <= sum(points.values()) <= 20
    assert set(points) == {name for name, e in exercises_of(unit, course).items() if not e.practice}


def exercise_with(small_course, name, **changes):
    """A copy of one of the small course's exercises, changed."""
    exercise = exercises_of("01_kinds", small_course)[name]
    other = object.__new__(type(exercise))
    other.__dict__.update({**exercise.__dict__, **changes})
    return other


def test_faults_of_a_right_answer_that_is_taken_for_wrong(small_course):
    exercise = exercise_with(small_course, "train", wrongs=[])
    wrong = dataclasses.replace(
        exercises_of("01_kinds", small_course)["train"].wrongs[0], answer=exercise.unusuals[0], mistake="not-one"
    )
    exercise.wrongs = [dataclasses.replace(wrong, mistake=f"not-{number}") for number in ("one", "two", "three")]
    found = list(exercise_faults(small_course, "01_kinds", exercise, 1))
    assert "01_kinds: train: the wrong answer not-one passes." in found


def test_faults_of_an_exercise_with_too_few_answers(small_course):
    exercise = exercise_with(small_course, "linear_backward", wrongs=[], unusuals=[])
    found = list(exercise_faults(small_course, "01_kinds", exercise, 1))
    assert found == [
        "01_kinds: linear_backward has 0 wrong answers; 5 are needed.",
        "01_kinds: linear_backward has 0 unusual right answers; 3 are needed.",
    ]


def test_faults_of_an_unusual_answer_that_is_wrong(small_course):
    exercise = exercise_with(small_course, "slope", unusuals=[])

    def not_halved(f, x, h=1e-5):
        return (f(x + h) - f(x - h)) / h

    exercise.unusuals = [not_halved] * 2
    found = list(exercise_faults(small_course, "01_kinds", exercise, 1))
    assert found[0].startswith("01_kinds: slope: the unusual answer not_halved is rejected: slope is not right yet.")


def test_faults_of_a_gradient_that_finite_differences_contradict(small_course):
    exercise = exercise_with(small_course, "linear_backward")
    exercise.forward = dataclasses.replace(exercise.forward, function=lambda x, W, b: 2 * (x @ W) + b)
    found = list(exercise_faults(small_course, "01_kinds", exercise, 1))
    assert "01_kinds: linear_backward: the right dx, dW and the finite differences of forward disagree." in found


def test_faults_of_a_mistake_whose_points_are_declared_wrongly(small_course):
    exercise = exercise_with(small_course, "linear_backward")
    exercise.wrongs = [dataclasses.replace(w, spoils=()) for w in exercise.wrongs]
    found = list(exercise_faults(small_course, "01_kinds", exercise, 1))
    assert "01_kinds: linear_backward: averaged-rows earns 0.667 of the points; spoils and fails say 0.000." in found


def test_faults_of_an_exercise_without_an_entry(tmp_path):
    from support.courses import copy_course

    place = copy_course(SMALL, tmp_path)
    path = place.exercises("01_kinds") / "slope.py"
    path.with_name("other.py").write_text(path.read_text().replace("slope", "other"))
    path.unlink()
    found = list(course_faults(place, ["01_kinds"]))
    assert "01_kinds: slope is graded in the notebook and has no file slope.py among the unit's exercises." in found
    assert "01_kinds: other is an exercise and has no graded cell in the notebook." in found
