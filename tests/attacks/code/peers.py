"""Rows 30, 32, 59 and 60, on the wire: a student's process that does not keep to what was agreed on.

Inside the sandbox nothing keeps a student from the line to the grader: these take hold of it and send what they like.
"""

from attacks.attack import attack
from attacks.handed_in import ALL
from autograder.limits import Limits

LIMITS = Limits(seconds_per_cell=4.0, seconds=90.0, cpu_seconds=60, memory_mb=700, processes=30)
NO_LINE = "nbgrader has no line between two processes"
TOOLS = """
import gc, msgpack, os, socket, stat, struct, sys, threading, time
import numpy as np
from confined import shell
from confined.rpc import codec, peer, proxy, shared_arrays

def session():
    "The newest: a fork's own, where this is one."
    return [thing for thing in gc.get_objects() if type(thing) is shell.Session][-1]

def sockets():
    for name in os.listdir('/proc/self/fd'):
        try:
            if stat.S_ISSOCK(os.fstat(int(name)).st_mode): yield int(name)
        except OSError: pass

def raw(body):
    "A message of these bytes."
    session().peer.sock.sendall(struct.pack('<I', len(body)) + body)

def token():
    "Of the question that is being answered."
    frame, found = sys._getframe(), []
    while frame:
        if 'token' in frame.f_locals and frame.f_code.co_name == '_reply': found.append(frame.f_locals['token'])
        frame = frame.f_back
    return found[0]

def ext(code, *parts):
    return msgpack.ExtType(code, msgpack.packb(list(parts)))

def send(message, changes=([], []), unused=()):
    raw(msgpack.packb([list(changes), message, list(unused)]))

def reply(value):
    send(['result', token(), value])
"""


def speaks(name, code, earns=16.0, verdict="", row=32):
    """Register an answer to ``slope`` that does something to the line before it returns what is right."""

    def make(handed):
        handed.first(TOOLS)
        lines = "\n".join(f"    {line}" for line in code.strip().splitlines())
        handed.spoil("slope", "    return", f"{lines}\n    return")

    make.__name__, make.__doc__, make.__module__ = name, f"In a graded call: {name.replace('_', ' ')}.", __name__
    return attack(row=row, earns=earns, verdict=verdict, stock=NO_LINE)(make)


def breaks(name, code, earns=4.0, verdict="lost|sent|ended|took", row=32):
    """Register a cell behind the first graded answer that does something to the line."""

    def make(handed):
        handed.first(TOOLS)
        handed.after("Value", code)

    make.__name__, make.__doc__, make.__module__ = name, f"In a cell: {name.replace('_', ' ')}.", __name__
    return attack(row=row, earns=earns, verdict=verdict, stock=NO_LINE)(make)


# Bytes that are no message.
speaks("noise", "raw(b'hello')")
speaks("noise_without_a_size", "[os.write(number, b'x' * 3) for number in sockets()]")
speaks("a_size_alone", "[os.write(number, struct.pack('<I', 1000)) for number in sockets()]\ntime.sleep(1000)")
speaks("a_size_beyond_all", "[os.write(number, struct.pack('<I', 2**32 - 1)) for number in sockets()]")
speaks(
    "a_trickle",
    "[os.write(number, struct.pack('<I', 10**6)) for number in sockets()]\n"
    "while True:\n    [os.write(number, b'x') for number in sockets()]\n    time.sleep(0.2)",
)
breaks("noise_in_a_cell", "raw(b'hello')")
breaks("a_trickle_in_a_cell", "while True:\n    [os.write(number, b'x') for number in sockets()]\n    time.sleep(0.2)")

# Messages that nobody asked for, and messages that are too much; tests/autograder/sandbox/test_rpc_peer.py has many
# more of them.
speaks("an_answer_to_nothing", "send(['result', 'f' * 16, 2.0])")
speaks("points_for_an_answer", "reply(2.0)")
speaks("an_answer_that_is_not_finite", "reply([True, msgpack.packb({'slope': float('nan')}), [None] * 3, [], [], []])")
speaks("an_error_of_no_form", "send(['error', token(), 7])")
speaks("an_object_never_handed_out", "send(['request', 'a', 'call', [ext(codec.HANDLE, 'yours', 999), [], {}]])")
breaks("an_answer_to_no_question", "send(['result', 'f' * 16, True])")
breaks("an_error_of_no_form_in_a_cell", "send(['error', token(), 7])")
speaks("a_list_of_many_lists", "raw(b'\\xdd' + struct.pack('>I', 30_000_000) + b'\\x90' * 30_000_000)")
speaks("told_without_end", "while True: send(['notification', 'stream', 'stdout', 'x'])")
speaks(
    "told_arrays_without_end",
    "for number in range(10**6):\n"
    "    send(['notification', 'x', ext(codec.ARRAY, ['mine', number], '<f8', [10**6], 0, True, bytes(8 * 10**6))])",
)

# What is shown.
for name, parts in {
    "a_forged_result": "'result', {'text/plain': '2.0'}, {}",
    "output_of_no_form": "'stream', 5, [1, 2]",
    "output_of_an_inner_name": "'keep', {'output_type': 'stream'}",
    "output_that_begins_anew": "'_init__', 10**15",
    "a_display_of_objects": "'display', {'text/plain': ext(codec.HANDLE, 'mine', 1, 'object', 'x')}, {}, 0, 0",
    "a_display_of_json_without_end": "'display', {'application/json': [[float('nan')]]}, {}, 0, 0",
}.items():
    speaks(name, f"send(['notification', {parts}])\nreturn 0.0")
    breaks(f"{name}_in_a_cell", f"send(['notification', {parts}])", earns=ALL, verdict="")


