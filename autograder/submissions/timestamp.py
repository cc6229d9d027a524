"""When something was handed in: ``timestamp.txt``, read without looking anything up and without guessing."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.submissions.safe_open import FileMissing, UnreadableFile, read_bytes

TIMESTAMP_FILE = "timestamp.txt"
MAX_BYTES = 1000
SECONDS = r"\d\d(?:[.,]\d{1,9})?"
TIME = re.compile(
    rf"(?P<day>\d{{4}}-\d\d-\d\d|\d{{8}})[Tt ](?P<time>\d\d:\d\d(?::{SECONDS})?|\d{{4}}(?:{SECONDS})?)"
    r" ?(?:(?P<utc>[Zz]|UTC|GMT)|(?P<offset>[+\N{MINUS SIGN}-]\d\d(?::?\d\d)?))?",
    re.ASCII,
)
"""ISO 8601 in both of its forms, with UTC or an offset in numbers; nbgrader writes ``UTC`` behind a blank, or no zone
for UTC."""


@dataclass(frozen=True)
class Timestamp:
    """What ``timestamp.txt`` says.

    Attributes
    ----------
    time : datetime or None
        In UTC and without a zone, as nbgrader keeps it; None where there is no such file, or where it can't be read.
    note : str
        Why it can't be read, for the instructor.
    """

    time: datetime | None = None
    note: str = ""

    def __str__(self) -> str:
        """The time as nbgrader writes it; nothing where there is none."""
        return f"{self.time.isoformat(' ')} UTC" if self.time else ""


NO_TIMESTAMP = Timestamp()


def read_timestamp(folder: Path) -> Timestamp:
    """What the ``timestamp.txt`` in a folder says; it never fails, whatever lies there."""
    try:
        data = read_bytes(folder / TIMESTAMP_FILE, max_bytes=MAX_BYTES)
        time = parse_timestamp(_decode(data))
    except FileMissing:
        return NO_TIMESTAMP
    except UnreadableFile as error:
        return _unread(f"it {error.fault}")
    except (ValueError, OverflowError):
        return _unread("it names no date and time with an offset in numbers, such as 2026-01-31 18:00:00 +01:00")
    return Timestamp(time)


def _unread(fault: str) -> Timestamp:
    return Timestamp(note=f"{TIMESTAMP_FILE} is left out of account: {fault}")


def _decode(data: bytes) -> str:
    """Text with any mark of its encoding left out; editors and shells on Windows begin a file with one."""
    utf_16 = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    return data.decode("utf-16" if utf_16 else "utf-8-sig")


def parse_timestamp(text: str) -> datetime:
    """The time that a text names, in UTC and without a zone.

    Raises
    ------
    ValueError, OverflowError
        If it names none, or one that could be read in more than one way.
    """
    found = TIME.fullmatch(text.strip())
    if not found:
        raise ValueError("not of the form of a timestamp")
    offset = (found["offset"] or "+00:00").replace("\N{MINUS SIGN}", "-")
    time = datetime.fromisoformat(f"{found['day']} {found['time']}{offset}")
    return time.astimezone(UTC).replace(tzinfo=None)
