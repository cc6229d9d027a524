"""bubblewrap's command line: what the zygote sees of this machine."""

import os
import shutil

from autograder.sandbox.root import ROOT_LINKS, SandboxRoot

WRITABLE = "/student"
ROOT_MOUNT = "/site"
CAPABILITIES = ("CAP_SYS_ADMIN", "CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP", "CAP_CHOWN")
"""What the zygote keeps as root, to make namespaces and to change to a user of its own for each submission."""


def program() -> str | None:
    """Where bubblewrap is."""
    return shutil.which("bwrap")


def command(root: SandboxRoot, environment: dict[str, str], inner: list[str]) -> list[str]:
    """The command that runs another inside bubblewrap.

    As root no user namespace is made: inside one, root stays root where the kernel counts processes, and
    bubblewrap covers parts of ``/proc`` so that no other can be mounted. An ordinary user needs one.

    Parameters
    ----------
    root : SandboxRoot
    environment : dict of str to str
        All of it; bubblewrap itself is to be started with none.
    inner : list of str
    """
    words = [program() or "bwrap", "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    words += ["--unshare-cgroup-try", "--hostname", "grader", "--new-session", "--cap-drop", "ALL"]
    if os.geteuid() == 0:
        words += [word for capability in CAPABILITIES for word in ("--cap-add", capability)]
    else:
        words += ["--unshare-user"]
    for link in ROOT_LINKS:
        if os.path.islink(link):
            words += ["--symlink", os.readlink(link), link]
        elif os.path.isdir(link):
            words += ["--ro-bind", link, link]
    words += ["--proc", "/proc", "--dev", "/dev"]
    words += _mounts(root)
    words += ["--ro-bind", str(root.folder), ROOT_MOUNT, "--dir", "/tmp", "--tmpfs", WRITABLE, "--chdir", "/"]
    words += ["--remount-ro", "/dev", "--remount-ro", "/"]
    for name, value in environment.items():
        words += ["--setenv", name, value]
    return [*words, "--", *inner]


def _mounts(root: SandboxRoot) -> list[str]:
    """The options that bind what is visible and cover what is hidden in it; a folder comes before what lies in it."""
    words: list[str] = []
    covered = [path for path in root.hidden if any(path.is_relative_to(shown) for shown in root.shown)]
    above = {parent for path in (*root.shown, *covered) for parent in path.parents[:-1]}
    for path in sorted({*root.shown, *covered} | above, key=lambda path: len(path.parts)):
        if path in covered:
            words += ["--tmpfs", str(path)] if path.is_dir() else ["--ro-bind", os.devnull, str(path)]
        elif path in root.shown:
            words += ["--ro-bind", str(path), str(path)]
        else:  # bubblewrap would make it as well, but closed to all but its owner
            words += ["--dir", str(path)]
    return words + [word for path in covered if path.is_dir() for word in ("--remount-ro", str(path))]


def scratch(root: SandboxRoot) -> list[tuple[str, str, list[str]]]:
    """Where a submission's own folders are bound, besides below :data:`WRITABLE`, and what is shown there."""
    wanted = [("tmp", "/tmp"), ("shm", "/dev/shm")]
    return [(name, place, [str(path) for path in root.shown if path.is_relative_to(place)]) for name, place in wanted]
