"""The page of feedback that a student gets, in a browser: nothing planted acts, everything honest can be read."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.browser.planting import ACTING, REMOTE, UNIT, Seen, planted

from autograder.paths import Course

PROGRAMS = Path(sys.executable).parent


def feedback(course, student):
    """The page that nbgrader's command writes."""
    path = f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [str(PROGRAMS / "nbgrader"), "generate_feedback", UNIT, "--force"],
        capture_output=True, text=True, cwd=course.root, check=False, env={**os.environ, "PATH": path},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return course.root / "feedback" / student / UNIT / f"{UNIT}.html"


@pytest.fixture(scope="module")
def course(built_small_course, tmp_path_factory):
    """A course with ada's planted notebook, graded."""
    place = Course(tmp_path_factory.mktemp("planted") / "course")
    shutil.copytree(built_small_course.root, place.root)
    planted(place, "ada")
    return place


@pytest.fixture(scope="module")
def stock(course):
    """The page that nbgrader makes as it comes."""
    config = course.root / "nbgrader_config.py"
    ours = config.read_text()
    config.write_text(f'{ours}\nc.pop("HTMLExporter")\nc.pop("GenerateFeedback")\n')
    made = feedback(course, "ada")
    config.write_text(ours)
    return made.rename(course.root / "stock.html")


@pytest.fixture(scope="module")
def ours(course, stock):
    """The page that it makes in a course of ours."""
    return feedback(course, "ada")


def test_planted_scripts_run_in_stock_feedback(stock, page):
    seen = Seen.on(page)
    with page.expect_request(f"{REMOTE}/refresh"):
        page.goto(stock.as_uri(), wait_until="commit")
    assert {"markdown script", "markdown onerror", "markdown link", "html svg onload"} <= set(seen.acted)
    assert f"{REMOTE}/markdown.png" in seen.asked


def test_nothing_planted_acts_in_our_feedback(ours, page):
    seen = Seen.on(page)
    page.goto(ours.as_uri(), wait_until="load")
    assert page.locator(ACTING).count() == 0
    assert (seen.acted, seen.asked) == ([], [])


def test_honest_text_pictures_tables_code_and_formulas_stay_readable(ours, page):
    page.goto(ours.as_uri(), wait_until="load")
    text = page.locator("body").inner_text()
    assert "01_kinds: 0 of 18 points" in text
    assert "slope: 0 of 2 points" in text
    assert "slope: not written yet" in text
    assert "A fold" in text and "shown in a table" in text and "Heading" in text
    assert page.locator("td", has_text="$\\frac{a}{b} < 3$").count() == 1
    assert page.locator(".highlight .mi", has_text="1").count() >= 2
    assert page.locator("img[alt=dot]").evaluate("image => image.naturalWidth") == 1


def test_hidden_tests_are_not_on_the_page(ours):
    page = ours.read_text()
    assert "HIDDEN" not in page and "autograder" not in page
    assert 'name="u01-slope-test"' in page
