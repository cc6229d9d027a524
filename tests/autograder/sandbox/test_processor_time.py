"""Counting processor time, and the time in which others had the processors, with numbers in the place of processes."""

import os
import signal
import socket
import threading
import time

import pytest

from autograder.execution.resource_limits import CellTimeout, resource_limits
from autograder.sandbox import processor_time
from autograder.sandbox.confined.rpc.transport import Connection, PeerTimeout
from autograder.sandbox.processor_time import ControlGroup, ProcessorTime


class Machine:
    """What the kernel says of some processes: seconds of their own, of children waited for, and in a run queue."""

    def __init__(self, monkeypatch):
        self.own, self.children, self.queued = {}, {}, {}
        monkeypatch.setattr(
            processor_time, "cpu_of", lambda process: ("0", self.own.get(process, 0.0), self.children.get(process, 0.0))
        )
        monkeypatch.setattr(processor_time, "queued_seconds", lambda process: self.queued.get(process, 0.0))


@pytest.fixture
def machine(monkeypatch):
    return Machine(monkeypatch)


def test_time_of_processes_that_nobody_waited_for_is_not_lost(machine):
    counted = ProcessorTime([1])
    for child in range(10, 20):
        machine.own = {1: 0.5, child: 2.0}
        counted.look([1, child], 0.0)
    assert counted.used == 0.5 + 10 * 2.0


def test_time_of_children_between_two_looks_is_counted_where_somebody_waited_for_them(machine):
    counted = ProcessorTime([1])
    machine.own, machine.children = {1: 0.5}, {1: 30.0}
    counted.look([1], 0.0)
    assert counted.used == 30.5


def test_waiting_is_that_of_the_process_that_waits_longest_since_the_beginning(machine):
    machine.queued = {1: 100.0}
    counted = ProcessorTime([1], 50.0)
    machine.queued = {1: 103.0, **dict.fromkeys(range(10, 70), 2.0)}
    counted.look(list(machine.queued), 54.0)
    assert counted.waited == 3.0
    machine.queued = {1: 103.5, 10: 6.0}
    counted.look([1, 10], 60.0)
    assert counted.waited == 3.0 + 4.0


def test_waiting_for_what_the_submission_itself_has_is_not_left_out(machine):
    """Sixty processes that wait for each other: as long as they have one processor, none waits for others."""
    many = list(range(10, 70))
    counted = ProcessorTime([], 0.0)
    machine.queued, machine.own = dict.fromkeys(many, 9.0), dict.fromkeys(many, 0.25)
    counted.look(many, 10.0)
    assert counted.waited == 0.0
    machine.queued, machine.own = dict.fromkeys(many, 19.0), dict.fromkeys(many, 0.3)
    counted.look(many, 20.0)
    assert counted.waited == pytest.approx(10.0 - 60 * 0.05)


def test_group_counts_what_is_gone(machine):
    """Where this machine gives groups; without them the time of each process is added up."""
    child = os.fork()
    if not child:
        signal.pause()
    try:
        group = ControlGroup.around(child)
        assert group is None or group.seconds() < 1.0
        if group:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            group.remove()
            assert not group._folder.exists()
    finally:
        if not group:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def test_groups_of_graders_that_were_killed_are_removed(tmp_path):
    gone = os.fork()
    if not gone:
        os._exit(0)
    os.waitpid(gone, 0)
    for process in (gone, os.getpid()):
        (tmp_path / f"{processor_time.GROUP_PREFIX}{process}-0").mkdir()
    processor_time._remove_abandoned(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [f"{processor_time.GROUP_PREFIX}{os.getpid()}-0"]


def slow_clock():
    """A clock on which less time passes, as where others have the processor."""
    return time.monotonic() / 100


def test_deadline_is_one_of_the_clock():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        line = Connection(ours, untrusted=True)
        line.clock, line.deadline = slow_clock, slow_clock() + 0.02
        threading.Timer(0.3, theirs.send, [b"late"]).start()
        assert line.receive(4) == b"late"
        line.deadline = slow_clock()
        with pytest.raises(PeerTimeout):
            line.receive(4)


def test_time_of_a_graded_cell_is_one_of_the_clock():
    with resource_limits(0.02, slow_clock):
        time.sleep(0.3)
    with pytest.raises(CellTimeout), resource_limits(0.002, slow_clock):
        time.sleep(0.3)
        for _ in range(1000):
            time.sleep(0.001)
