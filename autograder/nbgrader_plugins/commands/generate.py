"""What ``nbgrader generate_assignment`` and formgrader's button leave where they fail: the release that there was."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import BaseConverter

STAYS = (
    "The release of %s stays as it was. If exercises of a unit that is graded already shall change, "
    "run: python -m autograder build %s --change"
)


def generate_keeps_the_release() -> None:
    """Let nbgrader put back the release that it removed, where it can't make another.

    nbgrader has no setting for this. As it comes, it removes the release first, and then refuses to change a unit that
    is graded already.
    """

    def convert_notebooks(converter: Any) -> None:
        unit = converter.coursedir.assignment_id
        release = Path(converter._format_dest(unit, "."))
        with tempfile.TemporaryDirectory(prefix=".release-", dir=converter.coursedir.root) as folder:
            kept = Path(folder) / "kept"
            if release.is_dir():
                shutil.copytree(release, kept)
            try:
                BaseConverter.convert_notebooks(converter)
            except BaseException:
                if kept.is_dir():
                    shutil.rmtree(release, ignore_errors=True)
                    shutil.move(kept, release)
                    converter.log.error(STAYS, unit, unit)
                raise

    GenerateAssignment.convert_notebooks = convert_notebooks
