"""The rules of form of a text notebook: each can be broken, and is told."""

import pytest
from support.courses import SMALL, copy_course

from autograder.verify.style import free_names, text_faults

UNIT = "01_kinds"
HEADER = "# %% [markdown]\n# A sentence.\n\n"


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
        ("\n# %% [markdown]\n# " + "word " * 121, "has 121 words; 120 are enough."),
        ("\n" + HEADER + "# %%\n" + "x = 1\n" * 16, "has 16 lines; 15 are enough."),
        ("\n# %%\nx = 1\n", "stands without a sentence of purpose before it."),
        ("\n# %% [markdown]\n\n# %% [markdown]\n# Text.\n", "is empty."),
        (
            "\n" + graded("check(helper)"),
            "is graded and uses helper; it may use check, grade, np and this unit's answers.",
        ),
        ("\n" + (HEADER + "# %%\nx = 1\n\n") * 15, "has 46 cells besides live ones; 45 are enough."),
    ],
)
def test_broken_rule_is_told(faults_with, addition, words):
    assert any(fault.endswith(words) for fault in faults_with(addition))


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
