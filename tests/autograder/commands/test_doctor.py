"""``doctor`` says what is missing, and how to get it."""

import importlib.metadata

import pytest

from autograder.__main__ import main
from autograder.commands import doctor
from autograder.limits import Tier


def test_doctor_finds_everything_that_is_needed(built_small_course, at, capsys):
    at(built_small_course)
    assert main(["doctor"]) == 0
    assert "Everything that is needed is there." in capsys.readouterr().out


def test_doctor_names_a_missing_package_and_how_to_get_it(small_course, at, capsys, monkeypatch):
    version = importlib.metadata.version

    def without_nbgrader(name):
        if name == "nbgrader":
            raise importlib.metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(importlib.metadata, "version", without_nbgrader)
    at(small_course)
    assert main(["doctor"]) == 1
    assert "Missing: nbgrader. The last column says what to do." in capsys.readouterr().out


def test_doctor_outside_a_course_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (finding,) = doctor.folders()
    assert not finding.fine
    assert "is not inside a course" in finding.remedy


@pytest.mark.parametrize(
    "tier, reasons, seen",
    [
        (Tier.BUBBLEWRAP, "", "bubblewrap"),
        (Tier.LANDLOCK, "bubblewrap: bwrap is not installed", "Landlock; bubblewrap: bwrap is not installed"),
        (Tier.NONE, "Landlock: only Linux has it", "none: Landlock: only Linux has it"),
    ],
)
def test_doctor_names_the_sandbox_in_force_and_what_a_better_one_lacks(tier, reasons, seen, monkeypatch):
    monkeypatch.setattr(doctor, "best_tier", lambda: (tier, reasons))
    (finding,) = doctor.sandbox()
    assert (finding.fine, finding.needed, finding.seen) == (not reasons, False, seen)
    assert finding.remedy.startswith("apt install bubblewrap")


def test_doctor_tells_a_version_that_is_not_the_pinned_one(course, at, monkeypatch):
    at(course)
    monkeypatch.setattr(doctor, "_pins", lambda: {"numpy": "1.0"})
    numpy = next(finding for finding in doctor.packages() if finding.what == "numpy")
    assert not numpy.fine
    assert not numpy.needed
    assert numpy.seen.endswith(", where requirements.txt has 1.0")


def test_doctor_says_why_the_gradebook_can_not_be_opened(own_small_course, at):
    at(own_small_course)
    (finding,) = doctor.gradebook()
    assert finding.fine and finding.seen.endswith("gradebook.db, where 1 of 1 units are registered")
    with (own_small_course.root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.CourseDirectory.db_url = 'postgresql://ada:s3cret@127.0.0.1:1/books'\n")
    (finding,) = doctor.gradebook()
    assert not finding.fine
    assert "Connection refused" in finding.remedy and "s3cret" not in finding.remedy
