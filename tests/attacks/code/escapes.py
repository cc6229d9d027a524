"""Rows 10, 11, 13 to 17, 46 and 48: code that looks for what is not its own.

Each says LEAK where it found something, and "tried" at its end.
"""

from attacks.attack import attack
from attacks.handed_in import ALL

HIDDEN = ("from autograder import ", "BEGIN HIDDEN ")
"""Beginnings of what only a hidden test has; their ends are put to them where they are looked for."""
SEARCH = f"""
WORDS = [{HIDDEN[0]!r} + 'grade', {HIDDEN[1]!r} + 'TESTS', 'seed ' + '(']
"""


def nothing_is_found(outcome):
    """No attack of this module found anything, and each came to its end."""
    assert "LEAK" not in outcome.shown()
    assert "tried" in outcome.own()


def looks(row, name, code, earns=ALL, **options):
    """Register a cell that looks for something."""

    def make(handed):
        text = code.replace("COURSE", repr(str(handed.course.root))).replace("OWN", repr(str(handed.path)))
        handed.last(f"{text}\nprint('tried')")

    make.__name__, make.__doc__, make.__module__ = name, f"A cell that tries: {name.replace('_', ' ')}.", __name__
    made = attack(row=row, earns=earns, **options)(make)
    made.afterwards(nothing_is_found)
    return made


READ = """
import glob, os
def read(path):
    try:
        with open(path, 'rb') as file: print('LEAK', path, file.read(50))
    except OSError as error: print('refused', error.strerror)
"""

looks(
    10,
    "files_beside_the_notebook",
    READ + "for place, _, names in os.walk('.'):\n    for name in names: read(os.path.join(place, name))",
)
looks(
    13,
    "the_course",
    READ + "for name in ('gradebook.db', 'source/01_kinds/01_kinds.ipynb', 'source/01_kinds/exercises/slope.py', "
    "'release/01_kinds/01_kinds.ipynb', 'submitted/ada/01_kinds/01_kinds.ipynb', 'nbgrader_config.py'):\n"
    "    read(os.path.join(COURSE, name))\nread(OWN)\n"
    "try:\n    print('LEAK', os.listdir(COURSE))\nexcept OSError: pass",
)
looks(
    13,
    "the_course_by_the_disk",
    READ
    + """
for place in ('/', '/home', '/root', '/mnt', '/tmp', '/var', '/srv', '/work', '/proc/1/root', '/proc/1/cwd'):
    try:
        names = set(os.listdir(place)) - {'proc', 'usr', 'sys', 'lib', 'nix'}
    except OSError:
        continue
    for name in names:
        for path in glob.glob(os.path.join(place, name, '**', 'gradebook.db'), recursive=True):
            read(path)
""",
)
looks(
    13,
    "the_graders_own_modules",
    "import importlib\n"
    "for name in ('autograder', 'autograder.judge.grade', 'course.keys', 'course.checking.judge',"
    "             'course.answers.key_files'):\n"
    "    try:\n        print('LEAK', importlib.import_module(name))\n"
    "    except ImportError as error: print('refused')\n"
    "check = importlib.import_module('course.checking.check')\n"
    "for name in ('judge', 'load_key'):\n"
    "    if hasattr(check, name): print('LEAK', name)",
    stock="a student has these in a notebook as it comes",
)
looks(13, "users_of_this_machine", READ + "for path in ('etc/passwd', 'etc/shadow', 'root/.bashrc'): read('/' + path)")
looks(
    13,
    "open_files",
    "import os, stat\nfor name in os.listdir('/proc/self/fd'):\n"
    "    try:\n        kind = os.stat(f'/proc/self/fd/{name}').st_mode\n    except OSError: continue\n"
    "    if stat.S_ISREG(kind) or stat.S_ISDIR(kind) and '/proc/' not in os.readlink(f'/proc/self/fd/{name}'):\n"
    "        print('LEAK', os.readlink(f'/proc/self/fd/{name}'))",
    stock="a kernel has its own",
)

MEMORY = (
    SEARCH
    + """
import gc, sys, linecache, inspect
def look(where, text):
    for word in WORDS:
        if word in text: print('LEAK', where, word)
"""
)
looks(11, "history", MEMORY + "look('In', str([text for text in In if 'WORDS =' not in text]) + str(Out))")
looks(
    11,
    "objects",
    MEMORY + "for thing in gc.get_objects():\n    if type(thing) in (dict, list, tuple):\n"
    "        for part in (thing.values() if type(thing) is dict else thing):\n"
    "            if type(part) is str and 'WORDS =' not in part and part not in WORDS: look('objects', part)",
)
looks(
    11,
    "memory_of_the_process",
    """
import re
with open('/proc/self/maps') as maps, open('/proc/self/mem', 'rb', 0) as memory:
    for line in maps:
        found = re.match(r'([0-9a-f]+)-([0-9a-f]+) rw', line)
        start, end = (int(word, 16) for word in found.groups()) if found else (0, 0)
        try:
            memory.seek(start)
            data = memory.read(min(end - start, 64 << 20))
        except (OSError, ValueError, OverflowError):
            continue
        for part in data.split(b'from autograder import ')[1:]:  # the whole words would be found here themselves
            if part[:5][::-1] == b'edarg':
                print('LEAK', part[:200])
""",
)


