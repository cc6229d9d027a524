"""Each operator changes what it says, and a mutant has one change."""

import ast

import pytest

from autograder.mutants.known_right import RightText
from autograder.mutants.mutant import mutants_of
from autograder.mutants.operators import OPERATORS


def mutants(text):
    """The mutants of a definition by operator: the definitions, without their first line where it is unchanged."""
    definition = ast.parse(text).body[0]
    found = {}
    for mutant in mutants_of(RightText("right", "import numpy as np", definition, "")):
        found.setdefault(mutant.operator, []).append(mutant.definition)
    return found


def returned(expression, operator):
    """What a function's single expression becomes."""
    changed = mutants(f"def f(a, b, seed=5):\n    return {expression}").get(operator, [])
    return [text.split("return ", 1)[1] for text in changed]


@pytest.mark.parametrize(
    "operator, expression, some",
    [
        ("another operator", "a + b", "a - b"),
        ("dropped part", "a - b", "-b"),
        ("swapped sides", "a / b", "b / a"),
        ("sign", "-a", "a"),
        ("sign", "a", "-a"),
        ("absolute value", "a - b", "abs(a) - b"),
        ("divided by itself", "a - b", "a * a / a - b"),
        ("factor", "a", "2 * a"),
        ("other number", "a + 3", "a + 2"),
        ("other number", "a + 1e-05", "a + 0.0001"),
        ("other comparison", "a < b", "a <= b"),
        ("other condition", "a if b else -a", "a if True else -a"),
        ("clipped", "a", "np.clip(a, -6.0, 6.0)"),
        ("rounded", "a", "np.round(a, 4)"),
        ("function of the same kind", "a.sum(axis=1)", "a.mean(axis=1)"),
        ("other axis", "a.sum(axis=1, keepdims=True)", "a.sum(axis=1)"),
        ("other axis", "a.sum(axis=1)", "a.sum(axis=-1)"),
        ("first two axes counted", "a / a.size", "a / np.prod(np.shape(a)[:2], dtype=int)"),
        ("transpose", "a.T @ b", "a @ b"),
        ("transpose", "a @ b", "a.T @ b"),
        (
            "transpose where shapes do not fit",
            "a.T @ b",
            "a @ b if np.shape(a)[-1] == np.shape(b)[0] else a.T @ b",
        ),
        (
            "transposed where square",
            "a",
            "(lambda r: r.T if np.ndim(r) == 2 and r.shape[0] == r.shape[1] else r)(a)",
        ),
        ("another row", "a[b]", "a[b - 1]"),
        ("shorter slice", "a[1:]", "a[1 + 1:]"),
        ("swapped arguments", "np.dot(a, b)", "np.dot(b, a)"),
        ("argument alone", "np.log(a)", "a"),
        ("swapped results", "(a, b)", "(b, a)"),
        ("shorter loop", "[k for k in a]", "[k for k in list(a)[:-1]]"),
        ("loop in another order", "reversed(a)", "list(a)"),
        ("no copy", "a.astype(float)", "a"),
        ("copy instead", "a", "np.array(a)"),
        ("zero as nothing", "f(seed)", "f(seed or None)"),
        ("halved argument", "f(seed)", "f(seed // 2)"),
        ("remainder of argument", "f(seed)", "f(seed % 10)"),
        ("default always", "a + seed", "a + 5"),
    ],
)
def test_operator_changes_an_expression(operator, expression, some):
    assert some in returned(expression, operator)


LOOP = """def f(x, steps):
    losses = []
    for k in range(steps):
        x = x - k
        losses.append(x)
    return losses"""


@pytest.mark.parametrize(
    "operator, before, line",
    [
        ("single round", LOOP, "        break"),
        ("early return", LOOP, "        return losses"),
        ("shorter loop", LOOP, "    for k in list(range(steps))[:-1]:"),
        ("stops where nothing moves", LOOP, "        if np.shape(x) == np.shape(_before) and np.allclose(x, _before,"),
        ("stops by the curve", LOOP, "        if len(losses) > 1 and losses[-1] > losses[-2]:"),
        ("stops by the curve", LOOP, "        losses.append(min([*losses, x]))"),
        ("left out statement", LOOP, "        pass"),
        ("in place", LOOP, "        x -= k"),
        ("not in place", "def f(x):\n    x += 1\n    return x", "    x = x + 1"),
        ("emptied parameter", "def f(x):\n    return [k for k in x]", "    if isinstance(x, list):"),
        ("first result kept", LOOP, "    if ('f', 0) in f._kept:"),
        ("first result kept", LOOP, "    if ('f', repr([np.shape(a) for a in (x, steps)])) in f._kept:"),
    ],
)
def test_operator_changes_statements(operator, before, line):
    found = [changed for text in mutants(before)[operator] for changed in text.splitlines()]
    assert any(changed.startswith(line) for changed in found), found


def test_every_operator_is_tried_above():
    marks = [*test_operator_changes_an_expression.pytestmark, *test_operator_changes_statements.pytestmark]
    assert {case[0] for mark in marks for case in mark.args[1]} == set(OPERATORS)


def test_docstrings_and_annotations_are_left_alone():
    text = 'def f(a: 1 + 1) -> 3 + 3:\n    """4 + 4"""\n    return a + 2'
    changed = [mutant for found in mutants(text).values() for mutant in found]
    assert changed and all(mutant.startswith("def f(a: 1 + 1) -> 3 + 3:") for mutant in changed)
    assert all('"""4 + 4"""' in mutant for mutant in changed)


def test_each_mutant_is_another_code_and_has_a_name_of_its_own():
    definition = ast.parse("def f(a):\n    return abs(a) + abs(a)").body[0]
    found = list(mutants_of(RightText("right", "", definition, "")))
    assert len({mutant.definition for mutant in found}) == len({mutant.name for mutant in found}) == len(found)
    assert "right: abs(a) → a" in {mutant.name for mutant in found}
    assert "right: abs(a) → a (2)" in {mutant.name for mutant in found}


def test_the_definition_is_whole_again_after_its_mutants_were_made():
    definition = ast.parse(LOOP).body[0]
    list(mutants_of(RightText("right", "", definition, "")))
    assert ast.unparse(definition) == LOOP
