"""Grading on a Dask cluster that is started as an instructor starts it: the same gradebook, whatever dies on the way."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from gradebook_contents import contents

from autograder import cluster as clusters
from autograder.__main__ import main
from autograder.batch import grade_all
from autograder.cluster import Cluster, ClusterFailed
from autograder.journal import Journal
from autograder.places import Course
from autograder.simulating import hand_in, simulated_class
from autograder.work import Executed, Job, version_of

UNIT = "01_kinds"
DASK = Path(sys.executable).parent / "dask"


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Started:
    """A scheduler and workers on this machine, each a process that was started by the ``dask`` command."""

    def __init__(self, folder):
        self.folder, self.processes = folder, []
        self.address = f"tcp://127.0.0.1:{free_port()}"
        self.scheduler = self.start("scheduler", "--no-dashboard", "--host", self.address, cwd=folder)
        wait_until(lambda: answers(self.address), "the scheduler answers")

    def start(self, *arguments, cwd):
        number = len(self.processes)
        with (self.folder / f"{number}.log").open("w") as log:
            process = subprocess.Popen(
                [str(DASK), *arguments], cwd=cwd, stdout=log, stderr=log, start_new_session=True,
                env={**os.environ, "DASK_DISTRIBUTED__DIAGNOSTICS__NVML": "False"},
            )  # fmt: skip
        self.processes.append(process)
        return process

    def worker(self, course, *options):
        """Start a worker in a course's folder, as the documentation says."""
        local = ("--no-dashboard", "--local-directory", str(self.folder))
        return self.start("worker", self.address, "--nthreads", "1", *local, *options, cwd=course)

    def end(self):
        """End everything, the workers first; what does not end is killed with all that it started."""
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def answers(address):
    host, port = address.removeprefix("tcp://").split(":")
    with contextlib.suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
        return True
    return False


def wait_until(holds, what, seconds=120):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.05)


@pytest.fixture
def started(tmp_path):
    """A scheduler without workers; all that is started on it ends with the test."""
    folder = tmp_path / "dask"
    folder.mkdir()
    begun = None
    try:
        begun = Started(folder)
        yield begun
    finally:
        if begun is not None:
            begun.end()


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
    return max(0, len(path.read_text().splitlines()) - 1) if path.is_file() else 0


def test_class_is_graded_the_same_when_one_of_two_workers_is_killed(class_of_12, started, tmp_path):
    local, remote = class_of_12, copied(class_of_12, tmp_path / "remote")
    checkout = copied(class_of_12, tmp_path / "checkout")
    shutil.rmtree(checkout.submitted)
    expected = grade_all(local, [], workers=2, seed=11)
    started.worker(checkout.root, "--no-nanny")
    victim = started.worker(checkout.root, "--no-nanny")

    def kill():
        wait_until(lambda: journaled(remote) >= 3, "three are done")
        victim.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    results = grade_all(remote, [], seed=11, dask=started.address)
    killer.join()
    assert victim.wait() == -signal.SIGKILL
    assert [(r.student, r.points, r.reason, r.verdict) for r in results] == [
        (r.student, r.points, r.reason, r.verdict) for r in expected
    ]
    assert len({r.points for r in results}) > 3
    assert contents(remote) == contents(local)
