"""From an empty notebook to a network that works: the released units 9 and 10, with right answers filled in."""

import re

import pytest
from support.notebook_runs import execute, printed, right_texts


def said(course, unit, pattern):
    """The number in the one sentence that the notebook prints about its network."""
    notebook = execute(course, unit, right_texts(course, unit))
    found = re.findall(pattern, "".join(map(printed, notebook.cells)))
    assert len(found) == 1, found
    return float(found[0])


def test_unit_9_ends_with_xor_solved_and_says_so(built_course):
    pattern = r"XOR: your network gets ([\d.]+)% of 200 points right; its loss is 0\.0\d+\."
    assert said(built_course, "09_two_layers", pattern) == 100


def test_unit_10_reads_97_percent_of_digits_it_never_saw_and_says_so(built_course):
    pattern = r"Your network reads ([\d.]+)% of the held-out digits: \d+ of 500\."
    assert said(built_course, "10_mlp", pattern) >= 97


@pytest.mark.parametrize(
    ("unit", "waits"), [("09_two_layers", "train_two_layer"), ("10_mlp", "minibatches and train_mlp")]
)
def test_unwritten_network_is_waited_for(built_course, unit, waits):
    notebook = execute(built_course, unit, {})
    text = "".join(map(printed, notebook.cells))
    assert re.search(rf"This cell waits for .*{waits}: write them", text)
    assert "your network gets" not in text.lower()
    assert "your network reads" not in text.lower()
