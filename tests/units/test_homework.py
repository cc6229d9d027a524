"""Whole notebooks as odd but honest students hand them in earn all points."""

import pytest
from support.graded_notebooks import answered, see_that_nothing_is_lost
from support.odd_notebooks.homework import HOMEWORK, Homework
from support.sampling import sample

from autograder.notebook import points_of


@pytest.mark.parametrize("name", sample(HOMEWORK, 8))
def test_whole_notebook_of_an_odd_student_earns_all_points(name, graded, built_course):
    odd = HOMEWORK[name]
    mine = answered(built_course, odd.unit)
    homework = Homework(odd.unit, mine["cells"])
    odd.change(homework)
    mine["cells"] = homework.cells
    found = graded(built_course, odd.unit, mine, homework.save)
    see_that_nothing_is_lost(found)
    assert len([c for c in found.cells if c["metadata"].get("nbgrader", {}).get("grade")]) == len(
        points_of(built_course, odd.unit)
    )
