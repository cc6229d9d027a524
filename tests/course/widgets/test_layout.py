"""The folders of the live figures: how a notebook gets a figure, and what the browser is sent."""

import os
import subprocess
import sys
from importlib import import_module

import pytest
from support.courses import ROOT

from course import widgets
from course.widgets.kit.assets import read_assets

WIDGETS = ROOT / "course" / "widgets"
FIGURES = widgets.FIGURES
PLAYING = ("descent", "decision", "boundary", "digits_training")


def run(code, **environment):
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, **environment})
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("first", ["package", "folder"])
def test_notebook_gets_the_function_whichever_is_imported_first(first):
    for_one = ["from course.widgets import {0}", "from course.widgets.{0}.figure import {0} as there"]
    for_one = [*(for_one if first == "package" else for_one[::-1]), "from course.widgets import {0}"]
    code = "\n".join([*for_one, "print('{0}', {0} is there, callable({0}))"])
    told = run("\n".join(code.format(name) for name in FIGURES))
    assert told.splitlines() == [f"{name} True True" for name in FIGURES]


@pytest.mark.parametrize("before", ["", "import course.widgets.{0}.figure\n"], ids=["alone", "after its folder"])
def test_stand_in_while_graded(before):
    code = before + "from course.widgets import {0}\n{0}(1, a=2)"
    told = run("\n".join(code.format(name) for name in FIGURES), NBGRADER_EXECUTION="validate")
    line = "A live figure stands here; it does not run while the notebook is graded."
    assert told.splitlines() == [line] * len(FIGURES)


@pytest.mark.parametrize("name", PLAYING)
def test_figure_that_plays_has_the_base_style_and_its_own(name):
    figure = import_module(f"course.widgets.{name}.figure")
    (kind,) = (
        thing for thing in vars(figure).values() if isinstance(thing, type) and thing.__module__ == figure.__name__
    )
    assert kind._css == read_assets("kit/base.css", f"{name}/figure.css")
    assert f'className: "course-figure {name} course-panel"' in kind._esm
    rules = [line for line in read_assets(f"{name}/figure.css").splitlines() if "{" in line]
    assert rules and all(line.startswith(f".course-figure.{name} ") for line in rules)


def test_every_script_and_style_is_sent_by_a_figure():
    sources = "\n".join(path.read_text(encoding="utf-8") for path in sorted(WIDGETS.rglob("*.py")))
    files = [path for kind in ("*.js", "*.css") for path in WIDGETS.rglob(kind)]
    assert len(files) > 20
    assert [str(path) for path in files if f'"{path.relative_to(WIDGETS).as_posix()}"' not in sources] == []
