"""Which package may import which: the table in docs/architecture.md holds, and no import goes in a circle."""

import ast
import functools
import graphlib
import re
import subprocess
import sys
from collections import Counter

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


def importers_of(names, package):
    """The modules of a package that import some of these names, and which."""
    found = {path: imported(path) & names for path in sorted((ROOT / package).rglob("*.py"))}
    return {str(path.relative_to(ROOT)): sorted(names) for path, names in found.items() if names}


def test_course_imports_nothing_of_the_instructor():
    assert importers_of(OURS - {"course"}, "course") == {}


PACKAGES = [ROOT / "course", ROOT / "autograder"]
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path
    for package in PACKAGES
    for path in sorted(package.rglob("*.py"))
}
FRONTS = {"course.__init__", "autograder.__init__", "autograder.__main__"}
MAX_MODULES, MAX_LINES = 10, 250
"""In a folder and in a module."""


@functools.cache
def table():
    """The rows of the table in docs/architecture.md: what each part may import."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w.*]+)` \|.*\|([^|]*)\|$", text, re.M)
    return {part: set(re.findall(r"`([\w.*]+)`", allowed)) for part, allowed in rows}


def modules_imported_by(name):
    """The modules of ours that a module imports, wherever the import stands."""
    package, found = name.split(".")[:-1], set()
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*start, *filter(None, [node.module])])
            found |= {
                f"{base}.{alias.name}"
                if {f"{base}.{alias.name}", f"{base}.{alias.name}.__init__"} & set(MODULES)
                else base
                for alias in node.names
            }
    places = {f"{other}.__init__" if f"{other}.__init__" in MODULES else other for other in found}
    return (places & set(MODULES)) - {name}


def part_of(name):
    """The row of the table that a module belongs to: a row of its own, else its folder's, else that of all figures."""
    rows = table()
    if name in FRONTS or name in rows:
        return name
    folder = name.rpartition(".")[0]
    return folder if folder in rows else f"{folder.rpartition('.')[0]}.*"


def strange_imports(name):
    """The parts that a module imports and its row of the table does not allow."""
    folder = name.rpartition(".")[0]
    others = {part_of(other) for other in modules_imported_by(name) if other.rpartition(".")[0] != folder}
    return others - table()[part_of(name)] - {part_of(name)}


def test_modules_import_what_the_table_allows():
    assert {part_of(name) for name in MODULES} - set(table()) == set(), "docs/architecture.md has no such row"
    assert {name: strange for name in MODULES if (strange := strange_imports(name))} == {}


def test_table_names_only_what_there_is():
    rows = table()
    known = {part_of(name) for name in MODULES}
    assert set(rows) == known
    assert set().union(*rows.values()) <= known


def test_no_import_goes_in_a_circle():
    graph = {name: modules_imported_by(name) for name in MODULES if name not in FRONTS}
    list(graphlib.TopologicalSorter(graph).static_order())


def test_folder_has_at_most_ten_modules():
    modules = [path for path in MODULES.values() if not path.stem.startswith("__")]
    count = Counter(str(path.parent.relative_to(ROOT)) for path in modules)
    assert {folder: n for folder, n in count.items() if n > MAX_MODULES} == {}


def test_module_has_at_most_250_lines():
    lines = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: count for name, count in lines.items() if count > MAX_LINES} == {}


def test_module_says_in_its_first_line_what_it_holds():
    parsed = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}
    assert [name for name, tree in parsed.items() if not ast.get_docstring(tree)] == ["course.keys.__init__"]


def test_autograder_imports_no_tests_or_tools():
    assert importers_of({"tests", "tools", "benchmarks", "conftest"}, "autograder") == {}


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
