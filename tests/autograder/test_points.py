"""Points stand in the graded cells alone; what repeats them is made from there, or compared."""

import math
import re

import pytest
from support.courses import ROOT

from autograder.notebook import points_of
from autograder.paths import Course
from autograder.points import PLACEHOLDER, number_of_points, points_in, told, with_placeholders, with_points

UNITS = Course(ROOT).units()


@pytest.mark.parametrize("unit", UNITS)
def test_points_of_a_text_are_those_of_its_cells(course, unit):
    assert points_in(course.text(unit).read_text(encoding="utf-8"), unit) == points_of(course, unit)


@pytest.mark.parametrize("unit", UNITS)
def test_texts_name_points_by_placeholders(course, unit):
    """Points in digits stand in no text: whoever changes a graded cell changes it there alone."""
    text = course.text(unit).read_text(encoding="utf-8")
    assert not re.findall(r"^# .*minutes, \d+ points?\b.*|^# .*\*\*Points\*\*:? \d.*", text, re.M)
    assert len(PLACEHOLDER.findall(text)) >= len(points_of(course, unit))


TEXT = """\
# %% [markdown]
# $\\\\frac{points}{n}$, {points: f}, {points:total}, { points } and {pointsf}.

# %% nbgrader={"grade": true, "grade_id": "f", "points": 1.5} tags=["x"]
f"{points: f}"
grade("f", f)

# %% [markdown]
# {points:  total  }

# %% nbgrader={"grade": false, "grade_id": "g", "points": 7}
grade("g", f)
"""


def test_only_placeholders_in_text_cells_are_filled_in():
    filled = TEXT.replace("{points: f}, ", "1.5 points, ").replace("{points:total}", "1.5 points")
    assert with_points(TEXT, "01_f") == filled.replace("{points:  total  }", "1.5 points")


def test_placeholder_as_a_number_has_no_word():
    text = TEXT.replace("{points: f}", "`f` {points as number: f} of {points as number:total}")
    assert "`f` 1.5 of 1.5, 1.5 points" in with_points(text, "01_f")


@pytest.mark.parametrize(("points", "number"), [(4, 4.0), (0, 0.0), (2.5, 2.5)])
def test_number_of_points_is_a_number_from_0_on(points, number):
    assert number_of_points({"points": points}) == number


@pytest.mark.parametrize("metadata", [{}, *({"points": odd} for odd in ("4", None, True, -1, math.nan, math.inf))])
def test_number_of_points_of_anything_else_is_none(metadata):
    assert number_of_points(metadata) is None


@pytest.mark.parametrize(("points", "words"), [(1.0, "1 point"), (2.0, "2 points"), (0.5, "0.5 points")])
def test_points_are_told(points, words):
    assert told(points) == words


def test_lines_that_were_not_edited_get_their_placeholders_back():
    written, filled = "One {points: f}.\nTwo.\nThree {points: g}.", "One 1 point.\nTwo.\nThree 3 points."
    assert with_placeholders(filled, written, filled) == written
    edited = "Added.\nThree 3 points.\nOne 2 points.\nTwo."
    assert with_placeholders(edited, written, filled) == "Added.\nThree {points: g}.\nOne 2 points.\nTwo."
