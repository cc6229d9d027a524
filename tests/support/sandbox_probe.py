"""Run as a script: what a submission can do in a sandbox of one tier, told as JSON, for ``test_sandbox.py``.

A script, so that it can be run as another user: ``python sandbox_probe.py TIER``.
"""

import json
import os
import socket
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from autograder.execution.run import NotebookRun
from autograder.judge.context import GradingContext
from autograder.limits import Limits, Tier
from autograder.paths import Course
from autograder.sandbox.confined.kernel.processes import become_subreaper
from autograder.sandbox.root import build_root
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.usage import family

LIMITS = Limits(
    seconds_per_cell=40.0, seconds=90.0, cpu_seconds=4, memory_mb=300, processes=20, file_mb=2, disk_mb=6, files=300
)
CELLS = {
    "network": """
import os, socket
def reached(name, ask):
    try:
        ask()
        print('REACHED', name)
    except OSError:
        pass
    except Exception as error:
        print(name, error)
reached('port', lambda: socket.create_connection(('127.0.0.1', PORT), 2))
for name in ABSTRACT, ADDRESS:
    reached(name, lambda: socket.socket(socket.AF_UNIX).connect(name))
    reached(name, lambda: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b'x', name + DATAGRAM))
    reached(name, lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0].sendto(b'x', name + DATAGRAM))
print('tried')
""",
    "reading": """
import os
for path in (SECRET, COURSE, COURSE + '/gradebook.db', COURSE + '/submitted/ada', SECRET_FOLDER, AUTOGRADER):
    for look in (os.listdir, lambda path: open(path).read(), lambda path: open(path, 'rb').read()):
        try:
            print('READ', path, look(path))
        except OSError:
            pass
print('tried')
""",
    "writing": """
import numpy, sys
for path in (SECRET, COURSE + '/x', COURSE + '/gradebook.db', SECRET_FOLDER + '/x', '/usr/x', '/usr/lib/x', '/etc/x',
             '/x', numpy.__file__, os.__file__, sys.modules['confined'].__file__, '/var/tmp/x', sys.executable):
    for mode in ('w', 'a', 'r+'):
        try:
            open(path, mode).close()
            print('WROTE', path)
        except OSError:
            pass
for call in (os.unlink, os.rmdir, lambda path: os.rename(path, path + 'x'), lambda path: os.truncate(path, 0)):
    for path in (SECRET, COURSE, COURSE + '/gradebook.db'):
        try:
            call(path)
            print('WROTE', path)
        except OSError:
            pass
open('own', 'w').close()
print('tried')
""",
    "environment": "print(sorted(os.environ))",
    "processes_seen": """
print(sorted(int(name) for name in os.listdir('/proc') if name.isdigit()) if os.access('/proc', os.R_OK) else [])
""",
    "rights": """
lines = map(str.split, open('/proc/self/status'))
print([line for line in lines if line[0] in ('CapEff:', 'NoNewPrivs:', 'Seccomp:')])
print(os.getuid(), os.geteuid())
""",
    "others": """
import ctypes, signal
libc = ctypes.CDLL(None, use_errno=True)
def did(name, call):
    try:
        result = call()
        if result in (None, 0): print('DID', name)
    except OSError:
        pass
for process in {OUTSIDE, PARENT}:
    did('signal', lambda: os.kill(process, 0) if process != os.getppid() or not ALONE else 1)
    did('trace', lambda: libc.ptrace(16, process, None, None))
    did('memory', lambda: os.close(os.open(f'/proc/{process}/mem', os.O_RDWR)))
    did('files', lambda: print(os.listdir(f'/proc/{process}/fd')))
print('tried')
""",
    "mounts": """
did('mount', lambda: libc.mount(b'none', b'/tmp', b'tmpfs', 0, None))
did('unshare', lambda: libc.unshare(0x10000000))
did('chroot', lambda: libc.chroot(b'/tmp'))
did('setuid', lambda: libc.setuid(0) if os.getuid() else 1)
print('tried')
""",
    "sessions": """
read, write = os.pipe()
child = os.fork()
if not child:
    os.setsid()
    os.write(write, str(os.getsid(0)).encode())
    os._exit(0)
os.waitpid(child, 0)
print(int(os.read(read, 20)) == os.getsid(0))
""",
    "packages": """
import importlib.util, sys
def importable(folder):
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    return [name for name in names if '-info' not in name]
for top, folders, _ in os.walk('/'):
    if top in ('/proc', '/sys'):
        folders.clear()
    for name in {'site-packages', 'dist-packages'}.intersection(folders):
        folders.remove(name)
        folder = os.path.join(top, name)
        if folder not in sys.path and importable(folder):
            print('SEEN', folder, importable(folder)[:3])
        sys.path.append(folder)
for name in HIDDEN_MODULES:
    try:
        importlib.import_module(name)
        print('IMPORTED', name)
    except ImportError:
        pass
    if importlib.util.find_spec(name):
        print('FOUND', name)
import IPython, ipywidgets, matplotlib, mpl_toolkits, msgpack, PIL
print('tried')
""",
    "looking_on": """
import fcntl
libc = ctypes.CDLL(None, use_errno=True)
did('inotify', lambda: libc.inotify_init() < 0)
did('inotify', lambda: libc.inotify_init1(0) < 0)
place = os.open(os.path.dirname(os.__file__), os.O_RDONLY)
did('dnotify', lambda: fcntl.fcntl(place, 1026, 0x80000001))
did('lease', lambda: fcntl.fcntl(os.open(os.__file__, os.O_RDONLY), 1024, fcntl.F_RDLCK))
print('tried', fcntl.fcntl(place, fcntl.F_GETFD))
""",
    "passing": """
import socket
pair = socket.socketpair()
did('sendmsg', lambda: socket.send_fds(pair[0], [b'x'], [0]) - 1)
did('sendmmsg', lambda: libc.sendmmsg(pair[0].fileno(), None, 0, 0))
pair[0].sendall(b'tried')
print(pair[1].recv(5, socket.MSG_WAITALL).decode())
""",
    "signals_by_locks": """
import struct
def locked(how):
    number = os.open(os.__file__, os.O_RDONLY)
    how(number)
    return number
def locks_one(kind):
    return lambda number: fcntl.fcntl(number, kind, struct.pack('hhqqi', fcntl.F_RDLCK, 0, 0, 0, 0))
ways = {'flock': lambda number: fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB), 'setlk': locks_one(6),
        'setlkw': locks_one(7), 'ofd': locks_one(37), 'ofdw': locks_one(38)}
for name, way in ways.items():
    held = locked(way)
    child = os.fork()
    if not child:
        asked = struct.pack('hhqqi', fcntl.F_WRLCK, 0, 0, 0, 0)
        other = os.open(os.__file__, os.O_RDONLY)
        seen = struct.unpack('hhqqi', fcntl.fcntl(other, 5, asked))[0] != fcntl.F_UNLCK
        try:
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            seen = True
        os._exit(seen)
    if os.waitpid(child, 0)[1]: print('SEEN', name)
    os.close(held)
print('tried')
""",
    "locks_of_its_own": """
import sqlite3, tempfile
from matplotlib import cbook
with sqlite3.connect('own.db', isolation_level='EXCLUSIVE') as base:
    base.execute('create table rows (x)')
    base.executemany('insert into rows values (?)', [(1,), (2,)])
with cbook._lock_path('own.db'), open('own.txt', 'w') as file:
    fcntl.flock(file, fcntl.LOCK_EX)
    fcntl.lockf(file, fcntl.LOCK_EX)
    fcntl.lockf(file, fcntl.LOCK_UN)
print(sqlite3.connect('own.db').execute('select sum(x) from rows').fetchone())
""",
    "large_file": "open('large', 'wb').write(bytes(4 << 20))",
    "memory_of_one": """
def fill():
    hoard = []
    while True: hoard.append(bytearray(b'x') * (1 << 20))
fill()
""",
    "daemons": """
for way in range(3):
    if not os.fork():
        try:
            os.setsid()
        except OSError:
            pass
        if way and os.fork():
            os._exit(0)
        os.closerange(0, 1000)
        while True: time.sleep(0.1)
print('left')
""",
}
FORKS = """
import os
count = 0
import time
children = []
try:
    while count < 100:
        child = os.fork()
        if not child:
            time.sleep(100)
        children.append(child)
        count += 1
except OSError:
    pass
for child in children:
    os.kill(child, 9)
    os.waitpid(child, 0)
print(count)
"""
ENDS = {
    "cpu": "while True: pass",
    "cpu of many": """
import os, signal, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
while True:
    if not os.fork():
        until = time.process_time() + 0.3
        while time.process_time() < until: pass
        os._exit(0)
    try:
        os.wait()
    except ChildProcessError:
        pass
""",
    "memory": """
import os, time
for _ in range(8):
    if not os.fork():
        hoard = bytearray(b'x') * (120 << 20)
        time.sleep(60)
time.sleep(60)
""",
    "disk": """
import time
for number in range(30):
    with open(f'f{number}', 'wb') as file:
        file.write(bytes(1 << 20))
time.sleep(60)
""",
}


