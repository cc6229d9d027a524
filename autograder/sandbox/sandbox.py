"""A process of its own for each submission, shut in as well as this machine can."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from typing import IO, Any, TypeVar

from autograder.errors import AutograderError
from autograder.limits import Limits, Tier
from autograder.sandbox import bubblewrap
from autograder.sandbox.confined.kernel import landlock
from autograder.sandbox.process import Confined
from autograder.sandbox.root import HERE, Site, site_of
from autograder.sandbox.zygote_client import ParentEnded, WarmParent

__all__ = ["Confined", "Limits", "NoSandbox", "Sandbox", "SandboxFailed", "Tier", "best_tier"]

Answer = TypeVar("Answer")
TRIES = 3
REMEDY = (
    "Install bubblewrap (apt install bubblewrap) on Linux where user namespaces are allowed, or pass --no-sandbox to "
    "run what was handed in with all rights that you have"
)


class NoSandbox(AutograderError):
    """Nothing on this machine can shut a submission in."""


class SandboxFailed(AutograderError):
    """A sandbox that works here did not come to be this time."""


@lru_cache(maxsize=1)
def best_tier() -> tuple[Tier, str]:
    """The strongest way to shut a submission in that works here, and why a stronger one does not.

    Each is tried with a process that is shut in and does nothing.
    """
    reasons: list[str] = []
    for tier in (Tier.BUBBLEWRAP, Tier.LANDLOCK):
        trouble = why_not(tier)
        if not trouble:
            return tier, "; ".join(reasons)
        reasons.append(f"{tier.value}: {trouble}")
    return Tier.NONE, "; ".join(reasons)


def why_not(tier: Tier) -> str:
    """Why a tier does not work here; nothing, if it does."""
    if sys.platform != "linux":
        return "only Linux has it"
    if tier is Tier.BUBBLEWRAP and bubblewrap.program() is None:
        return "bwrap is not installed"
    if tier is Tier.LANDLOCK and landlock.abi_version() < landlock.MIN_ABI:
        return "needs Linux 6.2 or later, with Landlock switched on"
    try:
        with Sandbox(site_of(HERE), Limits(), tier, bare=True) as sandbox, sandbox.fork({}, "trial") as confined:
            how = confined.ended(10.0)
            return "" if how == "exited" else f"the trial was {how}"
    except (AutograderError, OSError, subprocess.SubprocessError) as error:
        return str(error)


class Sandbox:
    """Forks a process for each submission from a parent that has imported everything.

    Parameters
    ----------
    site : Site
    limits : Limits
    tier : Tier, optional
        The best that works here, unless it is said. ``Tier.NONE`` has to be.
    bare : bool
        For a trial: nothing is imported and nothing runs.
    ahead : bool
        Once a process is handed out, begin another like it, for whoever grades one unit after the other.
    """

    def __init__(
        self,
        site: Site,
        limits: Limits | None = None,
        tier: Tier | None = None,
        *,
        bare: bool = False,
        ahead: bool = False,
    ) -> None:
        self.site, self.limits, self.bare, self.ahead = site, limits or Limits(), bare, ahead
        self.tier = chosen(tier)
        self._ahead: tuple[dict[str, Any], bytes, Confined] | None = None
        self._parent: WarmParent | None = None
        self._living: set[Confined] = set()

    def start(self) -> None:
        """Start the warm parent, and wait until it is ready.

        Raises
        ------
        SandboxFailed
        """
        self._asked(WarmParent.wait_until_ready)

    def fork(self, files: Mapping[str, bytes], cwd: str, request: Mapping[str, Any] | None = None) -> Confined:
        """A process for one submission.

        Parameters
        ----------
        files : mapping of str to bytes
            What lies in its working directory, by name.
        cwd : str
            The working directory, below the submission's home.
        request : mapping, optional
            What ``confined.shell.main`` gets with its socket.

        Raises
        ------
        SandboxFailed
        """
        for name in (cwd, *files):
            if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or "\0" in name:
                raise SandboxFailed(f"{name!r} can't be put into a sandbox: name a place below the working directory.")
        asked = {
            "cwd": cwd,
            "files": [[name, len(content)] for name, content in files.items()],
            "request": {"cwd": cwd, **(request or {})},
        }
        contents = b"".join(files.values())
        confined = self._taken_from_ahead(asked, contents) or self._begun(asked, contents)
        trouble = confined.wait_until_ready()
        if trouble:
            confined.close()
            raise SandboxFailed(f"The sandbox ({self.tier.value}) could not be made: {trouble}.")
        if self.ahead and self.tier is Tier.BUBBLEWRAP:
            self._ahead = asked, contents, self._begun(asked, contents)
        return confined

    def _begun(self, asked: dict[str, Any], contents: bytes) -> Confined:
        """A process that is on its way."""
        return self._asked(lambda parent: self._forked(parent, asked, contents))

    def _taken_from_ahead(self, asked: dict[str, Any], contents: bytes) -> Confined | None:
        """The process that was begun ahead of time, if it is what is wanted now and lives."""
        if self._ahead is None:
            return None
        *begun, confined = self._ahead
        self._ahead = None
        if begun == [asked, contents] and confined.ended() is None:
            return confined
        confined.let_go()
        return None

    def _asked(self, ask: Callable[[WarmParent], Answer]) -> Answer:
        """What a warm parent answers; one that has died is replaced."""
        for _ in range(TRIES):
            if self._parent is None:
                self._parent = self._new_parent()
            try:
                return ask(self._parent)
            except ParentEnded as error:
                words = str(error)
                self._parent.stop()
                self._parent = None
        raise SandboxFailed(f"The sandbox ({self.tier.value}) does not start: {words}.")

    def _new_parent(self) -> WarmParent:
        return WarmParent(self.site, self.limits, self.tier, bare=self.bare)

    def _forked(self, parent: WarmParent, asked: dict[str, Any], contents: bytes) -> Confined:
        ours, theirs = socket.socketpair()
        listen, tell = os.pipe()
        try:
            with theirs, _in_memory(contents) as files:
                child, handle = parent.fork(asked, [theirs.fileno(), tell, files.fileno()])
        except BaseException:
            ours.close()
            os.close(listen)
            raise
        finally:
            os.close(tell)
        confined = Confined(parent, ours, listen, child, handle, self.limits)
        self._living.add(confined)
        confined.on_close = self._living.discard
        if not parent.namespaces:  # it is for this submission alone; the next one gets ready meanwhile
            self._parent = None if self.bare else self._new_parent()
        return confined

    def stop(self) -> None:
        """End the warm parent, and every submission that still runs."""
        self._ahead = None
        for confined in list(self._living):
            confined.close()
        if self._parent is not None:
            self._parent.stop()
            self._parent = None

    def __enter__(self) -> "Sandbox":
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()


def chosen(tier: Tier | None) -> Tier:
    """The tier that was asked for, else the best.

    Raises
    ------
    NoSandbox
        If nothing works here, and to do without was not asked for.
    """
    if tier is not None:
        return tier
    best, reasons = best_tier()
    if best is Tier.NONE:
        raise NoSandbox(f"Nothing here can shut in what was handed in ({reasons}). {REMEDY}.")
    return best


def _in_memory(contents: bytes) -> IO[bytes]:
    """A file without a name that holds this."""
    file: IO[bytes] = (
        os.fdopen(os.memfd_create("files"), "w+b") if sys.platform == "linux" else tempfile.TemporaryFile()  # noqa: SIM115
    )
    file.write(contents)
    file.flush()
    file.seek(0)
    return file
