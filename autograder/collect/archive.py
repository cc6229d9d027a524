"""Reading an archive from a learning platform: nothing is unpacked to disk, and each notebook is read within bounds."""

import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from autograder.errors import AutograderError, UnreadableSubmission
from autograder.naming.people import composed
from autograder.submissions.safe_open import MAX_BYTES

MAX_MEMBERS = 20_000
MAX_TOTAL_BYTES = 4_000_000_000
"""Of all notebooks of an archive together."""
MAX_RATIO = 200
"""How many times its packed size a notebook may have; one that is full of the same picture has about fifty."""
SMALL_BYTES = 1_000_000
"""Below this size the ratio does not matter."""
MAX_PATH = 1000
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
UTF_8, ENCRYPTED = 0x800, 0x1
EXTENDED_TIME = 0x5455
DRIVE = re.compile("[A-Za-z]:")


class HostileArchive(AutograderError):
    """An archive that no learning platform writes; nothing of it is taken."""


@dataclass(frozen=True)
class Member:
    """A file in an archive.

    Attributes
    ----------
    path : str
        With its accents composed.
    time : datetime or None
        When the file was written, in UTC and without a zone; None where the archive does not say in which zone.
    written : tuple of int
        The same as the archive has it, in whatever zone: to compare members of one archive.
    """

    path: str
    time: datetime | None
    written: tuple[int, ...]
    info: zipfile.ZipInfo

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name


class Archive:
    """An open archive, whose members have been looked at.

    Parameters
    ----------
    file : Path

    Attributes
    ----------
    members : list of Member
        Its files, without its folders.

    Raises
    ------
    AutograderError
        If it is no zip file.
    HostileArchive
        If a member leads out of the archive, is a link or is encrypted, or if there are too many.
    """

    def __init__(self, file: Path) -> None:
        self._name = file.name
        try:
            self._zip = zipfile.ZipFile(file)
        except OSError as error:
            raise AutograderError(f"{file} can't be opened: {error.strerror or error}.") from error
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
            raise AutograderError(
                f"{file.name} is no zip file, or was damaged on the way. Download it again."
            ) from error
        try:
            self.members = list(self._checked())
        except BaseException:
            self._zip.close()
            raise

    def _checked(self) -> Iterator[Member]:
        infos = self._zip.infolist()
        if len(infos) > MAX_MEMBERS:
            raise self._refused(f"holds {len(infos)} files, and at most {MAX_MEMBERS} are taken")
        for info in infos:
            path = _decoded(info)
            shown = path if path.isprintable() else ascii(path)
            if path.startswith("/") or DRIVE.match(path) or ".." in path.split("/") or len(path) > MAX_PATH:
                raise self._refused(f"has a path that leads out of it or has no end, {shown[:80]}")
            mode = info.external_attr >> 16
            if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
                raise self._refused(f"holds a link or a device, {shown}")
            if info.flag_bits & ENCRYPTED:
                raise self._refused("is encrypted")
            if not path.endswith("/"):
                yield Member(composed(path), _utc(info), info.date_time, info)

    def _refused(self, fault: str) -> HostileArchive:
        return HostileArchive(f"{self._name} {fault}; nothing of it was taken. Download it again from the platform.")

    def require_room(self, chosen: Iterable[Member]) -> None:
        """Refuse the archive where these members together are too large.

        Raises
        ------
        HostileArchive
        """
        total = sum(member.info.file_size for member in chosen if not _fault_of(member.info))
        if total > MAX_TOTAL_BYTES:
            raise self._refused(f"unpacks to more than {MAX_TOTAL_BYTES // 1_000_000_000} GB")

    def read(self, member: Member) -> bytes:
        """A member's bytes, never more than the archive says that there are.

        Raises
        ------
        UnreadableSubmission
            If it is too large, unpacks to far more than it is packed, or is damaged.
        """
        if fault := _fault_of(member.info):
            raise UnreadableSubmission(fault)
        try:
            return self._zip.read(member.info)
        except DAMAGED as error:
            raise UnreadableSubmission("it is damaged in the archive; download that again") from error

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *error: object) -> None:
        self._zip.close()


def _fault_of(info: zipfile.ZipInfo) -> str:
    """Why a member is not read; empty if it is."""
    if info.file_size > MAX_BYTES:
        return f"it has more than {MAX_BYTES // 1_000_000} MB; its outputs are to be cleared"
    if info.file_size > max(SMALL_BYTES, MAX_RATIO * info.compress_size):
        return f"it unpacks to more than {MAX_RATIO} times its packed size; its outputs are to be cleared"
    return ""


def _decoded(info: zipfile.ZipInfo) -> str:
    """A member's path: UTF-8, also where the archive does not say so; backslashes divide as slashes do."""
    path = info.orig_filename
    if not info.flag_bits & UTF_8:
        try:
            path = path.encode("cp437").decode("utf-8")
        except UnicodeError:
            path = info.orig_filename
    return path.replace("\\", "/")


def _utc(info: zipfile.ZipInfo) -> datetime | None:
    """The time in the field that Unix programs add, which alone has a known zone."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == EXTENDED_TIME and size >= 5 and len(extra) >= 9 and extra[4] & 1:
            seconds = struct.unpack_from("<i", extra, 5)[0]
            return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
        extra = extra[4 + size :]
    return None
