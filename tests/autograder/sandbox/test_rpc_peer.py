"""One end of the line against another that does not keep to the rules: it is found out, and costs little."""

import gc
import resource
import socket
import struct
import threading
import time
from contextlib import suppress

import msgpack
import numpy as np
import pytest

from autograder.execution.graded_cells import Exports
from autograder.execution.outputs import Outputs
from autograder.execution.resource_limits import CellTimeout, resource_limits
from autograder.sandbox.confined.rpc import codec as wire
from autograder.sandbox.confined.rpc import shared_arrays as arrays
from autograder.sandbox.confined.rpc.codec import BadMessage, NotSent
from autograder.sandbox.confined.rpc.peer import SIZE, Peer
from autograder.sandbox.confined.rpc.transport import PeerTimeout
from course.errors import StoppedElsewhere


def ext(code, *parts):
    return msgpack.ExtType(code, msgpack.packb(list(parts)))


def body(message, changes=([], []), unused=()):
    return msgpack.packb([list(changes), message, list(unused)])


def lists(count):
    return b"\xdd" + struct.pack(">I", count) + b"\x90" * count


def nested(depth):
    data = msgpack.packb([])
    for _ in range(depth):
        data = msgpack.packb(msgpack.ExtType(wire.TUPLE, b"\x91" + data))
    return data


@pytest.fixture
def line():
    """An end that does not trust the other, and the raw socket at the other."""
    ours, theirs = socket.socketpair()
    peer = Peer(ours, Exports().serve, untrusted=True)
    peer.deadline = time.monotonic() + 10
    with ours, theirs:
        yield peer, theirs


def speak(theirs, make):
    """At the other end: read one question, and say what this makes of its token."""

    def run():
        with suppress(OSError):
            (size,) = SIZE.unpack(theirs.recv(SIZE.size, socket.MSG_WAITALL))
            _, (_, token, *_), _ = msgpack.unpackb(theirs.recv(size, socket.MSG_WAITALL))
            for data in make(token):
                theirs.sendall(SIZE.pack(len(data)) + data)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


ARRAYS = {
    "objects": ([], "|O", [1], 0, True, bytes(8)),
    "text": ([], "<U2", [1], 0, True, bytes(8)),
    "times": ([], "<M8[s]", [1], 0, True, bytes(8)),
    "records": ([], [["a", "<f8"]], [1], 0, True, bytes(8)),
    "few bytes": ([], "<f8", [10**9, 10**9], 0, True, bytes(8)),
    "no bytes": ([], "<f8", [10**12, 0], 0, True, b""),
    "negative": ([], "<f8", [-1, -1], 0, True, bytes(8)),
    "many fields": ([], "f8," * 600_000, [0], 0, True, b""),
    "a shape of text": ([], "<f8", "1", 0, True, bytes(8)),
    "a long shape": ([], "<f8", [1] * 100_000, 0, True, bytes(8)),
    "no layout": ([], "<f8", [1], True, True, bytes(8)),
    "odd number": ([[], 3], "<f8", [1], 0, True, bytes(8)),
    "list for number": (["mine", [1]], "<f8", [1], 0, True, bytes(8)),
    "never handed out": (["yours", 999], None),
}
ARRAY = ext(wire.ARRAY, ["mine", 1], "<f8", [1], 0, True, bytes(8))
MESSAGES = {
    "noise": lambda token: [b"hello"],
    "nothing": lambda token: [b""],
    "a number": lambda token: [b"\x05"],
    "another question's answer": lambda token: [body(["result", "f" * 16, 1])],
    "an answer without a value": lambda token: [body(["result", token])],
    "an answer with too many": lambda token: [body(["result", token, 1, 2])],
    "a token that is an array": lambda token: [body(["result", ARRAY, 1])],
    "an error of no form": lambda token: [body(["error", token, 7])],
    "an error of three parts": lambda token: [body(["error", token, ["a", "b", "c"]])],
    "an error that is no text": lambda token: [body(["error", token, [{}, "", "", [], None, [], None, None, [], ""]])],
    "a question of no form": lambda token: [body(["request", 5])],
    "a question without arguments": lambda token: [body(["request", "a", "call", {}])],
    "an operation that is a dict": lambda token: [body(["request", "a", {}, []])],
    "an unknown kind": lambda token: [body(["tell", "a", "b", "c"])],
    "a kind that is an array": lambda token: [body([ARRAY, "a", "b"])],
    "a kind that is a list": lambda token: [body([[], "a", "b"])],
    "a message that is an array": lambda token: [msgpack.packb([[[], []], ARRAY])],
    "a message that is a text": lambda token: [msgpack.packb([[[], []], "notification"])],
    "an empty message": lambda token: [body([])],
    "output of no kind": lambda token: [body(["notification"])],
    "changes of no form": lambda token: [body(["notification", "x"], [5, 6])],
    "changes of another form": lambda token: [body(["notification", "x"], [[], [5]])],
    "a change of a list's array": lambda token: [body(["notification", "x"], [[], [["mine", [], b""]]])],
    "an array that grows": lambda token: [
        body(["notification", "x", ARRAY]),
        body(["notification", "x"], [[], [["mine", 1, bytes(16)]]]),
    ],
    "a nest of tuples": lambda token: [nested(3000)],
    "a nest of tuples that is short": lambda token: [nested(100)],
    "a nest of lists": lambda token: [b"\x91" * 1_000_000],
    "thirty million lists": lambda token: [lists(30_000_000)],
    "many lists of many lists": lambda token: [b"\x9e" + lists(900_000) * 14],
    "lists that claim to be long": lambda token: [b"\xdd\xff\xff\xff\xff" * 100],
    "objects without number": lambda token: [
        body(["result", token, [ext(wire.HANDLE, "mine", n, "object", "x") for n in range(30_000)]])
    ],
    "an object never handed out": lambda token: [
        body(["request", "a", "call", [ext(wire.HANDLE, "yours", 999), [], {}]])
    ],
    "an object with an odd name": lambda token: [body(["result", token, ext(wire.HANDLE, "mine", 1, "object", 5)])],
    "an object with an odd number": lambda token: [
        body(["result", token, ext(wire.HANDLE, "mine", [], "object", "x")])
    ],
    "a number of many digits": lambda token: [body(["result", token, msgpack.ExtType(wire.LARGE, b"9" * 6000)])],
    **{
        f"an array, {name}": lambda token, parts=parts: [body(["result", token, ext(wire.ARRAY, *parts)])]
        for name, parts in ARRAYS.items()
    },
}


