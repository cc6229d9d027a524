"""Entering one submission after the other: what goes wrong over one is its own reason, and the others are entered."""

import contextlib
import errno
import os
import shutil
import sqlite3

import pytest
from nbgrader.api import Gradebook
from support.ordinary_user import as_ordinary_user
from support.pretending_pool import pretending_pool

from autograder import files as writing
from autograder.__main__ import main
from autograder.execution.job import Executed
from autograder.grading import batch
from autograder.grading.batch import grade_all

UNIT, MOST = "01_kinds", 18.0
PEOPLE = ("ada", "ben", "zoe")
EVERYONE = dict.fromkeys(PEOPLE, MOST)


@pytest.fixture
def place(own_small_course, at, monkeypatch):
    """A course to which three handed something in; what is executed earns all points."""
    for student in PEOPLE:
        folder = own_small_course.submitted / student / UNIT
        folder.mkdir(parents=True)
        (folder / f"{UNIT}.ipynb").write_text("{}")

    monkeypatch.setattr(batch, "LocalPool", pretending_pool(own_small_course, UNIT))
    at(own_small_course)
    return own_small_course


def book_of(place):
    return Gradebook(f"sqlite:///{place.root / 'gradebook.db'}")


def say(place, *statements):
    """Change the gradebook behind everybody's back."""
    with contextlib.closing(sqlite3.connect(place.root / "gradebook.db")) as book:
        for words in statements:
            book.execute(words)
        book.commit()


def entered(place):
    """Whom the gradebook has points of."""
    with book_of(place) as book:
        return {s.student.id: s.score for s in book.find_assignment(UNIT).submissions}


def resumed(place):
    return {result.student: result.points for result in grade_all(place, [], resume=True)}


def see_that_ben_alone_has_a_reason(place, capsys, words):
    """The batch went on after ben, with a code that says so, and his reason in its table."""
    assert main(["grade"]) == 1
    out = capsys.readouterr()
    assert "Traceback" not in out.out + out.err
    table = " ".join(out.out.replace("│", " ").split())
    for word in words.split():
        assert word in table, table
    assert "2 graded, 1 not." in table


OF_BEN = f"""(SELECT submitted_assignment.id FROM submitted_assignment JOIN assignment
    ON assignment_id = assignment.id WHERE student_id = 'ben' AND assignment.name = '{UNIT}')"""
