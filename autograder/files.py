"""Writing files whole or not at all."""

from pathlib import Path


def write_if_changed(path: Path, text: str) -> None:
    """Write a text file whole or not at all, and only if it changes; see :func:`write_bytes_if_changed`."""
    write_bytes_if_changed(path, text.encode("utf-8"))


def write_bytes_if_changed(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, and only if it changes.

    Raises
    ------
    OSError
        Which names the file.
    """
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".half")
    try:
        half.write_bytes(data)
        half.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        half.unlink(missing_ok=True)