THING = ext(wire.HANDLE, "mine", 1, "object", "x")
"""An object of the other side: whatever is done to it is asked of the other side."""
ASKING = {
    "kind of a handle": ext(wire.HANDLE, "mine", 2, THING, "x"),
    "name of a handle": ext(wire.HANDLE, "mine", 2, "object", THING),
    "number of a handle": ext(wire.HANDLE, "mine", THING, "object", "x"),
    "whose a handle is": ext(wire.HANDLE, THING, 2, "object", "x"),
    "parts of a handle": msgpack.ExtType(wire.HANDLE, msgpack.packb(THING)),
    "shape": ext(wire.ARRAY, [], "<f8", THING, 0, True, b""),
    "length": ext(wire.ARRAY, [], "<f8", [THING], 0, True, b""),
    "dtype": ext(wire.ARRAY, [], THING, [0], 0, True, b""),
    "layout": ext(wire.ARRAY, [], "<f8", [0], THING, True, b""),
    "read-only flag": ext(wire.ARRAY, [], "<f8", [0], 0, THING, b""),
    "numbers": ext(wire.ARRAY, [], "<f8", [0], 0, True, THING),
    "reference": ext(wire.ARRAY, THING, "<f8", [0], 0, True, b""),
    "reference alone": ext(wire.ARRAY, THING, None),
    "number of an array": ext(wire.ARRAY, ["mine", THING], "<f8", [0], 0, True, b""),
    "parts of an array": msgpack.ExtType(wire.ARRAY, msgpack.packb(THING)),
    "parts of a number": msgpack.ExtType(wire.SCALAR, msgpack.packb(THING)),
    "part of a complex number": ext(wire.COMPLEX, THING, 0.0),
    "parameters": ext(wire.NAMED, "sin", THING),
    "family": ext(wire.NAMED, THING, {}),
    "parts of a tuple": msgpack.ExtType(wire.TUPLE, msgpack.packb(THING)),
    "parts of a slice": msgpack.ExtType(wire.SLICE, msgpack.packb(THING)),
    "parts of an ellipsis": msgpack.ExtType(wire.ELLIPSIS, msgpack.packb(THING)),
}
PLACES = {
    **{
        f"{name} in a reply": lambda token, value=value: body(["result", token, value])
        for name, value in ASKING.items()
    },
    **{
        f"{name} in output": lambda token, value=value: body(["notification", "display", {"text/plain": value}])
        for name, value in ASKING.items()
    },
    "message": lambda token: msgpack.packb(THING),
    "changes": lambda token: msgpack.packb([THING, ["result", token, 1], []]),
    "dropped arrays": lambda token: body(["result", token, 1], [THING, []]),
    "written arrays": lambda token: body(["result", token, 1], [[], THING]),
    "one written array": lambda token: body(["result", token, 1], [[], [THING]]),
    "unused objects": lambda token: msgpack.packb([[[], []], ["result", token, 1], THING]),
    "one unused object": lambda token: body(["result", token, 1], unused=[THING]),
    "arguments": lambda token: body(["request", "a", "call", THING]),
    "error": lambda token: body(["error", token, [THING, "", "", [], None, [], None, None, [], ""]]),
    "calls of an error": lambda token: body(["error", token, ["E", "", "", [], None, THING, None, None, [], ""]]),
    "shapes of an error": lambda token: body(["error", token, ["E", "", "", [THING], None, [], None, None, [], ""]]),
}


