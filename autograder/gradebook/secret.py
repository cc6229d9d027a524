"""The secret of a submission: nbgrader's exchange leaves it beside the notebook, and names released feedback by it.

``nbgrader submit`` draws it, keeps it with the student's own copy, and hands it in as ``submission_secret.txt``.
``nbgrader release_feedback`` puts the page where only somebody who knows it looks, as ``nbgrader fetch_feedback`` does.
"""

import contextlib
import re
from pathlib import Path

from autograder.files import write_if_changed
from autograder.submissions.safe_open import FileMissing, UnreadableFile, read_bytes

SECRET_FILE = "submission_secret.txt"
SECRET = re.compile(rb"[0-9a-f]{32,256}")
"""What nbgrader draws: so many digits that nobody guesses them, and nothing that a path or a page would read."""
MAX_BYTES = 1000


def read_secret(folder: Path) -> str:
    """The secret beside a notebook; nothing where there is none that nbgrader could have drawn, whatever lies there."""
    with contextlib.suppress(FileMissing, UnreadableFile):
        data = read_bytes(folder / SECRET_FILE, max_bytes=MAX_BYTES)
        return data.decode("ascii") if SECRET.fullmatch(data) else ""
    return ""


def keep_secret(folder: Path, secret: str) -> None:
    """Let a graded notebook have the secret of what was handed in, and no other.

    Raises
    ------
    OSError
    """
    if secret:
        write_if_changed(folder / SECRET_FILE, secret)
    else:
        (folder / SECRET_FILE).unlink(missing_ok=True)