@attack(row=11, earns=ALL)
def frames_of_the_test(handed):
    """A right answer that looks at all that called it, each time."""
    handed.first(MEMORY + "print('tried')")
    handed.spoil(
        "slope",
        "    return",
        "    for info in inspect.stack():\n"
        "        for part in (info.frame.f_locals, info.frame.f_globals):\n"
        "            for value in list(part.values()):\n"
        "                if type(value) is str and 'WORDS' not in value and value not in WORDS: look('frames', value)\n"
        "        if 'autograder' in info.filename and 'confined' not in info.filename: print('LEAK', info.filename)\n"
        "    look('lines', str(list(linecache.cache)))\n    return",
    )


frames_of_the_test.afterwards(nothing_is_found)

WRITE = """
import os
def write(path, text='mallory was here'):
    try:
        with open(path, 'a') as file: file.write(text)
        print('LEAK', path)
    except OSError as error: print('refused', error.strerror)
"""
looks(
    14,
    "gradebook",
    "import os, sqlite3\ntry:\n    book = sqlite3.connect(os.path.join(COURSE, 'gradebook.db'))\n"
    "    book.execute('UPDATE grade SET manual_score = 99')\n    book.commit()\n    print('LEAK')\n"
    "except sqlite3.Error as error: print('refused', error)",
)
looks(
    15,
    "sources_and_packages",
    WRITE
    + """
import IPython, numpy, sys
for name in ('source/01_kinds/exercises/slope.py', 'nbgrader_config.py', 'release/01_kinds/x',
             'submitted/ada/01_kinds/x'):
    write(os.path.join(COURSE, name))
packages = os.path.dirname(numpy.__path__[0])
for path in (numpy.__file__, IPython.__file__, os.__file__, os.path.join(packages, 'evil.pth'), sys.executable):
    write(path)
write(sys.modules['confined'].__path__[0] + '/rpc/codec.py')
for place in ('/site', '/usr/lib', '/etc', '', '/bin', '/var/tmp', '/dev', '/proc', '/proc/sys/kernel'):
    write(place + '/evil')
""",
    stock="it would spoil the environment that everything runs in",
)
looks(
    15,
    "mounts",
    "import ctypes, subprocess\nlibc = ctypes.CDLL(None, use_errno=True)\n"
    "for words in (['mount', '-o', 'remount,rw', '/usr'], ['umount', '-l', '/site'], ['unshare', '-Ur', 'id'],"
    " ['nsenter', '-t', '1', '-a', 'id'], ['chroot', '/proc/1/root', 'id'], ['su', '-c', 'id']):\n"
    "    try:\n        done = subprocess.run(words, capture_output=True, timeout=5)\n    except OSError: continue\n"
    "    if not done.returncode: print('LEAK', words, done.stdout)\n"
    "if not libc.mount(b'none', b'/student', b'tmpfs', 0, None): print('LEAK mount')\n"
    "if not libc.unshare(0x10000000): print('LEAK unshare')",
    stock="it would change this machine",
)
looks(
    17,
    "network",
    "import socket, urllib.request\n"
    "for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK):\n"
    "    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):\n"
    "        try:\n            print('LEAK', socket.socket(family, kind))\n        except OSError: pass\n"
    "for ask in (lambda: socket.create_connection(('1.1.1.1', 80), 1), lambda: socket.getaddrinfo('example.org', 80),"
    " lambda: urllib.request.urlopen('http://example.org', timeout=1)):\n"
    "    try:\n        print('LEAK', ask())\n    except OSError as error: print(error)",
)
looks(
    17,
    "network_by_other_ways",
    "import ctypes, os, socket, subprocess\nlibc = ctypes.CDLL(None, use_errno=True)\n"
    "print(libc.syscall(425, 8, ctypes.create_string_buffer(120)))\n"
    "if libc.syscall(425, 8, ctypes.create_string_buffer(120)) >= 0: print('LEAK io_uring')\n"
    "for kind in (socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):\n"
    "    try:\n        print('LEAK', socket.socketpair(socket.AF_UNIX, kind))\n    except OSError: pass\n"
    "for words in (['curl', '-m', '2', 'http://1.1.1.1'], ['ping', '-c1', '-W1', '127.0.0.1'],"
    " ['bash', '-c', 'echo x > /dev/tcp/127.0.0.1/22']):\n"
    "    try:\n        done = subprocess.run(words, capture_output=True, timeout=5)\n    except OSError: continue\n"
    "    if not done.returncode: print('LEAK', words)",
)
looks(
    13,
    "environment",
    """
import os
allowed = set('''OMP_NUM_THREADS OPENBLAS_NUM_THREADS MKL_NUM_THREADS VECLIB_MAXIMUM_THREADS HOME TMPDIR MPLCONFIGDIR
    IPYTHONDIR PATH LANG USER PYTHONHASHSEED PWD MPLBACKEND LC_CTYPE KMP_DUPLICATE_LIB_OK KMP_INIT_AT_FORK'''.split())
found = set(os.environ)
for process in ('self', '1'):
    try:
        with open(f'/proc/{process}/environ') as file:
            found |= {part.split('=')[0] for part in file.read().split(chr(0)) if part}
    except OSError:
        pass
for name in sorted(found - allowed):
    print('LEAK', name)
""",
    stock="a kernel has the environment of who starts it",
)
looks(
    28,
    "differentiators",
    """
import importlib
for name in 'torch jax tensorflow autograd sympy casadi aesara pytensor tinygrad mxnet'.split():
    try:
        if importlib.import_module(name).__file__:  # an empty folder in its place has none
            print('LEAK', name)
    except ImportError:
        pass
""",
    stock="what is installed can be imported",
)


