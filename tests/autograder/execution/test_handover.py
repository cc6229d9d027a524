"""How a socket gets to the student's process: the grader makes it, and finds out who does not take it."""

import os
import socket
import threading
import time

import pytest

from autograder.execution.handover import ForkFailed, make_handover, make_socket
from autograder.sandbox.confined.rpc.codec import BadMessage
from autograder.sandbox.confined.rpc.transport import FORK_FAILED, READY, PeerClosed, PeerTimeout, received_socket


@pytest.fixture
def ends():
    """The grader's socket and the student's."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


@pytest.fixture
def in_another_thread():
    threads = []

    def begin(function, *arguments):
        threads.append(threading.Thread(target=function, args=arguments, daemon=True))
        threads[-1].start()

    yield begin
    for thread in threads:
        thread.join(10)


def open_files():
    return len(os.listdir("/dev/fd"))


def soon(seconds):
    """A deadline, and the clock that it belongs to."""
    return time.monotonic() + seconds, time.monotonic


def serve(theirs):
    """What a student's process does: take the handover socket, then one for a graded cell, and speak on that."""
    with received_socket(theirs) as handover:
        handover.sendall(READY)
        with received_socket(handover) as sock:
            handover.sendall(READY)
            sock.sendall(b"served")


def test_student_gets_the_other_ends(ends, in_another_thread):
    ours, theirs = ends
    in_another_thread(serve, theirs)
    with make_handover(ours, 10) as handover, make_socket(handover, *soon(10)) as sock:
        assert sock.recv(6, socket.MSG_WAITALL) == b"served"
        assert sock.recv(1) == b"", "nobody else holds the other end"


def test_process_that_ends_before_it_serves_is_found_out(ends):
    ours, theirs = ends
    before = open_files()
    theirs.close()
    with pytest.raises(PeerClosed):
        make_handover(ours, 10)
    assert open_files() == before - 1


def test_process_that_does_not_begin_is_not_waited_for(ends):
    before = open_files()
    with pytest.raises(PeerClosed):
        make_handover(ends[0], 0.1)
    assert open_files() == before


@pytest.mark.parametrize(
    "word, error", [(FORK_FAILED, ForkFailed), (b"xx", BadMessage), (b"", PeerTimeout)], ids=["no copy", "x", "none"]
)
def test_socket_that_is_not_served_is_closed(word, error, ends):
    ours, theirs = ends
    before = open_files()
    theirs.sendall(word)
    with pytest.raises(error):
        make_socket(ours, *soon(0.1))
    received_socket(theirs).close()
    assert open_files() == before


def test_handover_that_is_closed_is_found_out(ends):
    ours, theirs = ends
    theirs.shutdown(socket.SHUT_WR)
    with pytest.raises(PeerClosed):
        make_socket(ours, *soon(0.1))


def test_process_that_waits_for_a_processor_is_not_late(ends, in_another_thread):
    """Its clock stands still meanwhile."""
    ours, theirs = ends

    def serve_at_last():
        received_socket(theirs).close()
        time.sleep(0.3)
        theirs.sendall(READY)

    in_another_thread(serve_at_last)
    with make_socket(ours, 0.1, lambda: 0.0):
        pass
