"""How long an object is kept for the other process: until its proxy there is gone, and no longer."""

import gc
import socket
import threading
import weakref
from contextlib import contextmanager

import msgpack
import numpy as np
import pytest

from autograder.execution.graded_cells import Exports
from autograder.sandbox.confined.rpc.codec import BadMessage, NotSent
from autograder.sandbox.confined.rpc.handles import ExportRefused, Handles
from autograder.sandbox.confined.rpc.peer import SIZE, Peer


class Model:
    def __init__(self, weights=None):
        self.weights = weights


@contextmanager
def two_ends(serve):
    """A peer here, and one that serves in another thread."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        here, there = Peer(ours, Exports().serve, untrusted=True), Peer(theirs, serve, untrusted=False)
        thread = threading.Thread(target=there.serve_forever, daemon=True)
        thread.start()
        yield here, there
        ours.close()
        thread.join(10)


def test_object_lives_as_long_as_its_proxy():
    made = []

    def serve(operation, *arguments):
        if operation == "make":
            model = Model()
            made.append(weakref.ref(model))
            return model
        return None

    with two_ends(serve) as (here, _):
        kept, dropped = here.request("make"), here.request("make")
        here.request("nothing")
        assert [one() is not None for one in made] == [True, True]
        del dropped
        here.request("nothing")
        gc.collect()
        assert [one() is not None for one in made] == [True, False]
        del kept
        here.request("nothing")
        gc.collect()
        assert [one() is not None for one in made] == [False, False]


def test_arrays_that_an_object_holds_are_compared_no_longer_than_it_lives():
    def serve(operation, *arguments):
        return Model(*arguments) if operation == "make" else None

    with two_ends(serve) as (here, there):
        for _ in range(50):
            here.request("make", np.zeros(3))
        here.request("nothing")
        here.request("nothing")
        assert len(here._arrays._own) <= 2 and len(there._arrays._remote) <= 2


def test_the_same_object_is_the_same_proxy_while_that_lives():
    model = Model()
    with two_ends(lambda operation, *arguments: model) as (here, _):
        first, second = here.request("model"), here.request("model")
        assert first is second


def test_object_sent_again_while_its_proxy_is_dropped_is_kept():
    """The other side says that one handle is no longer used, and has not yet read the second."""
    ends = Handles(None, True), Handles(None, True)
    owner, user = ends
    model = Model()
    proxy = user.resolve(owner.handle_for(model))
    on_its_way = owner.handle_for(model)
    del proxy
    unused = user.unused()
    user.forget(unused)
    owner.release(unused)
    assert owner.exported(on_its_way[1]) is model
    again = user.resolve(on_its_way)
    assert user.unused() == [] and again is not None


def test_number_of_an_object_is_never_given_to_another():
    owner = Handles(None, True)
    first = owner.handle_for(Model())[1]
    owner.release([[first, 1]])
    assert owner.handle_for(Model())[1] != first


@pytest.mark.parametrize(
    "unused",
    [[[1, 0]], [[1, -5]], [[1, 1.0]], [[1, True]], [[7, 1]], [["x", 1]]],
    ids=["none", "negative", "float", "truth value", "another's", "text"],
)
def test_odd_report_releases_nothing(unused):
    owner = Handles(None, True)
    model = Model()
    owner.handle_for(model)
    owner.release(unused)
    assert owner.exported(1) is model


def test_object_that_was_released_too_early_is_not_found():
    owner = Handles(None, True)
    owner.handle_for(Model())
    owner.release([[1, 99]])
    with pytest.raises(BadMessage):
        owner.resolve(["yours", 1])


@pytest.mark.parametrize("unused", [None, 3, [1], [[1]], [[[], 1]]])
def test_report_of_another_form_ends_the_connection(unused):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        peer = Peer(ours, Exports().serve, untrusted=True)
        data = msgpack.packb([[[], []], ["notification", "x"], unused])
        theirs.sendall(SIZE.pack(len(data)) + data)
        with pytest.raises(BadMessage):
            peer.wait_for_reply("token")


def test_nothing_is_exported_where_nothing_may_be():
    with pytest.raises(ExportRefused):
        Handles(None, False).handle_for(Model())


def test_objects_have_an_end(monkeypatch):
    monkeypatch.setattr("autograder.sandbox.confined.rpc.handles.MAX_OBJECTS", 3)
    owner = Handles(None, True)
    for _ in range(3):
        owner.handle_for(Model())
    with pytest.raises(NotSent):
        owner.handle_for(Model())
