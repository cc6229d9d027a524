"""Harm to the grader's own processes, and by way of what all submissions share with each other."""

from attacks.attack import attack
from attacks.handed_in import ALL
from attacks.round_two.delays import HEAD
from attacks.round_two.page import page_is_soon_made
from attacks.round_two.reaches import HEAD as TOOLS
from attacks.round_two.reaches import nothing_was_reached
from autograder.limits import Limits

LIMITS = Limits(seconds_per_cell=4.0, seconds=40.0, cpu_seconds=40, memory_mb=700, processes=30)
LOST = "lost|sent|ended|took"


def delays(name, code, row=60, earns=ALL, verdict="", head=HEAD):
    """Register a cell at the end that costs the grader something."""

    def make(handed):
        handed.first(head)
        handed.last(code)

    make.__name__, make.__doc__, make.__module__ = name, f"A cell that means {name.replace('_', ' ')}.", __name__
    return attack(row=row, earns=earns, verdict=verdict)(make)


def reaches(name, code, row):
    """Register a cell that tries to reach something, and says GOT where it did."""
    delays(name, code, row=row, head=TOOLS).afterwards(nothing_was_reached)


def no_work_was_done(outcome):
    own = outcome.own()
    assert "refused" in own and "GOT" not in own, own


# The grader's own process, while a cell of the student's runs. These say GOT where nothing keeps it from working: with
# larger numbers the first takes hours, and the second all memory.
work = delays("a_long_sum_for_the_grader", "asks(Named('polynomial', coefficients=np.zeros(50)), np.zeros(50_000))")
memory = delays(
    "a_large_table_for_the_grader",
    "asks(Named('weighted_sum_of_squares', weights=np.ones((3000, 1))), np.zeros(3000))",
)
copied = delays(
    "a_copy_for_the_grader",
    "try: print('GOT', session().peer.request('copy', Named('sin'), True))\nexcept Exception: print('refused')",
)
for one in (work, memory, copied):
    one.afterwards(no_work_was_done)

delays(
    "a_type_of_many_numbers",
    "raw(['notification', 'x', ext(codec.ARRAY, [], 'f8,' * 300_000, [0], 0, True, b'')])",
    verdict=LOST,
)
delays(
    "a_handle_that_asks_while_it_is_read",
    "raw(['notification', 'display', ext(codec.HANDLE, 'mine', 2, ext(codec.HANDLE, 'mine', 1, 'object', 'x'), 'x')])\n"
    "for count in range(200):\n"
    "    inner = ext(codec.HANDLE, 'mine', 100 + count, ext(codec.HANDLE, 'mine', 1, 'object', 'x'), 'x')\n"
    "    raw(['result', next_token(), nested(inner, 55)])\n",
    verdict=LOST,
)
delays(
    "a_shape_that_asks_while_it_is_read",
    "shape = ext(codec.HANDLE, 'mine', 1, 'object', 'x')\n"
    "raw(['notification', 'x', ext(codec.ARRAY, [], '<f8', shape, 0, True, b'')])\n"
    "for count in range(200):\n"
    "    raw(['result', next_token(), nested(ext(codec.ARRAY, [], '<f8', shape, 0, True, b''), 55)])\n",
    verdict=LOST,
)
delays(
    "a_display_nested_without_end",
    "from IPython.display import display\n"
    "for depth in (100, 200, 300, 400, 500, 600, 700, 800, 900, 1000):\n"
    "    value = 1\n"
    "    for _ in range(depth): value = [value]\n"
    "    display({'application/json': value, 'text/plain': 'x'}, raw=True)\n"
    "    value = 1\n"
    "    for _ in range(depth): value = {'a': value}\n"
    "    display({'application/json': value, 'text/plain': 'x'}, raw=True)",
    row=40,
)

reaches(
    "notes_on_what_others_open",
    """
import signal
F_NOTIFY, DN = 1026, 0x80000000 | 0x1f
shared = [os.path.dirname(os.__file__), '/usr/lib', '/usr/bin', os.path.dirname(shell.__file__)]
seen = []
signal.signal(signal.SIGIO, lambda *a: seen.append(a))
for path in shared:
    tried('dnotify ' + path, lambda: fcntl.fcntl(os.open(path, os.O_RDONLY), F_NOTIFY, DN - (1 << 32)) == 0)
    tried('lease ' + path, lambda: fcntl.fcntl(os.open(path, os.O_RDONLY), 1024, 0) == 0)
tried('lease of a file', lambda: fcntl.fcntl(os.open(os.__file__, os.O_RDONLY), 1024, 0) == 0)
tried('fanotify', lambda: libc.fanotify_init(0, 0) >= 0)
""",
    13,
)
reaches(
    "locks_on_what_others_use",
    """
def is_seen(path, lock, look):
    "Whether a lock of one process is seen by another."
    held = os.open(path, os.O_RDONLY)
    lock(held)
    child = os.fork()
    if not child:
        try: seen = look(os.open(path, os.O_RDONLY))
        except OSError: seen = True
        os._exit(bool(seen))
    return bool(os.waitpid(child, 0)[1])
def other(number):
    "Whether another one could not have it for writing."
    asked = fcntl.fcntl(number, fcntl.F_GETLK, struct.pack('hhqqi', fcntl.F_WRLCK, 0, 0, 0, 0))
    return struct.unpack('hhqqi', asked)[0] != fcntl.F_UNLCK
for path in (sys.executable, os.__file__, shell.__file__, '/usr/bin/env'):
    whole = lambda number: fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    tried('flock ' + path, lambda: is_seen(path, whole, whole))
    tried('lockf ' + path, lambda: is_seen(path, lambda number: fcntl.lockf(number, fcntl.LOCK_SH), other))
""",
    13,
)


@attack(row=52, earns=ALL)
def code_that_is_slow_to_colour(handed):
    """Blank lines by the hundred thousand, through which the colouring of code looks again from each."""
    handed.last("x = 1\n" + " \n" * 100_000)


code_that_is_slow_to_colour.afterwards(page_is_soon_made)
