"""The secret beside a notebook: what nbgrader draws is taken over, and nothing else that may lie there."""

import os
import secrets

import pytest

from autograder.gradebook.secret import SECRET_FILE, keep_secret, read_secret


def test_secret_is_read_as_nbgrader_writes_it(tmp_path):
    drawn = secrets.token_hex(64)
    (tmp_path / SECRET_FILE).write_text(drawn)
    assert read_secret(tmp_path) == drawn


def pipe(place):
    os.mkfifo(place)


def link(place):
    (place.parent / "elsewhere").write_text("0" * 128)
    place.symlink_to(place.parent / "elsewhere")


def folder(place):
    place.mkdir()


def nothing(place):
    pass


@pytest.mark.parametrize("lay", [pipe, link, folder, nothing])
def test_what_is_no_file_is_no_secret(tmp_path, lay):
    (tmp_path / "ada").mkdir()
    lay(tmp_path / "ada" / SECRET_FILE)
    assert read_secret(tmp_path / "ada") == ""


@pytest.mark.parametrize(
    "data", [b"", b"0" * 8, b"0" * 2000, b"../" * 43, b"0" * 127 + b"\n", b"\xff" * 128, "٠".encode() * 128]
)
def test_what_nbgrader_does_not_write_is_no_secret(tmp_path, data):
    (tmp_path / SECRET_FILE).write_bytes(data)
    assert read_secret(tmp_path) == ""


def test_secret_of_an_earlier_submission_does_not_stay(tmp_path):
    keep_secret(tmp_path, "0" * 128)
    keep_secret(tmp_path, "1" * 128)
    assert read_secret(tmp_path) == "1" * 128
    keep_secret(tmp_path, "")
    keep_secret(tmp_path, "")
    assert list(tmp_path.iterdir()) == []