@pytest.mark.parametrize("make", PLACES.values(), ids=PLACES.keys())
def test_nothing_is_asked_while_a_message_is_read(make, line):
    """Each question would be read inside the one before, until the process has no stack left."""
    peer, theirs = line
    peer.deadline = time.monotonic() + 5
    speak(theirs, lambda token: [make(token)]).join(0)
    with pytest.raises(BadMessage):
        peer.request("name", "f")
    theirs.setblocking(False)
    with pytest.raises(BlockingIOError):
        theirs.recv(1)


def test_output_is_looked_at_without_a_question(line):
    peer, theirs = line
    asked = []

    def look(message):
        try:
            len(message[1])
        except BadMessage as error:
            asked.append(str(error))

    peer.on_notification = look
    speak(theirs, lambda token: [body(["notification", "x", THING]), body(["result", token, 5])])
    assert peer.request("name", "f") == 5
    assert asked == ["an object where a value is due"]


def test_many_names_of_dtypes_are_read_by_nobody(line, monkeypatch):
    peer, theirs = line
    speak(theirs, lambda token: [body(["result", token, ext(wire.ARRAY, [], "f8,f8", [0], 0, True, b"")])])
    with monkeypatch.context() as patched, pytest.raises(BadMessage, match="something else than numbers"):
        patched.setattr(np, "dtype", lambda *given: pytest.fail("read"))
        peer.request("name", "f")


@pytest.mark.parametrize("make", MESSAGES.values(), ids=MESSAGES.keys())
def test_message_that_breaks_the_rules_is_refused(make, line):
    peer, theirs = line
    speak(theirs, make)
    with pytest.raises(BadMessage):
        peer.request("name", "f")
    assert isinstance(peer.failure, BadMessage)


def test_refused_messages_take_little_memory(line):
    peer, theirs = line
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    speak(theirs, lambda token: [b"\x9e" + lists(900_000) * 14])
    with pytest.raises(BadMessage):
        peer.request("name", "f")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_size_beyond_all_is_refused_before_it_is_read(line):
    peer, theirs = line
    theirs.sendall(SIZE.pack(2**32 - 1))
    with pytest.raises(BadMessage, match="too long"):
        peer.request("name", "f")


def test_output_without_end_is_cut_off(line, monkeypatch):
    monkeypatch.setattr("autograder.sandbox.confined.rpc.transport.MAX_TRAFFIC_BYTES", 50_000)
    peer, theirs = line
    speak(theirs, lambda token: (body(["notification", "stream", "stdout", "x"]) for _ in range(10_000)))
    with pytest.raises(BadMessage, match="too much"):
        peer.request("name", "f")


def test_arrays_that_are_kept_are_counted(line, monkeypatch):
    monkeypatch.setattr(arrays, "MAX_BYTES", 1000)
    peer, theirs = line
    speak(
        theirs,
        lambda token: (
            body(["notification", "x", ext(wire.ARRAY, ["mine", n], "<f8", [10], 0, True, bytes(80))])
            for n in range(100)
        ),
    )
    with pytest.raises(BadMessage, match="too many numbers"):
        peer.request("name", "f")


