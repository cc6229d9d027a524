"""Which package may import which: the arrows of the design."""

import ast
import subprocess
import sys

import pytest
from support.courses import ROOT

OURS = {"course", "autograder", "tests", "tools", "benchmarks", "nbgrader", "jupytext", "jupyterlab"}


def imported(path):
    """The top-level names that a Python file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add((node.module or "").split(".")[0])
    return names


@pytest.mark.parametrize("path", sorted((ROOT / "course").rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_course_imports_nothing_of_the_instructor(path):
    assert imported(path) & OURS <= {"course"}


@pytest.mark.parametrize("path", sorted((ROOT / "autograder").rglob("*.py")), ids=lambda p: p.name)
def test_autograder_imports_no_tests_or_tools(path):
    assert not imported(path) & {"tests", "tools", "benchmarks", "conftest"}


def test_autograder_says_nothing_of_backpropagation():
    """Another course can be written with the same engine: no exercise of this one is named in it."""
    from autograder.exercises.loader import exercises_of
    from autograder.paths import Course

    names = {name for unit in Course(ROOT).units() for name in exercises_of(unit, Course(ROOT))} - {"add", "predict"}
    for path in (ROOT / "autograder").rglob("*.py"):
        strings = {
            n.value for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Constant) and n.value in names
        }
        assert not strings, path


@pytest.mark.parametrize("path", sorted((ROOT / "source").glob("*/[0-9]*.py")), ids=lambda p: p.stem)
def test_notebook_imports_autograder_only_in_hidden_tests(path):
    hidden = False
    for line in path.read_text(encoding="utf-8").splitlines():
        hidden = (hidden or "BEGIN HIDDEN TESTS" in line) and "END HIDDEN TESTS" not in line
        if "import" in line and "autograder" in line:
            assert hidden, line


def run(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout


def test_course_imports_no_matplotlib():
    assert run("import course, sys; print('matplotlib' in sys.modules, 'IPython' in sys.modules)") == "False False\n"


def test_course_checks_without_autograder_and_nbgrader():
    code = """
import sys
for name in ("autograder", "nbgrader", "jupytext", "rich", "ipywidgets", "IPython"):
    sys.modules[name] = None
from course import check
def add(a, b):
    return a + b
check(add)
"""
    assert run(code).startswith("add\n")
