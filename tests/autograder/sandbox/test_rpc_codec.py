"""Values on their way between the grader and a student's process: what goes over, and what is refused."""

import contextlib
import math

import msgpack
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.sandbox.confined.rpc import codec as wire
from course.functions import Named


def through(value):
    """The value as it arrives."""
    return wire.unpacked(wire.packed(value, refuse, lambda array: []), refuse, refuse)


def refuse(value):
    raise wire.NotSent(f"{type(value).__name__} stays here")


def same(some, other):
    if isinstance(some, np.ndarray | np.generic):
        return type(some) is type(other) and some.dtype == other.dtype and np.array_equal(some, other, equal_nan=True)
    if type(some) is not type(other):
        return False
    if isinstance(some, list | tuple):
        return len(some) == len(other) and all(map(same, some, other))
    if isinstance(some, dict):
        return some.keys() == other.keys() and all(same(some[name], other[name]) for name in some)
    return some == other or (isinstance(some, float | complex) and some != some and other != other)


NUMBERS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.complex_numbers(allow_nan=False), st.text(max_size=20)
)
ARRAYS = hnp.arrays(
    st.sampled_from([np.float64, np.float32, np.int64, np.int8, np.bool_, np.complex128]), hnp.array_shapes(min_dims=0)
)
VALUES = st.recursive(
    NUMBERS | ARRAYS | st.binary(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=10,
)


@given(VALUES)
def test_values_arrive_as_they_were(value):
    assert same(value, through(value))


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6.0).reshape(2, 3),
        np.asfortranarray(np.arange(6.0).reshape(2, 3)),
        np.arange(12.0).reshape(2, 6)[:, ::2],
        np.arange(3, dtype=">f8"),
        np.zeros((0, 3)),
    ],
)
def test_arrays_keep_their_layout(array):
    found = through(array)
    np.testing.assert_array_equal(found, array)
    assert (found.flags.c_contiguous, found.flags.f_contiguous) == (array.flags.c_contiguous, array.flags.f_contiguous)


def test_read_only_arrays_stay_read_only():
    array = np.arange(3.0)
    array.flags.writeable = False
    assert not through(array).flags.writeable
    assert through(np.arange(3.0)).flags.writeable


def test_numbers_of_numpy_stay_numbers_of_numpy():
    assert type(through(np.float32(0.5))) is np.float32
    assert through(10**400) == 10**400


def test_named_functions_go_by_name():
    found = through(Named("polynomial", coefficients=[1.0, 2.0]))
    assert type(found) is Named
    assert found(3.0) == 7.0


@pytest.mark.parametrize("value", [object(), np.array([None]), np.array(["text"]), {1, 2}, lambda: 0, np.str_("text")])
def test_what_is_no_number_is_not_sent(value):
    with pytest.raises(wire.NotSent):
        through(value)


def test_a_list_in_itself_is_not_sent():
    endless = []
    endless.append(endless)
    with pytest.raises(wire.NotSent):
        through(endless)


def test_half_a_character_arrives_as_a_question_mark_since_nobody_could_write_it_down():
    assert through(["a\ud83d", {"\udc80b": ("\U0001f600",)}]) == ["a?", {"?b": ("\U0001f600",)}]


def test_too_much_is_not_sent():
    with pytest.raises(wire.NotSent, match="40 MB"):
        through(np.zeros(5_000_000))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_refused(data):
    with contextlib.suppress(wire.BadMessage, wire.NotSent):
        wire.unpacked(data, refuse, refuse)


@pytest.mark.parametrize(
    "parts",
    [
        [[], "O", [1], 0, True, b"12345678"],
        [[], "<f8", [2], 0, True, b"12345678"],
        [[], "<f8", [-1, -1], 0, True, b"12345678"],
        [[], "<f8", [10**9, 10**9], 0, True, b""],
        [[], "<f8", [1.0], 0, True, b"12345678"],
        [[], "<f8", [1] * 60, 0, True, b"12345678"],
        [[], "nonsense", [1], 0, True, b"12345678"],
        [[], "<f8", [1], 9, True, b"12345678"],
        [],
        7,
    ],
)
def test_arrays_that_do_not_add_up_are_refused(parts):
    data = msgpack.packb(msgpack.ExtType(wire.ARRAY, msgpack.packb(parts)))
    with pytest.raises(wire.BadMessage):
        wire.unpacked(data, refuse, refuse)


@pytest.mark.parametrize("code", [wire.NAMED, wire.LARGE, wire.COMPLEX, wire.TUPLE, 99])
def test_kinds_that_do_not_add_up_are_refused(code):
    data = msgpack.packb(msgpack.ExtType(code, msgpack.packb(["__import__", {}])))
    if code == wire.TUPLE:
        data = msgpack.packb(msgpack.ExtType(code, b"\xc1"))
    with pytest.raises(wire.BadMessage):
        wire.unpacked(data, refuse, refuse)


def test_not_a_number_arrives():
    assert math.isnan(through(math.nan))
