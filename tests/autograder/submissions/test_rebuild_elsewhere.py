"""Submissions saved by other programs, from older releases, of other units, and changed at random, are rebuilt."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.courses import SMALL, copy_course
from support.rebuilt_notebooks import (
    UNIT,
    by_id,
    code,
    ran,
    see_that_the_course_holds,
    text,
    without_names,
)

from autograder.build.release import build
from autograder.errors import AutograderError
from autograder.submissions.parse import parse_notebook
from autograder.submissions.rebuild import rebuild
from autograder.submissions.reference import reference_notebook

pytestmark = pytest.mark.xdist_group("rebuild")


def jupyterlab(notebook):
    notebook["metadata"] |= {"widgets": {"application/vnd.jupyter.widget-state+json": {"state": {}}}}
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "code":
            cell["execution_count"] = number
            cell["metadata"] |= {"execution": {"iopub.execute_input": "2026-01-01"}, "trusted": True}
    return notebook


def notebook7(notebook):
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.13.1", "mimetype": "text/x-python"}
    for cell in notebook["cells"]:
        cell["source"] = text(cell).splitlines(keepends=True)
        cell["metadata"] |= {"jupyter": {"source_hidden": False}, "collapsed": False, "editable": True, "slideshow": {}}
    return notebook


def vscode(notebook):
    notebook["metadata"] = {**notebook["metadata"], "orig_nbformat": 4, "vscode": {"interpreter": {"hash": "0"}}}
    for cell in notebook["cells"]:
        cell["source"] = text(cell).replace("\n", "\r\n")
        cell["metadata"] |= {"vscode": {"languageId": "python"}}
    return notebook


def vscode_without_metadata(notebook):
    del notebook["metadata"]["course"]
    return without_names(vscode(notebook), ids=False)


def colab(notebook):
    """Colab saves version 4.0: ids go to the metadata."""
    notebook["nbformat_minor"] = 0
    notebook["metadata"] = {"colab": {"provenance": []}, "kernelspec": {"name": "python3"}, "language_info": {}}
    for cell in notebook["cells"]:
        cell["metadata"] |= {"id": cell.pop("id"), "outputId": "0-1", "colab": {"base_uri": "https://localhost"}}
    return notebook


def colab_with_its_own_ids(notebook):
    for number, cell in enumerate(colab(notebook)["cells"]):
        cell["metadata"]["id"] = f"Zk{number}"
    return notebook


def everything_lost(notebook):
    notebook["metadata"] = {}
    return without_names(notebook)


@pytest.mark.parametrize(
    "program", [jupyterlab, notebook7, vscode, vscode_without_metadata, colab, colab_with_its_own_ids, everything_lost]
)
def test_notebook_saved_by_another_program_is_the_same(again, own, program):
    plain = again(copy.deepcopy(own))
    result = again(program(own))
    assert result.belongs
    assert [source.replace("\r\n", "\n") for _, source in ran(result)] == [source for _, source in ran(plain)]


@pytest.fixture
def newer(place, own, tmp_path):
    """The unit after a later release: a demo and its text put before an answer, one demo gone, a test mended."""
    later = copy_course(place.root, tmp_path / "newer")
    path = later.text(UNIT)
    changed = path.read_text().replace(
        '# %% nbgrader={"grade": false, "grade_id": "u01-slope"',
        '# %% [markdown]\n# New words.\n\n# %%\nnew_demo = 1\n\n# %% nbgrader={"grade": false, "grade_id": "u01-slope"',
    )
    changed = changed.replace("check(slope)\n", "check(slope)\n# Mended.\n").replace(
        '\n# %%\nprint("after the figure")\n', ""
    )
    path.write_text(changed.replace("# A figure and a table.", "# A figure."))
    list(build(later, [UNIT]))
    return later


def test_submission_made_from_an_older_release_still_maps(newer, own):
    answers = {name: text(cell) for name, cell in by_id(own).items()}
    own["cells"].insert(3, code("own = 1"))
    result = rebuild(newer, UNIT, parse_notebook(json.dumps(own).encode(), "a.ipynb"))
    see_that_the_course_holds(newer, result)
    cells = by_id(result.notebook)
    assert "# Mended." in cells["u01-slope-test"]["source"]
    for name in ("u01-slope", "u01-value", "u01-why"):
        assert cells[name]["source"] == answers[name]
    texts = [source for _, source in ran(result)]
    assert texts[-3] == "shown = 4\nprint(shown)"
    assert texts[-1] == 'print("after the figure")', "old demos run where they stood"
    assert "new_demo = 1" not in texts
    assert result.notes[0] == "It was made from another release of the unit, and graded with the cells of this one."


def test_notebook_of_another_unit_does_not_belong(place):
    other = {"cells": [code("x = 1", id="u05-x"), {"cell_type": "markdown", "metadata": {}, "source": "## Play"}]}
    other |= {"nbformat": 4, "metadata": {"course": {"unit": "05\u202e", "text": "y"}}}
    result = rebuild(place, UNIT, parse_notebook(json.dumps(other).encode(), "a.ipynb"))
    assert not result.belongs
    see_that_the_course_holds(place, result)


def test_empty_notebook_is_rebuilt(again):
    result = again({"cells": [], "nbformat": 4, "metadata": {}})
    assert not result.belongs
    assert result.roles.count("graded") == 7


def test_unit_that_is_not_built_says_to_build(own, tmp_path):
    fresh = copy_course(SMALL, tmp_path / "fresh")
    submitted = parse_notebook(json.dumps(own).encode(), "a.ipynb")
    with pytest.raises(
        AutograderError, match="01_kinds is not built as it stands now. Run: python -m autograder build"
    ):
        rebuild(fresh, UNIT, submitted)
    list(build(fresh, [UNIT]))
    rebuild(fresh, UNIT, submitted)
    fresh.text(UNIT).write_text(fresh.text(UNIT).read_text() + "\n# %%\nlater = 1\n")
    with pytest.raises(AutograderError, match="01_kinds is not built as it stands now"):
        rebuild(fresh, UNIT, submitted)


def test_rebuilding_leaves_the_masters_as_they_are(place, again, own):
    before = copy.deepcopy(reference_notebook(place, UNIT))
    result = again(own)
    for cell in result.notebook["cells"]:
        cell["metadata"].setdefault("nbgrader", {})["points"] = 99
    result.notebook["metadata"]["kernelspec"].clear()
    assert reference_notebook(place, UNIT) == before


STRANGE = st.fixed_dictionaries(
    {
        "cell_type": st.sampled_from(["code", "markdown", "raw", "heading"]),
        "source": st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30),
    },
    optional={
        "id": st.sampled_from(
            ["u01-slope", "u01-slope-test", "play-3", "one-exercise-of-each-kind-2", "extra--1", "fresh"]
        ),
        "metadata": st.fixed_dictionaries(
            {},
            optional={"nbgrader": st.fixed_dictionaries({"grade_id": st.sampled_from(["u01-value", "u01-why", ""])})},
        ),
    },
)


@st.composite
def handling(draw, count):
    """A way to permute, duplicate, delete and insert cells, as a list of old numbers and new cells."""
    order = draw(st.permutations(range(count))) if draw(st.booleans()) else list(range(count))
    order = [n for n in order if n not in draw(st.sets(st.integers(0, count - 1), max_size=count))]
    for number in draw(st.lists(st.integers(0, count - 1), max_size=4)):
        order.insert(draw(st.integers(0, len(order))), number)
    for cell in draw(st.lists(STRANGE, max_size=3)):
        order.insert(draw(st.integers(0, len(order))), cell)
    return order


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(["nothing", "ids", "metadata"]))
def test_any_handling_keeps_every_answer_and_every_test(place, filled, data, lost):
    order = data.draw(handling(len(filled["cells"])))
    cells = [copy.deepcopy(filled["cells"][item]) if isinstance(item, int) else item for item in order]
    for cell in [cell for cell, item in zip(cells, order, strict=True) if isinstance(item, int)]:
        if lost == "ids":
            del cell["id"]
        elif lost == "metadata":
            cell["metadata"] = {}
    submitted = parse_notebook(json.dumps({**filled, "cells": cells}).encode(), "a.ipynb")
    result = rebuild(place, UNIT, submitted)
    see_that_the_course_holds(place, result)
    run = [source for _, source in ran(result)]
    shown = [cell["source"] for cell in result.notebook["cells"]]
    for number, cell in enumerate(filled["cells"]):
        if number in order and cell["metadata"].get("nbgrader", {}).get("solution"):
            assert text(cell) in (run if cell["cell_type"] == "code" else shown)
    own = [slot for slot in reference_notebook(place, UNIT).cells if slot.kind in ("graded", "given")]
    names, texts = {slot.id for slot in own}, {slot.released for slot in own}
    for cell in submitted.cells:
        if cell.id not in names and cell.text not in texts:
            assert cell.text in shown, "whatever is the student's own is kept"
