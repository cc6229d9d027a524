"""``doctor`` says what is missing, and how to get it."""

import importlib.metadata

from autograder import doctor
from autograder.__main__ import main


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
    assert "Missing: nbgrader." in capsys.readouterr().out


def test_doctor_outside_a_course_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (finding,) = doctor.folders()
    assert not finding.fine
    assert "is not inside a course" in finding.remedy


def test_doctor_says_how_to_get_a_sandbox(monkeypatch):
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    (finding,) = doctor.sandbox()
    assert (finding.fine, finding.needed) == (False, False)
    assert finding.remedy.startswith("apt install bubblewrap")


def test_doctor_tries_the_sandbox_and_does_not_look_for_the_file_alone(monkeypatch):
    monkeypatch.setattr(doctor.shutil, "which", lambda name: "false")
    (finding,) = doctor.sandbox()
    assert not finding.fine
    assert "does not let it make namespaces" in finding.seen


def test_doctor_tells_a_version_that_is_not_the_pinned_one(course, at, monkeypatch):
    at(course)
    monkeypatch.setattr(doctor, "_pins", lambda: {"numpy": "1.0"})
    numpy = next(finding for finding in doctor.packages() if finding.what == "numpy")
    assert not numpy.fine
    assert not numpy.needed
    assert numpy.seen.endswith("pinned 1.0")
