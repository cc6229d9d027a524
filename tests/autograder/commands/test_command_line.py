"""The command line: what a user can mend is one sentence and an exit code, never a traceback."""

import errno
import subprocess
import sys

import pytest
from support.courses import ROOT

from autograder.commands import doctor
from autograder.commands.command_line import commands, main

COMMANDS = ("build", "verify", "mutants", "judge", "collect", "grade", "work", "demo", "doctor")


def test_help_names_every_command_in_order(capsys):
    assert main(["--help"]) == 0
    lines = capsys.readouterr().out.split("Commands:\n")[1].splitlines()
    assert [line.split()[0] for line in lines] == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command_says_what_each_argument_and_option_is_for(name, capsys):
    assert main([name, "--help"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert out.startswith(f"Usage: python -m autograder {name} [OPTIONS] ")
    for parameter in commands.commands[name].params:
        assert parameter.help and parameter.help in out, parameter.name


def test_no_command_shows_the_help_as_an_error(capsys):
    assert main([]) == 2
    assert "Commands:\n  build " in capsys.readouterr().err


@pytest.mark.parametrize(
    "line, sentence, command",
    [
        ("grad", "No such command 'grad'. Did you mean 'grade'?", ""),
        ("judge 01_kinds", "Missing argument 'FILE'.", " judge"),
        ("judge 01_kinds a.py b.py", "Got unexpected extra argument (b.py)", " judge"),
        ("judge 01_kinds a.py --seed x", "Invalid value for '--seed': 'x' is not a valid integer.", " judge"),
        ("judge 01_kinds a.py --workers 3", "No such option '--workers'.", " judge"),
        ("grade --no-sandbo", "No such option '--no-sandbo'. Did you mean '--no-sandbox'?", " grade"),
        ("grade --student", "Option '--student' requires an argument.", " grade"),
        ("doctor now", "Got unexpected extra argument (now)", " doctor"),
        ("--version", "No such option '--version'.", ""),
    ],
)
def test_wrong_command_line_is_told_with_where_to_read_on(line, sentence, command, capsys):
    assert main(line.split()) == 2
    shown = capsys.readouterr()
    assert shown.err == f"{sentence}\nRun python -m autograder{command} --help to see what it takes.\n"
    assert shown.out == ""


def test_options_are_not_abbreviated(capsys):
    """Else an option that is added later changes what an abbreviation means; the right name is suggested."""
    assert main(["grade", "--resum"]) == 2
    assert "No such option '--resum'." in (said := capsys.readouterr().err)
    assert "'--resume'" in said


@pytest.mark.parametrize(
    "line, wanted",
    [
        ("grade --workers 0", "'0' is not a whole number of at least 1."),
        ("grade --workers many", "'many' is not a whole number of at least 1."),
        ("demo --students -3", "'-3' is not a whole number of at least 1."),
        ("demo --students 2.5", "'2.5' is not a whole number of at least 1."),
        ("demo --seed -1", "'-1' is not a whole number of at least 0."),
        ("judge 01_kinds a.py --timeout -1", "'-1' is not a number of seconds above 0."),
        ("judge 01_kinds a.py --timeout nan", "'nan' is not a number of seconds above 0."),
        ("judge 01_kinds a.py --timeout inf", "'inf' is not a number of seconds above 0."),
        ("judge 01_kinds a.py --timeout soon", "'soon' is not a number of seconds above 0."),
    ],
)
def test_number_out_of_bounds_is_told_with_what_is_wanted(line, wanted, capsys):
    assert main(line.split()) == 2
    option = next(word for word in line.split() if word.startswith("--"))
    assert capsys.readouterr().err.startswith(f"Invalid value for '{option}': {wanted}\n")


def test_program_ends_with_the_exit_code_of_its_command():
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "grade", "--workers", "0"], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 2
    assert done.stderr.startswith("Invalid value for '--workers'")


def test_help_imports_no_notebook_and_no_database_library():
    code = "import sys; from autograder.__main__ import main; main(['grade', '--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    slow = {"nbgrader", "nbconvert", "nbformat", "jupytext", "sqlalchemy", "rich", "distributed", "matplotlib"}
    assert not slow & set(done.stdout.split())


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device", "release/x.ipynb")])
def test_full_disk_is_one_sentence(monkeypatch, capsys, small_course, at, error):
    at(small_course)

    def full(*arguments):
        raise error

    monkeypatch.setattr("autograder.build.release.prepare", full)
    assert main(["build"]) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert said == "release/x.ipynb: No space left on device. Nothing was lost; mend that and run it again."


def test_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    from pathlib import Path

    from autograder.files import write_if_changed

    path = tmp_path / "key.json"
    path.write_text("before")

    def cut_off(self, data):
        with self.open("wb") as file:
            file.write(data[:3])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", cut_off)
    with pytest.raises(OSError, match="No space"):
        write_if_changed(path, "after, and longer")
    assert path.read_text() == "before"
    assert [found.name for found in tmp_path.iterdir()] == ["key.json"]


def test_interrupt_is_one_sentence(monkeypatch, capsys, small_course, at):
    at(small_course)

    def stopped():
        raise KeyboardInterrupt

    monkeypatch.setattr(doctor, "examine", stopped)
    assert main(["doctor"]) == 130
    assert capsys.readouterr().err == "Stopped. What was finished is kept.\n"


def test_verify_prints_every_fault(small_course, at, capsys):
    at(small_course)
    assert main(["verify"]) == 1
    out = capsys.readouterr().out
    assert "stands without a sentence of purpose before it." in out
    assert out.endswith("14 faults.\n")
