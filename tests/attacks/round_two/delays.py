"""Denial: handles, descriptors, warnings and threads without end, and notebooks that are slow to take apart."""

import json

from attacks.attack import attack
from attacks.handed_in import ALL
from autograder.limits import Limits

LIMITS = Limits(seconds_per_cell=4.0, seconds=40.0, cpu_seconds=40, memory_mb=700, processes=30)
LOST = "lost|sent|ended|took"
HEAD = """
import gc, msgpack, os, signal, socket, struct, sys, threading, time
import numpy as np
from confined import shell
from confined.rpc import codec
from course.functions import Named

def session():
    return [thing for thing in gc.get_objects() if type(thing) is shell.Session][-1]

def ext(code, *parts):
    return msgpack.ExtType(code, msgpack.packb(list(parts)))

def raw(message):
    body = msgpack.packb([[[], []], message, []])
    session().peer.sock.sendall(struct.pack('<I', len(body)) + body)

def nested(value, depth):
    for _ in range(depth): value = ext(codec.TUPLE, value)
    return value

def next_token():
    "Of what the grader asks next."
    sock, data = session().peer.sock, b''
    size = struct.unpack('<I', sock.recv(4, socket.MSG_WAITALL))[0]
    data = sock.recv(size, socket.MSG_WAITALL)
    return msgpack.unpackb(data, strict_map_key=False, ext_hook=lambda *a: a)[1][1]

def asks(function, *arguments):
    "Say whether the grader works for a cell of the student's."
    try: print('GOT', np.shape(session().peer.request('call', function, list(arguments), {})))
    except BaseException as error: print('refused', type(error).__name__)
"""


def delays(name, code, row=60, earns=ALL, verdict=""):
    """Register a cell at the end that costs the grader something."""

    def make(handed):
        handed.first(HEAD)
        handed.last(code)

    make.__name__, make.__doc__, make.__module__ = name, f"A cell that means {name.replace('_', ' ')}.", __name__
    return attack(row=row, earns=earns, verdict=verdict)(make)


delays(
    "more_handles_than_anybody_keeps",
    "for n in range(0, 15000, 1000):\n"
    "    raw(['notification', 'x', [ext(codec.HANDLE, 'mine', n + k, 'class', 'x') for k in range(1000)]])",
)
delays(
    "requests_that_request",
    "before = session().peer.serve\n"
    "def again(*a): return session().peer.request('call', again, [], {})\n"
    "try: again()\nexcept BaseException as error: print(type(error).__name__)",
)
delays(
    "descriptors_in_flight",
    "pairs = []\n"
    "try:\n"
    "    while len(pairs) < 100:\n"
    "        pairs.append(socket.socketpair())\n"
    "        socket.send_fds(pairs[-1][0], [b'x'], [pairs[-1][1].fileno()] * 100)\n"
    "except OSError: pass\ntime.sleep(1)\n",
)
delays("its_own_stop", "os.kill(os.getpid(), signal.SIGSTOP)", verdict=LOST)
delays(
    "warnings_without_end",
    "for n in range(20_000): session().peer.notify('warned', f'overflow {n}')",
)
delays(
    "a_notebook_that_speaks_from_many_threads",
    "def speaks():\n"
    "    try:\n        while True: session()._channel('stream', 'stdout', 'x' * 1000 + chr(10))\n"
    "    except BaseException: pass\n"
    "for _ in range(8): threading.Thread(target=speaks, daemon=True).start()\ntime.sleep(0.5)",
    verdict="",
)


@attack(row=41, earns=ALL)
def a_thousand_cells_with_one_id(handed):
    """All cells but a few have the id of one answer, and define all that there is to define."""
    cell = handed.solution("slope")
    line = "mse, slope, train, batches, Value = 1, 2, 3, 4, 5 if 0 else 6\n"
    more = {**cell, "cell_type": "markdown", "source": line * 50}
    handed.cells.extend(json.loads(json.dumps(more)) for _ in range(900))


@attack(row=41, earns=0.0)
def every_line_begins_a_definition(handed):
    """Without answers, a megabyte of lines that all but define each of them."""
    handed.stub()
    for cell in list(handed.cells):
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            handed.cells.remove(cell)
    names = ("linear_backward", "Value", "RunningMean", "batches", "slope", "layer_gradients", "train")
    text = "\n".join(f"    {name}   , {name}" + " " * 60 + "," for name in names for _ in range(1500))
    handed.last(f"'''\n{text}\n'''")


@attack(row=40, earns=ALL)
def numbers_of_thousands_of_digits(handed):
    """Metadata of numbers that take long to read, and of names that are all alike."""
    handed.notebook["metadata"]["n"] = [int("9" * 4000)] * 200
    handed.cells[0]["metadata"] = {"x" * 10_000 + str(n): {} for n in range(20)}
