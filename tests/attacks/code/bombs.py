"""Rows 3 to 6 and 50: code that takes all processes, memory, disk or output."""

from attacks.attack import attack
from attacks.handed_in import ALL
from autograder.limits import Limits

LIMITS = Limits(
    seconds_per_cell=5.0,
    seconds=90.0,
    cpu_seconds=60,
    memory_mb=400,
    processes=30,
    file_mb=4,
    disk_mb=8,
    files=500,
    output_bytes=200_000,
)
RUNAWAY = "took too long|lost|processes|ended|sent|memory|no copy"
"""Which limit a bomb meets first depends on the machine's mood."""
HARMFUL = "it would take this machine with it"


@attack(row=3, earns=4.0, most=ALL, verdict=RUNAWAY, stock=HARMFUL)
def fork_bomb(handed):
    """Every process starts others."""
    handed.after("Value", "import os\nwhile True: os.fork()")


@attack(row=3, earns=4.0, most=ALL, verdict=RUNAWAY, stock=HARMFUL)
def fork_bomb_that_goes_on(handed):
    """It does not mind being refused."""
    handed.after("Value", "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass")


@attack(row=3, earns=ALL, stock=HARMFUL)
def thread_bomb(handed):
    """As many threads as there can be, all asleep; the answers are right, and there is no room for a fork."""
    handed.last(
        "import threading, time\ntry:\n    for _ in range(10_000):\n"
        "        threading.Thread(target=time.sleep, args=(1e6,), daemon=True).start()\n"
        "except RuntimeError as error:\n    print('refused:', error)"
    )


@thread_bomb.afterwards
def no_more_threads_are_given(outcome):
    assert "refused" in outcome.own()


@attack(row=3, earns=16.0, stock=HARMFUL)
def fork_bomb_in_an_answer(handed):
    """A graded call that starts processes."""
    handed.answer("slope", "import os\ndef slope(f, x, h=1e-5):\n    while True:\n        os.fork()")


@attack(row=3, earns=ALL, stock=HARMFUL)
def sessions_that_share_the_processors(handed):
    """Processes in sessions of their own, by which the kernel divides the processors: others would get next to none."""
    handed.last(
        "import os\nread, write = os.pipe()\nown = os.getsid(0)\nfor _ in range(20):\n    if not os.fork():\n"
        "        os.setsid()\n        os.write(write, b'same\\n' if os.getsid(0) == own else b'another\\n')\n"
        "        while True: pass\nprint([os.read(read, 8) for _ in range(1)])"
    )


@sessions_that_share_the_processors.afterwards
def they_stay_in_one(outcome):
    assert "same" in outcome.own()
    assert "another" not in outcome.own()


@attack(row=4, earns=ALL, stock="it is the same as the next one")
def one_huge_array(handed):
    """More than there is, at once: it is refused."""
    handed.after("Value", "import numpy as np\nnp.ones((50_000, 50_000))")


@one_huge_array.afterwards
def the_array_is_refused(outcome):
    assert "MemoryError" in outcome.own()


@attack(row=4, earns=ALL)
def memory_bomb(handed):
    """A list without end: the process itself meets its limit first, and its cell an error."""
    code = "def fill():\n    hoard = []\n    while True: hoard.append(bytearray(b'x') * (1 << 20))\nfill()"
    handed.after("Value", code)


@attack(row=4, earns=4.0, stock="it is the same as the one before")
def memory_bomb_that_stays(handed):
    """The list is not given back: nothing more can be judged."""
    handed.after("Value", "hoard = []\nwhile True: hoard.append(bytearray(b'x') * (1 << 20))")


@attack(row=4, earns=4.0, verdict="memory", stock=HARMFUL)
def memory_bomb_of_many(handed):
    """Each process stays below its limit; together they do not."""
    handed.after(
        "Value",
        "import os, time\nfor _ in range(12):\n    if not os.fork():\n"
        "        hoard = bytearray(b'x') * (150 << 20)\n        time.sleep(100)\ntime.sleep(100)",
    )