# Parts of the other end, replaced.
def replaces(name, code, earns, verdict=""):
    """Register a first cell that changes what answers the grader."""

    def make(handed):
        handed.first(TOOLS + code)

    make.__name__, make.__doc__, make.__module__ = (
        name,
        f"The other end is changed: {name.replace('_', ' ')}.",
        __name__,
    )
    return attack(row=32, earns=earns, verdict=verdict, stock=NO_LINE)(make)


def forks(name, code, verdict):
    """Register a first cell after which the line of a graded cell is something else."""
    code = f"def serve_graded_cell(self, *about):\n    {code}\nshell.Session.serve_graded_cell = serve_graded_cell"
    replaces(name, code, 0.0, verdict)


forks("no_line", "raise OSError('no')", "lost|ended")
forks("no_copy", "self._handover.sendall(b'n')", "no copy")
forks("a_line_of_another_word", "self._handover.sendall(b'x' * 1000)", "lost")
forks("a_line_that_is_not_taken", "self._handover.sendall(b'r')", "lost|took|ended")
forks("a_line_that_never_comes", "return 'none'", "took")
forks(
    "a_line_closed_at_its_other_end",
    "shell.received_socket(self._handover).close(); self._handover.sendall(b'r')",
    "ended",
)
replaces("answers_that_are_all_none", "shell.Session.do_answered = lambda *args: None", 6.0)
NAMES = "shell.Session.do_names = lambda self, names: "
replaces("names_that_are_numbers", f"{NAMES}dict.fromkeys(names, 4.0)", 0.0)
replaces("names_that_are_arrays", f"{NAMES}dict.fromkeys(names, np.ones(3))", 0.0)
replaces("names_that_are_no_names", f"{NAMES}[[name, 4.0] for name in names]", 0.0)
replaces("names_that_nobody_asked_for", f"{NAMES}{{'check': print, 'np': 4.0, 5: 5}}", 0.0)
replaces(
    "a_fork_that_can_not_be_ended",
    "def end_copy(self): time.sleep(1e6)\nshell.Session.end_copy = end_copy",
    ALL,
    "",
)
replaces(
    "a_shell_that_stops", "def run_cell(*args, **named): raise RuntimeError\nget_ipython().run_cell = run_cell", 0.0
)
replaces("a_session_that_stops", "def serve(*args): raise SystemExit\nshell.Session.serve = serve", 0.0)
replaces("a_line_that_is_closed", "session().peer.sock.close()", 0.0, "lost|ended")


@attack(row=60, earns=ALL, stock=NO_LINE)
def a_child_that_goes_on(handed):
    """A right answer whose child speaks after it has replied: nobody listens any more."""
    handed.first(TOOLS)
    handed.spoil(
        "train",
        "    w, losses = 0.0, []",
        "    if not os.fork():\n        time.sleep(1)\n"
        "        while True:\n            raw(b'noise')\n            time.sleep(0.01)\n"
        "    w, losses = 0.0, []",
    )


@attack(row=60, earns=4.0, verdict="lost|sent|ended", stock=NO_LINE)
def a_thread_that_speaks(handed):
    """A thread of the student's process that speaks between the grader's questions."""
    handed.first(TOOLS)
    handed.after(
        "Value",
        "def speak():\n    while True:\n        raw(b'noise')\n        time.sleep(0.001)\n"
        "threading.Thread(target=speak, daemon=True).start()\ntime.sleep(0.5)",
    )


ORACLE = """
def given(name):
    "The grader's own answer, where it was put in the place of this notebook's."
    thing = globals().get(name)
    return thing if issubclass(type(thing), proxy.Remote) else None
"""


@attack(row=60, earns=16.0, stock=NO_LINE)
def the_grader_made_to_work(handed):
    """A wrong answer that makes a right one take a million million steps."""
    handed.first(TOOLS + ORACLE)
    handed.answer(
        "slope",
        "def slope(f, x, h=1e-5):\n    if given('train'): train(np.ones(3), np.ones(3), 0.1, 10**12)\n    return 0.0",
    )


@attack(row=60, earns=16.0, stock=NO_LINE)
def the_grader_made_to_keep(handed):
    """A wrong answer that calls right ones with all that goes over the line, again and again."""
    handed.first(TOOLS + ORACLE)
    handed.answer(
        "slope",
        "def slope(f, x, h=1e-5):\n    kept = []\n    while given('linear_backward'):\n"
        "        kept.append(linear_backward(np.ones((1000, 1000)), np.ones((1000, 1)), np.ones((1, 1000))))\n"
        "    return 0.0",
    )


@attack(row=60, earns=14.0, stock=NO_LINE)
def the_grader_asked_for_what_it_knows(handed):
    """A wrong answer that asks a right one's insides for the right answer."""
    handed.first(TOOLS + ORACLE)
    code = """
def linear_backward(dz, x, W):
    other = given('layer_gradients')
    if other is not None:
        for name in ('__globals__', '__closure__', '__code__', 'func_globals', '__self__', '__dict__', 'gi_frame'):
            try:
                peer_of, number = proxy.identity_of(other)
                return peer_of.request('get', other, name)['linear_backward'](dz, x, W)
            except Exception:
                pass
    return 0.0
"""
    handed.answer("linear_backward", code)
