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
from course.answers.key import Case, Key
from course.checking.judge import judge, judge_results

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


def test_properties_say_what_is_missing(small_course: Course) -> None:
    key = _batches_key(small_course)
    assert judge(lambda x, y, size, seed: [(x[k : k + 4], y[k : k + 4]) for k in (0, 4, 8)], key).passed
    message = refused(judge(lambda x, y, size, seed: [(x, y)], key))
    assert message.startswith("batches makes batches of [11] rows; [4, 4, 3] are asked for.")
    message = refused(judge(lambda x, y, size, seed: [(x[k : k + 4], y[k : k + 4]) for k in (0, 4, 7)], key))
    assert "batches makes batches of [4, 4, 4] rows" in message
    message = refused(judge(lambda x, y, size, seed: [(x[:4], y[:4]), (x[:4], y[4:8]), (x[8:], y[8:])], key))
    assert "batches does not hand out every row exactly once." in message
    message = refused(judge(lambda x, y, size, seed: [(x[:4], y[:4][::-1]), (x[4:8], y[4:8]), (x[8:], y[8:])], key))
    assert "batches separates rows of x from their labels." in message


def test_properties_name_the_form_where_it_is_another(small_course: Course) -> None:
    message = refused(judge(lambda x, y, size, seed: [{"x": x, "y": y}], _batches_key(small_course)))
    assert message.startswith("batches gives a result of another form than the one asked for.")


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


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ({}, "node needs the results da, db as well."),
        ({"da": 2.0}, "node needs the results db as well."),
        ({"da": 2.0, "db": object()}, "node has an object of type object among its results."),
        ({"da": 2.0, "db": None}, "db is None."),
        ({"da": 2.0, "db": -3.0}, "node: da is right, db is not.\ndb is -3.0000; expected 3.0000."),
        ({"da": 3.0, "db": 2.0}, "under other names: da holds the right db, db holds the right da."),
    ],
)
def test_results_that_are_wrong_are_named(results: dict[str, Any], words: str) -> None:
    assert words in refused(judge_results(named_results(results, scenario_key()), scenario_key()))


@pytest.mark.parametrize("name", {**never_judged(), **wrong_numbers()})
def test_results_of_any_kind_are_refused(name: str) -> None:
    both = {**never_judged(), **wrong_numbers()}
    refused(judge_results(named_results({"da": 2.0, "db": both[name]}, scenario_key()), scenario_key()))
