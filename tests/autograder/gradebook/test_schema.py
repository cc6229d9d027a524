"""A gradebook of another nbgrader, or one that was begun and not finished: told in a sentence, and mended."""

import sqlite3

import pytest
from support.courses import SMALL, copy_course
from support.programs import ran

from autograder.__main__ import main
from autograder.commands import doctor
from autograder.gradebook.schema import versions

NOT_ACTIVATED = {"PATH": "/usr/bin:/bin"}
ADVICE = (
    "has the tables of an earlier version of nbgrader. Run: nbgrader db upgrade, with the same --db if you gave one."
)
AS_BEFORE_COURSES = """
    PRAGMA foreign_keys=off;
    CREATE TABLE before (id VARCHAR(32) NOT NULL, name VARCHAR(128) NOT NULL, duedate DATETIME, PRIMARY KEY (id));
    INSERT INTO before SELECT id, name, duedate FROM assignment;
    DROP TABLE assignment;
    ALTER TABLE before RENAME TO assignment;
    DROP TABLE course;
"""
"""What nbgrader 0.5 had in place of what it has since 2019."""


def changed(course, script):
    with sqlite3.connect(course.root / "gradebook.db") as connection:
        connection.executescript(script)
    connection.close()


def recorded(course):
    with sqlite3.connect(course.root / "gradebook.db") as connection:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    connection.close()
    return found


def submitted(course):
    (course.submitted / "ada" / "01_kinds").mkdir(parents=True)


def test_versions_are_those_that_alembic_finds():
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import ALEMBIC_DIR

    script = ScriptDirectory(ALEMBIC_DIR)
    assert versions() == (script.get_current_head(), {step.revision for step in script.walk_revisions()})


def test_student_is_added_before_the_first_build_with_the_environment_not_activated(tmp_path):
    place = copy_course(SMALL, tmp_path / "course")
    for command in (["db", "student", "add", "ada"], ["db", "upgrade"]):
        said = ran(place, "nbgrader", *command, **NOT_ACTIVATED)
        assert said.returncode == 0, said.stderr
    assert recorded(place) == [(versions()[0],)]


@pytest.mark.parametrize("what", ["DROP TABLE alembic_version", "DELETE FROM alembic_version"])
def test_gradebook_that_nbgrader_began_is_finished_by_build(own_small_course, at, what):
    at(own_small_course)
    changed(own_small_course, what)
    (finding,) = doctor.gradebook()
    assert (finding.fine, finding.seen) == (False, "nbgrader stopped while it made it")
    assert finding.remedy == "finish it: python -m autograder build"
    assert main(["build"]) == 0
    assert recorded(own_small_course) == [(versions()[0],)]
    (finding,) = doctor.gradebook()
    assert finding.fine
    said = ran(own_small_course, "nbgrader", "db", "upgrade", **NOT_ACTIVATED)
    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize(
    "mark", ["UPDATE alembic_version SET version_num = '282d30a0218e'", "DROP TABLE alembic_version"]
)
def test_gradebook_of_an_earlier_nbgrader_is_told_how_to_upgrade(own_small_course, at, capsys, mark):
    at(own_small_course)
    submitted(own_small_course)
    changed(own_small_course, f"{AS_BEFORE_COURSES} {mark}")
    before = (own_small_course.root / "gradebook.db").read_bytes()
    for command in ("build", "grade"):
        assert main([command]) == 2
        said = capsys.readouterr().err.splitlines()[-1]
        assert said.startswith("The gradebook at sqlite:///") and said.endswith(f"gradebook.db {ADVICE}")
    (finding,) = doctor.gradebook()
    assert (finding.fine, finding.seen) == (False, "can't be used")
    assert finding.remedy.endswith(ADVICE)
    assert (own_small_course.root / "gradebook.db").read_bytes() == before


def test_upgrade_that_is_advised_helps(own_small_course, at):
    at(own_small_course)
    changed(own_small_course, f"{AS_BEFORE_COURSES} UPDATE alembic_version SET version_num = '282d30a0218e'")
    said = ran(own_small_course, "nbgrader", "db", "upgrade", **NOT_ACTIVATED)
    assert said.returncode == 0, said.stderr
    assert main(["build"]) == 0
    (finding,) = doctor.gradebook()
    assert finding.fine and finding.seen.endswith("1 of 1 units are registered")


def test_gradebook_of_a_later_nbgrader_is_told_so(own_small_course, at, capsys):
    at(own_small_course)
    changed(own_small_course, "UPDATE alembic_version SET version_num = 'abc123'")
    assert main(["build"]) == 2
    assert "has the tables of a later version of nbgrader than 0." in capsys.readouterr().err