BEN = f"SELECT id FROM submitted_notebook WHERE assignment_id = {OF_BEN}"
REFUSED = "RAISE(ABORT, 'not him')"
DAMAGES = {
    "score of another type": (f"UPDATE grade SET manual_score = 'four' WHERE notebook_id IN ({BEN})", "TypeError"),
    "time of another type": (
        f"UPDATE submitted_assignment SET timestamp = 'soon' WHERE id = {OF_BEN}",
        "ValueError: Invalid isoformat string: 'soon'",
    ),
    "no notebook": (f"DELETE FROM submitted_notebook WHERE id IN ({BEN})", "not enough values"),
    "row that is refused": (
        "CREATE TRIGGER t BEFORE UPDATE ON grade WHEN NEW.notebook_id IN (SELECT s.id FROM submitted_notebook s JOIN "
        f"submitted_assignment a ON s.assignment_id = a.id WHERE a.student_id = 'ben') BEGIN SELECT {REFUSED}; END",
        "not him",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_row_that_is_damaged_or_refused_costs_one_submission(damage, place, capsys):
    statement, words = DAMAGES[damage]
    grade_all(place, [])
    say(place, "UPDATE grade SET auto_score = 1 WHERE auto_score > 1", statement)
    see_that_ben_alone_has_a_reason(place, capsys, f"it can't be entered in the gradebook {words}")
    with contextlib.closing(sqlite3.connect(place.root / "gradebook.db")) as book:
        rows = dict(
            book.execute(
                "SELECT student_id, MAX(auto_score) FROM grade g JOIN submitted_notebook n ON g.notebook_id = n.id "
                "JOIN submitted_assignment a ON n.assignment_id = a.id GROUP BY student_id"
            )
        )
    assert rows["ada"] == rows["zoe"] == 4.0 and rows.get("ben", 1.0) == 1.0, "nothing of his was entered"


def test_row_that_breaks_a_constraint_is_graded_with_resume_after_it_was_mended(place, capsys):
    say(
        place,
        f"CREATE TRIGGER t BEFORE INSERT ON student WHEN NEW.id = 'ben' BEGIN SELECT {REFUSED}; END",
    )
    see_that_ben_alone_has_a_reason(place, capsys, "it can't be entered in the gradebook (not him); mend that --resume")
    assert entered(place) == {"ada": MOST, "zoe": MOST}
    assert not (place.root / "autograded" / "ben").exists()
    say(place, "DROP TRIGGER t")
    assert resumed(place) == entered(place) == EVERYONE


def as_file(folder):
    folder.parent.mkdir(parents=True)
    folder.write_text("mine")


def as_dangling_link(folder):
    folder.parent.mkdir(parents=True)
    folder.symlink_to("gone")


def without_rights(folder):
    folder.mkdir(parents=True)
    folder.chmod(0)


DENIED = f"autograded/ben/{UNIT}/{UNIT}.ipynb: Permission denied"
INSTEAD = [
    ("ben", as_file, f"autograded/ben/{UNIT}: Not a directory"),
    ("ben", as_dangling_link, "autograded/ben: File exists"),
    ("ben", without_rights, DENIED),
    (f"ben/{UNIT}", as_file, f"autograded/ben/{UNIT}: File exists"),
    (f"ben/{UNIT}", as_dangling_link, f"autograded/ben/{UNIT}: File exists"),
    (f"ben/{UNIT}", without_rights, DENIED),
]


@pytest.mark.parametrize("whose, make, words", INSTEAD)
def test_place_of_the_graded_notebook_that_takes_none_costs_one_submission(whose, make, words, place, capsys):
    make(place.root / "autograded" / whose)
    as_ordinary_user(lambda: see_that_ben_alone_has_a_reason(place, capsys, words))
    assert entered(place) == {"ada": MOST, "zoe": MOST}, "what has no notebook has no points"
    path = place.root / "autograded" / whose
    path.unlink() if path.is_symlink() or path.is_file() else path.rmdir()
    assert resumed(place) == entered(place) == EVERYONE


def test_graded_notebook_that_was_spoilt_is_written_anew(place):
    grade_all(place, [])
    path = place.root / "autograded" / "ben" / UNIT / f"{UNIT}.ipynb"
    whole = path.read_bytes()
    path.write_bytes(b"\xff\xfe\x00")
    assert {result.reason for result in grade_all(place, [])} == {""}
    assert path.read_bytes() == whole


@pytest.mark.parametrize("error", [RecursionError("too deep"), MemoryError(), ValueError("no\nnumber"), KeyError("x")])
def test_whatever_is_raised_over_one_submission_is_its_reason(error, place, capsys, monkeypatch):
    whole = writing.Path.replace

    def fails(path, target):
        if "ben" in path.parts:
            raise error
        return whole(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(writing.Path, "replace", fails)
        see_that_ben_alone_has_a_reason(place, capsys, f"the grader itself stopped with {type(error).__name__}")
    assert resumed(place) == entered(place) == EVERYONE


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_disk_that_fails_is_told_once_and_leaves_nothing_half_entered(number, place, capsys, monkeypatch):
    whole = writing.Path.replace

    def fails(path, target):
        if "ben" in path.parts:
            raise OSError(number, os.strerror(number))
        return whole(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(writing.Path, "replace", fails)
        assert main(["grade"]) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert f"{os.strerror(number)}. Nothing was lost; mend that and run it again with --resume." in said
    assert entered(place) == {"ada": MOST}
    assert resumed(place) == entered(place) == EVERYONE


def test_gradebook_of_another_form_is_told_once(place, capsys):
    say(place, "ALTER TABLE grade RENAME COLUMN auto_score TO points")
    assert main(["grade"]) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert said.startswith(
        "The gradebook can't be written (table grade has no column named auto_score)."
    ) and said.endswith("--resume.")


def test_database_that_refuses_everything_from_one_submission_on_is_told_once(place, capsys):
    say(place, "CREATE TRIGGER t BEFORE INSERT ON student WHEN NEW.id = 'ben' BEGIN INSERT INTO gone VALUES (1); END")
    assert main(["grade"]) == 2
    assert "The gradebook can't be written (no such table: main.gone)." in capsys.readouterr().err
    say(place, "DROP TRIGGER t")
    assert resumed(place) == entered(place) == EVERYONE


@pytest.mark.parametrize("make", [as_file, without_rights])
def test_folder_of_all_graded_notebooks_that_takes_none_is_told_once_before_anything_runs(make, place, capsys):
    shutil.rmtree(place.root / "autograded", ignore_errors=True)
    (place.root / "autograded").write_text("") if make is as_file else without_rights(place.root / "autograded")

    def told():
        assert main(["grade"]) == 2
        return capsys.readouterr().err.splitlines()[-1]

    said = as_ordinary_user(told)
    assert said.startswith(str(place.root / "autograded: ")) and said.endswith("run it again with --resume.")


def test_results_of_a_worker_with_another_version_are_reasons(place, monkeypatch, capsys):
    whole = Executed.from_bytes

    def strange(data):
        return Executed(unknown=1) if strange.calls.pop() else whole(data)

    strange.calls = [0, 1, 0]
    monkeypatch.setattr(Executed, "from_bytes", staticmethod(strange))
    see_that_ben_alone_has_a_reason(place, capsys, "the grader itself stopped with TypeError")


@pytest.mark.parametrize("depth", [700, 100_000])
def test_notebook_nested_too_deep_to_be_written_or_read_is_a_reason(depth, place, monkeypatch, capsys):
    """Nothing in an output nests; if something did, it would cost its own submission alone."""
    whole = batch.ResultRecorder.record
    nested = b'"deep": ' + b"[" * depth + b"]" * depth + b', "nbformat": '

    def record(self, read, data):
        return whole(self, read, data.replace(b'"nbformat": ', nested) if read.student == "ben" else data)

    monkeypatch.setattr(batch.ResultRecorder, "record", record)
    see_that_ben_alone_has_a_reason(place, capsys, "the grader itself stopped with RecursionError")
    assert entered(place) == {"ada": MOST, "ben": 0.0, "zoe": MOST}


def test_each_commit_is_for_several_submissions(place, monkeypatch):
    """SQLite ends a transaction with its first mark, unless the transaction was begun before."""
    states = []
    whole = batch.ResultRecorder.record

    def record(self, *arguments):
        result = whole(self, *arguments)
        connection = self._gradebook.gradebook.db.connection()
        states.append(connection.connection.dbapi_connection.in_transaction)
        return result

    monkeypatch.setattr(batch.ResultRecorder, "record", record)
    grade_all(place, [])
    assert states[0], "the first one waits for others"
