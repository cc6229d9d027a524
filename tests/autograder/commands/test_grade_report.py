"""What ``grade`` prints and writes: a summary of the class, what needs a look, and every note in a file."""

import csv

import pytest
from nbgrader.api import Gradebook
from support.pretending_pool import executed_notebook, pretending_pool

from autograder.__main__ import main
from autograder.commands.grade_report import print_report
from autograder.commands.results_file import write_results
from autograder.execution.job import Executed
from autograder.gradebook.url import gradebook_url
from autograder.grading import batch
from autograder.grading.results import Result

UNIT = "01_kinds"
NOTES = (
    "It says that it was made from another unit.",
    "Answers were missing, and their stubs were put back where no other cell defines the name: u01-slope.",
    "2 code cells of the student's own ran in place.",
)
CLASS = [
    Result("ada", UNIT, 18.0, 18.0),
    Result("ben", UNIT, reason="it is empty"),
    Result("cat", UNIT, 3.0, 18.0, verdict="a cell took too long, and was interrupted", notes=NOTES),
    Result("dan", UNIT, 9.0, 18.0, notes=(*NOTES[1:2], "1 code cell of the student's own ran in place.")),
    Result("eve", "02_more", 1.0, 2.0, reason="it is empty"),
    Result("flo", "01_KINDS", reason="no unit has just this name; rename the folder to 01_kinds"),
]


def printed(capsys, *arguments):
    code = print_report(*arguments)
    return " ".join(capsys.readouterr().out.split()), code


def test_class_is_summed_up_and_a_line_is_for_what_needs_a_look(capsys):
    out, code = printed(capsys, CLASS)
    assert code == 1
    assert "ben 01_kinds it is empty" in out
    assert "cat 01_kinds 3 18 a cell took too long" in out
    assert "eve 02_more 1 2 not graded, and the submission before it counts: it is empty" in out
    assert "01_kinds 3 1 10.0 9.0 3 18 18" in out
    assert "02_more 0 1 1.0 1.0 1 1 2" in out
    assert "3 graded, 3 not." in out
    assert out.count("01_KINDS") == 1, "what is misplaced is no unit"
    assert "ada" not in out and "dan 01_kinds" not in out


def test_notes_are_counted_by_kind_and_all_stand_there_with_verbose(capsys):
    out, _ = printed(capsys, CLASS)
    assert "01_kinds, cat: It says that it was made from another unit." in out
    assert f"01_kinds, cat and dan: {NOTES[1].partition(':')[0]}." in out
    assert "01_kinds, cat and dan: Code cells of the student's own ran in place." in out
    out, _ = printed(capsys, CLASS, True)
    assert "ada 01_kinds 18 18" in out
    assert f"dan 01_kinds 9 18 {NOTES[1]} 1 code cell of the student's own" in out


def test_note_on_many_names_some_and_counts_the_others(capsys):
    out, code = printed(capsys, [Result(name, UNIT, 1.0, 1.0, notes=NOTES[:1]) for name in "abcdefg"])
    assert (f"{UNIT}, a, b, c and 4 others: {NOTES[0]}" in out, code) == (True, 0)


