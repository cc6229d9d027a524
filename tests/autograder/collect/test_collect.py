"""Exports of Canvas and Moodle: whose file is whose, which one counts, and what is said of the rest."""

import json
import re
import struct
import unicodedata
import zipfile
from pathlib import Path

import pytest
from support.courses import ROOT

from autograder.collect.collect import UNKNOWN_FORM, collect
from autograder.collect.roster import Roster
from autograder.commands.command_line import main
from autograder.submissions.inbox import find_submissions

UNIT = "01_kinds"


@pytest.fixture
def export(tmp_path):
    """Write an archive: names of files with their contents, or with contents and the time when they were written."""

    def write(files, name="export.zip"):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            for path, data in files.items():
                text, time = data if isinstance(data, tuple) else (data, (2026, 3, 1, 12, 0, 0))
                archive.writestr(zipfile.ZipInfo(path, time), text)
        return tmp_path / name

    return write


def collected(place, *files, roster=None, **options):
    return collect(place, files, roster or Roster(), **options)


def inbox(place):
    """The notebooks in ``submitted/``, by student."""
    return {path.parts[-3]: path.read_text() for path in sorted(place.submitted.glob(f"*/{UNIT}/{UNIT}.ipynb"))}


NAMES = {
    f"lovelaceada_12345_678901_{UNIT}.ipynb": "lovelaceada",
    f"lovelaceada_LATE_12345_678901_{UNIT}.ipynb": "lovelaceada",
    f"lovelaceada_late_12345_678901_{UNIT}-1.ipynb": "lovelaceada",
    f"o'neilzoë_12345_678901_{UNIT} (1).ipynb": "o'neilzoë",
    f"export/müller-lüdenscheidtjörg_1_2_{UNIT}-12.ipynb": "müller-lüdenscheidtjörg",
    f"李小龙_12345_678901_{UNIT}.ipynb": "李小龙",
    f"Ada Lovelace_12345_assignsubmission_file_/{UNIT}.ipynb": "Ada Lovelace",
    f"Ada Lovelace_12345_assignsubmission_file_/sub/Copy of {UNIT}.ipynb": "Ada Lovelace",
    f"Ada Lovelace_12345_assignsubmission_file_{UNIT}.ipynb": "Ada Lovelace",
    f"Ada Lovelace_12345_assignsubmission_file/{UNIT} (2).ipynb": "Ada Lovelace",
    f"Zoë O\u2019Neil-Müller_12345_assignsubmission_file_{UNIT}.ipynb": "Zoë O'Neil-Müller",
    f"Lovelace, Ada_12345_assignsubmission_file_/{UNIT}.ipynb": "Lovelace Ada",
    f"Participant 77_12345_assignsubmission_file_/{UNIT}.ipynb": "Participant 77",
    f"Ada M_Lovelace_12345_assignsubmission_file_/{UNIT.upper()}.ipynb": "Ada M_Lovelace",
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_name_of_an_exported_file_says_whose_it_is(own_small_course, export, name, form):
    result = collected(own_small_course, export({unicodedata.normalize(form, name): "{}"}))
    assert result.left_out == []
    assert result.taken == [(NAMES[name], UNIT)]
    assert inbox(own_small_course) == {NAMES[name]: "{}"}


def test_late_mark_is_a_note_of_the_submission(own_small_course, export):
    result = collected(own_small_course, export({f"lovelaceada_LATE_12345_678901_{UNIT}.ipynb": "{}"}))
    assert result.notes == [f"lovelaceada/{UNIT}: marked as late."]
    (submission,) = find_submissions(own_small_course, [], None)
    assert submission.note == "The learning platform marked it as late."
    collected(own_small_course, export({f"lovelaceada_12345_678902_{UNIT}.ipynb": "{ }"}))
    (submission,) = find_submissions(own_small_course, [], None)
    assert submission.note == ""


@pytest.mark.parametrize("first", [0, 1])
def test_newest_of_several_uploads_counts(own_small_course, export, first):
    canvas = [f"a_1_10_{UNIT}.ipynb", f"a_1_9_{UNIT}-3.ipynb"]
    numbers = [f"b_2_assignsubmission_file_/{UNIT} (1).ipynb", f"b_2_assignsubmission_file_/{UNIT}.ipynb"]
    times = [f"c_3_assignsubmission_file_/{UNIT}.ipynb", f"c_3_assignsubmission_file_/{UNIT} (7).ipynb"]
    files = {name: ("new" if number == 0 else "old") for pair in (canvas, numbers) for number, name in enumerate(pair)}
    files |= {times[0]: ("new", (2026, 3, 2, 0, 0, 0)), times[1]: ("old", (2026, 3, 1, 0, 0, 0))}
    result = collected(own_small_course, export(dict(list(files.items())[:: 1 if first else -1])))
    assert inbox(own_small_course) == {"a": "new", "b": "new", "c": "new"}
    assert sorted(result.left_out) == sorted(
        (older, f"{Path(newer).name} is newer") for newer, older in (canvas, numbers, times)
    )


def test_later_export_replaces_what_an_earlier_one_brought_and_keeps_it(own_small_course, export):
    place = own_small_course
    first = export({f"a_1_10_{UNIT}.ipynb": "first", f"b_2_11_{UNIT}.ipynb": "same"}, "1.zip")
    second = export({f"a_1_20_{UNIT}-1.ipynb": "second", f"b_2_11_{UNIT}.ipynb": "same"}, "2.zip")
    collected(place, first)
    result = collected(place, second)
    (note,) = result.notes
    kept = re.fullmatch(rf"a/{UNIT}: the earlier one was replaced; it is kept as (.+)\.", note)[1]
    assert (place.root / kept).read_text() == "first"
    assert inbox(place) == {"a": "second", "b": "same"}
    assert len(result.taken) == 2
    result = collected(place, first)
    assert result.left_out == [
        (f"a_1_10_{UNIT}.ipynb", f"submitted/a/{UNIT} holds a newer one, which was collected before")
    ]
    assert inbox(place) == {"a": "second", "b": "same"}
    assert collected(place, first, second, first).taken.count(("a", UNIT)) == 1


def test_notebook_that_was_not_collected_is_replaced_only_when_asked(own_small_course, export):
    folder = own_small_course.submitted / "a" / UNIT
    folder.mkdir(parents=True)
    (folder / f"{UNIT}.ipynb").write_text("mine")
    (folder / "timestamp.txt").write_text("2026-03-01 12:00:00 UTC")
    (folder / "data.csv").write_text("1")
    file = export({f"a_1_10_{UNIT}.ipynb": "theirs"})
    result = collected(own_small_course, file)
    assert "which was not collected; say --replace to replace it" in result.left_out[0][1]
    assert inbox(own_small_course) == {"a": "mine"}
    assert (folder / "timestamp.txt").exists()
    assert collected(own_small_course, file, replace=True).left_out == []
    assert inbox(own_small_course) == {"a": "theirs"}
    assert sorted(path.name for path in folder.iterdir()) == [f"{UNIT}.ipynb", "data.csv"], (
        "the old time is not this one's"
    )
    assert [path.read_text() for path in own_small_course.root.glob(".grading/replaced/*/*/*")] == ["mine"]


LEFT_OUT = {
    f"a_1_2_{UNIT}.zip": "archives in an archive are not unpacked; ask for the notebook itself",
    "a_1_2_report.pdf": "it is no notebook",
    "a_1_assignsubmission_onlinetext_/onlinetext.html": "it is no notebook",
    f"{UNIT}.ipynb": UNKNOWN_FORM,
    f"ada/{UNIT}.ipynb": UNKNOWN_FORM,
    "a_1_2_homework.ipynb": "its name speaks of no unit; say by --unit which one it is",
    f"-a;_1_2_{UNIT}.ipynb": "'-a;' can't be a student's name here; say by --roster whose id it is",
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_left_out_is_named_with_its_reason(own_small_course, export, name):
    result = collected(own_small_course, export({name: "{}", f"b_2_3_{UNIT}.ipynb": "{}", "__MACOSX/._x": ""}))
    assert result.left_out == [(name, LEFT_OUT[name])]
    assert result.taken == [("b", UNIT)]


def test_unit_can_be_said_for_notebooks_whose_names_speak_of_none(own_small_course, export):
    assert collected(own_small_course, export({"a_1_2_homework.ipynb": "{}"}), unit=UNIT).taken == [("a", UNIT)]


def test_students_of_one_name_are_not_taken_for_one(own_small_course, export):
    files = [f"Ada L_{number}_assignsubmission_file_/{UNIT}.ipynb" for number in (1, 2)]
    result = collected(own_small_course, export(dict.fromkeys(files, "{}")))
    words = "more than one student is called Ada L; say by --roster who is who"
    assert (result.taken, result.left_out) == ([], [(name, words) for name in files])


def test_hostile_archive_stops_no_other(own_small_course, export):
    bad = export({f"../a_1_2_{UNIT}.ipynb": "{}", f"a_1_2_{UNIT}.ipynb": "{}"}, "bad.zip")
    result = collected(own_small_course, bad, export({f"b_1_2_{UNIT}.ipynb": "{}"}))
    assert result.taken == [("b", UNIT)]
    ((name, reason),) = result.left_out
    assert name == "bad.zip" and "leads out of it" in reason
    assert not list(own_small_course.root.parent.rglob("a_1*"))


def test_times_of_the_archive_count_where_they_are_asked_for_and_known(own_small_course, tmp_path):
    info = zipfile.ZipInfo(f"a_1_assignsubmission_file_/{UNIT}.ipynb")
    info.extra = struct.pack("<HHBi", 0x5455, 5, 1, 1_772_409_600)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "{}")
        archive.writestr(f"b_1_assignsubmission_file_/{UNIT}.ipynb", "{}")
    stamps = own_small_course.submitted / "a" / UNIT / "timestamp.txt"
    collected(own_small_course, tmp_path / "a.zip")
    assert not stamps.exists()
    result = collected(own_small_course, tmp_path / "a.zip", times=True)
    assert stamps.read_text() == "2026-03-02 00:00:00 UTC"
    assert result.notes == [f"b/{UNIT}: the archive does not say in which time zone its times are, so none is entered."]


ROSTER = """\ufeffid;Last Name;First Name;Canvas ID;Email
al1;Lovelace;Ada;12345;ada@example.org
zo2;O'Neil;Zoë;12346;zoe@example.org
jm3;Müller;Jörg;12347;jm@example.org
jm4;Muller;Jorg;12348;jm4@example.org
"""
FOUND = {
    "lovelaceada_12345_1": "al1",
    "somebodyelse_12345_1": "al1",
    "lovelaceada_99_1": "al1",
    "oneilzoe_99_1": "zo2",
    "ZOË O’NEIL_7_assignsubmission_file": "zo2",
    "Lab 2-Ada Lovelace_7_assignsubmission_file": "al1",
    "al1_7_assignsubmission_file": "al1",
    "Jörg Müller_7_assignsubmission_file": "jm3",
    "müllerjörg_12348_1": "jm4",
}


@pytest.mark.parametrize("name", FOUND)
def test_roster_says_which_id_a_name_or_number_is(own_small_course, export, tmp_path, at, name, capsys):
    (tmp_path / "class.csv").write_text(ROSTER, encoding="utf-8")
    at(own_small_course)
    assert main(["collect", str(export({f"{name}_{UNIT}.ipynb": "{}"})), "--roster", str(tmp_path / "class.csv")]) == 0
    assert inbox(own_small_course) == {FOUND[name]: "{}"}
    assert capsys.readouterr().out == f"1 collected (1 of {UNIT}), 0 left out.\n"


def test_name_that_the_roster_has_not_or_twice_is_left_out(own_small_course, export, tmp_path, at, capsys):
    (tmp_path / "class.csv").write_text(ROSTER, encoding="utf-8")
    at(own_small_course)
    file = export({f"mullerjorg_9_1_{UNIT}.ipynb": "{}", f"Ada Lovelance_9_assignsubmission_file_{UNIT}.ipynb": "{}"})
    assert main(["collect", str(file), "--roster", str(tmp_path / "class.csv")]) == 1
    said = capsys.readouterr().out
    assert "class.csv has more than one of this name: jm3, jm4." in said
    assert "class.csv has nobody of the name 'Ada Lovelance'; " in said
    assert said.endswith("0 collected, 2 left out.\n")


def test_students_of_the_gradebook_are_the_roster_unless_one_is_named(own_small_course, export, at):
    from nbgrader.api import Gradebook

    from autograder.gradebook.url import gradebook_url

    with Gradebook(gradebook_url(own_small_course)) as book:
        book.add_student("al1", first_name="Ada", last_name="Lovelace", lms_user_id="12345")
    at(own_small_course)
    file = export({f"x_12345_1_{UNIT}.ipynb": "{}", f"newcomer_9_2_{UNIT}.ipynb": "{}"})
    assert main(["collect", str(file)]) == 0
    assert set(inbox(own_small_course)) == {"al1", "newcomer"}


def test_stock_zip_collect_reads_the_same_names(tmp_path):
    from nbgrader.plugins.zipcollect import FileNameCollectorPlugin
    from traitlets.config import PyFileConfigLoader

    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    plugin = FileNameCollectorPlugin(config=config)
    plain = {name: student for name, student in NAMES.items() if not re.search(r"sub/|, |\u2019|KINDS", name)}
    for name, student in plain.items():
        found = plugin.collect(f"/srv/course/downloaded/{UNIT}/extracted/export/{name}")
        assert (found["student_id"], found["file_id"]) == (student, UNIT), name


def test_what_was_collected_is_remembered_beside_the_journal(own_small_course, export):
    collected(own_small_course, export({f"a_1_10_{UNIT}.ipynb": "{}"}))
    ledger = own_small_course.root / ".grading" / "collected.json"
    assert json.loads(ledger.read_text())[f"a/{UNIT}"]["order"][0] == 10
    ledger.write_text("{")
    assert collected(own_small_course, export({f"a_1_10_{UNIT}.ipynb": "{}"})).left_out == []
