"""A course whose own folders have names that read as patterns: every command of nbgrader finds what is in it."""

import json
import shutil

from support.exchange import RIGHT, UNIT
from support.programs import ran

from autograder.gradebook.nbgrader_api import nbgrader_api
from autograder.gradebook.url import gradebook_url
from autograder.nbgrader_plugins.commands.folder_names import matching
from autograder.paths import Course
from autograder.verify.simulated_class import fill_in


def test_course_below_a_folder_with_brackets_goes_the_whole_way(built_small_course, tmp_path):
    root = tmp_path / "Kurs [WS 26] #1 50% ü"
    shutil.copytree(built_small_course.root, root)
    shutil.rmtree(root / "release")
    (root / "gradebook.db").unlink(missing_ok=True)
    course = Course(root)
    said = ran(course, "python", "-m", "autograder", "build")
    assert said.returncode == 0, said.stderr
    notebook = json.loads(course.notebook(UNIT).read_text())
    fill_in(course, UNIT, notebook, {"slope": RIGHT})
    (course.submitted / "ada" / UNIT).mkdir(parents=True)
    (course.submitted / "ada" / UNIT / f"{UNIT}.ipynb").write_text(json.dumps(notebook))
    for command in (["generate_assignment", "--force"], ["autograde"], ["generate_feedback"]):
        said = ran(course, "nbgrader", *command, UNIT)
        assert said.returncode == 0, said.stderr
    assert ran(course, "python", "-m", "autograder", "grade").returncode == 0
    assert "slope</a>: 2 of 2 points" in (root / "feedback" / "ada" / UNIT / f"{UNIT}.html").read_text()
    assert nbgrader_api(course, gradebook_url(course)).get_source_assignments() == {UNIT}


def test_what_is_a_pattern_still_is_one(tmp_path):
    for name in ("ada", "bea", "[ab]x"):
        (tmp_path / "[1]" / name).mkdir(parents=True)
    below = tmp_path / "[1]"
    assert sorted(matching(f"{below}/[ab]*")) == [f"{below}/ada", f"{below}/bea"]
    assert len(matching(f"{below}/*")) == 3
    assert matching(f"{below}/./ada") == [f"{below}/./ada"]
    assert matching(f"{below}/[ab]x") == [f"{below}/[ab]x"]
    assert matching(f"{below}/[ab]da") == [f"{below}/ada"]
    assert matching(f"{below}/none") == []