NO_GRADING = GradingContext.of(Course(Path()), 0)
"""These notebooks have no graded cells."""


def main(tier: Tier) -> None:
    become_subreaper()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="probe-")))
        folder.chmod(0o755)
        os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
        names = prepared(folder, stack) | {"ALONE": tier is Tier.BUBBLEWRAP}
        course = Course(Path(names["COURSE"]))
        site = build_root(folder / "site", course)
        alive = set(family(os.getpid()))
        with Sandbox(site, LIMITS, tier) as sandbox:
            names["PARENT"] = sandbox._zygote.pid
            told: dict[str, Any] = {"cells": cells(sandbox, names)}
            told["ends"] = {name: end(sandbox, source) for name, source in ENDS.items()}
            with sandbox.fork("unit") as confined, closing(NotebookRun(confined.socket, LIMITS, NO_GRADING)) as run:
                told["forks"] = text_of(run.cell("student", FORKS))
        told["left"] = left(alive)
        told["files"] = sorted(path.name for path in folder.iterdir())
        told["secret"] = Path(names["SECRET"]).read_text()
    print(json.dumps(told))


def prepared(folder: Path, stack: ExitStack) -> dict[str, object]:
    """What a submission would like to reach; the names by which the cells know it."""
    secret = folder / "others" / "secret"
    course = folder / "course"
    for place in (secret.parent, course / "submitted" / "ada", course / "source"):
        place.mkdir(parents=True)
    secret.write_text("nobody knows")
    (course / "gradebook.db").write_text("scores")
    abstract, address = f"\0probe-{os.getpid()}", str(folder / "socket")
    port = 0
    for family_, place in ((socket.AF_INET, ("127.0.0.1", 0)), (socket.AF_UNIX, abstract), (socket.AF_UNIX, address)):
        listening = stack.enter_context(socket.socket(family_))
        listening.bind(place)
        listening.listen()
        port = port or listening.getsockname()[1]
    for place in (abstract, address):
        stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)).bind(place + "-datagram")
    return {
        "SECRET": str(secret),
        "SECRET_FOLDER": str(secret.parent),
        "COURSE": str(course),
        "AUTOGRADER": str(Path(__file__).parents[2] / "autograder"),
        "PORT": port,
        "ABSTRACT": abstract,
        "ADDRESS": address,
        "DATAGRAM": "-datagram",
        "OUTSIDE": os.getpid(),
        "HIDDEN_MODULES": ["autograd", "pytest", "_hypothesis_globals", "mypy", "dask", "pip"],
    }


