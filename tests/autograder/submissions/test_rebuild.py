"""Submissions as people leave them, and as attackers do: what is graded is always the course's own."""

import copy
import json

import nbformat
import pytest
from support.rebuilt_notebooks import (
    UNIT,
    by_id,
    code,
    extras,
    ran,
    roles,
    source_of,
    text,
)

from autograder.notebook import points_of
from autograder.submissions.parse import parse_notebook
from autograder.submissions.rebuild import DELETED, rebuild
from autograder.submissions.reference import _kind

pytestmark = pytest.mark.xdist_group("rebuild")


def test_untouched_release_gives_the_source_with_stubs(place, again):
    release = json.loads((place.release / UNIT / f"{UNIT}.ipynb").read_text())
    result = again(release)
    assert result.notes == []
    assert result.belongs
    assert list(by_id(result.notebook)) == list(source_of(place))
    for name, cell in by_id(result.notebook).items():
        if roles(result)[name] in ("student", "stub"):
            assert cell["source"] == text(by_id(release)[name])
    assert roles(result)["u01-slope"] == "stub"


def test_untouched_release_of_every_real_unit_gives_the_source_with_stubs(built_course):
    for unit in built_course.units():
        data = (built_course.release / unit / f"{unit}.ipynb").read_bytes()
        result = rebuild(built_course, unit, parse_notebook(data, "a.ipynb"))
        source = json.loads(built_course.notebook(unit).read_text())
        assert result.notes == []
        assert result.belongs
        assert [cell["id"] for cell in result.notebook["cells"]] == [cell["id"] for cell in source["cells"]]
        assert result.roles.count("graded") == len(points_of(built_course, unit))
        assert "### BEGIN SOLUTION" not in json.dumps(result.notebook)
        nbformat.validate(nbformat.from_dict(result.notebook))


def test_each_cell_has_its_role(again, own):
    found = roles(again(own))
    assert found["one-exercise-of-each-kind-2"] == "given"
    assert found["u01-slope"] == "student"
    assert found["u01-slope-test"] == "graded"
    assert [found[name] for name in ("play", "play-2", "play-3", "play-4")] == [
        "skipped",
        "student",
        "live",
        "student",
    ]
    assert [found[name] for name in ("u01-why", "u01-read-this", "play-5")] == ["skipped"] * 3


def test_answers_edits_and_words_are_kept(again, own):
    result = again(own)
    cells = by_id(result.notebook)
    for name in ("u01-slope", "u01-value", "u01-why", "play-2"):
        assert cells[name]["source"] == text(by_id(own)[name])
    assert result.notes == ["Answers contained pasted pictures, which were not taken over: u01-why."]


def test_checksum_of_what_was_asked_for_lets_nbgrader_see_an_empty_answer(place, again):
    from nbgrader.utils import compute_checksum, determine_grade

    release = json.loads((place.release / UNIT / f"{UNIT}.ipynb").read_text())
    cells = by_id(again(release).notebook)
    for name in ("u01-why", "u01-slope"):
        node = nbformat.from_dict(cells[name])
        assert compute_checksum(node) == node.metadata.nbgrader.checksum
    assert determine_grade(nbformat.from_dict(cells["u01-why"])) == (0, 2.0)


def test_answer_that_a_person_grades_never_runs_as_a_test():
    both = {"grade": True, "solution": True, "locked": False}
    assert _kind({"nbgrader": both}) == "student"
    assert _kind({"nbgrader": both, "tags": ["given"]}) == "student"
    assert _kind({"nbgrader": {"task": True, "grade": False}}) == "given"


def test_locked_cells_are_the_sources(again, own):
    cells = by_id(own)
    cells["u01-slope-test"]["source"] = "grade = lambda *a: 99\n99.0"
    cells["one-exercise-of-each-kind-2"]["source"] = "import os"
    cells["u01-read-this"]["source"] = "Full marks."
    result = again(own)
    assert "Full marks." not in json.dumps(result.notebook)
    names = "u01-slope-test, u01-read-this"
    assert f"The student changed given cells; they ran as the course has them: {names}." in result.notes
    said = "The student changed given cells; the course's own ran first, then these as changed: "
    assert f"{said}one-exercise-of-each-kind-2." in result.notes


def test_what_was_made_of_the_courses_code_runs_as_the_students(again, own):
    cells = by_id(own)
    cells["u01-slope-test"]["source"] = "grade = lambda *a: 99\n99.0"
    given = "one-exercise-of-each-kind-2"
    cells[given]["source"] = "import os\n" + text(cells[given])
    found = ran(again(own))
    assert found[0][0] == given
    assert found[1] == ("extra--1", cells[given]["source"])
    assert extras(again(own)) == [cells[given]["source"], "grade = lambda *a: 99\n99.0"]


