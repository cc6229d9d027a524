"""``nbgrader db`` and formgrader's form: due dates, lists from spreadsheets, and what a command leaves unsaid."""

import pytest
from nbgrader.api import Gradebook
from support.exchange import UNIT
from support.programs import ran

from autograder.errors import AutograderError
from autograder.gradebook.url import gradebook_url
from autograder.nbgrader_plugins.commands.database import database_commands_lose_nothing, due_date

CONFUSED = [
    "2026-01-31 18:00 PST",
    "05.01.2026 18:00",
    "31/01/2026",
    "next friday",
    "2026-01-31",
    "2026-01-31 18:00 CET",
]
DUE = {
    "2026-01-31 18:00:00 -0800": "2026-02-01 02:00:00",
    "2026-01-31 18:00:00 +01:00": "2026-01-31 17:00:00",
    "2026-01-31T18:00 +0530": "2026-01-31 12:30:00",  # as formgrader's form sends it
    "2026-01-31 18:00:00 UTC": "2026-01-31 18:00:00",
    "2026-01-31 18:00": "2026-01-31 18:00:00",
}


def db(course, *arguments):
    return ran(course, "nbgrader", "db", *arguments)


def failed(said, words):
    assert said.returncode == 1 and "Traceback" not in said.stderr, said.stderr
    assert words in said.stderr


def duedate(course):
    with Gradebook(gradebook_url(course)) as book:
        return str(book.find_assignment(UNIT).duedate)


def students(course):
    with Gradebook(gradebook_url(course)) as book:
        return {one.id: (one.first_name, one.last_name, one.email) for one in book.students}


@pytest.mark.parametrize("text", DUE)
def test_due_date_is_read_with_its_offset(text):
    assert str(due_date(text)) == DUE[text]


@pytest.mark.parametrize("text", CONFUSED)
def test_due_date_that_could_be_read_in_more_than_one_way_is_not_guessed(text):
    with pytest.raises(AutograderError, match="names no date and time that can be read in one way only"):
        due_date(text)


def test_command_and_form_and_list_read_the_same_due_date(own_small_course, tmp_path, monkeypatch):
    course = own_small_course
    assert db(course, "assignment", "add", UNIT, "--duedate=2026-01-31 18:00:00 -0800").returncode == 0
    assert duedate(course) == "2026-02-01 02:00:00"
    failed(
        db(course, "assignment", "add", UNIT, "--duedate=2026-01-31 18:00 PST"), "The due date '2026-01-31 18:00 PST'"
    )
    assert duedate(course) == "2026-02-01 02:00:00"
    (tmp_path / "units.csv").write_text(f"name,duedate\n{UNIT},2026-03-31 18:00:00 +0100\n")
    assert db(course, "assignment", "import", str(tmp_path / "units.csv")).returncode == 0
    assert duedate(course) == "2026-03-31 17:00:00"
    for name in ("add_assignment", "update_or_create_assignment"):
        monkeypatch.setattr(Gradebook, name, getattr(Gradebook, name))  # put back when this test ends
    database_commands_lose_nothing()
    with Gradebook(gradebook_url(course)) as book:
        book.update_or_create_assignment(UNIT, duedate="2026-04-30T18:00 +0200")
        with pytest.raises(AutograderError):
            book.update_or_create_assignment(UNIT, duedate="2026-05-01T18:00 Berlin")
    assert duedate(course) == "2026-04-30 16:00:00"


def test_what_a_command_does_not_say_stays(own_small_course):
    course = own_small_course
    db(course, "assignment", "add", UNIT, "--duedate=2026-01-31 18:00:00")
    db(course, "student", "add", "ada", "--first-name=Ada", "--last-name=Lovelace")
    assert db(course, "assignment", "add", UNIT).returncode == 0
    assert db(course, "student", "add", "ada", "--email=ada@example.org").returncode == 0
    assert duedate(course) == "2026-01-31 18:00:00"
    assert students(course) == {"ada": ("Ada", "Lovelace", "ada@example.org")}
    assert db(course, "assignment", "add", UNIT, "--duedate=").returncode == 0
    assert duedate(course) == "None"


TEXT = "id{0}first_name{0}last_name{0}section\r\nzo2{0} Zoë{0}Löwe{0}B\r\n{0}Nobody{0}{0}\r\n"


@pytest.mark.parametrize("divided", [",", ";", "\t"])
@pytest.mark.parametrize("saved", ["utf-8", "utf-8-sig", "utf-16"])
def test_list_of_a_spreadsheet_is_imported(own_small_course, tmp_path, divided, saved):
    (tmp_path / "class.csv").write_bytes(TEXT.format(divided).encode(saved))
    said = db(own_small_course, "student", "import", str(tmp_path / "class.csv"))
    assert said.returncode == 0, said.stderr
    assert students(own_small_course) == {"zo2": ("Zoë", "Löwe", None)}
    assert "Line 3 of" in said.stderr and "section" in said.stderr


REFUSED = {
    "it is not saved as UTF-8": "id,last_name\nada,Löwe\n".encode("latin-1"),
    "has no column id": b"name,last_name\nada,L\n",
    "has ada twice": b"id,last_name\nada,L\nada,M\n",
    "which no folder of a student can have": b"id,last_name\nada,L\nb/c,M\n",
}


@pytest.mark.parametrize("words", REFUSED)
def test_list_that_can_not_be_imported_whole_is_not_imported(own_small_course, tmp_path, words):
    (tmp_path / "class.csv").write_bytes(REFUSED[words])
    failed(db(own_small_course, "student", "import", str(tmp_path / "class.csv")), words)
    assert students(own_small_course) == {}
