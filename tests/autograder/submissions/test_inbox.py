"""What is found below ``submitted/``: no student's folder hides another's, and none is passed over."""

import os
import shutil
import unicodedata

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


def lie(place, name):
    """Put a file somewhere below ``submitted/``."""
    path = place.submitted / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{}")


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
def test_file_beside_the_students_folders_has_a_line(place, make):
    make(place.submitted / "ben")
    line = {("ben", ""): "it is no student's folder; move it out of submitted/"}
    assert found(place) == {("ada", UNIT): b"{}", ("zoe", UNIT): b"{}"} | line
    with pytest.raises(AutograderError, match="holds nothing of ben"):
        find_submissions(place, [], ["ben"])


ARCHIVE = f"archives are not unpacked; unpack it, and put the notebook at {UNIT}/{UNIT}.ipynb"
FOLDER = f"no unit has just this name; rename the folder to {UNIT}"
ALONE = f"it lies in no unit's folder; move it to {UNIT}/{UNIT}.ipynb"
ELSEWHERE = "no unit has this name; move it to the folder of its unit, or out of submitted/"
MISPLACED = {
    f"{UNIT} (1)/{UNIT}.ipynb": FOLDER,
    f"{UNIT.upper()}/{UNIT}.ipynb": FOLDER,
    f"Copy of {UNIT}/{UNIT}.ipynb": FOLDER,
    f"{UNIT}-2/{UNIT}.ipynb": FOLDER,
    f"ben_{UNIT}/{UNIT}.ipynb": FOLDER,
    "01 Kinds/01_kinds.ipynb": FOLDER,
    f"{UNIT}.ipynb": ALONE,
    f"{UNIT} (2).ipynb": ALONE,
    f"{UNIT}.zip": ARCHIVE,
    f"ben {UNIT}.tar.gz": ARCHIVE,
    "homework/a.ipynb": ELSEWHERE,
    "homework.pdf": ELSEWHERE,
    "homework.ipynb": "it lies in no unit's folder; move it to UNIT/UNIT.ipynb",
    "homework.ZIP": "archives are not unpacked; unpack it, and put the notebook at UNIT/UNIT.ipynb",
}


@pytest.mark.parametrize("name", MISPLACED)
@pytest.mark.parametrize("units", [[], [UNIT]])
def test_what_lies_in_no_units_folder_has_a_line(place, name, units):
    shutil.rmtree(place.submitted / "ben")
    lie(place, f"ben/{name}")
    line = {("ben", name.split("/")[0]): MISPLACED[name]}
    assert found(place, units) == {("ada", UNIT): b"{}", ("zoe", UNIT): b"{}"} | line
    assert found(place, units, ["ben"]) == line


@pytest.mark.parametrize("name", [f"{UNIT} (1)/{UNIT}.ipynb", f"{UNIT}.ipynb", f"{UNIT}.zip", f"{UNIT.upper()}/a.txt"])
def test_what_lies_beside_a_units_folder_has_a_line_and_that_is_graded(place, name):
    lie(place, f"ben/{name}")
    words = f"{UNIT} lies beside it and is graded; put what counts there, and delete this"
    assert found(place) == with_bens(b"{}") | {("ben", name.split("/")[0]): words}


@pytest.mark.parametrize("name", ["ben_01_kinds.ipynb", "01_kinds.ipynb", "class.zip", "notes.txt"])
@pytest.mark.parametrize("units", [[], [UNIT]])
def test_what_lies_beside_the_students_folders_has_a_line(place, name, units):
    lie(place, name)
    words = found(place, units).pop((name, ""))
    wanted = (
        "STUDENT/01_kinds/01_kinds.ipynb" if "kinds" in name else "autograder collect" if "zip" in name else "out of"
    )
    assert wanted in words
    assert found(place, units) == with_bens(b"{}") | {(name, ""): words}
    assert found(place, units, ["ben"]) == {("ben", UNIT): b"{}"}


@pytest.mark.parametrize(
    "name", [".DS_Store", "Thumbs.db", ".ipynb_checkpoints/a.ipynb", "timestamp.txt", "._01_kinds"]
)
@pytest.mark.parametrize("where", ["", "ben/", f"ben/{UNIT}/"])
def test_clutter_has_no_line(place, name, where):
    lie(place, where + name)
    assert found(place) == with_bens(b"{}")


@pytest.mark.parametrize("name", ["submission_secret.txt", "data.csv", "figure.png", "my module.py", "a/b.txt"])
def test_file_beside_the_notebook_has_no_line(place, name):
    lie(place, f"ben/{UNIT}/{name}")
    assert found(place) == with_bens(b"{}")
    assert not any(submission.note for submission in find_submissions(place, [], None))


COPIES = [
    f"{UNIT} (1).ipynb",
    f"Copy of {UNIT}.ipynb",
    f"{UNIT}-Copy1.ipynb",
    f"{UNIT}-1.ipynb",
    f"{UNIT.upper()}.ipynb",
]


@pytest.mark.parametrize("name", [*COPIES, f"{UNIT} - Copy (2).ipynb", "01 kinds.ipynb", f"Kopie von {UNIT} (3).ipynb"])
def test_copy_alone_in_its_folder_is_graded_with_a_note(place, name):
    (place.submitted / "ben" / UNIT / f"{UNIT}.ipynb").rename(place.submitted / "ben" / UNIT / name)
    lie(place, f"ben/{UNIT}/data.csv")
    assert found(place) == with_bens(b"{}")
    (own,) = find_submissions(place, [], ["ben"])
    assert own.note == f"It is graded from {name}, for there is no {UNIT}.ipynb."


def test_copy_beside_the_notebook_is_named_in_a_note(place):
    lie(place, f"ben/{UNIT}/{UNIT} (1).ipynb")
    (own,) = find_submissions(place, [], ["ben"])
    assert (own.notebook.name, own.note) == (f"{UNIT}.ipynb", f"{UNIT} (1).ipynb beside it is not graded.")


@pytest.mark.parametrize("names", [COPIES[:2], [COPIES[0], "other.ipynb"], ["other.ipynb"]])
def test_notebook_is_not_guessed(place, names):
    (place.submitted / "ben" / UNIT / f"{UNIT}.ipynb").unlink()
    for name in names:
        lie(place, f"ben/{UNIT}/{name}")
    assert found(place) == with_bens(MISSING + f"holds {', '.join(sorted(names))}")


def test_copy_that_is_a_link_is_refused(place):
    folder = place.submitted / "ben" / UNIT
    (folder / f"{UNIT}.ipynb").unlink()
    (folder / COPIES[0]).symlink_to(place.notebook(UNIT))
    assert found(place) == with_bens(f"{COPIES[0]} is a symbolic link; hand in the notebook itself")


@pytest.mark.parametrize("name", ["Zoë", "Ångström"])
def test_student_has_one_name_in_whatever_form_its_accents_are_written(place, name):
    (place.submitted / "ben").rename(place.submitted / unicodedata.normalize("NFD", name))
    assert ((name, UNIT) in found(place)) and len(found(place)) == 3
    for form in ("NFC", "NFD"):
        assert found(place, students=[unicodedata.normalize(form, name)]) == {(name, UNIT): b"{}"}
    lie(place, f"{name}/{UNIT}/{UNIT}.ipynb")
    lines = found(place)
    assert lines[name, UNIT] == b"{}"
    assert "put both into one folder" in lines[ascii(unicodedata.normalize("NFD", name)), ""]


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