@attack(row=4, earns=16.0)
def memory_bomb_in_an_answer(handed):
    """A graded call that takes all memory."""
    code = "    hoard = []\n    while True: hoard.append(bytearray(b'x') * (1 << 20))"
    handed.answer("slope", f"def slope(f, x, h=1e-5):\n{code}")


@attack(row=4, earns=16.0)
def answer_of_many_megabytes(handed):
    """The answer is too much to be sent."""
    handed.answer("slope", "def slope(f, x, h=1e-5):\n    return np.zeros(6_000_000)")


@attack(row=5, earns=ALL, stock=HARMFUL)
def disk_fill(handed):
    """Files without end: the disk that it has is full."""
    handed.after(
        "Value",
        "for number in range(1000):\n    with open(f'fill{number}', 'wb') as file: file.write(bytes(1 << 20))",
    )


@attack(row=5, earns=ALL, stock=HARMFUL)
def files_without_end(handed):
    """Empty files use up what a disk has for their names."""
    handed.after("Value", "for number in range(10**6):\n    open(f'empty{number}', 'w').close()")


@files_without_end.afterwards
@disk_fill.afterwards
def the_disk_is_full(outcome):
    assert "No space left" in outcome.own()


@attack(row=5, earns=ALL, stock=HARMFUL)
def one_file_without_end(handed):
    """One file that grows: it has a limit of its own."""
    handed.after("Value", "with open('big', 'wb') as file:\n    while True: file.write(bytes(1 << 20))")


@one_file_without_end.afterwards
def the_file_is_too_large(outcome):
    assert "File too large" in outcome.own()


@attack(row=5, earns=ALL, stock=HARMFUL)
def deleted_files_that_stay_open(handed):
    """What no directory shows takes room as well."""
    handed.after(
        "Value",
        "import os\nkept = []\nfor number in range(1000):\n    file = open('gone', 'wb')\n    os.unlink('gone')\n"
        "    file.write(bytes(1 << 20))\n    file.flush()\n    kept.append(file)",
    )


@attack(row=6, earns=ALL)
def one_line_of_fifty_megabytes(handed):
    """A single line."""
    handed.after("Value", "print('x' * 50_000_000)")


@attack(row=6, earns=ALL)
def lines_without_number(handed):
    """Many short lines."""
    handed.after("Value", "for number in range(150_000): print(number)")


@attack(row=6, earns=ALL)
def large_displays(handed):
    """Large things to show."""
    handed.after(
        "Value",
        "from IPython.display import display, HTML\nfor _ in range(30): display(HTML('<p>' + 'x' * 500_000 + '</p>'))",
    )


@attack(row=6, earns=ALL)
def prints_in_a_graded_call(handed):
    """A right answer that prints a megabyte each time."""
    handed.spoil("slope", "    return", "    print('x' * 1_000_000)\n    return")


@attack(row=6, earns=ALL)
def result_of_many_megabytes(handed):
    """A last line with a long text."""
    handed.after("Value", "'x' * 20_000_000")


@attack(row=6, earns=ALL)
def error_of_many_megabytes(handed):
    """An error with a long text."""
    handed.after("Value", "raise ValueError('x' * 20_000_000)")


for flood in (
    one_line_of_fifty_megabytes,
    lines_without_number,
    large_displays,
    prints_in_a_graded_call,
    result_of_many_megabytes,
    error_of_many_megabytes,
):

    @flood.afterwards
    def the_rest_is_left_out(outcome):
        assert len(outcome.shown()) < 3 * LIMITS.output_bytes


@attack(row=50, earns=ALL)
def threads_of_numpy(handed):
    """How many threads the linear algebra may use."""
    handed.after(
        "Value",
        "import os\nprint({name: os.environ.get(name) for name in ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS')})",
    )


@threads_of_numpy.afterwards
def there_is_one(outcome):
    assert "{'OMP_NUM_THREADS': '1', 'OPENBLAS_NUM_THREADS': '1'}" in outcome.own()
