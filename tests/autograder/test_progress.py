"""Progress: a bar for whoever watches, lines for a log."""

import io
import re

import pytest

from autograder import progress
from autograder.progress import steps


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test sets."""
    now = [100.0]
    monkeypatch.setattr(progress, "CLOCK", lambda: now[0])
    return now


def test_redirected_progress_is_a_line_now_and_then(clock, capsys):
    with steps("Grading", 200) as done:
        for _ in range(100):
            clock[0] += 0.25
            done("ada 01_mse")
        for _ in range(100):
            clock[0] += 4
            done("zoe 01_mse")
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == [
        "Grading: 40 of 200, 4.0 a second, about 40 s left.",
        "Grading: 80 of 200, 4.0 a second, about 30 s left.",
    ]
    assert "Grading: 103 of 200, 15.0 a minute, about 6 min left." not in lines[:2] and "a minute" in lines[3]
    assert lines[-1] == "Grading: 200 of 200 in 7 min."
    assert not re.search("[━\x1b]", "".join(lines))


def test_short_work_is_one_line(clock, capsys):
    with steps("Building", 2) as done:
        done("01_mse")
        done("02_slopes")
    assert capsys.readouterr().err == "Building: 2 of 2 in 0 s.\n"


def test_work_that_stops_says_nothing_of_an_end(clock, capsys):
    with pytest.raises(KeyboardInterrupt), steps("Grading", 2) as done:
        done("ada 01_mse")
        raise KeyboardInterrupt
    assert capsys.readouterr().err == ""


def test_terminal_has_a_bar_with_rate_and_time_left(monkeypatch):
    shown = io.StringIO()
    monkeypatch.setattr("sys.stderr", shown)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "160")
    with steps("Grading", 3) as done:
        for _ in range(3):
            done("ada [b]01_mse")
    text = re.sub(r"\x1b\[[^a-zA-Z]*[a-zA-Z]", "", shown.getvalue())
    assert "Grading: ada [b]01_mse" in text and "3/3" in text and "left:" in text
    assert re.search(r"[\d.]+ a (second|minute)", text)
