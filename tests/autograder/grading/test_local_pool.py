"""Grading processes: what one that ends costs, and that none is left."""

import json
import os
import signal
import tempfile
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from autograder.execution.job import Executed, Job, version_of
from autograder.grading.local_pool import LocalPool
from autograder.limits import Limits, Tier

UNIT = "01_kinds"


@pytest.fixture
def job(built_small_course):
    data = (built_small_course.release / UNIT / f"{UNIT}.ipynb").read_bytes()
    return Job(built_small_course, UNIT, data, 3, version_of(built_small_course, UNIT))


@pytest.fixture
def workers():
    made = LocalPool(1)
    yield made
    made.close()


def test_process_that_ends_costs_the_job_that_it_did_and_no_other(workers, job):
    results = workers.results([(number, job) for number in range(4)])
    done = dict([next(outcome for outcome in results if outcome)])
    (worker,) = workers._workers.values()
    os.kill(worker.process.pid, signal.SIGKILL)
    done |= dict(outcome for outcome in results if outcome)
    assert sorted(done) == [0, 1, 2, 3]
    lost = [number for number, data in done.items() if data is None]
    assert len(lost) <= 1, "at most the one that was being done"
    assert not any(Executed.from_bytes(data).problem for data in done.values() if data)


def test_processes_that_are_started_ahead_do_the_jobs(job):
    """As many as there are jobs for, with a sandbox that these need not wait for."""
    with LocalPool(3) as pool:
        pool.start(2, job.course, job.tier, job.limits)
        results = pool.results([(number, job) for number in range(2)])
        first = next(outcome for outcome in results if outcome)
        started = {worker.process.pid for worker in pool._workers.values()}
        others = [outcome for outcome in results if outcome]
    assert len(started) == 2
    assert sorted(number for number, _ in (first, *others)) == [0, 1]
    assert not any(Executed.from_bytes(data).reason for _, data in (first, *others))


def test_processes_that_are_started_ahead_end_with_the_pool(job):
    with LocalPool(2) as pool:
        pool.start(5, job.course, job.tier, job.limits)
        pool._join_starting()
        processes = [psutil.Process(worker.process.pid) for worker in pool._workers.values()]
    assert len(processes) == 2
    assert not any(process.is_running() for process in processes)


@pytest.fixture
def passing_files(monkeypatch):
    """Where processes of the grader's have what is to be there for a while only."""
    with tempfile.TemporaryDirectory(prefix="passing-") as folder:
        os.chmod(folder, 0o755)
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setattr(tempfile, "tempdir", None)
        yield Path(folder)


@pytest.mark.parametrize("tier", [Tier.BUBBLEWRAP, Tier.LANDLOCK], ids=str)
def test_process_that_is_killed_leaves_no_file(workers, job, tier, passing_files):
    """As where the kernel ends it: nothing that it would do at its end is done."""
    waits = replace(job, tier=tier, data=with_first_cell(job.data, "import time\ntime.sleep(1000)"))
    results = workers.results([("waits", waits)])
    for _ in range(100):
        assert next(results) is None
        if list(passing_files.rglob("root")):
            break
    else:
        pytest.fail("nothing was begun")
    (worker,) = workers._workers.values()
    os.kill(worker.process.pid, signal.SIGKILL)
    assert [outcome for outcome in results if outcome] == [("waits", None)]
    assert list(passing_files.iterdir()) == []


def test_nothing_is_left_when_results_are_not_wanted_any_more(workers, job):
    others = psutil.Process().children(recursive=True)
    results = workers.results([(number, job) for number in range(4)])
    next(outcome for outcome in results if outcome)
    children = set(psutil.Process().children(recursive=True)) - set(others)
    started = [child for child in children if not _is_multiprocessings_own(child)]
    assert started
    results.close()
    _, alive = psutil.wait_procs(started, timeout=30)
    assert alive == []


def _is_multiprocessings_own(process):
    """The process in which multiprocessing keeps track of what all others share; it ends with the tests."""
    try:
        return "resource_tracker" in " ".join(process.cmdline())
    except psutil.ZombieProcess:
        return False


def test_jobs_are_taken_only_when_there_is_a_process_for_them(workers, job):
    taken = []

    def jobs():
        for number in range(10):
            taken.append(number)
            yield number, job

    results = workers.results(jobs())
    next(outcome for outcome in results if outcome)
    assert len(taken) <= 3
    results.close()


@pytest.fixture
def two_workers():
    made = LocalPool(2)
    yield made
    made.close()


def test_job_that_a_busy_process_has_not_begun_is_taken_back_for_an_idle_one(two_workers, job):
    never = replace(job, data=with_first_cell(job.data, "while True: pass"), limits=Limits(seconds_per_cell=30.0))
    results = two_workers.results([("never", never), ("second", job), ("third", job)])
    assert [outcome[0] for outcome in results if outcome] == ["second", "third", "never"]


def with_first_cell(data, source):
    """A notebook that begins with this cell."""
    notebook = json.loads(data)
    own = {"cell_type": "code", "id": "own", "metadata": {}, "source": source, "execution_count": None, "outputs": []}
    return json.dumps({**notebook, "cells": [own, *notebook["cells"]]}).encode()


def test_submission_that_never_ends_lets_the_others_go_first(workers, job):
    """It is the first of all, and the last that is done; its result is that of a run that nobody interrupted."""
    never = replace(job, data=with_first_cell(job.data, "while True: pass"), limits=Limits(seconds_per_cell=6.0))
    others = replace(job, limits=never.limits)
    jobs = [("never", replace(never, turn=0)), *((name, replace(others, turn=0)) for name in "abc")]
    found = [outcome for outcome in workers.results(jobs) if outcome]
    assert [name for name, _ in found] == [*"abc", "never"]
    alone = Executed.from_bytes(workers.result(never))
    last = Executed.from_bytes(found[-1][1])
    assert last.problem == alone.problem == "a cell took too long, and was interrupted"
    assert [cell.get("outputs") for cell in last.notebook["cells"]] == [
        cell.get("outputs") for cell in alone.notebook["cells"]
    ]


def test_job_with_another_version_of_the_unit_gets_a_reason(workers, job):
    other = replace(job, version="another")
    ((_, data),) = [outcome for outcome in workers.results([(0, other)]) if outcome]
    assert (
        "holds another version of 01_kinds. Bring it up to date and build it there." in Executed.from_bytes(data).reason
    )


def test_what_is_wrong_with_the_grader_itself_is_a_reason_too(workers, job):
    broken = replace(job, data=None)
    ((_, data),) = [outcome for outcome in workers.results([(0, broken)]) if outcome]
    assert "the grader itself stopped with" in Executed.from_bytes(data).reason


def test_job_is_given_back_by_its_number(job):
    """While a process makes its sandbox, none of its jobs is begun: what comes back need not be what was sent first."""
    with LocalPool(2) as pool:
        pool.start(2, job.course, job.tier, job.limits)
        names = ["empty", *(f"right {number}" for number in range(5))]
        jobs = [(name, replace(job, data=b"") if name == "empty" else job) for name in names]
        found = {tag: Executed.from_bytes(data) for tag, data in filter(None, pool.results(jobs))}
    assert sorted(found) == sorted(names)
    assert {name for name, executed in found.items() if executed.reason} == {"empty"}