def cells(sandbox: Sandbox, names: dict[str, object]) -> dict[str, str]:
    """What each cell shows, all in one process."""
    shown = {}
    with sandbox.fork("unit") as confined, closing(NotebookRun(confined.socket, LIMITS, NO_GRADING)) as run:
        run.cell("student", "\n".join(f"{name} = {value!r}" for name, value in names.items()))
        for name, source in CELLS.items():
            shown[name] = text_of(run.cell("student", source))
    return shown


def text_of(outputs: list[dict[str, Any]]) -> str:
    """What a cell shows, as text."""
    return "".join(output.get("text") or f"{output['ename']}: {output['evalue']}" for output in outputs)


def end(sandbox: Sandbox, source: str) -> tuple[str, str | None]:
    """What this shows, and how its process ends."""
    with sandbox.fork("unit") as confined, closing(NotebookRun(confined.socket, LIMITS, NO_GRADING)) as run:
        return text_of(run.cell("student", source)), str(confined.ended(1.0))


def left(alive: set[int]) -> list[str]:
    """What still runs of all that was started."""
    until = time.monotonic() + 5
    while True:
        found = []
        for process in set(family(os.getpid())) - alive:
            try:
                words = Path(f"/proc/{process}/cmdline").read_bytes()
            except OSError:
                continue
            found += [words.decode(errors="replace")[:100]] if words else []
        if not found or time.monotonic() > until:
            return found
        time.sleep(0.05)


if __name__ == "__main__":
    assert threading.active_count() == 1
    main(Tier(sys.argv[1]))