@pytest.mark.parametrize("terminal", [False, True])
def test_long_names_are_not_cut_off(terminal, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    if terminal:
        monkeypatch.setenv("FORCE_COLOR", "1")
    names = ["n" * 90 + "1", "n" * 90 + "2"]
    print_report([Result(name, UNIT, reason="it is empty; save the notebook and hand it in again") for name in names])
    out = capsys.readouterr().out
    assert all(len(line) <= (160, 80)[terminal] or "\x1b" in line for line in out.splitlines())
    # read down the first column
    column = "".join(line.removeprefix(" ").split(" ")[0] for line in out.splitlines() if line.lstrip(" ")[:1] == "n")
    assert names[0] in column and names[1] in column


def test_file_has_a_line_for_each_submission_that_no_spreadsheet_computes(tmp_path):
    path = tmp_path / "points.csv"
    strange = Result("=1+1", UNIT, reason="the folder's name can't be a student's")
    late = Result("fay", UNIT, 13.5, 18.0, late_penalty=4.5, verdict="4.5 points taken off for being late")
    write_results(path, [*CLASS[:5], strange, late])
    with path.open(newline="") as rows:
        found = list(csv.DictReader(rows))
    assert [row["student"] for row in found] == ["ada", "ben", "cat", "dan", "eve", "'=1+1", "fay"]
    assert [row["graded"] for row in found] == ["yes", "no", "yes", "yes", "no", "no", "yes"]
    assert found[2]["notes"] == " ".join(NOTES)
    assert (found[1]["points"], found[1]["why_not"]) == ("", "it is empty")
    assert (found[4]["points"], found[4]["why_not"]) == ("1", "it is empty")
    assert (found[6]["points"], found[6]["late_penalty"]) == ("13.5", "4.5")


@pytest.fixture
def place(own_small_course, at, monkeypatch):
    """A course in which ada's submission comes back with notes, and nothing is executed."""
    folder = own_small_course.submitted / "ada" / UNIT
    folder.mkdir(parents=True)
    (folder / f"{UNIT}.ipynb").write_text("{}")
    data = Executed(executed_notebook(own_small_course, UNIT), notes=list(NOTES)).to_bytes()

    class WithNotes(pretending_pool(own_small_course, UNIT)):
        def results(self, jobs):
            for read, _ in jobs:
                yield read, data

    monkeypatch.setattr(batch, "LocalPool", WithNotes)
    at(own_small_course)
    return own_small_course


def test_notes_are_kept_with_the_result_printed_and_written(place, capsys):
    assert main(["grade"]) == 0
    out = capsys.readouterr().out
    assert f"{UNIT}, ada: {NOTES[0]}" in out
    assert "A line for each submission, with all notes: .grading/results.csv" in out
    for arguments in ([], ["--resume"]):
        assert main(["grade", "--csv", "points.csv", "--verbose", *arguments]) == 0
        out = " ".join(capsys.readouterr().out.split())
        assert f"ada {UNIT} 18 18 {' '.join(NOTES)}" in out and "with all notes: points.csv" in out
        assert " ".join(NOTES) in (place.root / "points.csv").read_text()


@pytest.mark.parametrize("named", ["nowhere/points.csv", "source"])
def test_file_that_cannot_be_written_is_told_before_anything_is_graded(named, place, capsys):
    assert main(["grade", "--csv", named]) == 2
    assert capsys.readouterr().err == (
        f"{named} can't be written. Name a file in a folder that is there and that you may change.\n"
    )
    assert not (place.root / ".grading").exists()


def test_points_have_the_penalty_taken_off(place, capsys):
    from datetime import datetime

    with Gradebook(gradebook_url(place)) as book:
        book.update_or_create_assignment(UNIT, duedate=datetime(2026, 3, 1, 12))
    (place.submitted / "ada" / UNIT / "timestamp.txt").write_text("2026-03-02 12:00:00 UTC")
    with (place.root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    for arguments in ([], ["--resume"]):
        assert main(["grade", *arguments]) == 0
        out = " ".join(capsys.readouterr().out.split())
        assert f"ada {UNIT} 0 18 18 points taken off for being late" in out
        assert f"{UNIT} 1 0 0.0 0.0 0 0 18" in out


def test_source_that_was_edited_and_not_built_is_told_once_before_grading(place, capsys):
    text = place.text(UNIT)
    text.write_text(text.read_text() + "\n# %% [markdown]\n# More.\n")
    assert main(["grade"]) == 2
    said = capsys.readouterr()
    assert said.err == f"{UNIT} is not built as it stands now. Run: python -m autograder build {UNIT}\n"
    assert said.out == "" and not (place.root / ".grading").exists()


def test_run_after_one_that_was_stopped_mentions_resume(place, capsys, monkeypatch):
    folder = place.submitted / "ben" / UNIT
    folder.mkdir(parents=True)
    (folder / f"{UNIT}.ipynb").write_text("{}")

    class Stopping(batch.LocalPool):
        def results(self, jobs):
            yield next(super().results(jobs))
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(batch, "LocalPool", Stopping)
        assert main(["grade"]) == 130
    assert capsys.readouterr().err.endswith("Stopped. What was finished is kept. Go on with it by --resume.\n")
    assert main(["grade"]) == 0
    assert "The last run was stopped when 1 were done." in (said := capsys.readouterr().err) and "--resume" in said
    assert main(["grade"]) == 0
    assert "--resume" not in capsys.readouterr().err