def test_flags_points_tags_ids_and_outputs_of_a_submission_change_nothing(again, own):
    plain = again(copy.deepcopy(own))
    for cell in own["cells"]:
        mark = cell["metadata"].setdefault("nbgrader", {})
        mark |= {"points": 1000, "schema_version": 99, "locked": not mark.get("locked")}
        mark |= {"grade": not mark.get("grade"), "solution": not mark.get("solution"), "task": True}
        cell["metadata"]["tags"] = ["skip-execution", "raises-exception", "live", "given", "otter_ignore"]
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "execute_result", "data": {"text/plain": "99"}, "metadata": {}}]
    own["metadata"]["kernelspec"] = {"name": "bash", "language": "bash", "display_name": "Bash"}
    result = again(own)
    assert result.notebook == plain.notebook
    assert result.roles == plain.roles


def test_renamed_grade_ids_are_found_by_id_and_renamed_ids_by_grade_id(again, own):
    plain = again(copy.deepcopy(own)).notebook
    renamed = copy.deepcopy(own)
    for cell in renamed["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["grade_id"] = "mine-" + cell["id"]
    assert again(renamed).notebook == plain
    for number, cell in enumerate(own["cells"]):
        if "nbgrader" in cell["metadata"]:
            cell["id"] = f"x{number}"
    assert again(own).notebook == plain


def test_deleted_cells_that_are_asked_for_come_back(again, own):
    own["cells"] = [
        c
        for c in own["cells"]
        if c["id"] not in ("u01-slope-test", "one-exercise-of-each-kind-2", "u01-batches", "u01-why")
    ]
    result = again(own)
    cells = by_id(result.notebook)
    assert "raise NotImplementedError()" in cells["u01-batches"]["source"]
    assert cells["u01-why"]["source"] == "YOUR ANSWER HERE"
    assert "import numpy as np" in cells["one-exercise-of-each-kind-2"]["source"]
    assert result.notes == [
        "Cells of the course were missing and were put back: one-exercise-of-each-kind-2, u01-slope-test.",
        "Answers were missing, and their stubs were put back where no other cell defines the name: u01-batches.",
        "Answers in words were missing, and count as not given: u01-why.",
    ]


def test_deleted_cells_of_the_students_own_stay_deleted(again, own):
    own["cells"] = [
        cell for cell in own["cells"] if cell["id"] not in ("play-2", "play-3", "one-exercise-of-each-kind")
    ]
    result = again(own)
    assert not {"play-2", "play-3", "one-exercise-of-each-kind"} & set(by_id(result.notebook))
    assert "The student deleted these cells, and they were not put back: play-2." in result.notes


def test_extra_cells_run_after_the_nearest_known_cell_before_them(again, own):
    own["cells"].insert(0, code("top = 1", id="one-exercise-of-each-kind-9"))
    place = [cell["id"] for cell in own["cells"]].index("u01-slope")
    own["cells"][place:place] = [
        code("a = 1"),
        code("a += 1"),
        {"cell_type": "markdown", "metadata": {}, "source": "b"},
    ]
    result = again(own)
    names = list(by_id(result.notebook))
    assert names[0] == "extra--1"
    at = names.index("u01-slope")
    assert names[at - 4 : at] == ["u01-batches-test", "extra--2", "extra--3", "extra--4"]
    assert extras(result) == ["top = 1", "a = 1", "a += 1"]
    assert "3 code cells of the student's own ran in place." in result.notes


def test_ids_of_extra_cells_are_never_those_of_a_submission(again, own):
    own["cells"].append(code("x", id="extra--1"))
    own["cells"].append(code("y", id="extra--1"))
    assert [name for name in by_id(again(own).notebook) if name.startswith("extra")] == ["extra--1", "extra--2"]


@pytest.mark.parametrize("keep_id", [True, False])
def test_of_duplicates_the_first_takes_the_place_and_the_others_run(again, own, keep_id):
    place = [cell["id"] for cell in own["cells"]].index("u01-slope")
    twin = copy.deepcopy(own["cells"][place])
    twin["source"] = "def slope(f, x, h=1e-5):\n    return 0"
    if not keep_id:
        twin["id"] = "fresh"
    own["cells"].insert(place + 2, twin)
    result = again(own)
    names = list(by_id(result.notebook))
    assert by_id(result.notebook)["u01-slope"]["source"] == text(own["cells"][place])
    assert names[names.index("u01-slope-test") + 1] == "extra--1"
    assert extras(result) == [twin["source"]]
    assert (
        "Cells were there more than once; the first counted, and the others ran where they stood: u01-slope."
        in result.notes
    )


def test_duplicated_test_runs_as_the_students_and_is_graded_once(again, own):
    twin = next(copy.deepcopy(cell) for cell in own["cells"] if cell["id"] == "u01-slope-test")
    own["cells"] += [twin, twin]
    assert extras(again(own)) == [text(twin)] * 2


def test_duplicated_live_figure_runs_as_one(again, own):
    own["cells"].append(copy.deepcopy(by_id(own)["play-3"]))
    assert again(own).roles[-1] == "live"


def test_live_figure_that_was_changed_is_kept_and_runs_as_one(again, own):
    by_id(own)["play-3"]["source"] = "def helper():\n    return 1"
    result = again(own)
    assert roles(result)["play-3"] == "live"
    assert by_id(result.notebook)["play-3"]["source"].startswith("def helper")
    said = "The student changed cells of live figures; they ran without the figures: play-3."
    assert said in result.notes


def test_tag_live_on_the_students_own_cells_is_not_believed(again, own):
    by_id(own)["u01-slope"]["metadata"]["tags"] = ["live"]
    own["cells"].append(code("x = 1", metadata={"tags": ["live"]}))
    result = again(own)
    assert roles(result)["u01-slope"] == "student"
    assert extras(result) == ["x = 1"]


def test_reordered_cells_run_in_the_students_order_and_the_courses_code_in_its_own(again, own):
    plain = again(copy.deepcopy(own))
    own["cells"].reverse()
    result = again(own)
    assert [name for name, role in roles(result).items() if role == "student"] == [
        name for name, role in reversed(roles(plain).items()) if role == "student"
    ]
    assert [name for name, role in roles(result).items() if role in ("given", "graded")] == [
        name for name, role in roles(plain).items() if role in ("given", "graded")
    ]


def test_answer_turned_into_text_runs_as_code(again, own):
    cell = by_id(own)["u01-slope"]
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]
    result = again(own)
    assert ("u01-slope", text(cell)) in ran(result)
    assert (
        "Answers stood in cells of another type, and were taken as the type that was asked for: u01-slope."
        in result.notes
    )


