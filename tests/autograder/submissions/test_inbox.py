"""What is found below ``submitted/``: no student's folder hides another's, and none is passed over."""

import os
import shutil

import pytest
from support.ordinary_user import as_ordinary_user

from autograder.errors import AutograderError, UnreadableSubmission
from autograder.submissions.inbox import find_submissions, read_submission

UNIT = "01_kinds"
DENIED = "01_kinds.ipynb can't be opened (Permission denied); change its permissions, or hand it in again"
MISSING = "there is no 01_kinds.ipynb in the folder, which "


@pytest.fixture
def place(own_small_course):
    """A course to which ada, ben and zoe handed something in."""
    for student in ("ada", "ben", "zoe"):
        folder = own_small_course.submitted / student / UNIT
        folder.mkdir(parents=True)
        (folder / f"{UNIT}.ipynb").write_text("{}")
    yield own_small_course
    for folder in [own_small_course.submitted, *own_small_course.submitted.glob("*")]:
        if folder.is_dir() and not folder.is_symlink():
            folder.chmod(0o755)


def found(place, units=(), students=()):
    """What became of each submission that was found: its bytes, or the reason why there are none."""
    lines = {}
    for submission in find_submissions(place, list(units), list(students)):
        try:
            lines[submission.student, submission.unit] = read_submission(place, submission)
        except UnreadableSubmission as error:
            lines[submission.student, submission.unit] = str(error)
    return lines


def with_bens(words):
    """Ada and zoe are read, and so much is said of ben."""
    return {("ada", UNIT): b"{}", ("ben", UNIT): words, ("zoe", UNIT): b"{}"}


MODES = {0o000: DENIED, 0o344: b"{}", 0o644: DENIED, 0o744: b"{}"}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("units", [[], [UNIT]])
def test_students_folder_that_may_not_be_entered_or_listed_has_a_line(place, mode, units):
    (place.submitted / "ben").chmod(mode)
    assert as_ordinary_user(lambda: found(place, units)) == with_bens(MODES[mode])


@pytest.mark.parametrize("mode", MODES)
def test_units_folder_that_may_not_be_entered_or_listed_has_a_line(place, mode):
    (place.submitted / "ben" / UNIT).chmod(mode)
    assert as_ordinary_user(lambda: found(place)) == with_bens(MODES[mode])


def test_notebook_that_may_not_be_read_has_a_line(place):
    (place.submitted / "ben" / UNIT / f"{UNIT}.ipynb").chmod(0)
    assert as_ordinary_user(lambda: found(place)) == with_bens(DENIED)


def test_folder_that_may_not_be_listed_is_not_said_to_hold_nothing(place):
    (place.submitted / "ben" / UNIT / f"{UNIT}.ipynb").unlink()
    (place.submitted / "ben" / UNIT).chmod(0o344)
    assert as_ordinary_user(lambda: found(place)) == with_bens(MISSING + "can't be listed")


def test_folder_that_may_not_be_entered_is_a_students_who_is_named(place):
    (place.submitted / "ben").chmod(0)
    assert as_ordinary_user(lambda: found(place, students=["ben"])) == {("ben", UNIT): DENIED}


def test_only_folders_that_may_not_be_entered_have_their_lines(place):
    for student in ("ada", "ben", "zoe"):
        (place.submitted / student).chmod(0)
    assert set(as_ordinary_user(lambda: found(place)).values()) == {DENIED}


def test_inbox_that_may_not_be_listed_ends_the_search(place):
    def reason():
        with pytest.raises(PermissionError) as caught:
            find_submissions(place, [], None)
        return caught.value.filename

    place.submitted.chmod(0)
    assert as_ordinary_user(reason) == str(place.submitted)


def file(folder):
    shutil.rmtree(folder)
    folder.write_text("mine")


def pipe(folder):
    shutil.rmtree(folder)
    os.mkfifo(folder)


def link_to(target):
    def link(folder):
        shutil.rmtree(folder)
        folder.symlink_to(target)

    link.__name__ = f"link_to_{target}"
    return link


LINK = "its folder is a symbolic link; hand in the files themselves"
IS_NO_FOLDER = f"{UNIT} is no folder; hand in a folder of that name with the notebook in it"
INSTEAD = {file: IS_NO_FOLDER, pipe: IS_NO_FOLDER, link_to("gone"): LINK, link_to(UNIT): LINK, link_to("/"): LINK}


@pytest.mark.parametrize("make", INSTEAD)
def test_whatever_lies_in_the_place_of_a_units_folder_has_a_line(place, make):
    make(place.submitted / "ben" / UNIT)
    assert found(place) == with_bens(INSTEAD[make])


@pytest.mark.parametrize("make", [link_to("gone"), link_to("ben"), link_to("ada")])
def test_link_in_place_of_a_students_folder_has_a_line(place, make):
    make(place.submitted / "ben")
    assert found(place) == with_bens(LINK)


@pytest.mark.parametrize("make", [file, pipe])
def test_file_beside_the_students_folders_is_no_students(place, make):
    make(place.submitted / "ben")
    assert found(place) == {("ada", UNIT): b"{}", ("zoe", UNIT): b"{}"}


NAMES = (b"new\nline", b"caf\xe9", "é".encode() * 127, b"a" * 255, b" ", b"\x01", b"[a]")


@pytest.mark.parametrize("name", NAMES)
def test_odd_name_has_a_line_and_can_be_asked_for(place, name):
    student = os.fsdecode(name)
    (place.submitted / "ben").rename(place.submitted / student)
    lines = found(place)
    assert len(lines) == 3 and lines["ada", UNIT] == lines["zoe", UNIT] == b"{}"
    assert found(place, students=[student]).keys() == lines.keys() - {("ada", UNIT), ("zoe", UNIT)}
    assert all(words.isprintable() for pair in lines for words in pair)


FAULTS = {
    "a" * 101: "has 101 characters; shorten it to 100 or fewer",
    "ada ": "begins or ends with a blank; take that away",
    " ada": "begins or ends with a blank; take that away",
    " ": "begins or ends with a blank; take that away",
    "-ada": "begins with -; begin it with a letter or a digit",
    ".ada": "begins with .; begin it with a letter or a digit",
    "a,b": "can't be a student's; name it with letters, digits, blanks and . _ - @ + ' alone",
    "=1+1": "can't be a student's; name it with letters, digits, blanks and . _ - @ + ' alone",
}


@pytest.mark.parametrize("name", FAULTS)
def test_name_that_can_be_no_students_is_told_what_is_wrong_with_it(place, name):
    (place.submitted / "ben").rename(place.submitted / name)
    lines = found(place)
    assert lines[name, UNIT] == f"the folder's name {FAULTS[name]}"


def test_folder_that_vanishes_before_it_is_read_has_a_line(place):
    everyone = find_submissions(place, [], None)
    shutil.rmtree(place.submitted / "ben")
    with pytest.raises(UnreadableSubmission, match=MISSING + "holds nothing"):
        read_submission(place, everyone[1])


def test_nothing_is_found_of_a_student_without_a_folder(place):
    with pytest.raises(AutograderError, match="holds nothing of eve"):
        find_submissions(place, [], ["ada", "eve"])
