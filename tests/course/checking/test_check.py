"""``check`` in a notebook: which exercise it finds, and what it prints, raises and shows."""

import functools
import io
import subprocess
import sys
import types
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

import numpy as np
import pytest
from support.odd_notebooks.strange_objects import trapped
from support.small_exercises import asked_linear_backward

from autograder.paths import Course
from course import CheckFailed, check, ready
from course.answers.error_kinds import NumpyWarning
from course.answers.result import Failure, Kind
from course.checking import display
from course.checking.messages import supplied_note, warning_advice
from course.checking.verdict import Diagnosis, Evidence, Verdict
from course.errors import UnknownExercise


@pytest.fixture(autouse=True)
def in_small_course(built_small_course: Course, at: Callable[[Course], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """The small course's keys, and no nbgrader around."""
    at(built_small_course)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Verdict]:
    """The verdicts of all checks, which are kept here in place of being printed or raised."""
    verdicts: list[Verdict] = []
    monkeypatch.setattr("course.checking.check._show", verdicts.append)
    return verdicts


def diagnosed(verdicts: list[Verdict]) -> Diagnosis:
    """The diagnosis of the one verdict, which has not passed."""
    (verdict,) = verdicts
    assert not verdict.passed
    assert verdict.diagnosis is not None
    return verdict.diagnosis


def slope(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


def wrong(f, x):
    return 2 * slope(f, x)


def stub(f, x):
    raise NotImplementedError


def in_notebook(source: str, **names: Any) -> dict[str, Any]:
    """Run a cell whose globals are a notebook's."""
    notebook = {"check": check, "np": np, **names}
    exec(source, notebook)
    return notebook


# Which exercise


def test_check_finds_the_name_that_the_notebook_binds(capsys: pytest.CaptureFixture[str]) -> None:
    for source in (
        "slope = lambda f, x: (f(x + 1e-5) - f(x - 1e-5)) / 2e-5\ncheck(slope)",
        "slope = given\ncheck(given)",
        "import functools\nslope = functools.partial(given, h=1e-6)\ncheck(slope)",
    ):
        in_notebook(source, given=slope)
        assert capsys.readouterr().out == "slope\n  values  right in 3 draws\n"


def test_check_finds_the_functions_own_name(capsys: pytest.CaptureFixture[str]) -> None:
    in_notebook("check(given)", given=slope)
    in_notebook("check(given)", given=functools.partial(slope, h=1e-6))
    assert capsys.readouterr().out.count("right in 3 draws") == 2


def test_check_prefers_the_functions_own_name_among_several(capsys: pytest.CaptureFixture[str]) -> None:
    in_notebook("batches = slope = given\ncheck(slope)", given=slope)
    assert capsys.readouterr().out.startswith("slope\n")


def test_check_looks_in_the_callers_globals_alone(capsys: pytest.CaptureFixture[str]) -> None:
    in_notebook("slope = lambda f, x: 0.0\ncheck(given)", given=slope)
    assert capsys.readouterr().out.startswith("slope\n  values  right")


def test_check_takes_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    check(lambda f, x: slope(f, x), name="slope")
    assert capsys.readouterr().out.startswith("slope\n")


class Odd:
    __name__ = 3

    def __call__(self):
        return 0


@pytest.mark.parametrize("answer", [lambda f: f, types.SimpleNamespace(), 3, None, [], Odd(), np.zeros(3)])
def test_check_of_an_unknown_answer_is_one_sentence(answer: Any) -> None:
    with pytest.raises(UnknownExercise) as found:
        check(answer)
    (line,) = found.value._render_traceback_()
    assert line.startswith("There is no exercise '")
    assert line.endswith("in this course. Say which one is meant: check(answer, name='mse').")


def test_check_of_an_unknown_name_is_one_sentence() -> None:
    for call in (lambda: check("nothing"), lambda: check(slope, name="nothing")):
        with pytest.raises(UnknownExercise, match="^There is no exercise 'nothing' in this course.") as found:
            call()
        assert len(found.value._render_traceback_()) == 1


def test_check_of_a_name_in_quotes_asks_for_the_function() -> None:
    with pytest.raises(UnknownExercise) as found:
        check("slope")
    assert str(found.value) == "Hand over the function itself, without quotes: check(slope)."


# Scenarios


def test_check_of_named_results(capsys: pytest.CaptureFixture[str]) -> None:
    check("value_product", data=-4.0, da=np.float64(-2), db=2)
    assert capsys.readouterr().out == "value_product\n  data, da, db  right\n"


def test_check_of_wrong_results_names_the_mistake() -> None:
    with pytest.raises(CheckFailed) as found:
        check("value_product", data=-4.0, da=1.0, db=2.0)
    assert str(found.value) == (
        "value_product: data and db are right, da is not.\nda is 1.0000; expected -2.0000.\n"
        "Gradients add at forks: grad must be added to."
    )


def test_check_of_missing_results_names_them(shown: list[Verdict]) -> None:
    check("value_product", data=-4.0)
    assert diagnosed(shown).failure == Failure(Kind.MISSING_RESULTS, names=("da", "db"))


def test_check_of_evil_results_says_what_they_are(shown: list[Verdict]) -> None:
    check("value_product", data=trapped()(), da=1.0, db=2.0)
    assert diagnosed(shown).failure == Failure(Kind.RESULTS_NOT_NUMBERS, "an object of type Evil")


# Printing and raising


@pytest.mark.parametrize("mode", [None, "autograde", "validate"])
@pytest.mark.parametrize(
    ("answer", "text", "raises_in"),
    [
        (slope, "slope\n  values  right in 3 draws", ()),
        (wrong, "slope is not right yet.", (None, "validate")),
        (stub, "slope: not written yet", ("validate",)),
    ],
)
def test_check_prints_or_raises_as_the_mode_says(
    mode: str | None,
    answer: Callable[..., Any],
    text: str,
    raises_in: tuple[str | None, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if mode:
        monkeypatch.setenv("NBGRADER_EXECUTION", mode)
    if mode in raises_in:
        with pytest.raises(CheckFailed) as found:
            check(answer, name="slope")
        assert str(found.value).startswith(text)
        assert capsys.readouterr() == ("", "")
    else:
        assert check(answer, name="slope") is None  # type: ignore[func-returns-value]
        out, err = capsys.readouterr()
        assert out.startswith(text)
        assert err == ""


SESSION = """
import sys
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
for cell in sys.stdin.read().split("# %%"):
    shell.run_cell(cell)
"""


def in_ipython(course: Course, *cells: str) -> str:
    """What IPython shows for these cells, in a notebook of the course."""
    done = subprocess.run(
        [sys.executable, "-c", SESSION],
        input="# %%".join(cells),
        cwd=course.source / "01_kinds",
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def test_failure_in_ipython_is_the_message_and_no_traceback(built_small_course: Course) -> None:
    shown = in_ipython(
        built_small_course,
        "from course import check\ndef slope(f, x):\n    return 0.0",
        "check(slope)",
        "check('nothing')",
        "print('goes on')",
    )
    assert shown.startswith("slope is not right yet.\nslope is 0; ")
    assert "There is no exercise 'nothing' in this course." in shown
    assert shown.endswith("goes on\n")
    for word in ("Traceback", "CheckFailed", "UnknownExercise", "----", 'File "'):
        assert word not in shown


# The table


def shell_with(monkeypatch: pytest.MonkeyPatch, **parts: Any) -> list[dict[str, str]]:
    """A stand-in for IPython; returns the list of what is displayed."""
    shown: list[dict[str, str]] = []
    monkeypatch.setattr("IPython.get_ipython", lambda: types.SimpleNamespace(**parts))
    monkeypatch.setattr("IPython.display.display", lambda data, raw: shown.append(data))
    return shown


WRONG_LAYER = "def linear_backward(dz, x, W):\n    return dz @ W.T, x.T @ dz, dz.max(axis=0)\ncheck(linear_backward)"


def test_table_is_shown_where_there_is_a_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    import IPython.display  # noqa: F401

    shown = shell_with(monkeypatch, kernel=object())
    with pytest.raises(CheckFailed):
        in_notebook(WRONG_LAYER)
    (data,) = shown
    assert "<caption>db" in data["text/html"]
    assert "✗ marks what differs</caption>" in data["text/html"]
    assert data["text/html"].count("<b>✗") >= 1
    assert data["text/plain"] == ""


def test_table_is_not_shown_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    import IPython.display  # noqa: F401

    shown = shell_with(monkeypatch)
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CheckFailed), redirect_stdout(out), redirect_stderr(err):
        in_notebook(WRONG_LAYER)
    assert (shown, out.getvalue(), err.getvalue()) == ([], "", "")


def table(got: Any, expected: Any) -> str | None:
    return display.as_table(Evidence("dW", np.asarray(got), np.asarray(expected)))


def test_table_marks_what_differs() -> None:
    text = table([1.0, 5.0, 3.0], [1.0, 2.0, 3.0])
    assert text is not None
    assert text.count("✗") == 2
    assert "<td><b>✗ 5.0000</b></td>" in text


def test_table_is_cut_to_its_upper_left_corner() -> None:
    text = table(np.zeros((20, 20)), np.ones((20, 20)))
    assert text is not None
    assert "(upper left corner)" in text
    assert text.count("<b>") == display.MAX_ROWS * display.MAX_COLUMNS


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (1.0, 2.0),
        (np.zeros((2, 2, 2)), np.ones((2, 2, 2))),
        (np.zeros(3), np.ones(4)),
        (np.zeros((0, 3)), np.zeros((0, 3))),
        (np.eye(20)[::-1], np.eye(20)[::-1] + np.diag([0.0] * 19 + [1.0])),
    ],
    ids=["number", "three dimensions", "another shape", "empty", "difference out of sight"],
)
def test_table_is_none_where_it_would_not_help(got: Any, expected: Any) -> None:
    assert table(got, expected) is None


def test_table_copes_with_infinities_and_whole_numbers() -> None:
    text = table([np.inf, -np.inf, 1.0], [np.inf, np.inf, 1.0])
    assert text is not None
    assert text.count("<b>✗") == 1
    text = table(np.array([-(2**63), 1]), np.array([2**63 - 1, 1]))
    assert text is not None
    assert text.count("<b>✗") == 1
    text = table(np.array([255, 1], np.uint8), np.array([-1, 1]))
    assert text is not None
    assert "<b>✗ 255</b>" in text


def test_table_of_text_is_none() -> None:
    assert display.as_table(Evidence("winner", "left", "right")) is None


def test_text_of_a_verdict_lines_up() -> None:
    key = asked_linear_backward().key
    warnings = (NumpyWarning("divide by zero encountered in divide", "divide by zero"),)
    kept = ("unchanged", "one row", "float32", "views", "lists", "no warnings", "own aspect")
    diagnosis = Diagnosis(key, kept=kept, warnings=warnings, relative_error=2e-9, supplied=("mse",))
    assert display.as_text(Verdict("linear_backward", 1.0, True, diagnosis=diagnosis)).splitlines() == [
        "linear_backward",
        "  dx, dW, db   right in 3 draws; finite differences agree (relative error 2e-09)",
        "  unchanged    the inputs are left as they were",
        "  one row      right for a batch of one",
        "  float32      right for float32 inputs",
        "  views        right for views and read-only arrays",
        "  lists        right for plain lists",
        "  no warnings  no warnings from numpy",
        "  own aspect   right",
        *warning_advice(warnings),
        *supplied_note(diagnosis),
    ]


# Whether a cell may play with an answer


def test_ready_is_true_for_right_answers_and_for_what_is_no_exercise(capsys: pytest.CaptureFixture[str]) -> None:
    notebook = in_notebook("answer = ready(slope, max)", slope=slope, ready=ready)
    assert notebook["answer"] is True
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("answer", [wrong, stub])
def test_ready_says_which_answer_a_cell_waits_for(answer: Any, capsys: pytest.CaptureFixture[str]) -> None:
    notebook = in_notebook("answer = ready(slope)", slope=answer, ready=ready)
    assert notebook["answer"] is False
    assert capsys.readouterr().out == "This cell waits for slope: write it, or mend it, and run its check first.\n"


@pytest.mark.parametrize(("method", "answer"), [("raise NotImplementedError()", False), ("return 1", True)])
def test_ready_of_a_class_is_whether_it_is_written(method: str, answer: bool) -> None:
    source = f"class Value:\n    def backward(self):\n        {method}\nanswer = ready(Value)"
    assert in_notebook(source, ready=ready)["answer"] is answer


def test_ready_names_all_that_a_cell_waits_for(capsys: pytest.CaptureFixture[str]) -> None:
    in_notebook("ready(slope, train)", slope=stub, train=lambda *inputs: 0.0, ready=ready)
    assert (
        capsys.readouterr().out
        == "This cell waits for slope and train: write them, or mend them, and run their checks first.\n"
    )


def test_check_names_the_wrong_function_that_an_answer_calls(shown: list[Verdict]) -> None:
    source = """
def linear_backward(dz, x, W):
    return dz @ W.T, x.T @ dz, dz.mean(axis=0)
def layer_gradients(params, x, dz):
    dx, dW, db = linear_backward(dz, x, params["W"])
    return {"dW": dW, "db": db}
check(layer_gradients)
"""
    in_notebook(source)
    assert diagnosed(shown).wrong_calls == ("linear_backward",)
    assert diagnosed(shown).unknown_calls == ()


def test_check_passes_real_views_on(shown: list[Verdict]) -> None:
    """A key on disk keeps what is a view: an answer that refuses read-only arrays loses that aspect."""
    source = """
def linear_backward(dz, x, W):
    assert x.flags.writeable
    return dz @ W.T, x.T @ dz, dz.sum(axis=0)
check(linear_backward)
"""
    in_notebook(source)
    assert [lack.aspect for lack in diagnosed(shown).lacks] == ["views"]