def test_arrays_that_are_sent_are_counted(monkeypatch):
    monkeypatch.setattr(arrays, "MAX_BYTES", 1000)
    table = arrays.SharedArrays(lends=True)
    table.reference(np.zeros(100))
    with pytest.raises(NotSent, match="too many numbers"):
        table.reference(np.zeros(100))


def test_arrays_that_are_dropped_are_not_counted_any_more(monkeypatch):
    monkeypatch.setattr(arrays, "MAX_BYTES", 1000)
    table = arrays.SharedArrays(lends=True)
    for _ in range(10):
        _, number = table.reference(np.zeros(100))
        table.apply([[number], []])
        assert table.changes()[1] == [["mine", number, None]]


def test_one_who_does_not_listen_is_silent(line):
    peer, _ = line
    peer.deadline = time.monotonic() + 0.2
    with pytest.raises(PeerTimeout):
        peer.request("run", "x" * 5_000_000)


def test_trickle_of_bytes_is_silence(line):
    peer, theirs = line
    peer.deadline = time.monotonic() + 0.3
    theirs.sendall(SIZE.pack(1000))
    over = threading.Event()

    def trickle():
        while not over.wait(0.02):
            theirs.send(b"x")

    thread = threading.Thread(target=trickle)
    thread.start()
    with pytest.raises(PeerTimeout):
        peer.request("name", "f")
    over.set()
    thread.join()


def test_error_of_the_other_side_is_short_and_text(line):
    peer, theirs = line
    long = "x" * 10_000
    report = [long, long, long, [], None, [], None, None, [], long]
    speak(theirs, lambda token: [body(["error", token, report])])
    with pytest.raises(StoppedElsewhere) as caught:
        peer.request("name", "f")
    error = caught.value
    assert all(type(text) is str for text in (error.kind, error.text, error.line, error.unwritten))
    assert max(map(len, (str(error), error.line, error.unwritten))) < 500


def test_grader_functions_are_called_and_nothing_else(line):
    peer, theirs = line
    asked = []

    def make(token):
        subject = ext(wire.HANDLE, "yours", 1)
        yield body(["request", "a", "call", [subject, [2.0], {}]])
        yield body(["request", "b", "get", [subject, "__globals__"]])
        yield body(["request", "c", "get", [subject, "real"]])
        yield body(["request", "d", "exec", [subject]])
        yield body(["result", token, None])

    def double(x):
        asked.append(x)
        return 2 * x

    speaker = threading.Thread(target=_after_a_question, args=(theirs, make), daemon=True)
    speaker.start()
    assert peer.request("call", double) is None
    assert asked == [2.0]
    speaker.join()
    assert ANSWERS[0] == ["result", "a", 4.0]
    assert [answer[0] for answer in ANSWERS[1:]] == ["error"] * 3
    assert [answer[2][0] for answer in ANSWERS[1:]] == ["AttributeError", "AttributeError", "PermissionError"]


@pytest.mark.parametrize("by", ["value", "another's handle"])
@pytest.mark.parametrize("operation", ["call", "copy", "get", "methods", "next", "set", "method"])
def test_grader_works_with_what_it_has_exported_alone(operation, by, line):
    """Not with a function that comes by value, nor with one of the other side's own."""
    peer, theirs = line
    named = ext(wire.NAMED, "polynomial", {"coefficients": [1.0] * 10})

    def make(token):
        yield body(["request", "a", operation, [named if by == "value" else THING, [1.0], {}]])
        yield body(["result", token, None])

    _speaking(theirs, make)
    peer.request("call", lambda: None)
    assert [answer[:2] for answer in ANSWERS] == [["error", "a"]]
    assert ANSWERS[0][2][:2] == ["PermissionError", "this is done with what is lent alone"]


def _speaking(theirs, make):
    threading.Thread(target=_after_a_question, args=(theirs, make), daemon=True).start()


ANSWERS = []


def _after_a_question(theirs, make):
    """Say all of it, one at a time, and keep what is answered."""
    (size,) = SIZE.unpack(theirs.recv(SIZE.size, socket.MSG_WAITALL))
    _, (_, token, *_), _ = msgpack.unpackb(theirs.recv(size, socket.MSG_WAITALL))
    ANSWERS.clear()
    for data in make(token):
        theirs.sendall(SIZE.pack(len(data)) + data)
        if b"\xa7request" in data:
            (size,) = SIZE.unpack(theirs.recv(SIZE.size, socket.MSG_WAITALL))
            ANSWERS.append(msgpack.unpackb(theirs.recv(size, socket.MSG_WAITALL))[1])


