"""The path from an answer to a verdict is short: through how many modules of course one check passes."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import course
from autograder.paths import Course
from course import CheckFailed, check
from course.answers.key_files import load_key

PACKAGE = Path(course.__file__).parent
MAX_MODULES = 8


def mse_grad(y_hat, y):
    return 2 * (y_hat - y) / y.size


def summed(y_hat, y):
    return 2 * (y_hat - y)


def modules_called(call: Callable[[], Any]) -> list[str]:
    """The modules of course whose functions a call runs."""
    found = set()

    def see(frame: Any, event: str, argument: Any) -> None:
        path = Path(frame.f_code.co_filename)
        if event == "call" and PACKAGE in path.parents and path.name != "__init__.py":
            found.add(str(path.relative_to(PACKAGE)))

    sys.setprofile(see)
    try:
        call()
    finally:
        sys.setprofile(None)
    return sorted(found)


@pytest.fixture
def in_this_course(at: Callable[[Course], None], monkeypatch: pytest.MonkeyPatch) -> None:
    at(Course(PACKAGE.parent))
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)


def test_right_answer_passes_through_few_modules(in_this_course: None, capsys: pytest.CaptureFixture[str]) -> None:
    found = modules_called(lambda: check(mse_grad))
    assert "right in 3 draws" in capsys.readouterr().out
    assert "checking/judge.py" in found and "answers/key_files.py" in found
    assert len(found) <= MAX_MODULES, found


def test_recognised_mistake_passes_through_few_modules(in_this_course: None) -> None:
    messages = []

    def checked() -> None:
        try:
            check(summed, name="mse_grad")
        except CheckFailed as error:
            messages.append(str(error))

    found = modules_called(checked)
    (known,) = [m.message for name, m in load_key("mse_grad").mistakes.items() if m.message in messages[0]]
    assert known
    assert "checking/mistakes.py" in found
    assert len(found) <= MAX_MODULES, found
