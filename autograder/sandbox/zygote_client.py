"""The zygote, seen from the grader: started in its sandbox, asked to fork a process for each submission."""

import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autograder.errors import AutograderError
from autograder.limits import Limits, Tier
from autograder.sandbox import bubblewrap
from autograder.sandbox.processor_time import ControlGroup
from autograder.sandbox.root import SandboxRoot, landlock_paths
from autograder.sandbox.usage import threads_of

START_TIMEOUT = 60.0
REPLY_TIMEOUT = 15.0
MAX_BYTES = 1 << 16
DEVICES = ("/dev/null", "/dev/zero", "/dev/full")
MIN_UID, MAX_UID = 0x70000000, 0x7FFFFFFF
"""User ids that no distribution gives to anyone."""
NOBODY_UID = 65534
BOOT = "import runpy, sys; sys.path += {paths!r}; runpy.run_module('confined.zygote', run_name='__main__')"
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
SOCKET_TYPE = socket.SOCK_SEQPACKET if sys.platform == "linux" else socket.SOCK_STREAM


class ZygoteEnded(AutograderError):
    """The zygote has ended, or never started; the message is its last line of output."""


class ZygoteClient:
    """One process that has imported what notebooks need.

    Parameters
    ----------
    root : SandboxRoot
    limits : Limits
    tier : Tier
    bare : bool
        Import nothing and run nothing: to try whether this tier works here.

    Attributes
    ----------
    group : ControlGroup or None
        Of the zygote and all that it forks, once it is ready and where this machine gives one.
    """

    def __init__(self, root: SandboxRoot, limits: Limits, tier: Tier, *, bare: bool = False) -> None:
        self.root, self.limits, self.tier, self.bare = root, limits, tier, bare
        self.namespaces = tier is Tier.BUBBLEWRAP
        self.user = throwaway_uid(root, self.namespaces)
        self.folder = None if self.namespaces else self._make_folder()
        self._output = tempfile.TemporaryFile()  # noqa: SIM115
        self._control, theirs = socket.socketpair(socket.AF_UNIX, SOCKET_TYPE)
        self._pidfd: int | None = None
        with theirs:
            self._process = subprocess.Popen(
                self._command(theirs.fileno()),
                env={} if self.namespaces else self._environment(),
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=self._output,
                stderr=self._output,
                start_new_session=True,
                cwd="/",
            )
        self._ready = False
        self.group: ControlGroup | None = None

    @property
    def top(self) -> str:
        """Where a submission's own folders are, as it sees them."""
        return bubblewrap.WRITABLE if self.folder is None else str(self.folder)

    def wait_until_ready(self) -> None:
        """Wait until it has imported everything.

        Raises
        ------
        ZygoteEnded
        """
        if not self._ready:
            _, self._pidfd = self._receive(START_TIMEOUT)
            self.group = None if self.bare else ControlGroup.around(self.pid)
            self._ready = True

    def fork(self, cwd: str, sock: int, status: int) -> tuple[int, int | None]:
        """Let it fork a process; gives the child's PID and its pidfd, where the kernel has such.

        Parameters
        ----------
        cwd : str
        sock : int
            Which the process serves.
        status : int
            Where it reports how it stands.

        Raises
        ------
        ZygoteEnded
        """
        self.wait_until_ready()
        try:
            request = json.dumps(self._confinement_of_next() | {"cwd": cwd}).encode()
            socket.send_fds(self._control, [request], [sock, status])
        except OSError as error:
            raise ZygoteEnded(self._last_line_of_output()) from error
        words, pidfd = self._receive(REPLY_TIMEOUT)
        return words["child"], pidfd

    def _receive(self, limit: float) -> tuple[dict[str, Any], int | None]:
        self._control.settimeout(limit)
        try:
            message, pidfds, _, _ = socket.recv_fds(self._control, MAX_BYTES, 1)
            return json.loads(message), pidfds[0] if pidfds else None
        except (OSError, ValueError) as error:
            raise ZygoteEnded(self._last_line_of_output()) from error

    def _last_line_of_output(self) -> str:
        self._output.seek(0)
        lines = self._output.read()[-4000:].decode(errors="replace").split("\n")
        return next((line for line in reversed(lines) if line.strip()), "it ended without a word")

    @property
    def pid(self) -> int:
        """Its PID; bubblewrap's, where it runs in that."""
        return self._process.pid

    def kill_child(self, child: int) -> None:
        """Kill the only child and all that it started, where no namespace does that; the zygote ends as well."""
        self._control.close()
        try:
            self._process.wait(REPLY_TIMEOUT)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)

    def stop(self) -> None:
        """Kill it, and with it all that it forked, and remove their files."""
        self._control.close()
        if self._pidfd is not None and self.namespaces:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        try:
            self._process.wait(REPLY_TIMEOUT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._output.close()
        if self.group is not None:
            self.group.remove()
        if self._pidfd is not None:
            os.close(self._pidfd)
            self._pidfd = None
        if self.folder is not None:
            remove_tree(self.folder)

    def _make_folder(self) -> Path:
        folder = Path(tempfile.mkdtemp(prefix="submission-")).resolve()
        for place in (folder, folder / "home", folder / "tmp", folder / "shm"):
            place.mkdir(exist_ok=True)
            if self.user is not None:
                os.chown(place, self.user, self.user)
        return folder

    def _command(self, control: int) -> list[str]:
        folder = bubblewrap.ROOT_MOUNT if self.namespaces else str(self.root.folder)
        boot = BOOT.format(paths=[folder, *map(str, self.root.packages)])
        inner = [str(self.root.python), "-s", "-S", "-P", "-B", "-c", boot]
        inner += [str(control), json.dumps(self._confinement())]
        return bubblewrap.command(self.root, self._environment(), inner) if self.namespaces else inner

    def _environment(self) -> dict[str, str]:
        """All that a submission can learn from its environment: the same for everyone."""
        scratch = f"{self.top}/tmp"
        folders = {"HOME": f"{self.top}/home", "TMPDIR": scratch}
        folders |= {"MPLCONFIGDIR": f"{scratch}/matplotlib", "IPYTHONDIR": f"{scratch}/ipython"}
        others = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "USER": "student", "PYTHONHASHSEED": "0"}
        return dict.fromkeys(THREADS, "1") | folders | others

    def _confinement(self) -> dict[str, Any]:
        """How it confines a submission."""
        own = os.getuid()
        read, listed = landlock_paths(self.root) if self.tier is Tier.LANDLOCK else (["/"], [])
        write = [self.top, *DEVICES, *([] if self.folder else ["/tmp", "/dev/shm"])]
        return {
            "namespaces": self.namespaces,
            "landlock": self.tier is not Tier.NONE,
            "seccomp": self.tier is not Tier.NONE,
            "map_user": [own, os.getgid()] if self.namespaces and own else None,
            "top": self.top,
            "scratch": bubblewrap.scratch(self.root),
            "limits": asdict(self.limits),
            "read": read,
            "listed": listed,
            "write": write,
            "trial": self.bare,
        }

    def _confinement_of_next(self) -> dict[str, Any]:
        """What differs from one submission to the next: the user that it becomes, another each time with namespaces."""
        user = throwaway_uid(self.root, True) if self.namespaces else self.user
        others = 0 if self.namespaces or user is not None else threads_of(os.getuid())
        return {"user": user, "processes": self.limits.processes + others}


def throwaway_uid(root: SandboxRoot, namespaces: bool) -> int | None:
    """A user id that nobody has; None where we can't become another user, or another couldn't read Python."""
    if os.geteuid() != 0 or sys.platform != "linux":
        return None
    if not namespaces and not all(map(readable_by_all, (root.folder, root.python, *root.packages))):
        return None
    for line in Path("/proc/self/uid_map").read_text().splitlines():
        first, _, count = map(int, line.split())
        if first <= MIN_UID and first + count > MAX_UID:
            return random.SystemRandom().randint(MIN_UID, MAX_UID)
    return NOBODY_UID


def readable_by_all(path: Path) -> bool:
    """Whether any user can come to a place and read it."""
    return path.stat().st_mode & 4 != 0 and all(parent.stat().st_mode & 1 for parent in path.parents)


def remove_tree(folder: Path) -> None:
    """Remove a folder, whatever rights its owner took from it."""
    for place, names, _ in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            if not os.path.islink(path):
                os.chmod(path, 0o700)
    shutil.rmtree(folder, ignore_errors=True)
