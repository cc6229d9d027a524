"""Opening a submitted file: only ordinary files of bounded size, whatever lies at the path."""

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from autograder.errors import UnreadableSubmission

MAX_BYTES = 50_000_000
MAX_NAMES_SHOWN = 5
ITSELF = "hand in the notebook itself"

REFUSED_KINDS = (
    (stat.S_ISLNK, "is a symbolic link"),
    (stat.S_ISDIR, "is a folder"),
    (stat.S_ISFIFO, "is a named pipe, not a file"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
)
READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
ENTER = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0)
"""To enter a folder takes no right to list it."""
ENTERS_FOLDERS = os.open in os.supports_dir_fd


class UnreadableFile(UnreadableSubmission):
    """A submitted file that is not read.

    Attributes
    ----------
    fault : str
        What is wrong with it, without its name and without advice.
    """

    def __init__(self, name: str, fault: str, advice: str) -> None:
        super().__init__(f"{name} {fault}; {advice}")
        self.fault = fault


class FileMissing(UnreadableSubmission):
    """There is no such file."""


def read_bytes(path: Path, within: Path | None = None, never: Iterable[Path] = (), max_bytes: int = MAX_BYTES) -> bytes:
    """The bytes of an ordinary file of bounded size; nothing else is opened, so no pipe can block.

    Parameters
    ----------
    path : Path
    within : Path, optional
        No folder between this one and the file may be a symbolic link.
    never : iterable of Path
        The course's own files: a hard link to one of them is refused.
    max_bytes : int

    Raises
    ------
    UnreadableSubmission
        Whatever prevents it.
    """
    try:
        with _entered(path.parent, within or path.parent) as folder:
            place = path if folder is None else path.name
            state = os.stat(place, dir_fd=folder, follow_symlinks=False)
            _require_regular_file(path.name, state, max_bytes)
            if any(own.exists() and os.path.samestat(state, own.stat()) for own in never):
                raise UnreadableFile(path.name, "is a link to the course's own file", "hand in your own notebook")
            return _read(path.name, os.open(place, READ, dir_fd=folder), state)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileMissing(f"there is no {path.name} in the folder, which {_format_names(path.parent)}") from error
    except (OSError, ValueError) as error:
        fault = f"can't be opened ({getattr(error, 'strerror', None) or error})"
        raise UnreadableFile(path.name, fault, "change its permissions, or hand it in again") from error


@contextlib.contextmanager
def _entered(folder: Path, within: Path) -> Iterator[int | None]:
    """A descriptor of a folder, or None on systems that have none for folders.

    From ``within`` on, each folder is entered from the one before, so that none can be exchanged for a link meanwhile.
    """
    parts = folder.relative_to(within).parts
    if not ENTERS_FOLDERS:
        for depth, part in enumerate(parts, 1):
            _require_own_folder(part, os.lstat(within.joinpath(*parts[:depth])))
        yield None
        return
    with contextlib.ExitStack() as opened:
        place = os.open(within, ENTER)
        opened.callback(os.close, place)
        for part in parts:
            _require_own_folder(part, os.stat(part, dir_fd=place, follow_symlinks=False))
            place = os.open(part, ENTER | os.O_NOFOLLOW, dir_fd=place)
            opened.callback(os.close, place)
        yield place


def _require_own_folder(name: str, state: os.stat_result) -> None:
    if stat.S_ISLNK(state.st_mode):
        raise UnreadableFile("its folder", "is a symbolic link", "hand in the files themselves")
    if not stat.S_ISDIR(state.st_mode):
        raise UnreadableFile(name, "is no folder", "hand in a folder of that name with the notebook in it")


def _require_regular_file(name: str, state: os.stat_result, max_bytes: int) -> None:
    for is_kind, fault in REFUSED_KINDS:
        if is_kind(state.st_mode):
            raise UnreadableFile(name, fault, ITSELF)
    if state.st_size > max_bytes:
        size = f"{state.st_size / 1e6:.0f} MB" if state.st_size >= 1e6 else f"{state.st_size} bytes"
        raise UnreadableFile(name, f"has {size}", "clear its outputs and hand it in again")


def _read(name: str, descriptor: int, state: os.stat_result) -> bytes:
    """The bytes of the file that was looked at: one that was exchanged or grew since is refused."""
    with open(descriptor, "rb") as file:
        data = file.read(state.st_size + 1)
        if not os.path.samestat(state, os.fstat(file.fileno())) or len(data) > state.st_size:
            raise UnreadableFile(name, "changed while it was read", "grade it again")
    return data


def _format_names(folder: Path) -> str:
    """That a folder holds a few names, in printable characters."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in islice(entries, 1000))
    except PermissionError:
        return "can't be listed"
    except (OSError, ValueError):
        names = []
    shown = [name if name.isprintable() and len(name) < 80 else ascii(name[:40]) for name in names[:MAX_NAMES_SHOWN]]
    return "holds " + (", ".join([*shown, "…"] if len(names) > MAX_NAMES_SHOWN else shown) or "nothing")
