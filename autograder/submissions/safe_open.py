"""Opening a submitted file: only ordinary files of bounded size, whatever lies at the path."""

import os
import stat
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from autograder.errors import UnreadableSubmission

MAX_BYTES = 50_000_000
MAX_NAMES_SHOWN = 5

REFUSED_KINDS = (
    (stat.S_ISLNK, "a symbolic link; hand in the notebook itself"),
    (stat.S_ISDIR, "a folder; hand in the notebook itself"),
    (stat.S_ISFIFO, "a named pipe, not a file; hand in the notebook itself"),
    (stat.S_ISSOCK, "a socket, not a file; hand in the notebook itself"),
    (stat.S_ISBLK, "a device, not a file; hand in the notebook itself"),
    (stat.S_ISCHR, "a device, not a file; hand in the notebook itself"),
)


def read_bytes(path: Path, within: Path | None = None, never: Iterable[Path] = ()) -> bytes:
    """The bytes of an ordinary file of bounded size; nothing else is opened, so no pipe can block.

    Parameters
    ----------
    path : Path
    within : Path, optional
        No folder between this one and the file may be a symbolic link.
    never : iterable of Path
        The course's own files: a hard link to one of them is refused.

    Raises
    ------
    UnreadableSubmission
    """
    for folder in path.parents if within else ():
        if folder == within:
            break
        if folder.is_symlink():
            raise UnreadableSubmission("its folder is a symbolic link; hand in the files themselves")
    state = _require_regular_file(path)
    for own in never:
        if own.exists() and os.path.samestat(state, own.stat()):
            raise UnreadableSubmission(f"{path.name} is a link to the course's own file; hand in your own notebook")
    try:
        return _read(path, state)
    except OSError as error:
        raise UnreadableSubmission(
            f"{path.name} can't be opened ({error.strerror}); change its permissions, or hand it in again"
        ) from error


def _require_regular_file(path: Path) -> os.stat_result:
    try:
        state = path.lstat()
    except (OSError, ValueError) as error:
        raise UnreadableSubmission(
            f"there is no {path.name} in the folder, which holds {_format_names(path.parent)}"
        ) from error
    for is_kind, words in REFUSED_KINDS:
        if is_kind(state.st_mode):
            raise UnreadableSubmission(f"{path.name} is {words}")
    if state.st_size > MAX_BYTES:
        raise UnreadableSubmission(
            f"{path.name} has {state.st_size / 1e6:.0f} MB; clear its outputs and hand it in again"
        )
    return state


def _read(path: Path, state: os.stat_result) -> bytes:
    """The bytes of the file that was looked at: one that was exchanged or grew since is refused."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags), "rb") as file:
        data = file.read(state.st_size + 1)
        if not os.path.samestat(state, os.fstat(file.fileno())) or len(data) > state.st_size:
            raise UnreadableSubmission(f"{path.name} changed while it was read; grade it again")
    return data


def _format_names(folder: Path) -> str:
    """A few names of what a folder holds, in printable characters."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in islice(entries, 1000))
    except (OSError, ValueError):
        return "nothing"
    shown = [name if name.isprintable() and len(name) < 80 else ascii(name[:40]) for name in names[:MAX_NAMES_SHOWN]]
    return ", ".join([*shown, "…"] if len(names) > MAX_NAMES_SHOWN else shown) or "nothing"
