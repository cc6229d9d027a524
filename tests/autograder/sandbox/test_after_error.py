"""What runs of a cell below a statement that stops with an error: names get bound, and none that was bound changes."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from autograder.sandbox.confined.notebook.ipython import ZMQInteractiveShell


def made(kind):
    config = Config()
    config.HistoryManager.enabled = False
    return kind(config=config)


@pytest.fixture
def shell():
    return made(ZMQInteractiveShell)


@pytest.fixture
def run(shell):
    """Run a cell that stops at its first line; gives the names that are there then."""

    def cell(source, error="1 / 0"):
        result = shell.run_cell(f"{error}\n{source}", store_history=True)
        assert not result.success
        return shell.user_ns

    return cell


BINDING = {
    "import": "import math as bound",
    "import of a name": "from math import pi as bound",
    "definition": "def bound(): pass",
    "coroutine": "async def bound(): pass",
    "class": "class bound: pass",
    "assignment": "bound = 3",
    "assignment of several": "(other, [bound, *rest]), more = ((1, [2]), 3)",
    "annotated": "bound: int = 3",
    "awaited": "async def one():\n    return 1\nbound = await one()",
    "import that may fail": "try:\n    import no_such as bound\nexcept ImportError:\n    bound = None\nelse:\n    pass",
    "condition": "if True:\n    class bound: pass\nelse:\n    import no_such",
    "with": "import contextlib\nwith contextlib.suppress(ValueError):\n    bound = 3",
    "attribute of a fresh one": "def bound(): pass\nbound.calls = 0\nbound.calls += 1\nassert bound.calls == 1",
    "below what fails again": "first = no_such\nimport no_such\nbound = 3",
}


@pytest.mark.parametrize("name", BINDING)
def test_names_below_an_error_are_bound(run, name):
    assert "bound" in run(BINDING[name])


@pytest.mark.parametrize(
    "error", ["no_such_name", "import no_such", "open('no such')", "await no_such()", "%run no.py"]
)
def test_names_are_bound_whatever_the_error(run, error):
    assert run("bound = 3", error)["bound"] == 3


LEAVING = {
    "call": "done.append(1)",
    "magic": "%time done.append(1)",
    "loop": "for _ in range(3): done.append(1)",
    "condition with a call": "if True:\n    fresh = 1\n    done.append(1)",
    "handler with a call": "try:\n    fresh = no_such\nexcept NameError:\n    done.append(1)",
    "item": "done[:] = [1]",
    "item of an attribute": "holder.kept[0] = 1",
    "attribute": "holder.kept = 1",
    "attribute in a list": "fresh, holder.kept = 1, 2",
    "in place": "done += [1]",
    "in place of an attribute": "holder.kept += [1]",
    "deletion": "del done",
    "bound again": "done = 1",
    "defined again": "def done(): pass",
    "imported again": "from math import pi as done",
    "bound again in a loop over lines": "done = 1\nholder = done",
    "raises": "raise ValueError",
}


@pytest.mark.parametrize("name", LEAVING)
def test_what_was_there_before_the_error_stays_as_it_is(run, shell, name):
    shell.run_cell("class holder: kept = [0]\ndone = []")
    before = shell.user_ns["done"], shell.user_ns["holder"]
    after = run(LEAVING[name])
    assert (after["done"], after["holder"]) == before
    assert (after["done"], after["holder"].kept) == ([], [0])


def test_names_of_python_are_taken_by_imports_alone(run):
    names = run("from math import pow\nsum = 0\ndef max(): pass\nif True:\n    list = 3\nbound = sum([1, 2])")
    assert not {"sum", "max", "list"} & set(names)
    assert names["pow"](2, 2) == 4.0
    assert names["bound"] == 3


@pytest.mark.parametrize("error", ["raise ValueError('enough')", "raise KeyboardInterrupt", "import sys; sys.exit()"])
def test_cell_that_was_interrupted_or_told_to_stop_stops(run, error):
    assert "bound" not in run("bound = 3", error)


def test_interrupt_below_an_error_ends_the_cell(run, capsys):
    interrupts = "def stop(_):\n    raise KeyboardInterrupt('too long')\n@stop\ndef slow(): pass\nbound = 3"
    assert "bound" not in run(interrupts)
    assert "too long" in capsys.readouterr().out


def test_first_error_alone_is_shown(run, capsys):
    run("x = no_such_name\nimport no_such\nbound = 3")
    shown = capsys.readouterr().out
    assert "ZeroDivisionError" in shown
    assert "NameError" not in shown
    assert "ModuleNotFoundError" not in shown


def test_error_after_a_cell_like_that_is_shown(run, shell, capsys):
    run("x = no_such_name")
    shell.run_cell("no_other_name")
    assert "no_other_name" in capsys.readouterr().out


@pytest.mark.parametrize("interactivity", ["all", "last", "last_expr", "last_expr_or_assign", "none"])
def test_values_are_shown_as_in_any_ipython(interactivity, capsys):
    shown = []
    for kind in (InteractiveShell, ZMQInteractiveShell):
        shell = made(kind)
        shell.ast_node_interactivity = interactivity
        for source in ("1\nx = 2\n3", "4\nx = 5", "6;", "def f(): pass"):
            shell.run_cell(source)
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1]
