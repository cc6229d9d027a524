"""Pins, targets and Binder hold together."""

import re
import subprocess
import sys
import tomllib

import pytest
from packaging.requirements import Requirement
from support.courses import ROOT

sys.path.insert(0, str(ROOT / "tools"))
import pins  # noqa: E402 - tools/ is no package

REQUIREMENTS = (ROOT / "requirements.txt").read_text(encoding="utf-8")
ENVIRONMENT = (ROOT / "environment.yml").read_text(encoding="utf-8")


def test_requirements_pin_every_direct_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    pinned = {}
    for line in REQUIREMENTS.splitlines():
        requirement = Requirement(line)
        pinned.setdefault(requirement.name.lower(), []).append(str(requirement.specifier).removeprefix("=="))
    for text in wanted:
        requirement = Requirement(text)
        for version in pinned[requirement.name.lower()]:
            assert requirement.specifier.contains(version), text


def test_requirements_are_exact_and_name_no_host():
    for line in REQUIREMENTS.splitlines():
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; .+)?", line), line


def test_environment_has_the_same_pins():
    assert pins.environment(REQUIREMENTS) == ENVIRONMENT


def test_environment_asks_conda_for_python_and_pip_alone():
    conda = re.findall(r"^  - (\S+)$", ENVIRONMENT, re.M)
    assert conda == ["conda-forge", "python=3.11", "pip", "pip:"]


def test_post_build_installs_the_course_without_dependencies():
    assert "pip install --no-deps ." in (ROOT / "postBuild").read_text(encoding="utf-8")
    assert (ROOT / "postBuild").stat().st_mode & 0o111


def test_installed_packages_are_the_pinned_ones():
    from importlib.metadata import version

    for name in ("numpy", "matplotlib", "nbgrader", "jupyterlab", "jupytext", "ipywidgets"):
        assert f"{name}=={version(name)}" in REQUIREMENTS


def test_ci_runs_what_the_readme_says():
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith("\nmake test\nmake peers")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "`make test`" in readme and "`make peers`" in readme


def test_help_lists_every_target():
    shown = subprocess.run(["make", "help"], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    for target in (
        "lab",
        "demo",
        "test",
        "test-all",
        "headless",
        "versions",
        "browser",
        "peers",
        "check",
        "build",
        "doctor",
        "pins",
        "bench",
    ):
        assert f"make {target} " in shown


def test_tests_of_a_group_run_in_one_process(tmp_path):
    """Else what they share is made once a process, and tests that must not meet run at the same time."""
    (tmp_path / "test_two.py").write_text(
        "import os, pytest\n\n"
        "@pytest.mark.xdist_group('one')\n@pytest.mark.parametrize('number', range(6))\n"
        "def test_two(number):\n    open(os.environ['PYTEST_XDIST_WORKER'], 'w').close()\n"
    )
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-n", "2", "--dist", "loadgroup"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stdout
    assert len(list(tmp_path.glob("gw*"))) == 1


@pytest.fixture
def versions(tmp_path):
    """Run ``make versions`` where there are only these programs; gives the exit code and what was printed."""

    def run(**programs):
        for name, script in programs.items():
            (tmp_path / name.replace("_", ".")).write_text(f"#!/bin/sh\n{script}\n")
            (tmp_path / name.replace("_", ".")).chmod(0o755)
        alone = {"PATH": str(tmp_path), "HOME": str(tmp_path)}
        script = [sys.executable, str(ROOT / "tools" / "versions.py")]
        done = subprocess.run(script, capture_output=True, text=True, check=False, env=alone)
        return done.returncode, done.stdout

    return run


PYTHONS = {f"python3_{minor}": f"echo Python 3.{minor}.1" for minor in (11, 12, 13)}


def test_versions_passes_where_the_tests_pass_on_all_three(versions):
    code, said = versions(**PYTHONS, make="echo $@")
    assert code == 0
    for version in ("3.11", "3.12", "3.13"):
        assert re.search(rf"headless PYTHON=\S+/python{version} VENV=\.venv-{version}\n", said)
        assert f"\nPython {version}: passed\n" in said


def test_versions_fails_where_the_tests_fail_on_one(versions):
    code, said = versions(**PYTHONS, make='case "$@" in *3.12*) exit 2; esac')
    assert (code, said.splitlines()[-3:]) == (1, ["Python 3.11: passed", "Python 3.12: failed", "Python 3.13: passed"])


@pytest.mark.parametrize("program", [None, "echo python3.12: command not found; exit 127", "echo Python 3.9.1"])
def test_versions_names_what_is_missing_and_fails(versions, program):
    found = {**PYTHONS, "python3_12": program} if program else {n: p for n, p in PYTHONS.items() if n != "python3_12"}
    code, said = versions(**found, make="exit 0")
    assert code == 1
    assert "\nPython 3.11: passed\nPython 3.12: not found\nPython 3.13: passed\nInstall what was not found" in said


@pytest.mark.parametrize("place", [".pyenv/versions/3.12.4", ".local/share/uv/python/cpython-3.12.4-linux-x86_64-gnu"])
def test_versions_finds_what_pyenv_and_uv_keep(versions, tmp_path, place):
    (tmp_path / place / "bin").mkdir(parents=True)
    (tmp_path / place / "bin" / "python3").write_text("#!/bin/sh\necho Python 3.12.4\n")
    (tmp_path / place / "bin" / "python3").chmod(0o755)
    code, said = versions(**{**PYTHONS, "python3_12": "exit 127"}, make="exit 0")
    assert code == 0
    assert f"Python 3.12: {tmp_path}/{place}/bin/python3\n" in said


def test_nothing_names_a_host_of_packages_or_a_path_of_a_machine():
    places = ["pypi" + r"\.org", "python" + "hosted", "npm" + "js", r"(?<![\w.])/" + "(work|root|home)/"]
    hosts = re.compile("|".join(places))
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()
    for name in listed:
        path = ROOT / name
        if path.is_file() and path.suffix in {".py", ".md", ".txt", ".yml", ".toml", ".ipynb", ".json", ".cfg", ""}:
            assert not hosts.search(path.read_text(encoding="utf-8")), name
