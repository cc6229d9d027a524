"""nbgrader's gradebook in PostgreSQL: a server of the tests' own, the same gradebook as in SQLite."""

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from support.gradebook_contents import contents
from support.postgres_server import PASSWORD
from support.pretending_pool import pretending_pool, with_all_points

from autograder.__main__ import main
from autograder.build.release import build
from autograder.gradebook.entry import GradebookFailed
from autograder.gradebook.url import WAITING, gradebook_url
from autograder.gradebook.writer import GradebookWriter
from autograder.grading import batch
from autograder.grading.batch import grade_all
from autograder.paths import Course
from autograder.verify.simulated_class import hand_in, simulated_class

UNIT = "01_kinds"
NBGRADER = Path(sys.executable).parent / "nbgrader"


@pytest.fixture
def class_of_8(own_small_course):
    """Eight submissions of the small course."""
    for student in simulated_class(own_small_course, [UNIT], 8, seed=4):
        hand_in(own_small_course, student)
    return own_small_course


def command(course, *arguments):
    """``python -m autograder`` in a course's folder, in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "autograder", *arguments], cwd=course.root, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def finished(process):
    out, _ = process.communicate()
    assert process.returncode == 0, out
    return out


def test_killed_and_resumed_run_into_postgres_gives_the_gradebook_of_sqlite(class_of_8, postgres, tmp_path):
    url, other = postgres.new(), Course(tmp_path / "other")
    shutil.copytree(class_of_8.root, other.root, ignore=shutil.ignore_patterns("gradebook.db"))
    grade_all(class_of_8, [], workers=2, seed=11)
    finished(command(other, "build", "--db", url))
    run = command(other, "grade", "--db", url, "--seed", "11", "--workers", "1")
    journal = other.root / ".grading" / "journal.jsonl"
    while not journal.is_file() or len(journal.read_text().splitlines()) < 2:
        assert run.poll() is None, run.communicate()
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGKILL)
    run.communicate()
    done = len(journal.read_text().splitlines()) - 1
    assert 1 <= done < 8
    assert "8 graded, 0 not." in finished(command(other, "grade", "--db", url, "--resume", "--workers", "2"))
    assert journal.read_text().count('"student": ') == 8, "what was finished was not done again"
    assert contents(other, url) == contents(class_of_8)
    assert not (other.root / "gradebook.db").exists()


def test_grading_again_into_postgres_keeps_manual_scores_and_comments(class_of_8, postgres):
    from nbgrader.api import Gradebook

    url = postgres.new()
    list(build(class_of_8, [UNIT], db=url))
    people = ["student001", "student002"]
    before = grade_all(class_of_8, [], people, db=url)
    with Gradebook(url) as book:
        book.find_grade("u01-slope-test", UNIT, UNIT, "student001").manual_score = 1.5
        book.find_comment("u01-slope", UNIT, UNIT, "student001").manual_comment = "See me: ∂L/∂w."
        book.db.commit()
    auto = contents(class_of_8, url)["student001", UNIT, "u01-slope-test", "grade"][0]
    after = grade_all(class_of_8, [], people, db=url)
    assert after[0].points == pytest.approx(before[0].points - auto + 1.5)
    assert after[1].points == before[1].points
    found = contents(class_of_8, url)
    assert found["student001", UNIT, "u01-slope-test", "grade"][:4] == (auto, 1.5, None, True)
    assert found["student001", UNIT, "u01-slope", "comment"] == (None, "See me: ∂L/∂w.")


def test_graded_unit_changes_in_postgres_as_in_sqlite(class_of_8, postgres, monkeypatch):
    from nbgrader.api import Gradebook

    monkeypatch.setattr(batch, "LocalPool", lambda count: pretending_pool(class_of_8, UNIT)(count))
    text, urls = class_of_8.text(UNIT), {"postgres": postgres.new(), "sqlite": "sqlite:///gradebook.db"}
    whole, held = text.read_text(), {}
    for kind, url in urls.items():
        text.write_text(whole)
        list(build(class_of_8, [UNIT], db=url))
        grade_all(class_of_8, [], db=url)
        with Gradebook(gradebook_url(class_of_8, url)) as book:
            book.find_grade("u01-init-test", UNIT, UNIT, "student001").manual_score = 0.5
            book.find_comment("u01-train", UNIT, UNIT, "student002").manual_comment = "See me."
            book.db.commit()
        changed = re.sub(r'# %% nbgrader=[^\n]*"u01-slope(-test)?".*?(?=\n# %%)', "", whole, flags=re.S)
        text.write_text(changed.replace("u01-init", "u01-layer").replace('"points": 4', '"points": 5'))
        slope = class_of_8.exercises(UNIT) / "slope.py"
        slope.rename(slope.with_suffix(".kept"))
        list(build(class_of_8, [UNIT], db=url, change=True, names=[("u01-init", "u01-layer")]))
        grade_all(class_of_8, [], db=url, resume=True)
        held[kind] = contents(class_of_8, url)
        slope.with_suffix(".kept").rename(slope)
    assert held["postgres"] == held["sqlite"]
    assert held["postgres"]["student001", UNIT, "u01-layer-test", "grade"][1] == 0.5
    assert not any(name.startswith("u01-slope") for _, _, name, _ in held["postgres"])
    tables = sorted(class_of_8.root.glob("gradebook.db.dropped-*.csv"))
    assert [sorted(path.read_text().splitlines()) for path in tables] == [
        sorted(tables[0].read_text().splitlines())
    ] * 2
    assert postgres.say(f"SELECT state FROM pg_stat_activity WHERE datname = '{urls['postgres'].split('/')[-1]}'") == []


def test_database_of_the_configuration_is_used_by_us_and_by_nbgrader(class_of_8, postgres, at):
    url = postgres.new()
    (class_of_8.root / "gradebook.db").unlink()
    with (class_of_8.root / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.CourseDirectory.db_url = {url!r}\n")
    at(class_of_8)
    assert main(["build"]) == 0
    assert main(["grade", "--student", "student001"]) == 0
    ours = contents(class_of_8, url)
    environment = {**os.environ, "PATH": f"{NBGRADER.parent}{os.pathsep}{os.environ['PATH']}"}
    for words in (("autograde", UNIT, "--student=student002"), ("generate_feedback", UNIT), ("export", "--to=all.csv")):
        done = subprocess.run([NBGRADER, *words], capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == 0, done.stderr
    with open("all.csv", newline="") as file:
        assert {row["student_id"] for row in csv.DictReader(file)} == {"student001", "student002"}
    assert ours.items() <= contents(class_of_8, url).items()
    assert not (class_of_8.root / "gradebook.db").exists()


def test_formgraders_queries_work_on_postgres(class_of_8, postgres):
    from nbgrader.api import Gradebook

    url = postgres.new()
    list(build(class_of_8, [UNIT], db=url))
    (result,) = grade_all(class_of_8, [], ["student001"], db=url)
    with Gradebook(url) as book:
        assert book.submission_dicts(UNIT)[0]["score"] == pytest.approx(result.points, abs=0.006)
        assert book.student_dicts()[0]["score"] == pytest.approx(result.points, abs=0.006)
        assert [found["student"] for found in book.notebook_submission_dicts(UNIT, UNIT)] == ["student001"]
        book.remove_student("student001")
        assert book.submission_dicts(UNIT) == []


def test_connection_that_is_lost_while_grading_is_one_sentence(class_of_8, postgres, capfd):
    url = postgres.new()
    list(build(class_of_8, [UNIT], db=url))
    notebook = with_all_points(json.loads(class_of_8.notebook(UNIT).read_text()))
    capfd.readouterr()
    with GradebookWriter(class_of_8, url) as books:
        books.write("ada", UNIT, notebook)
        books.commit()
        ours = f"FROM pg_stat_activity WHERE datname = '{url.split('/')[-1]}'"
        assert postgres.say(f"SELECT state {ours}") == [("idle",)], "nothing is begun and left"
        postgres.say(f"SELECT pg_terminate_backend(pid) {ours}")
        with pytest.raises(GradebookFailed, match=r"can't be written \(.+\)\. What was finished is kept"):
            books.write("ben", UNIT, notebook)
    assert "Traceback" not in capfd.readouterr().err


def test_row_that_is_refused_or_locked_costs_one_submission(class_of_8, postgres, monkeypatch):
    url = postgres.new()
    list(build(class_of_8, [UNIT], db=url))
    monkeypatch.setattr(batch, "LocalPool", pretending_pool(class_of_8, UNIT))
    monkeypatch.setitem(WAITING, "options", "-c lock_timeout=100ms")
    people = [f"student00{number}" for number in range(1, 5)]
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("ALTER TABLE student ADD CONSTRAINT nobody CHECK (id <> 'student002')")
        before = {result.student: result.reason for result in grade_all(class_of_8, [], people, db=url)}
        other.execute("ALTER TABLE student DROP CONSTRAINT nobody")
        with other.transaction():
            other.execute("INSERT INTO student (id) VALUES ('student002')")
            between = {result.student: result.reason for result in grade_all(class_of_8, [], people, db=url)}
            raise psycopg.Rollback
    after = grade_all(class_of_8, [], people, db=url, resume=True)
    assert "nobody" in before.pop("student002") and "lock timeout" in between.pop("student002")
    assert {*before.values(), *between.values()} == {""}
    assert [(result.student, result.reason) for result in after] == [(student, "") for student in people]
    assert {key[0] for key in contents(class_of_8, url)} == set(people)


def test_password_of_the_environment_lets_us_in_and_stands_nowhere(class_of_8, postgres, monkeypatch, at, capfd):
    url = postgres.new().replace("grader@", "guarded@")
    at(class_of_8)
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert main(["build", "--db", url]) == 0
    monkeypatch.delenv("PGPASSWORD")
    known = url.replace("guarded@", f"guarded:{PASSWORD}@")
    assert main(["grade", "--db", known, "--student", "student001"]) == 0
    wrong = url.replace("guarded@", "guarded:not-this-one@")
    assert main(["grade", "--db", wrong, "--student", "student001"]) == 2
    out, err = capfd.readouterr()
    assert 'password authentication failed for user "guarded"' in err
    journal = (class_of_8.root / ".grading" / "journal.jsonl").read_text()
    for secret in (PASSWORD, "not-this-one"):
        assert secret not in out + err + journal


def test_missing_database_is_one_sentence(class_of_8, postgres, at, capfd):
    at(class_of_8)
    for words in (["build"], ["grade"]):
        assert main([*words, "--db", postgres.url("nowhere")]) == 2
        assert 'database "nowhere" does not exist' in capfd.readouterr().err.splitlines()[-1]


def test_database_into_which_nothing_was_built_says_to_build(class_of_8, postgres, at, capfd):
    at(class_of_8)
    assert main(["grade", "--db", postgres.new()]) == 2
    said = capfd.readouterr().err
    assert said == "The gradebook does not know 01_kinds yet. Run: python -m autograder build --db URL\n"
