"""Run the tests on each Python that the course promises, each in an environment of its own.

It needs nothing installed, and leaves ``.venv-3.11``, ``.venv-3.12`` and ``.venv-3.13`` for the next time. The tests in
a browser are left out: they look at JavaScript, which is the same under every Python.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ("3.11", "3.12", "3.13")


def candidates(version: str) -> Iterator[str]:
    """The places where a Python may be: a name on the PATH, then what pyenv and uv keep."""
    on_path = shutil.which(f"python{version}")
    if on_path:
        yield on_path
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    data = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    uv = Path(os.environ.get("UV_PYTHON_INSTALL_DIR", data / "uv" / "python"))
    for folder in (*pyenv.glob(f"{version}.*"), *uv.glob(f"cpython-{version}.*")):
        yield str(folder / "bin" / "python3")


def is_version(python: str, version: str) -> bool:
    """Whether a program is there, runs, and is this Python; pyenv puts names on the PATH that don't run."""
    try:
        said = subprocess.run([python, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return False
    return said.startswith(f"Python {version}.")


def find(version: str) -> str | None:
    """An interpreter of this version, if this machine has one."""
    return next((python for python in candidates(version) if is_version(python, version)), None)


def tests_pass(version: str, python: str) -> bool:
    """Run the tests on an interpreter; make sets up its environment the first time."""
    settings = [f"PYTHON={python}", f"VENV=.venv-{version}"]
    return (
        subprocess.run(["make", "--no-print-directory", "headless", *settings], cwd=ROOT, check=False).returncode == 0
    )


def main() -> int:
    """Run the tests on every version that is found, and say at the end what came of each; 0 if all passed."""
    results = {}
    for version in VERSIONS:
        python = find(version)
        print(f"Python {version}: {python or 'not found'}", flush=True)
        results[version] = "not found" if python is None else "passed" if tests_pass(version, python) else "failed"
    for version, result in results.items():
        print(f"Python {version}: {result}")
    if "not found" in results.values():
        print("Install what was not found: with pyenv, with uv, or as a program python3.x on the PATH.")
    return 0 if set(results.values()) == {"passed"} else 1


if __name__ == "__main__":
    sys.exit(main())
