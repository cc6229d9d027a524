"""Reaching for what is not theirs: descriptors, terminals, notification, namespaces and the memory of the process."""

import re

from attacks.attack import attack
from attacks.handed_in import ALL
from autograder.limits import Limits

LIMITS = Limits(seconds_per_cell=10.0, seconds=60.0, cpu_seconds=60, memory_mb=700, processes=30)
HEAD = """
import array, ctypes, errno, fcntl, gc, mmap, os, socket, stat, struct, sys, termios
from pathlib import Path
from confined import shell
from course.functions import Named
libc = ctypes.CDLL(None, use_errno=True)

def session():
    return [thing for thing in gc.get_objects() if type(thing) is shell.Session][-1]

def tried(what, do):
    "Say what came of it: it is never to be GOT."
    try: found = do()
    except BaseException as error: print(what, 'refused', type(error).__name__); return
    print(what, 'GOT' if found else 'nothing', repr(found)[:200] if found else '')
"""


def reaches(name, code, row, earns=ALL, verdict=""):
    """Register a cell that tries to reach something, and says GOT where it did."""

    def make(handed):
        handed.first(HEAD)
        handed.last(code)

    make.__name__, make.__doc__, make.__module__ = name, f"A cell reaches for {name.replace('_', ' ')}.", __name__
    made = attack(row=row, earns=earns, verdict=verdict)(make)
    made.afterwards(nothing_was_reached)
    return made


def nothing_was_reached(outcome):
    own = outcome.own()
    assert "refused" in own or "nothing" in own, own
    assert not re.search(r"\bGOT\b", own), own


