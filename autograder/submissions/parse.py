"""Reading a submitted notebook: its cells' text and names are taken, or there is a reason for the student.

Only ordinary files are opened, of at most ``safe_open.MAX_BYTES``; outputs are cut out before anything is parsed (see
:mod:`autograder.submissions.strip_outputs`). So the memory needed is the file's size and what JSON makes of
``strip_outputs.MAX_KEPT`` bytes: less than 200 MB for the worst file, a few for an honest one.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from autograder.errors import UnreadableSubmission
from autograder.submissions.strip_outputs import strip_outputs
from course.text import encodable

MAX_CELLS = 1_000
MAX_CHARACTERS = 1_000_000
MAX_LINE_CHARACTERS = 500_000
"""So long that a picture pasted into a line of text still fits."""

FOREIGN_FORMATS = (
    (rb"version https://git-lfs", "a pointer to a file in Git LFS; hand in the notebook that it points to"),
    (rb"<{7} ", "in a merge conflict of git; settle it and hand it in again"),
    (rb"\0", "full of NUL bytes, so it was damaged on the way; hand it in again"),
    (rb"\xff\xfe|\xfe\xff|.\0", "not saved as UTF-8; open it in Jupyter, save it and hand it in again"),
    (rb"PK\x03\x04|\x1f\x8b|7z\xbc\xaf|Rar!|BZh", "an archive; unpack it and hand in the notebook"),
    (rb"%PDF|\x89PNG|\xff\xd8\xff", "a picture or a printed page; hand in the notebook itself"),
    (rb"\s*<", "a web page, not the notebook; download the notebook itself and hand it in"),
    (rb"\s*(?:#|import |from |def |class |\"\"\"|%)", "a Python file under another name; hand in the notebook itself"),
)


@dataclass(frozen=True)
class SubmittedCell:
    """All that is taken from one submitted cell."""

    kind: str
    text: str
    id: str | None = None
    grade_id: str | None = None


@dataclass(frozen=True)
class Notebook:
    """A submitted notebook: its cells, what it says it was made from, and a fingerprint of its bytes."""

    cells: tuple[SubmittedCell, ...]
    unit: str = ""
    release: str = ""
    version: str = ""
    fingerprint: str = ""


def parse_notebook(data: bytes, name: str) -> Notebook:
    """What is taken of a notebook's bytes.

    Raises
    ------
    UnreadableSubmission
    """
    notebook = decode_notebook(data, name)
    about = notebook["metadata"].get("course")
    about = about if isinstance(about, dict) else {}
    origin = {key: _short_text(about.get(key)) or "" for key in ("unit", "release", "text")}
    cells = tuple(_submitted_cell(cell, number, name) for number, cell in enumerate(notebook["cells"], 1))
    return Notebook(cells, origin["unit"], origin["release"], origin["text"], fingerprint_of(data))


def fingerprint_of(data: bytes) -> str:
    """A short fingerprint of a submission's bytes."""
    return hashlib.sha256(data).hexdigest()[:16]


def decode_notebook(data: bytes, name: str) -> dict[str, Any]:
    """A notebook of version 4 as JSON gives it, with no outputs; its cells have a kind, a text and metadata.

    Raises
    ------
    UnreadableSubmission
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not re.search(rb"\S", data):
        raise UnreadableSubmission(f"{name} is empty; save the notebook and hand it in again")
    for pattern, words in FOREIGN_FORMATS:
        if re.match(pattern, data, re.S):
            raise UnreadableSubmission(f"{name} is {words}")
    if not re.match(rb"\s*[\[{]", data):
        raise UnreadableSubmission(f"{name} is no notebook; hand in the file that Jupyter saved")
    notebook = _parse_json(strip_outputs(data, name), name)
    _require_version_4(notebook, name)
    return notebook


def _parse_json(data: bytes, name: str) -> Any:
    if b"\0" in data:
        raise UnreadableSubmission(f"{name} is full of NUL bytes, so it was damaged on the way; hand it in again")
    if re.search(rb"^(?:<{7}|>{7}) ", data, re.M):
        raise UnreadableSubmission(f"{name} is in a merge conflict of git; settle it and hand it in again")
    try:
        return json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UnreadableSubmission(
            f"{name} is not saved as UTF-8; open it in Jupyter, save it and hand it in again"
        ) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableSubmission(f"{name} is damaged; save it in Jupyter and hand it in again") from error


def _require_version_4(notebook: Any, name: str) -> None:
    version = notebook.get("nbformat") if isinstance(notebook, dict) else None
    if type(version) is int and version in (1, 2, 3):
        raise UnreadableSubmission(f"it is a notebook of version {version}; open it in Jupyter and save it")
    if type(version) is int and 4 < version < 1000:
        raise UnreadableSubmission(
            f"it is a notebook of version {version}, newer than can be graded; save it with the course's JupyterLab"
        )
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if version != 4 or not isinstance(cells, list) or not all(map(_is_cell, cells)):
        raise UnreadableSubmission(f"{name} has the form of no notebook of version 4; start from the released notebook")
    if len(cells) > MAX_CELLS:
        raise UnreadableSubmission(
            f"{name} has {len(cells)} cells, and at most {MAX_CELLS} are graded; delete what you don't need"
        )
    if not isinstance(notebook.setdefault("metadata", {}), dict):
        notebook["metadata"] = {}


def _is_cell(cell: Any) -> bool:
    if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str):
        return False
    if not isinstance(cell.setdefault("metadata", {}), dict):
        cell["metadata"] = {}
    source = cell.get("source")
    return isinstance(source, str) or (isinstance(source, list) and all(isinstance(line, str) for line in source))


def _submitted_cell(cell: dict[str, Any], number: int, name: str) -> SubmittedCell:
    source = cell["source"]
    text = source if isinstance(source, str) else "".join(source)
    where = f"cell {number} of {name}"
    if len(text) > MAX_CHARACTERS:
        raise UnreadableSubmission(f"{where} has {len(text)} characters; put less into it and hand it in again")
    if max(map(len, text.split("\n"))) > MAX_LINE_CHARACTERS:
        raise UnreadableSubmission(
            f"{where} has a line of more than {MAX_LINE_CHARACTERS} characters; break it and hand it in again"
        )
    if "\0" in text:
        raise UnreadableSubmission(f"{where} holds a NUL character; type its text anew and hand it in again")
    if encodable(text) != text:
        raise UnreadableSubmission(f"{where} holds half a character; type its text anew and hand it in again")
    metadata = cell["metadata"]
    nbgrader = metadata.get("nbgrader")
    kind = cell["cell_type"] if cell["cell_type"] in ("code", "markdown") else "raw"
    grade_id = _short_text(nbgrader.get("grade_id")) if isinstance(nbgrader, dict) else None
    # Where Colab saves an older format, it keeps ids in the metadata.
    return SubmittedCell(kind, text, _short_text(cell.get("id")) or _short_text(metadata.get("id")), grade_id)


def _short_text(value: Any) -> str | None:
    """A short name that can be printed, or nothing."""
    return value if isinstance(value, str) and 0 < len(value) <= 200 and value.isprintable() else None