OUTPUTS = [
    ["stream", 5, [1]],
    ["stream"],
    ["keep", {"output_type": "stream"}],
    ["_init__", 10**15],
    ["take", ["clear"]],
    ["display", 5, 6, 7, 8],
    ["display", {"text/plain": 5, "application/x-evil": "x"}, {}, False, None],
    ["display", {"application/json": [float("nan")]}, {}, False, None],
    ["display", {"application/json": object()}, {}, False, None],
    ["display", {"application/json": {"a": [1]}, "image/png": {"a": [1]}, "text/plain": ["x"]}, {}, False, None],
    ["error", {}, [], "lines"],
    ["error", "E", "text", [5]],
    ["warned", {}],
]


@pytest.mark.parametrize("message", OUTPUTS, ids=[f"{k}-{message[0]}" for k, message in enumerate(OUTPUTS)])
def test_output_of_another_form_is_not_shown(message):
    outputs = Outputs(1000)
    outputs.take(message)
    assert [output for output in outputs.found if output.get("data") != {}] == []
    assert outputs.left <= 1000


def test_output_that_a_terminal_would_obey_is_shown_without_that():
    outputs = Outputs(1000)
    outputs.take(["stream", "stdout", "\x1b[2J\x1b]0;title\x07plain\x08\x00 \x9b31mred"])
    assert outputs.found[0]["text"] == "plain 31mred"


def test_warning_of_a_students_cell_is_shown_and_not_raised():
    outputs = Outputs(1000)
    outputs.take(["warned", "overflow"])
    assert outputs.found[0]["text"] == "RuntimeWarning: overflow\n"


def test_allowance_ends_what_takes_too_long():
    with pytest.raises(CellTimeout), resource_limits(0.1):
        while True:
            pass


def test_allowance_ends_what_catches_everything():
    with pytest.raises(CellTimeout), resource_limits(0.1):
        for _ in range(2):
            with suppress(BaseException):
                while True:
                    pass


def test_allowance_ends_what_takes_all_memory():
    with pytest.raises(MemoryError), resource_limits(10):
        np.ones((40_000, 40_000))


def test_allowance_is_over_afterwards():
    limit = resource.getrlimit(resource.RLIMIT_AS)
    with resource_limits(0.05):
        pass
    time.sleep(0.1)
    assert resource.getrlimit(resource.RLIMIT_AS) == limit


class Finalized:
    """In a circle with itself, so that it goes when the garbage collector runs."""

    def __init__(self, at_the_end):
        self.itself, self.at_the_end = self, at_the_end

    def __del__(self):
        self.at_the_end()


def sent_while_garbage_is_collected(at_the_end):
    """The messages of a peer in whose sending the garbage collector finds an object with this finalizer."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        peer = Peer(ours, Exports().serve, untrusted=False)
        changes = peer._arrays.changes

        def changes_and_collection():
            gc.collect()
            return changes()

        peer._arrays.changes = changes_and_collection
        Finalized(lambda: at_the_end(peer))
        sending = threading.Thread(target=peer.notify, args=("last", 1), daemon=True)
        sending.start()
        sending.join(10)
        assert not sending.is_alive()
        theirs.settimeout(0.5)
        messages = []
        with suppress(TimeoutError):
            while True:
                (size,) = SIZE.unpack(theirs.recv(SIZE.size, socket.MSG_WAITALL))
                messages.append(msgpack.unpackb(theirs.recv(size, socket.MSG_WAITALL))[1])
        return messages


def test_finalizer_that_prints_while_a_message_is_sent_is_heard_after_it():
    messages = sent_while_garbage_is_collected(lambda peer: peer.notify("stream", "stdout", "gone"))
    assert messages == [["notification", "last", 1], ["notification", "stream", "stdout", "gone"]]


def test_request_of_a_finalizer_while_a_message_is_sent_is_refused():
    refused = []

    def ask(peer):
        try:
            peer.request("names", [])
        except NotSent as error:
            refused.append(str(error))

    assert sent_while_garbage_is_collected(ask) == [["notification", "last", 1]]
    assert refused == ["a request of a finalizer"]
