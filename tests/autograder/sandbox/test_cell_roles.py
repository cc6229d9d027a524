"""What a cell's role changes in how it runs: names of the course are not the student's, stubs overwrite nothing."""

import sys
import types

import pytest
from IPython.core.interactiveshell import InteractiveShell

from autograder.sandbox.confined.notebook.cell_roles import StudentNames


@pytest.fixture
def run(monkeypatch):
    """Run a cell in a role; gives the names that are the student's then."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])  # a shell puts its own there
    shell = InteractiveShell()
    shell.user_ns |= {"figures": types.ModuleType("course.draw.graphs"), "shown": []}
    shell.user_ns["figures"].fork = shell.user_ns["shown"].append
    names = StudentNames(shell)

    def cell(role, source):
        with names.running(role):
            shell.run_cell(source, store_history=True)
        return names.own()

    return cell


STUB = (
    "def mse(y_hat, y):\n    raise NotImplementedError()\n\n\ndef mse_grad(y_hat, y):\n    raise NotImplementedError()"
)


def test_names_that_the_shell_and_the_courses_cells_bind_are_not_the_students(run):
    assert not {"get_ipython", "figures"} & set(run("student", "mine = 1"))
    assert not {"mse", "np"} & set(run("given", "import numpy as np\ndef mse(y_hat, y):\n    return 0.0"))


@pytest.mark.parametrize("source", ["mse = mse", "again = mse", "globals()['mse'] = mse", "del np; import numpy as np"])
def test_name_for_the_courses_own_object_is_not_the_students(run, source):
    run("given", "import numpy as np\ndef mse(y_hat, y):\n    return 0.0")
    assert not {"mse", "np"} & set(run("student", source))


def test_name_that_the_student_binds_anew_is_the_students_until_the_course_binds_it(run):
    run("given", "mse = len")
    assert run("student", "mse = abs")["mse"] is abs
    assert "mse" not in run("given", "mse = len")


def test_stub_binds_only_what_the_student_has_not_bound(run):
    run("student", "loss = mse = abs")
    names = run("stub", STUB)
    assert names["mse"] is abs
    assert names["mse_grad"].__name__ == "mse_grad"
    assert run("student", "mse_grad = abs")["mse_grad"] is abs


def test_cell_copied_from_another_unit_binds_what_is_nobodys_and_takes_nothing_away(run):
    assert not {"mse", "np"} & set(run("copied", "import numpy as np\ndef mse(y_hat, y):\n    return 0.0"))
    run("student", "mse = abs")
    assert run("copied", "mse = len")["mse"] is abs
    run("student", "del mse")
    assert "mse" not in run("copied", "mse = len")
    assert run("stub", STUB)["mse"].__name__ == "mse"


def test_stub_takes_the_place_of_what_the_course_has_bound(run):
    run("given", "mse = len")
    assert run("stub", STUB)["mse"].__name__ == "mse"


def test_live_cell_runs_without_figures(run):
    names = run(
        "live",
        "from course.functions import sin as square\nfrom math import pi\nsquare(1 / 0)\nfigures.fork(1)\n"
        "if pi:\n    figures.fork(2)\n    inner = 3\n"
        "def show():\n    figures.fork(4)\nkept = figures.fork\nshown.append(5)\nfigures.fork(6)",
    )
    assert {"square", "pi", "inner", "show", "kept"} <= set(names)
    assert run("student", "found = list(shown)")["found"] == [5]
    assert run("student", "show(); figures.fork(7); found = list(shown)")["found"] == [5, 4, 7]


def test_live_cell_with_names_of_the_students_own_runs_them(run):
    run("student", "found = []\ndef descent(step):\n    found.append(step)")
    assert run("live", "descent(3)\n%time descent(4)")["found"] == [3, 4]


@pytest.mark.parametrize("source", ["def half(:", "get_ipython().ast_transformers.clear()", "1 / 0", "%reset -f"])
def test_live_cell_that_fails_leaves_the_next_cells_as_they_are(run, source):
    run("live", source)
    assert run("student", "import course.draw.graphs as figures\nmine = 3")["mine"] == 3
