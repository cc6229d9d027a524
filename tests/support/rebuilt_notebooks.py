"""The small course with cells of every sort, and what is looked at in a rebuilt notebook of it."""

import copy
import json

import nbformat

UNIT = "01_kinds"
RIGHT = ["linear_backward", "Value", "RunningMean", "batches", "slope", "layer_gradients", "train"]
MORE = """

# %% [markdown]
# ## Play
#
# A figure and a table.

# %%
shown = 3
print(shown)

# %% tags=["live"]
from course.widgets import descent

descent()

# %%
print("after the figure")

# %% [markdown] nbgrader={"grade": true, "grade_id": "u01-why", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# Because of the chain rule.

# %% [markdown] nbgrader={"grade": false, "grade_id": "u01-read-this", "locked": true, "schema_version": 3, "solution": false, "task": false}
# This stays as it is.

# %% [raw]
# Raw.
"""  # noqa: E501


def by_id(notebook):
    return {cell["id"]: cell for cell in notebook["cells"]}


def text(cell):
    return "".join(cell["source"])


def source_of(place):
    return by_id(json.loads(place.notebook(UNIT).read_text()))


def see_that_the_course_holds(place, result):
    """What no submission can change."""
    nbformat.validate(nbformat.from_dict(result.notebook))
    assert (result.notebook["nbformat"], result.notebook["nbformat_minor"]) == (4, 5)
    source = source_of(place)
    assert result.notebook["metadata"] == json.loads(place.notebook(UNIT).read_text())["metadata"]
    graded = [cell for cell, role in zip(result.notebook["cells"], result.roles, strict=True) if role == "graded"]
    marks = {name: cell["metadata"].get("nbgrader", {}) for name, cell in source.items()}
    wanted = [source[name] for name, mark in marks.items() if mark.get("grade") and not mark["solution"]]
    assert [(c["id"], c["source"], c["metadata"]) for c in graded] == [
        (c["id"], text(c), c["metadata"]) for c in wanted
    ]
    for cell, role in zip(result.notebook["cells"], result.roles, strict=True):
        own = source.get(cell["id"])
        metadata = copy.deepcopy(cell["metadata"])
        metadata.get("nbgrader", {}).pop("checksum", None)
        assert metadata == (own["metadata"] if own else {})
        assert cell.get("outputs", []) == []
        assert role == "skipped" or cell["cell_type"] == "code"
        if role == "given":
            assert cell["source"] == text(own)
    see_that_the_courses_own_code_keeps_its_order(place, result)
    assert all(isinstance(note, str) and note.isprintable() for note in result.notes)


def see_that_the_courses_own_code_keeps_its_order(place, result):
    """Given and graded cells have the source's order; a given cell runs before, a graded one after its answers."""
    names, kinds, order = list(by_id(result.notebook)), roles(result), list(source_of(place))
    graded = [name for name in names if kinds[name] == "graded"]
    given = [name for name in names if kinds[name] == "given"]
    assert graded == [name for name in order if name in graded]
    assert given == [name for name in order if name in given]
    answers = [name for name, cell in source_of(place).items() if cell["metadata"].get("nbgrader", {}).get("solution")]
    for name in graded:
        assert all(names.index(a) < names.index(name) for a in answers if order.index(a) < order.index(name))
    for name in given:
        later = [
            other for other in order[order.index(name) :] if kinds.get(other) in ("given", "student", "stub", "live")
        ]
        assert all(names.index(name) <= names.index(other) for other in later)


def ran(result):
    """The ids and texts of the cells that run, in order."""
    return [
        (cell["id"], cell["source"])
        for cell, role in zip(result.notebook["cells"], result.roles, strict=True)
        if role in ("given", "student", "stub", "live")
    ]


def extras(result):
    return [source for name, source in ran(result) if name.startswith("extra--")]


def roles(result):
    return dict(zip(by_id(result.notebook), result.roles, strict=True))


def code(source, **more):
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None, **more}


def without_names(notebook, ids=True, metadata=True):
    for cell in notebook["cells"]:
        if ids:
            del cell["id"]
        if metadata:
            cell["metadata"] = {}
    return notebook
