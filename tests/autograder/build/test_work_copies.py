"""``work/``: copies of the released notebooks that nothing overwrites."""

import shutil

import pytest
from support.ordinary_user import as_ordinary_user

from autograder.__main__ import main
from autograder.build.work_copies import copy_to_work

UNIT = "01_kinds"


def test_work_gets_every_released_notebook(own_small_course):
    assert copy_to_work(own_small_course) == ([UNIT], [])
    ours = own_small_course.root / "work" / UNIT / f"{UNIT}.ipynb"
    assert ours.read_bytes() == (own_small_course.release / UNIT / f"{UNIT}.ipynb").read_bytes()


def test_work_that_is_there_is_left_as_it_is(own_small_course):
    copy_to_work(own_small_course)
    mine = own_small_course.root / "work" / UNIT / f"{UNIT}.ipynb"
    mine.write_text("my answers")
    assert copy_to_work(own_small_course) == ([], [UNIT])
    assert mine.read_text() == "my answers"


def test_released_notebook_that_no_unit_has_is_counted_as_it_is(own_small_course, at, capsys):
    at(own_small_course)
    for unit in ("00_first", "02_other"):
        shutil.copytree(own_small_course.release / UNIT, own_small_course.release / unit)
    assert main(["work"]) == 0
    assert main(["work"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "work/: 3 notebooks copied from release/, 0 left as they are.",
        "work/: 0 notebooks copied from release/, 3 left as they are.",
    ]


def test_copy_that_was_cut_off_is_made_again(own_small_course):
    half = own_small_course.root / "work" / f".{UNIT}.half"
    half.mkdir(parents=True)
    (half / "rest").write_text("of an earlier try")
    assert copy_to_work(own_small_course) == ([UNIT], [])
    assert [path.name for path in (own_small_course.root / "work").iterdir()] == [UNIT]


def test_work_before_a_release_says_to_build(own_small_course, at, capsys):
    shutil.rmtree(own_small_course.release)
    at(own_small_course)
    assert main(["work"]) == 2
    assert "Run: python -m autograder build" in capsys.readouterr().err


def without_rights(place):
    (place.release / "00_first" / "00_first.ipynb").chmod(0)


def read_only(place):
    (place.root / "work" / ".00_first.half" / "deep").mkdir(parents=True)
    (place.root / "work" / ".00_first.half").chmod(0o500)


@pytest.mark.parametrize("spoil", [without_rights, read_only])
def test_unit_that_cannot_be_copied_hinders_no_other(own_small_course, at, capsys, spoil):
    for unit in ("00_first", "02_other"):
        shutil.copytree(own_small_course.release / UNIT, own_small_course.release / unit)
        (own_small_course.release / unit / f"{UNIT}.ipynb").rename(own_small_course.release / unit / f"{unit}.ipynb")
    (own_small_course.root / "work").mkdir()
    spoil(own_small_course)
    at(own_small_course)

    def told():
        assert main(["work"]) == 2
        return capsys.readouterr().err

    said = as_ordinary_user(told)
    assert said.startswith("work/00_first can't be made (") and said.endswith("Mend that, and run it again.\n")
    copied = {path.name for path in (own_small_course.root / "work").iterdir() if not path.name.startswith(".")}
    assert copied == {UNIT, "02_other"}
