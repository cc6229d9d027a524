"""Write requirements.txt from pyproject.toml, and environment.yml (which Binder reads) from requirements.txt.

Needs ``uv``. The files name no index and no host.
"""

import subprocess
import sys
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
BINDER = {
    "python_version": "3.11",
    "python_full_version": "3.11.9",
    "sys_platform": "linux",
    "os_name": "posix",
    "platform_system": "Linux",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "implementation_name": "cpython",
}
HEAD = """\
# Written by `make pins` from requirements.txt; Binder reads it. The course itself is installed by postBuild, so that a
# new commit does not install all of this again.
name: backprop
channels:
  - conda-forge
dependencies:
  - python=3.11
  - pip
  - pip:
"""


def compile_requirements() -> None:
    """Let uv resolve pyproject.toml for Python 3.11 to 3.13 on every system."""
    subprocess.run(
        [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--all-extras", "--universal"]
        + ["--python-version", "3.11", "--no-header", "--no-annotate", "--quiet", "--upgrade"]
        + ["--output-file", "requirements.txt"],
        cwd=ROOT,
        check=True,
    )


def binder_pins(requirements: str) -> list[str]:
    """The pins that hold on Binder: Python 3.11 on Linux."""
    pins = []
    for line in requirements.splitlines():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate(BINDER):
            pins.append(f"{requirement.name}{requirement.specifier}")
    return pins


def environment(requirements: str) -> str:
    """The text of environment.yml."""
    return HEAD + "".join(f"      - {pin}\n" for pin in binder_pins(requirements))


if __name__ == "__main__":
    compile_requirements()
    (ROOT / "environment.yml").write_text(environment((ROOT / "requirements.txt").read_text()))
