"""Which database holds the gradebook, and what is said where there is none."""

import contextlib
import sqlite3

import pytest

from autograder.__main__ import main
from autograder.commands.demo import demonstrate
from autograder.gradebook.url import (
    NoGradebook,
    format_cause,
    gradebook_url,
    known_units,
    without_password,
)
from autograder.gradebook.writer import GradebookWriter
from autograder.paths import Course


def test_gradebook_is_in_the_courses_folder_unless_it_is_said(built_small_course):
    assert gradebook_url(built_small_course) == f"sqlite:///{built_small_course.root / 'gradebook.db'}"
    assert known_units(gradebook_url(built_small_course)) == {"01_kinds"}


def test_path_of_a_file_starts_from_the_courses_folder(built_small_course):
    assert gradebook_url(built_small_course, "sqlite:///term/a.db") == (
        f"sqlite:///{built_small_course.root / 'term' / 'a.db'}"
    )
    assert gradebook_url(built_small_course, "sqlite:////srv/a.db") == "sqlite:////srv/a.db"


def test_asking_a_gradebook_that_is_not_there_makes_no_file(built_small_course, tmp_path):
    url = gradebook_url(built_small_course, f"sqlite:///{tmp_path / 'none.db'}")
    assert known_units(url) == set()
    assert list(tmp_path.iterdir()) == []


def test_units_are_built_into_and_asked_of_the_file_that_is_named(own_small_course, at, capsys):
    at(own_small_course)
    (own_small_course.submitted / "ada" / "01_kinds").mkdir(parents=True)
    (own_small_course.root / "gradebook.db").unlink()
    assert main(["grade", "--db", "sqlite:///term.db"]) == 2
    assert "Run: python -m autograder build --db URL" in capsys.readouterr().err
    assert main(["build", "--db", "sqlite:///term.db"]) == 0
    assert main(["grade", "--db", "sqlite:///term.db"]) == 1
    assert not (own_small_course.root / "gradebook.db").exists()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("books:s3cret", "The gradebook's url can't be read. Write sqlite:///PATH or postgresql://"),
        ("postgresql://ada:s3cret@host:s3cret/books", "The gradebook's url can't be read."),
        ("postgresql://ada:s3@cret@host/books", "In a name or a password write %40 for it."),
        ("postgres://ada:s3cret@host/books", "a database of the kind 'postgres'. Write sqlite:///PATH or postgresql"),
        ("mysql://ada:s3cret@host/books", "a database of the kind 'mysql'."),
        ("sqlite://", "The gradebook's url names no file."),
        ("sqlite:////nowhere/books.db", "There is no folder /nowhere for the gradebook."),
        ("sqlite:///nbgrader_config.py", "can't be opened (file is not a database)."),
        ("postgresql://ada:s3cret@127.0.0.1:1/books", "Connection refused). See that the database exists, that its"),
        ("postgresql://ada@127.0.0.1:1/books?password=s3cret", "127.0.0.1:1/books can't be opened ("),
        ("postgresql+absent://ada:s3cret@host/books", "can't be opened (Can't load plugin"),
        ("postgresql+pg8000://ada:s3cret@host/books", "needs the package pg8000, which is not installed. Run pip"),
    ],
)
def test_gradebook_that_is_not_there_is_one_sentence_without_the_password(built_small_course, at, capsys, url, words):
    at(built_small_course)
    assert main(["build", "--db", url]) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert words in said
    assert "s3cret" not in said and "cret@" not in said


def test_gradebook_that_is_locked_is_told_to_wait_and_a_file_has_no_password(own_small_course, at, capsys):
    place = own_small_course
    (place.submitted / "ada" / "01_kinds").mkdir(parents=True)
    at(place)
    with contextlib.closing(sqlite3.connect(place.root / "gradebook.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert main(["grade"]) == 2
    said = capsys.readouterr().err
    assert "can't be opened (database is locked). Another program writes into it: wait until that is done" in said
    assert main(["grade", "--db", "sqlite:///nbgrader_config.py"]) == 2
    said += capsys.readouterr().err
    assert "(file is not a database). See that the file is a gradebook of nbgrader's" in said
    assert "password" not in said and "server" not in said


def test_connection_to_what_is_no_gradebook_is_closed(own_small_course, monkeypatch):
    connections = []
    connect = sqlite3.connect

    def remembered(*place, **options):
        connections.append(connect(*place, **options))
        return connections[-1]

    monkeypatch.setattr("sqlite3.dbapi2.connect", remembered)
    with pytest.raises(NoGradebook, match="file is not a database"):
        GradebookWriter(own_small_course, "sqlite:///nbgrader_config.py")
    assert connections
    for connection in connections:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")


def test_password_in_the_words_of_a_database_is_hidden():
    url = "postgresql://ada:s3cret@host/books?sslpassword=0ther"
    assert format_cause(ValueError("s3cret and 0ther\nare wrong"), url) == "*** and ***"
    assert without_password(url) == "postgresql://ada@host/books"


def test_url_that_can_not_be_read_is_not_repeated():
    with pytest.raises(NoGradebook) as raised:
        without_password("ada:s3cret")
    assert "s3cret" not in str(raised.value)


def test_demonstration_stays_out_of_the_courses_gradebook(own_small_course, tmp_path):
    with (own_small_course.root / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.CourseDirectory.db_url = 'sqlite:///{tmp_path / 'real.db'}'\n")
    assert demonstrate(own_small_course, students=1, seed=2, workers=1) == 0
    assert not (tmp_path / "real.db").exists()
    assert known_units(gradebook_url(Course(own_small_course.root / "demo"), "sqlite:///gradebook.db")) == {"01_kinds"}