reaches(
    "other_roots_by_links_of_proc",
    """
for pid in ['1', 'self', 'thread-self', str(os.getppid())]:
    for name in ('root', 'cwd', 'exe', 'fd/0', 'fd/3', 'map_files'):
        tried(f'{pid}/{name}', lambda: [n for n in os.listdir(f'/proc/{pid}/{name}') if n in ('work', 'root', 'etc') and
              os.path.exists(f'/proc/{pid}/{name}/{n}/shadow')])
    for name in ('environ', 'mem', 'auxv', 'syscall', 'stack', 'pagemap'):
        if pid.isdigit(): tried(f'{pid}/{name}', lambda: open(f'/proc/{pid}/{name}', 'rb').read(64))
""",
    13,
)
reaches(
    "writing_again_what_is_open_for_reading",
    """
for path in (sys.executable, os.__file__, '/etc/localtime', shell.__file__, '/usr/bin/env', '/dev/null'):
    for flags in (os.O_RDWR, os.O_WRONLY | os.O_APPEND, os.O_RDWR | os.O_TRUNC):
        def again():
            number = os.open(path, os.O_RDONLY)
            return path != '/dev/null' and os.open(f'/proc/self/fd/{number}', flags)
        tried(f'{path} {flags}', again)
    tried(path + ' mmap', lambda: path != '/dev/null' and mmap.mmap(os.open(path, os.O_RDONLY), 0, mmap.MAP_SHARED, 3))
""",
    15,
)
reaches(
    "a_terminal_to_type_into",
    """
for path in ('/dev/tty', '/dev/console', '/dev/ptmx', '/dev/pts/0', '/dev/tty0', '/dev/vcs', '/dev/kmsg', '/dev/mem',
             '/dev/kvm', '/dev/fuse', '/dev/net/tun', '/dev/loop-control', '/dev/userfaultfd'):
    def types():
        number = os.open(path, os.O_RDWR)
        for letter in 'id\\n': fcntl.ioctl(number, termios.TIOCSTI, letter)
        return True
    tried(path, types)
for number in range(32):
    tried(f'fd {number}', lambda: fcntl.ioctl(number, termios.TIOCSTI, 'x') == 0)
""",
    14,
)
reaches(
    "namespaces_by_ioctl",
    """
NS_GET_USERNS, NS_GET_PARENT, NS_GET_OWNER_UID = 0xb701, 0xb702, 0xb704
for name in os.listdir('/proc/self/ns'):
    def entered(which):
        number = fcntl.ioctl(os.open(f'/proc/self/ns/{name}', os.O_RDONLY), which)
        return libc.setns(number, 0) == 0
    tried(name, lambda: entered(NS_GET_USERNS)); tried(name, lambda: entered(NS_GET_PARENT))
    tried(name, lambda: libc.setns(os.open(f'/proc/1/ns/{name}', os.O_RDONLY), 0) == 0)
tried('unshare', lambda: libc.unshare(0x10000000) == 0)
tried('clone', lambda: libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0) > 0)
flags = ctypes.create_string_buffer(struct.pack('<Q', 0x10000000) + bytes(80))
tried('clone3', lambda: libc.syscall(435, flags, 88) > 0)
""",
    14,
)
reaches(
    "descriptors_of_others",
    """
import signal
tried('pidfd', lambda: libc.syscall(438, libc.syscall(434, 1, 0), 0, 0) >= 0)
tried('kcmp', lambda: libc.syscall(312, os.getpid(), 1, 0, 0, 0) >= 0)
tried('poke', lambda: libc.ptrace(16, 1, 0, 0) == 0)
tried('vm', lambda: libc.syscall(310, 1, 0, 0, 0, 0, 0) >= 0)
def received(number):
    sock = socket.socket(fileno=os.dup(number))
    sock.setblocking(False)
    try: return socket.recv_fds(sock, 1, 250, socket.MSG_PEEK)[1]
    except BlockingIOError: return []
for number in range(3, 40):
    try: known = stat.S_ISSOCK(os.fstat(number).st_mode)
    except OSError: continue
    if known: tried(f'socket {number}', lambda: received(number))
    if known:
        def about():
            sock = socket.socket(fileno=os.dup(number))
            pid, uid, gid = struct.unpack('3i', sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
            return pid and pid != os.getpid() and os.listdir(f'/proc/{pid}/fd')
        tried(f'peer of {number}', about)
""",
    59,
)
reaches(
    "sockets_of_any_family",
    """
for family in range(0, 46):
    for kind in (1, 2, 3, 5):
        def made(): return socket.socket(family, kind, 0)
        try: made()
        except OSError: continue
        print('socket GOT', family, kind)
tried('datagrams', lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)[0].sendto(b'x', '\\0any') )
tried('seqpacket', lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET))
def connects():
    one, two = socket.socketpair()
    return libc.connect(one.fileno(), struct.pack('H', 1) + b'/run/dbus/system_bus_socket\\0', 110) == 0
tried('connect', connects)
def listens():
    one, two = socket.socketpair()
    return libc.bind(one.fileno(), struct.pack('H', 1) + b'\\0name', 7) == 0 and libc.listen(one.fileno(), 5) == 0
tried('listen', listens)
""",
    17,
)
reaches(
    "right_answers_in_its_own_memory",
    """
import re
pairs = (('### BEGIN ', 'HIDDEN'), ('x must be trans', 'posed for dW'), ('transpose-mis', 'sing'),
         ('AUTOGRADER_S', 'EED'), ('two_num', 'bers(rng)'), ('A product swaps the', ' partners'))
# The words themselves stand nowhere in this process but where they come from: a letter of each is in brackets.
wanted = re.compile('|'.join(f'{re.escape(one)}[{two[0]}]{re.escape(two[1:])}' for one, two in pairs).encode())
def searched():
    found = []
    with open('/proc/self/mem', 'rb', 0) as memory:
        for line in open('/proc/self/maps'):
            if 'r' not in line.split()[1] or 'vvar' in line or 'vsyscall' in line: continue
            first, last = (int(part, 16) for part in line.split()[0].split('-'))
            if last - first > 1 << 28: continue
            try:
                memory.seek(first); data = memory.read(last - first)
            except (OSError, ValueError, OverflowError): continue
            found += [match[0] + data[match.end() : match.end() + 30] for match in wanted.finditer(data)]
    return found
tried('memory', searched)
""",
    11,
)
reaches(
    "privileges_by_programs_of_others",
    """
import subprocess
for program in ('sudo', 'su', 'mount', 'umount', 'newgrp', 'passwd', 'chsh', 'ping', 'crontab', 'at', 'bwrap',
                'systemd-run', 'nsenter', 'unshare', 'fusermount', 'pkexec', 'newuidmap'):
    found = [p for p in (f'/usr/bin/{program}', f'/bin/{program}', f'/usr/sbin/{program}') if os.path.exists(p)]
    def root():
        words = {'unshare': ['-r', 'id', '-u'], 'bwrap': ['--bind', '/', '/', 'id', '-u'],
                 'nsenter': ['-t', '1', '-m', 'id', '-u'], 'sudo': ['-n', 'id', '-u'],
                 'su': ['-c', 'id -u']}.get(program, ['--version'])
        done = subprocess.run([found[0], *words], capture_output=True, stdin=subprocess.DEVNULL, timeout=2)
        return done.returncode == 0 and done.stdout.strip() == b'0'
    if found: tried(program, root)
tried('setuid', lambda: os.setuid(0) or True)
tried('capabilities', lambda: libc.prctl(24, 21) == 0 and False or libc.prctl(47, 2, 21, 0, 0) == 0)
tried('no new privileges', lambda: libc.prctl(39, 0, 0, 0, 0) == 0)
""",
    14,
)
