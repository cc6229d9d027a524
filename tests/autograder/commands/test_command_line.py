"""The command line: what a user can mend is one sentence and an exit code, never a traceback."""

import argparse
import errno

import pytest

from autograder import __main__ as command_line
from autograder.__main__ import main


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    out = capsys.readouterr().out
    for name in ("build", "verify", "judge", "grade", "work", "demo", "doctor"):
        assert f"    {name} " in out


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device", "release/x.ipynb")])
def test_full_disk_is_one_sentence(monkeypatch, capsys, small_course, at, error):
    at(small_course)

    def full(*arguments):
        raise error

    monkeypatch.setattr("autograder.build.release.write_if_changed", full)
    assert main(["build"]) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert said == "release/x.ipynb: No space left on device. Nothing was lost; mend that and run it again."


def test_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    from pathlib import Path

    from autograder.files import write_if_changed

    path = tmp_path / "key.json"
    path.write_text("before")

    def cut_off(self, text, **options):
        with self.open("w") as file:
            file.write(text[:3])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", cut_off)
    with pytest.raises(OSError, match="No space"):
        write_if_changed(path, "after, and longer")
    assert path.read_text() == "before"
    assert [found.name for found in tmp_path.iterdir()] == ["key.json"]


def test_interrupt_is_one_sentence(monkeypatch, capsys, small_course, at):
    at(small_course)

    def stopped(options):
        raise KeyboardInterrupt

    monkeypatch.setattr(command_line, "doctor_command", stopped)
    assert main(["doctor"]) == 130
    assert capsys.readouterr().err == "Stopped. What was finished is kept.\n"


@pytest.mark.parametrize("text", ["0", "-3", "many"])
def test_numbers_below_one_are_refused(text):
    with pytest.raises((argparse.ArgumentTypeError, ValueError)):
        command_line.positive(text)


def test_verify_prints_every_fault(small_course, at, capsys):
    at(small_course)
    assert main(["verify"]) == 1
    out = capsys.readouterr().out
    assert "stands without a sentence of purpose before it." in out
    assert out.endswith("14 faults.\n")