def test_demo_turned_into_text_does_not_run(again, own):
    by_id(own)["play-2"]["cell_type"] = "raw"
    result = again(own)
    assert roles(result)["play-2"] == "skipped"
    assert by_id(result.notebook)["play-2"]["cell_type"] == "raw"


def test_answer_pasted_into_a_fresh_cell_takes_its_place(again, own):
    answer = text(by_id(own)["u01-slope"])
    place = [cell["id"] for cell in own["cells"]].index("u01-slope")
    own["cells"][place] = code(answer, id="fresh")
    result = again(own)
    assert by_id(result.notebook)["u01-slope"]["source"] == answer
    assert extras(result) == []
    assert "Cells had lost their names and were known by their text: u01-slope." in result.notes


def test_stub_that_comes_back_or_was_left_is_known_as_one(again, own, place):
    stub = text(by_id(json.loads((place.release / UNIT / f"{UNIT}.ipynb").read_text()))["u01-slope"])
    slope = by_id(own)["u01-slope"]
    slope["source"] = stub
    left = again(own)
    assert (roles(left)["u01-slope"], by_id(left.notebook)["u01-slope"]["source"]) == ("stub", stub)
    own["cells"].remove(slope)
    gone = again(own)
    assert (roles(gone)["u01-slope"], by_id(gone.notebook)["u01-slope"]["source"]) == ("stub", stub + DELETED)


def test_copy_of_a_stub_is_a_stub_wherever_it_stands(again, own, place):
    stub = by_id(json.loads((place.release / UNIT / f"{UNIT}.ipynb").read_text()))["u01-slope"]
    at = [cell["id"] for cell in own["cells"]].index("u01-slope")
    own["cells"].insert(at + 1, stub)
    result = again(own)
    assert [role for role in result.roles if role == "stub"] == ["stub"]
    assert by_id(result.notebook)["u01-slope"]["source"] == text(own["cells"][at])


def test_file_that_a_cell_writes_is_no_answer(again, own):
    at = [cell["id"] for cell in own["cells"]].index("u01-slope")
    own["cells"][at] = code("%%writefile mine.py\n" + text(own["cells"][at]))
    own["cells"].insert(at + 1, code("%run mine.py"))
    result = again(own)
    assert roles(result)["u01-slope"] == "stub"
    assert extras(result) == [own["cells"][at]["source"], "%run mine.py"]


def test_draft_under_another_guise_keeps_its_order(again, own):
    place = [cell["id"] for cell in own["cells"]].index("u01-slope")
    draft, final = "if True:\n    def slope(f, x):\n        return 1", "def slope(f, x):\n    return 2"
    own["cells"][place : place + 1] = [code(final)]
    own["cells"].insert(2, code(draft))
    assert [source for _, source in ran(again(own)) if source in (draft, final)] == [draft, final]


def test_answer_within_another_cell_is_left_there(again, own):
    answer = text(by_id(own)["u01-slope"])
    own["cells"] = [cell for cell in own["cells"] if cell["id"] != "u01-slope"]
    by_id(own)["u01-batches"]["source"] = text(by_id(own)["u01-batches"]) + "\n\n\n" + answer
    result = again(own)
    assert roles(result)["u01-slope"] == "stub"
    assert by_id(result.notebook)["u01-slope"]["source"].endswith(DELETED)
    assert (
        "Answers were missing, and their stubs were put back where no other cell defines the name: u01-slope."
        in result.notes
    )


def test_two_candidates_for_an_answer_run_where_they_stood(again, own):
    place = [cell["id"] for cell in own["cells"]].index("u01-slope")
    draft, final = "def slope(f, x):\n    return 1", "def slope(f, x):\n    return 2"
    own["cells"][place : place + 1] = [code(draft), code(final)]
    result = again(own)
    assert extras(result) == [draft, final]
