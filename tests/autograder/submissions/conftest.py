"""A built course with cells of every sort, and a notebook of it with right answers."""

import copy
import json

import pytest
from support.courses import SMALL, copy_course
from support.rebuilt_notebooks import MORE, RIGHT, UNIT, by_id, see_that_the_course_holds

from autograder.build.release import build
from autograder.notebook import solution_cell
from autograder.submissions.parse import parse_notebook
from autograder.submissions.rebuild import rebuild
from autograder.verify.simulated_class import fill_in


@pytest.fixture(scope="session")
def place(tmp_path_factory):
    """The small course with cells of every sort, built."""
    place = copy_course(SMALL, tmp_path_factory.mktemp("rebuilt"))
    text = place.text(UNIT)
    text.write_text(text.read_text() + MORE)
    list(build(place, [UNIT]))
    return place


@pytest.fixture(scope="session")
def filled(place):
    """The release with right answers filled in and a few demos edited."""
    made = json.loads((place.release / UNIT / f"{UNIT}.ipynb").read_text())
    fill_in(place, UNIT, made, {name: solution_cell(place, UNIT, name).text for name in RIGHT})
    by_id(made)["u01-why"]["source"] = "It is a chain.\n\n![it](attachment:it.png)"
    by_id(made)["play-2"]["source"] = "shown = 4\nprint(shown)"
    return made


@pytest.fixture
def own(filled):
    """A filled-in notebook that the test may change."""
    return copy.deepcopy(filled)


@pytest.fixture
def again(place):
    """Rebuild a notebook given as JSON, and hold what always holds."""

    def rebuilt(notebook):
        result = rebuild(place, UNIT, parse_notebook(json.dumps(notebook).encode(), "a.ipynb"))
        see_that_the_course_holds(place, result)
        return result

    return rebuilt