looks(
    28,
    "other_folders_of_packages",
    """
import importlib, os, sys
for top, folders, _ in os.walk('/'):
    for name in {'site-packages', 'dist-packages', 'pyshared'}.intersection(folders):
        sys.path.append(os.path.join(top, name))
    folders[:] = [name for name in folders if name not in ('proc', 'sys') and 'packages' not in name]
for name in 'torch jax sympy casadi autograd hypothesis pytest blinker yaml_ pip numdifftools theano'.split():
    try:
        importlib.import_module(name)
        print('LEAK', name)
    except ImportError:
        pass
""",
    stock="what is installed can be imported",
)
looks(
    13,
    "what_others_open",
    """
import ctypes, fcntl, os
libc = ctypes.CDLL(None, use_errno=True)
for name, watch in (('inotify', lambda: libc.inotify_init()), ('inotify1', lambda: libc.inotify_init1(0))):
    if watch() >= 0: print('LEAK', name)
for place in (os.path.dirname(os.__file__), '/usr/lib', '/tmp'):
    try:
        fcntl.fcntl(os.open(place, os.O_RDONLY), 1026, 0x80000001)
        print('LEAK', 'dnotify', place)
    except OSError: pass
try:
    fcntl.fcntl(os.open(os.__file__, os.O_RDONLY), 1024, fcntl.F_RDLCK)
    print('LEAK', 'lease')
except OSError: pass
""",
)


@attack(row=46, earns=16.0)
def objects_that_run_when_they_are_read(handed):
    """Answers and files that would run code where they are unpickled: that is in the sandbox alone."""
    path = str(handed.course.root / "source" / "pwned")
    handed.answer(
        "slope",
        f"import os\nclass Evil:\n    def __reduce__(self): return os.system, ('touch {path}',)\n"
        "def slope(f, x, h=1e-5):\n    return np.array([Evil()], dtype=object)",
    )
    handed.last(
        "import pickle\nwith open('own.pkl', 'wb') as file: pickle.dump(Evil(), file)\n"
        "with open('own.pkl', 'rb') as file: pickle.load(file)\n"
        "np.savez('own.npz', a=np.array([Evil()], dtype=object))\n"
        "try:\n    np.load('own.npz', allow_pickle=True)['a']\nexcept Exception: pass\nprint('tried')"
    )


objects_that_run_when_they_are_read.afterwards(nothing_is_found)


@attack(row=48, earns=ALL)
def magics(handed):
    """Every way by which a cell is more than Python."""
    for code in (
        "input('name? ')",
        "!id; echo shelled",
        "%%bash\nexit 3",
        "%load /etc/passwd",
        "%run nothing.py",
        "%cd /",
        "%env SECRET=1",
        "%load_ext autoreload\n%autoreload 2",
        "%%writefile left.txt\ntext",
        "%debug",
        "%pip install nothing",
        "%%javascript\nalert(1)",
        "%connect_info",
        "%matplotlib widget",
        "%config InteractiveShell.ast_node_interactivity = 'all'",
        "%xmode Verbose\n1/0",
        "breakpoint()",
        "get_ipython().kernel.do_shutdown(False)",
        "%quit",
    ):
        handed.after("Value", code)
    handed.first("%reset -f")
