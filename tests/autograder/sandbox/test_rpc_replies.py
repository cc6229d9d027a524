"""What the student's process says of a call: told in full where it is honest, and found out where it is not."""

import types

import numpy as np
import pytest

from autograder.sandbox.confined.rpc import codec
from autograder.sandbox.confined.rpc.codec import BadMessage
from autograder.sandbox.confined.rpc.replies import (
    MAX_NAMES,
    MAX_TEXT,
    answered_from,
    error_data,
    error_from,
    inputs_as_bytes,
    reply_to,
)
from course.answers.call import LocalCaller, called
from course.answers.error_kinds import Fact
from course.answers.error_report import ErrorReport
from course.answers.frames import CallSite, Item
from course.answers.key import Case
from course.answers.result import Answered, Failure, Kind

KEY = types.SimpleNamespace(form="one", outputs=("f",), most_items=10, unchanged_within=0.0)
CASE = Case({"x": np.ones((2, 3)), "W": np.ones((4, 5))}, {})
SENT = codec.packed(CASE.inputs, list, lambda array: [])
NUMBERS = codec.packed({"f": np.arange(3.0)}, list, lambda array: [])
REPORT = ErrorReport(
    kind="ValueError",
    text="matmul: Input operand 1 has a mismatch",
    line="return x @ self.W",
    shapes=(("self.W", (4, 5)),),
    missing_in=Item("self.layers", 1, 3),
    calls=(CallSite("Net.forward", None, "x = layer.forward(x)"), CallSite("f", Item("layers", 0, 2), "")),
    cause=Fact("matmul-shapes"),
    hint=Fact("same-shapes", ("x @ self.W",)),
    arguments=("x",),
    stub="",
)


def by_value(array):
    """What stands for an array whose numbers are sent as they are: nothing."""
    return []


def read(reply):
    """The reply as it is read where it has gone over the line."""
    return answered_from(codec.unpacked(codec.packed(reply, list, by_value), list, list), KEY, CASE, SENT)


def failed(*failure):
    return [True, NUMBERS, list(failure), SENT, []]


@pytest.mark.parametrize(
    "answer",
    [
        lambda x, W: x @ W,
        lambda x, W: missing,  # noqa: F821 - that is what is wrong with it
        lambda x, W: None,
        lambda x, W: max,
        lambda x: x,
        lambda x, W: np.log(0 * x),
        lambda x, W: x.__iadd__(1),
    ],
    ids=["product", "unknown name", "None", "function", "arity", "warning", "changed"],
)
def test_reply_tells_all_of_a_call(answer):
    answered = LocalCaller(answer).call(KEY, CASE)
    found, inputs = called(answer, KEY, CASE)
    told = read(reply_to(found, codec.packed(found.outputs, list, by_value), inputs_as_bytes(inputs)))
    assert (told.failure, told.changed, told.warnings) == (answered.failure, answered.changed, answered.warnings)
    assert np.array_equal(told.outputs.get("f", 0), answered.outputs.get("f", 0))


INPUTS = {
    "nothing": b"",
    "other numbers": codec.packed({"x": np.zeros((2, 3)), "W": np.ones((4, 5))}, list, lambda array: []),
    "another shape": codec.packed({"x": np.ones((3, 2)), "W": np.ones((4, 5))}, list, lambda array: []),
    "a list": codec.packed({"x": [[1.0] * 3] * 2, "W": np.ones((4, 5))}, list, lambda array: []),
    "None": codec.packed({"x": None, "W": np.ones((4, 5))}, list, lambda array: []),
}


@pytest.mark.parametrize("inputs", INPUTS.values(), ids=INPUTS)
def test_what_is_changed_is_found_by_the_grader(inputs):
    told = read([True, NUMBERS, None, inputs, []])
    assert told.changed == (("x",) if inputs else ("x", "W"))


@pytest.mark.parametrize("inputs", [b"\xc1", b"\x80", b"\x90", 7, "x"])
def test_inputs_of_no_form_are_found_out(inputs):
    with pytest.raises(BadMessage):
        read([True, NUMBERS, None, inputs, []])


def test_reply_of_a_stub_is_none():
    assert read([False]) is None


def test_report_comes_back_as_it_was_but_for_names_that_are_no_inputs():
    reply = reply_to(Answered(failure=Failure(Kind.RAISES_ERROR, error=REPORT)), b"\x80", SENT)
    assert read(reply).failure.error == REPORT
    assert error_from(error_data(REPORT)).arguments == ()


def test_long_texts_and_lists_are_cut():
    error = error_data(REPORT)
    error[1], error[3] = "x" * 10_000, [["a", [1]]] * 200
    failure = read(failed("dict-incomplete", "y" * 10_000, ["n" * 1000] * 200, 0, [], error)).failure
    assert len(failure.error.text) == len(failure.found) == MAX_TEXT
    assert len(failure.names) == len(failure.error.shapes) == MAX_NAMES
    assert max(map(len, failure.names)) <= MAX_TEXT


def replaced(place, value):
    """The data of an error with another value in one place."""
    data = error_data(REPORT)
    data[place] = value
    return data


REPORTS = {
    "no list": 7,
    "too few parts": error_data(REPORT)[:-1],
    "a type that is a number": replaced(0, 5),
    "shapes that are text": replaced(3, [["x", "12"]]),
    "a shape below zero": replaced(3, [["x", [-1]]]),
    "a list's length that is a float": replaced(4, ["layers", 0, 2.5]),
    "calls of no form": replaced(5, [["f"]]),
    "an unknown kind": replaced(6, ["of-my-own", []]),
    "a kind that is a list": replaced(6, [[], []]),
    "a fact without its names": replaced(7, ["name-of-method", ["x"]]),
    "names that are numbers": replaced(7, ["same-shapes", [1]]),
}


@pytest.mark.parametrize("data", REPORTS.values(), ids=REPORTS)
def test_report_of_another_form_is_refused(data):
    with pytest.raises(BadMessage):
        error_from(data)
    with pytest.raises(BadMessage):
        read(failed("raises-error", "", [], 0, [], data))


REPLIES = {
    "nothing": None,
    "no parts": [],
    "true alone": [True],
    "no numbers": [True, b"", None, [], []],
    "other outputs": [True, codec.packed({"g": 1.0}, list, list), None, [], []],
    "a verdict": failed("right", "", [], 0, [], None),
    "a stub that is no stub": failed("not-written", "", [], 0, [], None),
    "an error without a report": failed("raises-error", "", [], 0, [], None),
    "a count below zero": failed("other-number-of-values", "", [], -1, [], None),
    "a size below zero": failed("other-number-of-values", "", [], 1, [-1], None),
    "a shape of no form": failed("other-number-of-values", "", [], 1, False, None),
    "warnings of no form": [True, NUMBERS, None, [], ["text"]],
    "changes of no form": [True, NUMBERS, None, 5, []],
}


@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
def test_reply_of_another_form_is_refused(reply):
    with pytest.raises(BadMessage):
        read(reply)
