"""Grading on a Dask cluster, started as an instructor starts it: the same gradebook, whatever dies on the way."""

import os
import shutil
import signal
import subprocess
import sys
import threading

import psutil
import pytest
from distributed import Client
from support.dask_cluster import wait_until
from support.gradebook_contents import contents

from autograder.__main__ import main
from autograder.execution.job import Executed, Job, version_of
from autograder.grading import dask_pool as clusters
from autograder.grading.batch import grade_all
from autograder.grading.dask_pool import DaskPool
from autograder.paths import Course
from autograder.submissions.inbox import find_submissions, read_submission
from autograder.verify.simulated_class import hand_in, simulated_class

UNIT = "01_kinds"


@pytest.fixture
def class_of_12(own_small_course):
    """Twelve submissions of the small course."""
    for student in simulated_class(own_small_course, [UNIT], 12, seed=4):
        hand_in(own_small_course, student)
    return own_small_course


def copied(course, target):
    shutil.copytree(course.root, target)
    return Course(target)


def journaled(course):
    """How many submissions the journal holds."""
    path = course.root / ".grading" / "journal.jsonl"
    return path.read_text().count('"student": ') if path.is_file() else 0


def test_class_is_graded_the_same_when_one_of_two_workers_is_killed(class_of_12, started, tmp_path):
    local, remote = class_of_12, copied(class_of_12, tmp_path / "remote")
    checkout = copied(class_of_12, tmp_path / "checkout")
    shutil.rmtree(checkout.submitted)
    expected = grade_all(local, [], workers=2, seed=11)
    started.worker(checkout.root, "--no-nanny")
    victim = started.worker(checkout.root, "--no-nanny")

    began = []

    def kill():
        wait_until(lambda: journaled(remote) >= 3, "three are done")
        began.extend(psutil.Process(victim.pid).children(recursive=True))
        victim.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    results = grade_all(remote, [], seed=11, dask=started.address)
    killer.join()
    assert victim.wait() == -signal.SIGKILL
    assert began and psutil.wait_procs(began, timeout=30)[1] == [], "its sandbox ends with it"
    assert [(r.student, r.points, r.reason, r.verdict) for r in results] == [
        (r.student, r.points, r.reason, r.verdict) for r in expected
    ]
    assert len({r.points for r in results}) > 3
    assert contents(remote) == contents(local)


def test_job_that_ends_one_worker_after_the_other_gets_no_points_and_the_rest_go_on(class_of_12, started):
    class Deadly(str):
        """A version that ends the process that compares it."""

        def __eq__(self, other):

            os._exit(1)

        __ne__ = __eq__

    for _ in range(2):
        started.worker(class_of_12.root)
    version = version_of(class_of_12, UNIT)
    found = find_submissions(class_of_12, [UNIT], None)[:3]
    jobs = [(found.student, Job(class_of_12, UNIT, read_submission(class_of_12, found), 1, version)) for found in found]
    jobs.insert(0, ("deadly", Job(class_of_12, UNIT, b"", 1, Deadly())))
    with DaskPool(started.address, {UNIT: version}) as cluster:
        outcomes = dict(outcome for outcome in cluster.results(iter(jobs)) if outcome)
    assert outcomes.pop("deadly") is None
    assert [Executed.from_bytes(data).problem for data in outcomes.values()] == [""] * 3


def test_workers_that_can_not_grade_say_why_and_the_others_grade(class_of_12, started, tmp_path, at, capfd):
    other = copied(class_of_12, tmp_path / "other")
    with other.exercise_files(UNIT)[0].open("a") as file:
        file.write("\n# edited\n")
    started.worker(tmp_path, "--no-nanny")
    started.worker(other.root, "--no-nanny")
    with Client(started.address, set_as_default=False) as client:
        client.wait_for_workers(2)
    at(class_of_12)
    assert main(["grade", "--dask", started.address]) == 2
    said = capfd.readouterr().err
    assert f"does not grade: {tmp_path} is not inside a course" in said
    assert f"does not grade: {other.root} holds another version of {UNIT}. Bring it up to date and build it" in said
    assert said.splitlines()[-1] == f"No worker of the cluster at {started.address} can grade."
    started.worker(class_of_12.root, "--no-nanny", "--nthreads", "3")
    with Client(started.address, set_as_default=False) as client:
        client.wait_for_workers(3)
    assert main(["grade", "--dask", started.address]) == 0
    assert "12 graded, 0 not." in capfd.readouterr().out


