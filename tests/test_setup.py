"""Pins, targets and Binder hold together."""

import re
import subprocess
import sys
import tomllib

from courses import ROOT
from packaging.requirements import Requirement

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


def test_nothing_names_a_host_of_packages_or_a_path_of_a_machine():
    places = ["pypi" + r"\.org", "python" + "hosted", "npm" + "js", r"(?<![\w.])/" + "(work|root|home)/"]
    hosts = re.compile("|".join(places))
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()
    for name in listed:
        path = ROOT / name
        if path.is_file() and path.suffix in {".py", ".md", ".txt", ".yml", ".toml", ".ipynb", ".json", ".cfg", ""}:
            assert not hosts.search(path.read_text(encoding="utf-8")), name
