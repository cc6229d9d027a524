"""The rules of form of a text notebook: each can be broken, and is told."""

import pytest
from support.courses import SMALL, copy_course

from autograder.notebook import free_names
from autograder.verify.style import text_faults

UNIT = "01_kinds"
HEADER = "# %% [markdown]\n# A sentence.\n\n"
ANSWER = '{"grade": false, "grade_id": "u01-f", "locked": false, "schema_version": 3, "solution": true}'
LONG = "    x = 1\n" * 26


@pytest.fixture
def faults_with(tmp_path):
    """The faults of the small unit with something added to its text."""
    place = copy_course(SMALL, tmp_path)
    before = set(text_faults(place, UNIT))

    def run(addition):
        place.text(UNIT).write_text(place.text(UNIT).read_text() + addition)
        return [fault for fault in text_faults(place, UNIT) if fault not in before]

    return run


def graded(body):
    meta = (
        '{"grade": true, "grade_id": "u01-more", "locked": true, "points": 1, "schema_version": 3, "solution": false}'
    )
    return f"{HEADER}# %% nbgrader={meta}\n{body}\n"


@pytest.mark.parametrize(
    ("addition", "words"),
    [
        ("\n" + HEADER + "# %%\n" + "x = 1\n" * 16, "has 16 lines; 15 are enough."),
        ("\n# %%\nx = 1\n", "stands without a sentence of purpose before it."),
        ("\n# %% [markdown]\n\n# %% [markdown]\n# Text.\n", "is empty."),
        (
            "\n" + graded("check(helper)"),
            "is graded and uses helper; it may use check, grade, np and this unit's answers.",
        ),
        (
            f"\n{HEADER}# %% nbgrader={ANSWER}\ndef f():\n    return\n",
            "nothing between BEGIN SOLUTION and END SOLUTION.",
        ),
        (
            f"\n{HEADER}# %% nbgrader={ANSWER}\ndef f():\n{LONG}    ### BEGIN SOLUTION\n    ### END SOLUTION\n",
            "has 29 lines; 25 are enough.",
        ),
    ],
)
def test_broken_rule_is_told(faults_with, addition, words):
    assert any(fault.endswith(words) for fault in faults_with(addition))


def test_text_cells_and_notebooks_may_be_as_long_as_they_need(faults_with):
    assert faults_with("\n" + (HEADER + "# " + "word " * 500 + "\n\n# %%\nx = 1\n\n") * 40) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Medium, 10 minutes, 1 point.", None),
        ("Medium, 10 minutes, 2 points.", "says 2 points; the exercise after it has 1 point."),
        ("About 10 minutes; it is worth 3 points.", "says 3 points; the exercise after it has 1 point."),
        ("After 10 minutes you have 20 words, and the 7 points of the figure.", None),
        ("Seven of 19 points are done.", None),
        ("9 of 20 points are done.", "says that the unit has 20 points; its graded cells have 19 points."),
        ("The net gets all of 200 points.", None),
        ("Of 40 points for each class, and there are 3 points for the next figure, none lies there.", None),
        ("This exercise is worth 1 point.", None),
        ("This exercise is worth 3 points.", "says 3 points; the exercise after it has 1 point."),
        ("This exercise is worth\n# **three points**.", "says 3 points; the exercise after it has 1 point."),
        ("There are 3 points for it.", "says 3 points; the exercise after it has 1 point."),
        ("Medium, 10 minutes. It earns two points.", "says 2 points; the exercise after it has 1 point."),
        ("The whole unit is worth 19 points.", None),
        ("The whole unit is worth 18 points.", "says that the unit has 18 points; its graded cells have 19 points."),
        ("**Points** 19.", None),
        ("**Points** 18.", "says that the unit has 18 points; its graded cells have 19 points."),
        ("**Points** 19: `train` 2,\n# `slope` 2, the rest 15.", None),
        (
            "**Points** 19: `train` 2,\n# `slope` 3, the rest 14.",
            "says that slope has 3 points; its graded cell has 2 points.",
        ),
        (
            "**Points** 19: `train` 2, `slope` 2.",
            "lists 4 points in all; the graded cells of the unit have 19 points.",
        ),
    ],
)
def test_points_in_a_text_cell_are_those_of_the_graded_cells(faults_with, line, told):
    answer = f"# %% nbgrader={ANSWER}\ndef f():\n    ### BEGIN SOLUTION\n    pass\n    ### END SOLUTION\n\n{HEADER}"
    found = faults_with(f"\n# %% [markdown]\n# {line}\n\n{answer}{graded('check(f)')}")
    assert [fault.split(") ", 1)[1] for fault in found] == ([told] if told else [])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("    # This exercise is worth 1 point.", []),
        ("    # This exercise is worth 3 points.", ["says 3 points; its exercise has 1 point."]),
        ('    """There are 3 points\n    for it."""', ["says 3 points; its exercise has 1 point."]),
    ],
)
def test_points_in_a_code_cell_are_those_of_its_exercise(faults_with, line, told):
    answer = f"# %% nbgrader={ANSWER}\ndef f():\n{line}\n    ### BEGIN SOLUTION\n    pass\n    ### END SOLUTION\n\n"
    found = faults_with(f"\n{HEADER}{answer}{graded('check(f)')}")
    assert [fault.split(") ", 1)[1] for fault in found] == told


def test_points_in_a_graded_cell_are_its_own(faults_with):
    (fault,) = faults_with("\n" + graded("check(slope)  # worth 3 points"))
    assert fault.endswith("says 3 points; its exercise has 1 point.")


def test_practice_has_no_points_whatever_comes_after_it(faults_with):
    answer = f"# %% nbgrader={ANSWER}\ndef f():\n    ### BEGIN SOLUTION\n    pass\n    ### END SOLUTION\n\n{HEADER}"
    practice = f"\n# %% [markdown]\n# Practice, 5 minutes, 1 point.\n\n{answer}# %%\ncheck(f)\n\n"
    (fault,) = faults_with(practice + HEADER + answer.replace("u01-f", "u01-g") + graded("check(f)"))
    assert fault.endswith("says 1 point; the exercise after it has 0 points.")


def test_graded_cell_may_use_what_it_binds_itself(faults_with):
    body = "import math\nvalue = Value(2.0)\ncheck('value_product', data=abs(value.data), da=np.pi, db=math.pi)"
    assert faults_with("\n" + graded(body)) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("x = y", {"y"}),
        ("import numpy\nnumpy.sum(z)", {"z"}),
        ("def f(a):\n    return a + b\n", {"b"}),
        ("[k * w for k in range(3)]", {"w"}),
        ("print(len('a'))", set()),
    ],
)
def test_free_names(text, names):
    assert free_names(text) == names