def test_worker_without_a_sandbox_grades_only_when_told_to(class_of_12, started, at, capfd, monkeypatch, tmp_path):
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "sitecustomize.py").write_text(
        "from autograder.sandbox import sandbox\n"
        "from autograder.limits import Tier\n"
        "sandbox.best_tier = lambda: (Tier.NONE, 'bubblewrap: bwrap is not installed')\n"
    )
    with monkeypatch.context() as patch:
        patch.setenv("PYTHONPATH", str(bare))
        started.worker(class_of_12.root, "--no-nanny")
    at(class_of_12)
    assert main(["grade", "--dask", started.address, "--student", "student001"]) == 2
    assert "does not grade: Nothing here can shut in what was handed in (bubblewrap: bwrap" in capfd.readouterr().err
    assert main(["grade", "--dask", started.address, "--student", "student001", "--no-sandbox"]) == 0


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("tcp://127.0.0.1:1", "No Dask scheduler answers at tcp://127.0.0.1:1. Start it with dask scheduler, or mend"),
        ("tcp://no.such.host.invalid:8786", "No Dask scheduler answers at tcp://no.such.host.invalid:8786."),
        ("nowhere", "'nowhere' is no address of a Dask scheduler. Write tcp://HOST:PORT"),
        ("tcp://127.0.0.1:port", "is no address of a Dask scheduler."),
        ("gopher://127.0.0.1:8786", "is no address of a Dask scheduler."),
        ("", "'' is no address of a Dask scheduler."),
    ],
)
def test_address_without_a_scheduler_is_one_sentence_and_costs_no_journal(
    class_of_12, at, capfd, monkeypatch, address, words
):
    monkeypatch.setattr(clusters, "CONNECT_TIMEOUT", 2.0)
    journal = class_of_12.root / ".grading" / "journal.jsonl"
    journal.parent.mkdir()
    journal.write_text('{"seed": 7}\n')
    at(class_of_12)
    assert main(["grade", "--dask", address]) == 2
    (said,) = capfd.readouterr().err.splitlines()
    assert words in said
    assert journal.read_text() == '{"seed": 7}\n'


def test_cluster_without_workers_is_waited_for_and_then_one_sentence(class_of_12, started, at, capfd, monkeypatch):
    monkeypatch.setattr(clusters, "WORKER_TIMEOUT", 0.5)
    at(class_of_12)
    assert main(["grade", "--dask", started.address]) == 2
    said = capfd.readouterr().err
    assert f"Waiting for a worker at {started.address}." in said
    assert said.splitlines()[-1].startswith(f"The cluster at {started.address} has no worker that can grade. Start one")


def grading(course, *arguments):
    """``python -m autograder grade`` in a course's folder, until three submissions are done."""
    process = subprocess.Popen(
        [sys.executable, "-m", "autograder", "grade", *arguments], cwd=course.root, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests in the background ignore it
    )  # fmt: skip
    try:
        wait_until(lambda: journaled(course) >= 3 or process.poll() is not None, "three are done")
        assert process.poll() is None, process.communicate()
    except BaseException:
        process.kill()
        process.communicate()
        raise
    return process


def test_scheduler_that_goes_away_is_one_sentence_and_the_run_can_be_resumed(class_of_12, started):
    started.worker(class_of_12.root, "--no-nanny")
    process = grading(class_of_12, "--dask", started.address, "--seed", "11")
    started.scheduler.kill()
    _, said = process.communicate(timeout=120)
    assert process.returncode == 2, said
    assert said.splitlines()[-1] == (
        f"The scheduler at {started.address} is gone. What was finished is kept: start it again, then use --resume."
    )
    assert "Traceback" not in said
    done = journaled(class_of_12)
    assert 3 <= done < 12
    results = grade_all(class_of_12, [], workers=2, resume=True)
    assert len(results) == journaled(class_of_12) == 12


def test_interrupted_run_leaves_nothing_on_the_cluster(class_of_12, started):
    started.worker(class_of_12.root, "--no-nanny")
    process = grading(class_of_12, "--dask", started.address)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 130, said
    assert said.splitlines()[-1] == "Stopped. What was finished is kept. Go on with it by --resume."
    assert "Traceback" not in said
    with Client(started.address, set_as_default=False) as client:
        wait_until(lambda: client.run_on_scheduler(lambda dask_scheduler: not dask_scheduler.tasks), "no task is left")
        (plugins,) = client.run(lambda dask_worker: [n for n in dask_worker.plugins if n.startswith("auto")]).values()
    assert plugins == []


def test_cluster_grades_into_postgres(class_of_12, started, postgres, at):
    url, people = postgres.new(), ("--student", "student001", "--student", "student002")
    started.worker(class_of_12.root)
    at(class_of_12)
    assert main(["build", "--db", url]) == 0
    assert main(["grade", *people, "--seed", "11", "--dask", started.address, "--db", url]) == 0
    assert main(["grade", *people, "--seed", "11"]) == 0
    assert contents(class_of_12, url) == contents(class_of_12)
