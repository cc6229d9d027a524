"""Rows 16 and 59: what one submission leaves for the next, graded one after the other by the same worker."""

from attacks.attack import attack
from attacks.handed_in import ALL
from autograder.limits import Limits

LIMITS = Limits(seconds_per_cell=8.0, seconds=90.0, cpu_seconds=60, memory_mb=700, processes=30)
WORKERS = 1
PLACES = """
import glob, os, site, sys, tempfile
home = os.path.expanduser('~')
places = [
    home + '/.ipython/profile_default/startup/00-evil.py', os.environ['IPYTHONDIR'] + '/profile_default/startup/00.py',
    home + '/.jupyter/jupyter_notebook_config.py', home + '/.local/lib/python3/site-packages/usercustomize.py',
    site.getusersitepackages() + '/evil.pth', home + '/.config/matplotlib/matplotlibrc', home + '/.bashrc',
    os.environ['MPLCONFIGDIR'] + '/matplotlibrc', tempfile.gettempdir() + '/evil', '/tmp/evil', '/dev/shm/evil',
    os.getcwd() + '/numpy.py', os.getcwd() + '/sitecustomize.py', home + '/evil',
]
"""


@attack(row=16, earns=ALL, student="m1-leaves-files")
def leaves_files(handed):
    """Files in every place from which a later process would take something."""
    handed.last(
        PLACES + "for place in places:\n    os.makedirs(os.path.dirname(place), exist_ok=True)\n"
        "    with open(place, 'w') as file: file.write('print(\"LEAK\")')\nprint('tried', len(places))"
    )


@leaves_files.afterwards
def all_were_written(outcome):
    assert "tried 14" in outcome.own()


@attack(row=16, earns=ALL, student="m2-finds-files")
def finds_files(handed):
    """The next one finds none of them."""
    handed.last(PLACES + "print('LEAK', [place for place in places if os.path.exists(place)])\nprint('tried')")


@finds_files.afterwards
def there_are_none(outcome):
    assert "LEAK []" in outcome.own()


@attack(row=59, earns=ALL, student="m3-spoils-the-parent", stock="its kernels are fresh")
def spoils_the_parent(handed):
    """Every process that can be named: written to, signalled, traced, its files opened."""
    handed.last(
        """
import ctypes, os, signal
libc = ctypes.CDLL(None, use_errno=True)
numbers = [n for n in range(1, 400) if n != os.getpid()] + [os.getppid()]
harm = 0
for number in numbers:
    for name in ('mem', 'environ', 'maps', 'root/etc', 'cwd', 'fd/0', 'fd/3', 'fd/4', 'oom_score_adj', 'clear_refs'):
        for mode in (os.O_RDWR, os.O_RDONLY, os.O_WRONLY):
            try:
                file = os.open(f'/proc/{number}/{name}', mode)
            except OSError:
                continue
            if name in ('mem', 'environ', 'maps') and number not in (os.getpid(),):
                try:
                    print('LEAK', number, name, os.pread(file, 10, 0x400000))
                except OSError:
                    pass
            os.close(file)
    if libc.ptrace(16, number, None, None) == 0: print('LEAK ptrace', number)
    try:
        signal.pidfd_send_signal(os.pidfd_open(number), 9)
    except OSError:
        pass
for number in (-1, 1, *range(2, 400)):
    if number != os.getpid():
        try:
            os.kill(number, 9)
        except OSError:
            pass
print('seen', sorted(name for name in os.listdir('/proc') if name.isdigit() and int(name) != os.getpid()))
print('tried')
"""
    )


@spoils_the_parent.afterwards
def nobody_was_there(outcome):
    assert "LEAK" not in outcome.own() and "tried" in outcome.own()
    assert "seen ['1']" in outcome.own()


@attack(row=59, earns=ALL, verdict="ended", student="m4-spoils-its-own-copy", stock="its kernels are fresh")
def spoils_its_own_copy(handed):
    """Everything that it has from the zygote is changed; the next copy is made of the parent, not of this one."""
    handed.last(
        "import builtins, numpy, sys\nfrom confined import shell\nfrom confined.rpc import codec, peer\n"
        "for module in (numpy, codec, shell, peer):\n    for name in list(vars(module)):\n"
        "        if not name.startswith('_'):\n            setattr(module, name, None)\nspoilt_mark = 1"
    )


@attack(row=59, earns=ALL, student="m5-looks-for-the-one-before", stock="its kernels are fresh")
def looks_for_the_one_before(handed):
    """Nothing of another submission is in memory."""
    handed.last(
        "import gc\nmarks = [thing for thing in gc.get_objects() if type(thing) is dict and 'spoilt_mark' in thing]\n"
        "print('LEAK' if marks or not np.ones else 'nothing')"
    )


@looks_for_the_one_before.afterwards
def it_finds_nothing(outcome):
    assert "nothing" in outcome.own()
