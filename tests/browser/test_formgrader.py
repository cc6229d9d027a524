"""Formgrader in a browser: its button grades in the sandbox, and nothing that a student wrote acts on its pages."""

import json
import re
import shutil

import pytest
from support.browser.harness import TOKEN, server
from support.browser.planting import ACTING, UNIT, Seen, planted

from autograder.paths import Course

EMPTIES = """import ast
class Drop(ast.NodeTransformer):
    def visit_Module(self, node):
        return ast.Module([], [])
get_ipython().ast_transformers.append(Drop())"""
"""In the kernel that runs the tests, this makes every later cell do nothing: full marks."""


def submit(course, student, *cells):
    """Hand in the released notebook with these code cells before it."""
    notebook = json.loads((course.release / UNIT / f"{UNIT}.ipynb").read_text())
    for number, source in enumerate(cells):
        cell = {"cell_type": "code", "id": f"mine-{number}", "metadata": {}, "source": source}
        notebook["cells"].insert(number, {**cell, "outputs": [], "execution_count": None})
    folder = course.submitted / student / UNIT
    folder.mkdir(parents=True)
    (folder / f"{UNIT}.ipynb").write_text(json.dumps(notebook))


@pytest.fixture(scope="module")
def course(built_small_course, tmp_path_factory):
    """A course with a forged, an unreadable and an already graded submission."""
    place = Course(tmp_path_factory.mktemp("formgrader") / "course")
    shutil.copytree(built_small_course.root, place.root)
    planted(place, "ada")
    submit(place, "ben", EMPTIES)
    submit(place, "cat")
    (place.submitted / "cat" / UNIT / f"{UNIT}.ipynb").write_text("<html>please log in</html>")
    return place


@pytest.fixture(scope="module")
def address(course):
    with server(course.root) as found:
        yield found


@pytest.fixture
def page(page, address):
    """A page of someone who has logged in to JupyterLab."""
    page.goto(f"{address}/lab?token={TOKEN}", wait_until="commit")
    return page


def autograde(page, address, student):
    """Press the button of a student; gives what the page then says."""
    page.goto(f"{address}/formgrader/manage_submissions/{UNIT}", wait_until="domcontentloaded")
    row(page, student).locator(".autograde a").click()
    dialog = page.locator(".modal-dialog")
    dialog.wait_for(timeout=90_000)
    return dialog.inner_text()


def row(page, student):
    return page.locator("#main-table tr").filter(has=page.locator(".student-id", has_text=student))


def test_button_gives_a_forged_notebook_what_it_deserves(page, address, course, artifacts):
    assert "Successfully autograded '01_kinds' for student 'ben'." in autograde(page, address, "ben")
    page.locator(".modal-footer button").click()
    page.wait_for_function("() => !document.querySelector('.modal-dialog')")
    assert row(page, "ben").locator(".score").inner_text() == "0 / 18"
    assert row(page, "ben").locator(".status").inner_text() == "graded"
    page.screenshot(path=artifacts / "formgrader.png")


def test_button_says_why_a_submission_is_not_graded(page, address, artifacts):
    said = autograde(page, address, "cat")
    assert "There was an error autograding '01_kinds' for student 'cat'" in said
    assert (
        "cat 01_kinds is not graded: 01_kinds.ipynb is a web page, not the notebook; "
        "download the notebook itself and hand it in"
    ) in re.sub(r"\s+", " ", said)
    page.screenshot(path=artifacts / "formgrader-refused.png")


def test_nothing_planted_acts_on_the_page_of_a_submission(page, address, course, artifacts):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as book:
        number = book.find_submission_notebook(UNIT, UNIT, "ada").id
    seen = Seen.on(page)
    page.goto(f"{address}/formgrader/submissions/{number}/", wait_until="load")
    shown = page.locator("main #notebook-container")
    page.wait_for_function("() => document.querySelector('#u01-slope-test').placeholder === '0'")
    assert shown.locator(ACTING.replace(", .score", "")).count() == 0
    assert (seen.acted, seen.asked) == ([], [])
    assert page.locator("#u01-slope-test").count() == 1
    assert "shown in a table" in shown.inner_text()
    page.screenshot(path=artifacts / "formgrader-submission.png", full_page=True)
