"""The verdict where properties of what is handed out, or the named results of a scenario, are judged."""

import functools
from typing import Any

import numpy as np
import pytest
from support.odd_notebooks.strange_objects import never_judged, wrong_numbers
from support.small_exercises import (
    Asked,
    refused,
)

from autograder.exercises.loader import exercises_of
from autograder.notebook import right_namespace
from autograder.paths import Course
from course.answers.call import named_results
from course.answers.compare import Difference
from course.answers.key import Case, Key
from course.answers.result import Failure, Kind
from course.checking.judge import judge, judge_results
from course.checking.verdict import Verdict
from course.properties import ANOTHER_FORM

pytestmark = pytest.mark.usefixtures("fewer_entries")


# Properties


@pytest.mark.parametrize("name", {**never_judged(), **wrong_numbers()})
def test_properties_refuse_anything(name: str, small_course: Course) -> None:
    key = _batches_key(small_course)
    both = {**never_judged(), **wrong_numbers()}
    refused(judge(lambda *inputs: both[name], key))
    refused(judge(lambda *inputs: [both[name]] * 3, key))
    both = {**never_judged(), **wrong_numbers()}
    refused(judge(lambda *inputs: [(both[name], both[name])] * 3, key))


@functools.lru_cache
def _batches_key(course: Course) -> Key:
    exercise = exercises_of("01_kinds", course)["batches"]
    return Asked(exercise, right_namespace(course, "01_kinds")["batches"]).key


def broken(verdict: Verdict) -> str:
    """What is said to be missing where a property does not hold."""
    diagnosis = refused(verdict)
    assert diagnosis.kind is Kind.PROPERTY_BROKEN
    return diagnosis.missing


def test_properties_say_what_is_missing(small_course: Course) -> None:
    key = _batches_key(small_course)
    assert judge(lambda x, y, size, seed: [(x[k : k + 4], y[k : k + 4]) for k in (0, 4, 8)], key).passed
    missing = [
        broken(judge(answer, key))
        for answer in (
            lambda x, y, size, seed: [(x, y)],
            lambda x, y, size, seed: [(x[k : k + 4], y[k : k + 4]) for k in (0, 4, 7)],
            lambda x, y, size, seed: [(x[:4], y[:4]), (x[:4], y[4:8]), (x[8:], y[8:])],
            lambda x, y, size, seed: [(x[:4], y[:4][::-1]), (x[4:8], y[4:8]), (x[8:], y[8:])],
        )
    ]
    assert missing == [
        "makes batches of [11] rows; [4, 4, 3] are asked for.",
        "makes batches of [4, 4, 4] rows; [4, 4, 3] are asked for.",
        "does not hand out every row exactly once.",
        "separates rows of x from their labels.",
    ]


def test_properties_name_the_form_where_it_is_another(small_course: Course) -> None:
    assert broken(judge(lambda x, y, size, seed: [{"x": x, "y": y}], _batches_key(small_course))) == ANOTHER_FORM


# Scenarios


def scenario_key() -> Key:
    return Key(
        "node", "00_tests", ("da", "db"), "dict", (Case({}, {"da": np.array(2.0), "db": np.array(3.0)}),), scenario=True
    )


def test_results_that_are_right_pass() -> None:
    verdict = judge_results(
        named_results({"da": 2, "db": np.float32(3), "other": object}, scenario_key()), scenario_key()
    )
    assert not verdict.passed
    verdict = judge_results(named_results({"da": 2, "db": np.float32(3), "other": 1.0}, scenario_key()), scenario_key())
    assert verdict.passed


def judged_results(results: dict[str, Any]) -> Verdict:
    return judge_results(named_results(results, scenario_key()), scenario_key())


@pytest.mark.parametrize(
    ("results", "failure"),
    [
        ({}, Failure(Kind.MISSING_RESULTS, names=("da", "db"))),
        ({"da": 2.0}, Failure(Kind.MISSING_RESULTS, names=("db",))),
        ({"da": 2.0, "db": object()}, Failure(Kind.RESULTS_NOT_NUMBERS, "an object of type object")),
    ],
)
def test_results_that_are_missing_are_named(results: dict[str, Any], failure: Failure) -> None:
    assert refused(judged_results(results)).failure == failure


@pytest.mark.parametrize(
    ("value", "difference"),
    [
        (None, Difference("form", text="None", nothing=True)),
        (-3.0, Difference("value", got=np.array(-3.0), expected=np.array(3.0))),
    ],
)
def test_results_that_are_wrong_are_named(value: float | None, difference: Difference) -> None:
    diagnosis = refused(judged_results({"da": 2.0, "db": value}))
    assert (diagnosis.failing, diagnosis.output) == (("db",), "db")
    assert diagnosis.difference == difference


def test_results_under_other_names_are_told_so() -> None:
    assert judged_results({"da": 3.0, "db": 2.0}).mistake == "wrong-order"


@pytest.mark.parametrize("name", {**never_judged(), **wrong_numbers()})
def test_results_of_any_kind_are_refused(name: str) -> None:
    both = {**never_judged(), **wrong_numbers()}
    refused(judge_results(named_results({"da": 2.0, "db": both[name]}, scenario_key()), scenario_key()))
