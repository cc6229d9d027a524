"""Arrays of a class of the student's own, and indices, on their way between two processes."""

import gc
import socket
import threading
from contextlib import contextmanager

import msgpack
import numpy as np
import pytest

from autograder.execution.graded_cells import Exports
from autograder.sandbox.confined.rpc import codec as wire
from autograder.sandbox.confined.rpc.handles import ExportRefused
from autograder.sandbox.confined.rpc.peer import Peer


class Param(np.ndarray):
    """An array with a name and a gradient, as people write it who have seen PyTorch."""

    def __new__(cls, values):
        made = np.asarray(values, dtype=float).view(cls)
        made.grad = np.zeros_like(values)
        return made

    def __array_finalize__(self, source):
        self.grad = getattr(source, "grad", None)

    def __setitem__(self, place, value):
        raise TypeError("write into .value")

    def __eq__(self, other):
        raise TypeError("compared")

    __hash__ = None


class Layer:
    """Something with places that are assigned to."""

    def __init__(self):
        self.places = {}

    def __getitem__(self, place):
        return repr(place)

    def __setitem__(self, place, value):
        self.places[repr(place)] = value


def own_arrays(tmp_path):
    mapped = np.memmap(tmp_path / "numbers", dtype=np.float64, mode="w+", shape=(2, 3))
    mapped[...] = np.arange(6.0).reshape(2, 3)
    return {
        "a class": Param(np.arange(6.0).reshape(2, 3)),
        "a file": mapped,
        "a matrix": np.arange(6.0).reshape(2, 3).view(np.matrix),
        "a part of one": Param(np.arange(12.0).reshape(2, 6))[:, ::2],
        "a masked one": np.ma.masked_array(np.arange(6.0).reshape(2, 3), mask=False),
    }


KINDS = ("a class", "a file", "a matrix", "a part of one", "a masked one")


@contextmanager
def process_of(values, may_export=False):
    """The grader's end of a connection to a process that does with these what a student's does."""
    ours, theirs = socket.socketpair()

    def serve(operation, *arguments):
        if operation == "operate":
            value, name, given = arguments
            return getattr(value, f"__{name}__")(*given)
        if operation == "get":
            return values[arguments[0]]
        if operation == "same":
            return values[arguments[0]] is arguments[1]
        values[arguments[0]].view(np.ndarray)[...] += 1
        return None

    with ours, theirs:
        here = Peer(ours, Exports().serve, untrusted=True, may_export=may_export)
        there = Peer(theirs, serve, untrusted=False)
        thread = threading.Thread(target=there.serve_forever, daemon=True)
        thread.start()
        yield here, there
        ours.close()
        thread.join(10)


@pytest.mark.parametrize("kind", KINDS)
def test_array_of_another_class_is_an_array_for_the_grader(kind, tmp_path):
    own = own_arrays(tmp_path)[kind]
    numbers = np.array(own.view(np.ndarray))
    with process_of({"p": own}) as (grader, _):
        found = grader.request("get", "p")
        assert type(found) is np.ndarray
        assert (found.dtype, found.shape, found.tolist()) == (numbers.dtype, numbers.shape, numbers.tolist())


@pytest.mark.parametrize("kind", KINDS)
def test_what_one_side_writes_into_it_reaches_the_other(kind, tmp_path):
    own = own_arrays(tmp_path)[kind]
    numbers = np.array(own.view(np.ndarray))
    with process_of({"p": own}) as (grader, _):
        found = grader.request("get", "p")
        found[...] = 2 * found
        grader.request("add one", "p")
        assert own.view(np.ndarray).tolist() == found.tolist() == (2 * numbers + 1).tolist()


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_the_same_object_each_time(kind, tmp_path):
    own = own_arrays(tmp_path)[kind]
    with process_of({"p": own}) as (grader, student):
        first, second = grader.request("get", "p"), grader.request("get", "p")
        assert first is second
        assert grader.request("same", "p", first) is True
        assert len(student._arrays._own) == 1


def test_it_is_forgotten_when_the_grader_has_dropped_it():
    values = {"p": Param(np.arange(3.0))}
    with process_of(values) as (grader, student):
        grader.request("get", "p")
        gc.collect()
        grader.request("get", "p").sum()
        grader.request("add one", "p")
        grader.request("add one", "p")
        assert student._arrays._own == {}


@pytest.mark.parametrize(
    "place",
    [..., slice(None), slice(1, 2), slice(None, None, -1), (..., 0), (slice(None), 1), (slice(0, 2), ..., None)],
    ids=str,
)
def test_index_goes_over_as_a_value(place):
    """Nothing is exported for it, so that the cell need not run again in a copy."""
    layer = Layer()
    with process_of({"layer": layer}) as (grader, _):
        found = grader.request("get", "layer")
        assert found[place] == repr(place)
        found[place] = 5
        assert layer.places == {repr(place): 5}


def test_object_in_an_index_is_exported_or_refused():
    with process_of({"layer": Layer()}) as (grader, _), pytest.raises(ExportRefused):
        grader.request("get", "layer")[slice(object())]


@pytest.mark.parametrize("code, parts", [(wire.SLICE, [1, 2]), (wire.SLICE, [1] * 4), (wire.ELLIPSIS, [1])])
def test_index_of_another_form_is_refused(code, parts):
    with pytest.raises(wire.BadMessage):
        wire.unpacked(msgpack.packb(msgpack.ExtType(code, msgpack.packb(parts))), lambda h: h, lambda a: a)


def test_array_of_another_class_that_holds_no_numbers_stays():
    with pytest.raises(wire.NotSent, match="handle"):
        wire.packed(np.array([{}], dtype=object).view(Param), refused, lambda array: [])


def refused(value):
    raise wire.NotSent("handle")
