"""Names against the roster: none becomes a new student silently, and who is absent is named."""

import pytest
from nbgrader.api import Gradebook
from support.pretending_pool import pretending_pool

from autograder.collect.roster import Roster, class_roster, read_people
from autograder.commands.command_line import main
from autograder.errors import AutograderError
from autograder.gradebook.url import gradebook_url
from autograder.grading import batch

UNIT = "01_kinds"
CLASS = Roster(dict.fromkeys(["ada", "José García", "Zoë", "李小龙", "कि"], ()))


@pytest.fixture
def place(own_small_course, at, monkeypatch):
    """A course whose gradebook knows ada, bob and zoe; nothing is executed in it."""
    with Gradebook(gradebook_url(own_small_course)) as book:
        for student in ("ada", "bob", "zoe"):
            book.add_student(student)
    monkeypatch.setattr(batch, "LocalPool", pretending_pool(own_small_course, UNIT))
    monkeypatch.setenv("COLUMNS", "300")
    at(own_small_course)
    return own_small_course


def hand_in(place, *students):
    for student in students:
        folder = place.submitted / student / UNIT
        folder.mkdir(parents=True)
        (folder / f"{UNIT}.ipynb").write_text("{}")


def students_of(place):
    with Gradebook(gradebook_url(place)) as book:
        return sorted(student.id for student in book.students)


@pytest.mark.parametrize("name", ["Ada", "ADA", "adá", "a\u0301da", "a.da"])
def test_name_that_differs_in_what_nobody_notes_is_no_new_student(place, name, capsys):
    hand_in(place, name, "bob")
    refused = name != "a.da"
    assert main(["grade"]) == int(refused)
    assert ("if it is ada's, rename the folder; else add it there" in capsys.readouterr().out) == refused
    assert (len(students_of(place)) == 3) == refused, "a dot may make another name"


def test_unknown_and_absent_students_are_listed_with_the_name_that_may_be_meant(place, capsys):
    hand_in(place, "bob", "zoe", "zoee", "newcomer")
    assert main(["grade"]) == 0
    said = capsys.readouterr().out
    assert "Not in the gradebook before: newcomer, zoee (did you mean zoe?).\n" in said
    assert f"Nothing for {UNIT} of: ada.\n" in said
    assert main(["grade", "--student", "bob"]) == 0
    assert "Nothing for" not in capsys.readouterr().out, "who was left out by --student is not absent"


def test_first_run_of_a_course_knows_nobody_and_lists_nobody(own_small_course, at, monkeypatch, capsys):
    monkeypatch.setattr(batch, "LocalPool", pretending_pool(own_small_course, UNIT))
    at(own_small_course)
    hand_in(own_small_course, "ada", "bob")
    assert main(["grade"]) == 0
    said = capsys.readouterr().out
    assert "Not in" not in said and "Nothing for" not in said


def test_students_are_not_created_where_the_configuration_forbids_it(place, capsys):
    with (place.root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.Autograde.create_student = False\n")
    hand_in(place, "bob", "newcomer")
    assert main(["grade"]) == 1
    assert "the gradebook has no student of this name; add it there" in capsys.readouterr().out
    assert students_of(place) == ["ada", "bob", "zoe"]


def test_only_who_stands_in_the_list_is_graded(place, tmp_path, capsys):
    (tmp_path / "class.csv").write_text("id,first_name,last_name\nbob,Bob,B\ncy,Cy,C\n")
    hand_in(place, "bob", "bobb")
    assert main(["grade", "--roster", str(tmp_path / "class.csv")]) == 1
    said = capsys.readouterr().out
    assert "class.csv has no student of this name; if it is bob's, rename the folder; else add it there" in said
    assert f"Nothing for {UNIT} of: cy.\n" in said
    assert students_of(place) == ["ada", "bob", "zoe"]


ALIKE = {
    "José Garcia": ("José García", True),
    "jose.garcia": ("José García", True),
    "Jose Garzia": ("José García", False),
    "zoe": ("Zoë", True),
    "李小龍": ("", False),
    "की": ("", False),
    "eve": ("", False),
}


@pytest.mark.parametrize("name", ALIKE)
def test_names_are_alike_where_only_what_nobody_notes_differs_or_little_else(name):
    assert CLASS.alike(name) == ALIKE[name]


def test_long_lists_of_names_are_cut():
    roster = Roster(dict.fromkeys((f"s{number:02}" for number in range(40)), ()))
    (line,) = roster.lines([("s00", UNIT)])
    assert line.endswith("s20 and 19 more.")


@pytest.mark.parametrize("divider", [",", ";", "\t"])
@pytest.mark.parametrize("column", ["id", "ID", "Student ID", "SIS Login ID"])
def test_list_is_read_in_the_forms_that_spreadsheets_write(tmp_path, divider, column):
    rows = [[column, "First Name", "Surname"], ["ada", " Ada ", "Lovelace"], ["", "", ""], ["bob"]]
    file = tmp_path / "class.csv"
    file.write_text("\ufeff" + "\r\n".join(divider.join(row) for row in rows), encoding="utf-8")
    assert read_people(file) == {"ada": ("Ada", "Lovelace", "Ada Lovelace", "Lovelace Ada"), "bob": ()}


BROKEN = {
    b"name,mail\nada,x\n": "has no column id. Name one of name, mail so.",
    b"": "has no column id. Name one of its columns so.",
    b"id\nada\nada\n": "has ada twice. Remove one of the two lines.",
    b"id\n../ada\n": "has the id '../ada', which no folder of a student can have.",
    b"id\nZo\xeb\n": "can't be read: it is not saved as UTF-8.",
}


@pytest.mark.parametrize("data", BROKEN)
def test_list_that_is_none_is_told_so(tmp_path, data, own_small_course):
    (tmp_path / "class.csv").write_bytes(data)
    with pytest.raises(AutograderError) as caught:
        class_roster(own_small_course, file=tmp_path / "class.csv")
    assert str(caught.value).endswith(BROKEN[data])
    with pytest.raises(AutograderError, match="none.csv can't be read: No such file or directory."):
        read_people(tmp_path / "none.csv")
