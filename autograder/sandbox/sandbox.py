"""A sandboxed process for each submission, confined by the strongest means that work on this machine."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TypeVar

from autograder.errors import AutograderError
from autograder.limits import Limits, Tier
from autograder.sandbox import bubblewrap
from autograder.sandbox.confined.kernel import landlock
from autograder.sandbox.process import End, EndReason, SandboxedProcess
from autograder.sandbox.root import SandboxRoot, trial_root
from autograder.sandbox.zygote_client import ZygoteClient, ZygoteEnded

__all__ = ["SandboxedProcess", "Limits", "NoSandbox", "Sandbox", "SandboxFailed", "Tier", "best_tier"]

Answer = TypeVar("Answer")
MAX_TRIES = 3
REMEDY = (
    "Install bubblewrap (apt install bubblewrap) on Linux where user namespaces are allowed, or pass --no-sandbox to "
    "run what was handed in with all rights that you have"
)


class NoSandbox(AutograderError):
    """Nothing on this machine can confine a submission."""


class SandboxFailed(AutograderError):
    """A sandbox that works on this machine could not be started this time."""


@lru_cache(maxsize=1)
def best_tier() -> tuple[Tier, str]:
    """The strongest way to confine a submission that works here, and why a stronger one does not.

    Each is tried with a confined process that does nothing.
    """
    reasons: list[str] = []
    for tier in (Tier.BUBBLEWRAP, Tier.LANDLOCK):
        trouble = tier_problem(tier)
        if not trouble:
            return tier, "; ".join(reasons)
        reasons.append(f"{tier.value}: {trouble}")
    return Tier.NONE, "; ".join(reasons)


def tier_problem(tier: Tier) -> str:
    """Why a tier does not work here; nothing, if it does."""
    if sys.platform != "linux":
        return "only Linux has it"
    if tier is Tier.BUBBLEWRAP and bubblewrap.program() is None:
        return "bwrap is not installed"
    if tier is Tier.LANDLOCK and landlock.abi_version() < landlock.MIN_ABI:
        return "needs Linux 6.2 or later, with Landlock switched on"
    try:
        with Sandbox(trial_root(), Limits(), tier, bare=True) as sandbox, sandbox.fork("trial") as process:
            end = process.ended(10.0)
            return "" if end == End(EndReason.EXITED) else f"the trial was {end}"
    except (AutograderError, OSError, subprocess.SubprocessError) as error:
        return str(error)


class Sandbox:
    """Forks a process for each submission from a zygote that has imported everything.

    Parameters
    ----------
    root : SandboxRoot
    limits : Limits
    tier : Tier, optional
        The best that works here, unless it is said. ``Tier.NONE`` has to be.
    bare : bool
        For a trial: nothing is imported and nothing runs.
    prestart : bool
        Start the next process like the last one ahead of time, for whoever grades many submissions of one unit.
    """

    def __init__(
        self,
        root: SandboxRoot,
        limits: Limits | None = None,
        tier: Tier | None = None,
        *,
        bare: bool = False,
        prestart: bool = False,
    ) -> None:
        self.root, self.limits, self.bare, self.prestart = root, limits or Limits(), bare, prestart
        self.tier = choose_tier(tier)
        self._prestarted: tuple[str, SandboxedProcess] | None = None
        self._zygote: ZygoteClient | None = None
        self._running: set[SandboxedProcess] = set()

    def start(self) -> None:
        """Start the zygote, and wait until it is ready.

        Raises
        ------
        SandboxFailed
        """
        self._with_zygote(ZygoteClient.wait_until_ready)

    def fork(self, cwd: str) -> SandboxedProcess:
        """A process for one submission.

        Parameters
        ----------
        cwd : str
            Its working directory, below the submission's home.

        Raises
        ------
        SandboxFailed
        """
        if PurePosixPath(cwd).is_absolute() or ".." in PurePosixPath(cwd).parts or "\0" in cwd:
            raise SandboxFailed(f"{cwd!r} can't be put into a sandbox: name a place below the submission's home.")
        process = self._take_prestarted(cwd) or self._start_process(cwd)
        trouble = process.wait_until_ready()
        if trouble:
            process.close()
            raise SandboxFailed(f"The sandbox ({self.tier.value}) could not be made: {trouble}.")
        if self.prestart and self.tier is Tier.BUBBLEWRAP:
            self._prestarted = cwd, self._start_process(cwd)
        return process

    def _start_process(self, cwd: str) -> SandboxedProcess:
        """A process that was started, and is not ready yet."""
        return self._with_zygote(lambda zygote: self._fork(zygote, cwd))

    def _take_prestarted(self, cwd: str) -> SandboxedProcess | None:
        """The process that was started ahead of time, if it is the one that is wanted now and still runs."""
        if self._prestarted is None:
            return None
        prestarted_in, process = self._prestarted
        self._prestarted = None
        if prestarted_in == cwd and process.ended() is None:
            return process
        process.close_in_background()
        return None

    def _with_zygote(self, use: Callable[[ZygoteClient], Answer]) -> Answer:
        """Use the zygote; one that has died is replaced, and tried again."""
        for _ in range(MAX_TRIES):
            if self._zygote is None:
                self._zygote = self._new_zygote()
            try:
                return use(self._zygote)
            except ZygoteEnded as error:
                problem = str(error)
                self._zygote.stop()
                self._zygote = None
        raise SandboxFailed(f"The sandbox ({self.tier.value}) does not start: {problem}.")

    def _new_zygote(self) -> ZygoteClient:
        return ZygoteClient(self.root, self.limits, self.tier, bare=self.bare)

    def _fork(self, zygote: ZygoteClient, cwd: str) -> SandboxedProcess:
        ours, theirs = socket.socketpair()
        status_read, status_write = os.pipe()
        try:
            with theirs:
                child, pidfd = zygote.fork(cwd, theirs.fileno(), status_write)
        except BaseException:
            ours.close()
            os.close(status_read)
            raise
        finally:
            os.close(status_write)
        process = SandboxedProcess(zygote, ours, status_read, child, pidfd, self.limits)
        self._running.add(process)
        process.on_close = self._running.discard
        if not zygote.namespaces:  # it is for this submission alone; the next one gets ready meanwhile
            self._zygote = None if self.bare else self._new_zygote()
        return process

    def stop(self) -> None:
        """Kill the zygote, and every submission that still runs."""
        self._prestarted = None
        for process in list(self._running):
            process.close()
        if self._zygote is not None:
            self._zygote.stop()
            self._zygote = None

    def __enter__(self) -> "Sandbox":
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()


def choose_tier(tier: Tier | None) -> Tier:
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
