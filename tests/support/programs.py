"""The environment's programs, run as from a shell."""

import os
import subprocess
import sys
from pathlib import Path

from autograder.paths import Course

PROGRAMS = Path(sys.executable).parent


def ran(course: Course, program: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a course's folder, with the environment not activated."""
    return subprocess.run(
        [str(PROGRAMS / program), *arguments],
        capture_output=True,
        text=True,
        cwd=course.root,
        check=False,
        env={**os.environ, **environment},
    )
