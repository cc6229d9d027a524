"""``timestamp.txt``: one way of reading it, and a note where it can't be read so."""

import os
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.utils import parse_utc

from autograder.submissions.timestamp import NO_TIMESTAMP, Timestamp, parse_timestamp, read_timestamp

SIX = datetime(2026, 1, 31, 18)
READ = {
    "2026-01-31 18:00:00 UTC": SIX,
    "2026-01-31 18:00:00.000000 UTC\n": SIX,
    "2026-01-31 18:00:00": SIX,
    "2026-01-31 18:00": SIX,
    "2026-01-31T18:00:00Z": SIX,
    "2026-01-31T19:00:00+01:00": SIX,
    "2026-01-31 19:00:00 +01:00": SIX,
    "2026-01-31 10:00:00 -0800": SIX,
    "2026-01-31 10:00:00 -08": SIX,
    "2026-01-31 18:00:00,250 +00:00": SIX.replace(microsecond=250_000),
    "2026-02-01 07:45:00 +13:45": SIX,
    "20260131T180000Z": SIX,
    "20260131T100000-0800": SIX,
    "20260131 1800": SIX,
    "20260131T180000.25+00": SIX.replace(microsecond=250_000),
    "2026-01-31t18:00:00z": SIX,
    "2026-01-31 18:00:00 GMT": SIX,
    "2026-01-31 10:00:00 \N{MINUS SIGN}08:00": SIX,
}
UNREAD = (
    "",
    "yesterday, more or less",
    "2026-01-31",
    "18:00",
    "05.01.2026",
    "05.01.2026 18:00",
    "01/02/2026 18:00",
    "2026-01-31 6:00 pm",
    "05/01/2026 18:00:00 +0100",
    "Saturday, 31 January 2026, 6:00 PM",
    "31 Jan 2026 18:00 UTC",
    "2026-01-31 18:00:00 CET",
    "2026-01-31 18:00:00 IST",
    "2026-01-31 18:00:00 GMT+1",
    "1769882400",
    "202601311800",
    "260131T180000Z",
    "2026-W05-6T18:00:00Z",
    "2026-031T18:00:00Z",
    "2026-01-31T24:30:00Z",
    "2026-01-31 18:00:00 PST",
    "2026-01-31 18:00:00 Europe/Berlin",
    "2026-01-31 18:00:00 UTC+1",
    "2026-01-31 18:00:00 +25:00",
    "2026-01-31 18:00:00 -800",
    "2026-02-30 18:00:00 UTC",
    "2026-01-31 18:00:00 ../../x",
    "2026-01-31 18:00:00 /proc/self/mem",
    "2026-01-31 18:00:00 /dev/stdin",
    "2026-01-31 18:00:00 UTC 2026-02-01 18:00:00 UTC",
    "2026-01-31 18:00:00 UTC\n2026-02-01 18:00:00 UTC",
    "0001-01-01 00:00:00 +14:00",
    "9999-12-31 23:59:59 -01:00",
    "٢٠٢٦-01-31 18:00:00",
    "2026-01-31 18:00:00\0",
)
NO_TIME = "it names no date and time with an offset in numbers, such as 2026-01-31 18:00:00 +01:00"


def noted(fault):
    return Timestamp(note=f"timestamp.txt is left out of account: {fault}")


@pytest.mark.parametrize("text", READ)
def test_time_with_an_offset_in_numbers_or_in_utc_is_read(text, tmp_path):
    (tmp_path / "timestamp.txt").write_text(text, encoding="utf-8")
    assert read_timestamp(tmp_path) == Timestamp(READ[text])


@pytest.mark.parametrize("text", UNREAD)
def test_anything_else_is_noted_and_opens_nothing(text, tmp_path, monkeypatch):
    (tmp_path / "timestamp.txt").write_text(text)
    opened, whole = [], os.open
    monkeypatch.setattr(os, "open", lambda path, *rest, **named: opened.append(path) or whole(path, *rest, **named))
    assert read_timestamp(tmp_path) == noted(NO_TIME)
    assert opened == [tmp_path, "timestamp.txt"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_mark_of_an_encoding_is_ignored(encoding, tmp_path):
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    (tmp_path / "timestamp.txt").write_bytes(f"{mark}2026-01-31 18:00:00 UTC\r\n".encode(encoding))
    assert read_timestamp(tmp_path) == Timestamp(SIX)


@pytest.mark.parametrize("data", [b"2026-01-31 18:00:00 \xff", b"\xff\xfe2", b"\x80"])
def test_bytes_that_are_no_text_are_noted(data, tmp_path):
    (tmp_path / "timestamp.txt").write_bytes(data)
    assert read_timestamp(tmp_path) == noted(NO_TIME)


def large(path):
    with path.open("wb") as file:
        file.write(b"2026-01-31 18:00:00 UTC")
        file.truncate(1 << 40)


def wordy(path):
    path.write_text("2026-01-31 18:00:00 UTC" + " " * 2000)


def link(path):
    (path.parent / "elsewhere").write_text("2026-01-31 18:00:00 UTC")
    path.symlink_to("elsewhere")


KINDS = {
    os.mkfifo: "it is a named pipe, not a file",
    os.mkdir: "it is a folder",
    link: "it is a symbolic link",
    large: "it has 1099512 MB",
    wordy: "it has 2023 bytes",
}


@pytest.mark.parametrize("make", KINDS)
def test_what_is_no_small_file_is_noted(make, tmp_path):
    make(tmp_path / "timestamp.txt")
    assert read_timestamp(tmp_path) == noted(KINDS[make])


def test_folder_without_one_has_no_note(tmp_path):
    assert read_timestamp(tmp_path) == read_timestamp(tmp_path / "gone") == NO_TIMESTAMP == Timestamp()


@given(st.datetimes())
def test_time_is_written_as_nbgrader_reads_it(time):
    assert parse_utc(str(Timestamp(time))) == parse_timestamp(str(Timestamp(time))) == time
    assert str(NO_TIMESTAMP) == ""
