"""Rows 7, 8, 9, 18 and 19: code that ends its process, or will not let it end."""

from attacks.attack import attack
from attacks.handed_in import ALL
from autograder.limits import Limits

LIMITS = Limits(seconds_per_cell=8.0, seconds=90.0, cpu_seconds=60, memory_mb=600, processes=30)
ENDED = "ended the process|lost|too long|memory"


def ends(name, code, row=7):
    """Register a cell that ends its process, behind the first graded answer."""

    def make(handed):
        handed.after("Value", code)

    make.__name__, make.__doc__ = name, f"A cell with {code!r}."
    make.__module__ = __name__
    return attack(row=row, earns=4.0, verdict=ENDED)(make)


ends("exit_at_once", "import os\nos._exit(0)")
ends("segmentation_fault", "import ctypes\nctypes.string_at(0)")
ends("abort", "import os\nos.abort()")
ends("kill_itself", "import os\nos.kill(os.getpid(), 9)")
ends("stop_itself", "import os\nos.kill(os.getpid(), 19)")
ends("kill_its_group", "import os\nos.killpg(0, 9)")
ends("stack_overflow", "import sys\nsys.setrecursionlimit(10**9)\ndef f(): return [f()].sort(key=lambda n: f())\nf()")
ends("close_every_file", "import os\nos.closerange(0, 1000)")


@attack(row=8, earns=ALL, verdict="")
def kill_the_parent(handed):
    """The process that started it does not mind."""
    handed.after(
        "Value",
        "import os\nfor number in (9, 15, 2, 19):\n    try:\n        os.kill(os.getppid(), number)\n"
        "    except OSError as error:\n        print(error)",
    )


@attack(row=8, earns=ALL, verdict="")
def kill_everyone(handed):
    """There is nobody else to kill."""
    handed.after("Value", "import os\ntry:\n    os.kill(-1, 9)\nexcept OSError as error:\n    print(error)")


@attack(row=8, earns=ALL, verdict="", stock="a number that happens to be somebody's could be this machine's")
def kill_by_number(handed):
    """Every number that could be a process."""
    handed.after(
        "Value",
        "import os\nfor process in range(1, 70_000):\n    if process != os.getpid():\n        try:\n"
        "            os.kill(process, 9)\n        except OSError:\n            pass",
    )


def leaves(name, code):
    """Register a cell that leaves by an exception that is none."""

    def make(handed):
        handed.after("Value", code)

    make.__name__, make.__doc__ = name, f"A cell with {code!r}: an error of this cell, and no more."
    make.__module__ = __name__
    return attack(row=9, earns=ALL)(make)


leaves("leave_by_exit", "import sys\nsys.exit(3)")
leaves("leave_by_quit", "quit()")
leaves("raise_system_exit", "raise SystemExit('over')")
leaves("raise_keyboard_interrupt", "raise KeyboardInterrupt")
leaves("raise_base_exception", "raise BaseException('of no known kind')")
leaves("raise_generator_exit", "raise GeneratorExit")


@attack(row=9, earns=14.0)
def leave_in_an_answer(handed):
    """The same in graded calls costs these answers."""
    handed.answer("slope", "def slope(f, x, h=1e-5):\n    raise SystemExit(0)")
    handed.answer("train", "def train(x, y, lr, steps):\n    raise KeyboardInterrupt")


@attack(row=18, earns=ALL)
def daemon(handed):
    """A process that has cut every tie."""
    handed.last(
        "import os, time\nif not os.fork():\n    os.setsid()\n    if not os.fork():\n"
        "        os.closerange(0, 1000)\n        while True: time.sleep(1)\n    os._exit(0)"
    )


@attack(row=18, earns=ALL)
def background_command(handed):
    """A command that goes on, out of the process group."""
    handed.last(
        "import subprocess\nsubprocess.Popen(['sleep', '9999'], start_new_session=True)\n"
        "subprocess.Popen('nohup sleep 9999 >/dev/null 2>&1 &', shell=True)"
    )


@attack(row=18, earns=ALL)
def daemon_of_an_answer(handed):
    """A graded call leaves one behind."""
    handed.spoil(
        "slope",
        "    return",
        "    import os, time\n    if not os.fork():\n        os.setsid()\n        os.closerange(0, 1000)\n"
        "        while True: time.sleep(1)\n    return",
    )


@attack(row=18, earns=ALL)
def cron(handed):
    """A job for later."""
    handed.last(
        "import subprocess\nfor words in (['crontab', '-'], ['at', 'now + 1 minute'], ['systemd-run', 'true']):\n"
        "    try:\n        print(subprocess.run(words, input=b'* * * * * true\\n', capture_output=True))\n"
        "    except OSError as error:\n        print('refused:', error)"
    )


@attack(row=19, earns=ALL)
def thread_that_stays(handed):
    """A thread that is no daemon."""
    handed.last("import threading, time\nthreading.Thread(target=time.sleep, args=(1e6,)).start()")


@attack(row=19, earns=ALL)
def last_words_without_end(handed):
    """What is to be done at exit never ends."""
    handed.last("import atexit, time\natexit.register(time.sleep, 1e6)")


@attack(row=19, earns=ALL)
def thread_that_prints(handed):
    """A thread that prints while answers are graded."""
    handed.first(
        "import threading, time\ndef chat():\n    while True:\n        print('still here')\n        time.sleep(0.005)\n"
        "threading.Thread(target=chat, daemon=True).start()"
    )
