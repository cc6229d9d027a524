"""Archives from a learning platform: hostile ones are refused whole, one student's bomb costs that student alone."""

import stat
import struct
import zipfile
from datetime import datetime

import pytest

from autograder.collect import archive as archives
from autograder.collect.archive import Archive, HostileArchive
from autograder.errors import AutograderError, UnreadableSubmission


def zipped(path, **members):
    """An archive with members by name, each as bytes or as ZipInfo with bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(*data) if isinstance(data, tuple) else file.writestr(name, data)
    return path


@pytest.mark.parametrize(
    "name",
    ["/etc/a.ipynb", "../a.ipynb", "a/../../b.ipynb", "C:/a.ipynb", "..\\a.ipynb", "\\\\host\\a.ipynb", "a" * 1001],
)
def test_path_that_leads_out_of_the_archive_is_refused(tmp_path, name):
    info = zipfile.ZipInfo("x")
    info.filename = name
    with pytest.raises(HostileArchive, match=r"nothing of it was taken. Download it again"):
        Archive(zipped(tmp_path / "a.zip", good=b"1", bad=(info, b"2")))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_link_and_device_are_refused(tmp_path, kind):
    info = zipfile.ZipInfo("a.ipynb")
    info.external_attr = (kind | 0o777) << 16
    with pytest.raises(HostileArchive, match="holds a link or a device"):
        Archive(zipped(tmp_path / "a.zip", bad=(info, b"/etc/passwd")))


def test_encrypted_archive_is_refused(tmp_path):
    path = zipped(tmp_path / "a.zip", **{"a.ipynb": b"1"})
    data = bytearray(path.read_bytes())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + place] |= 1
    path.write_bytes(data)
    with pytest.raises(HostileArchive, match="is encrypted"):
        Archive(path)


def test_archive_of_too_many_files_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_MEMBERS", 2)
    with pytest.raises(HostileArchive, match="holds 3 files, and at most 2 are taken"):
        Archive(zipped(tmp_path / "a.zip", a=b"", b=b"", c=b""))


def test_archive_whose_notebooks_are_too_large_together_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_TOTAL_BYTES", 5)
    with Archive(zipped(tmp_path / "a.zip", a=b"123", b=b"456")) as archive:
        archive.require_room(archive.members[:1])
        with pytest.raises(HostileArchive, match="unpacks to more than"):
            archive.require_room(archive.members)


def test_file_that_unpacks_to_far_more_than_it_is_packed_is_not_read(tmp_path):
    with Archive(zipped(tmp_path / "a.zip", bomb=b"0" * 5_000_000, honest=b"0123456789" * 50_000)) as archive:
        bomb, honest = archive.members
        with pytest.raises(UnreadableSubmission, match="unpacks to more than 200 times"):
            archive.read(bomb)
        assert len(archive.read(honest)) == 500_000
        archive.require_room([bomb] * 1000)


def test_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_BYTES", 2_000_000)
    with Archive(zipped(tmp_path / "a.zip", large=bytes(range(256)) * 10_000)) as archive:
        (large,) = archive.members
        pytest.raises(UnreadableSubmission, archive.read, large).match("its outputs are to be cleared")


def test_file_is_never_longer_than_the_archive_says(tmp_path):
    """What is looked at is what the archive says of a size, so a size that is a lie must bound what is read."""
    path = zipped(tmp_path / "a.zip", **{"a.ipynb": b"0" * 5_000_000})
    data = path.read_bytes().replace(struct.pack("<I", 5_000_000), struct.pack("<I", 10))
    path.write_bytes(data)
    with Archive(path) as archive, pytest.raises(UnreadableSubmission, match="it is damaged in the archive"):
        archive.read(archive.members[0])


def test_damaged_file_costs_itself_alone(tmp_path):
    path = zipped(tmp_path / "a.zip", one=b"first of them", two=b"second of them")
    data = bytearray(path.read_bytes())
    data[data.index(b"one") + 5] ^= 0xFF
    path.write_bytes(data)
    with Archive(path) as archive:
        with pytest.raises(UnreadableSubmission, match="damaged"):
            archive.read(archive.members[0])
        assert archive.read(archive.members[1]) == b"second of them"


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04 cut off"])
def test_what_is_no_archive_is_told_so(tmp_path, data):
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(AutograderError, match=r"a.zip is no zip file, or was damaged on the way. Download it again."):
        Archive(tmp_path / "a.zip")
    with pytest.raises(AutograderError, match=r"b.zip can't be opened: No such file or directory."):
        Archive(tmp_path / "b.zip")


def test_names_are_utf_8_also_where_the_archive_does_not_say_so(tmp_path):
    path = zipped(tmp_path / "a.zip", **{"Zoe\u0308 Åström.ipynb": b"1", "folder/": b""})
    for data in (path.read_bytes(), path.read_bytes().replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00")):
        path.write_bytes(data)
        with Archive(path) as archive:
            assert [member.name for member in archive.members] == ["Zoë Åström.ipynb"]


def test_only_a_time_of_a_known_zone_is_one(tmp_path):
    info = zipfile.ZipInfo("a.ipynb", (2026, 3, 1, 18, 0, 0))
    info.extra = struct.pack("<HHBi", 0x5455, 5, 1, 1_772_409_600)
    with Archive(zipped(tmp_path / "a.zip", a=(info, b"1"), b=b"2")) as archive:
        assert [member.time for member in archive.members] == [datetime(2026, 3, 2), None]
        assert archive.members[0].written == (2026, 3, 1, 18, 0, 0)
