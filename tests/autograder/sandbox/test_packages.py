"""Which installed packages a submission sees: what the course needs and what its units import, and no other."""

import sys

import pytest
from support.courses import ROOT

from autograder.paths import Course
from autograder.sandbox import packages
from autograder.sandbox.packages import hidden_packages, package_folders
from autograder.sandbox.root import SandboxRoot, landlock_paths


def installed(folder, name, *requires, files=(), record=True):
    """Put a package into a folder, as pip or as a distribution of Linux does."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    lines = ["Metadata-Version: 2.1", f"Name: {name}", "Version: 1.0", *(f"Requires-Dist: {r}" for r in requires)]
    (info / "METADATA").write_text("\n".join(lines) + "\n")
    for file in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    if record:
        (info / "RECORD").write_text("".join(f"{file},,\n" for file in (*files, f"{info.name}/METADATA")))


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder of packages that the grader imports from, and nothing else."""
    folder = tmp_path / "env" / "lib" / "site-packages"
    folder.mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(folder)])
    for name in ("numpy", "matplotlib", "ipywidgets", "anywidget", "ipython", "msgpack"):
        more = ["helpful; python_version > '3'", "absent; extra == 'x'"] if name == "matplotlib" else []
        installed(folder, name, *more, files=[f"{name}/__init__.py"])
    installed(folder, "helpful", "deeper", files=["helpful.py"])
    installed(folder, "deeper", files=["deeper/__init__.py", "shared/one.py"])
    packages._not_needed.cache_clear()
    yield folder
    packages._not_needed.cache_clear()


def names_of(hidden):
    return sorted(path.name for path in hidden)


@pytest.mark.parametrize("record", [True, False], ids=["pip", "no record"])
def test_what_nobody_needs_is_hidden(place, record):
    installed(place, "autodiff-of-tomorrow", files=["autodiff_of_tomorrow/__init__.py"], record=record)
    installed(place, "single", files=["single.py"], record=record)
    assert names_of(hidden_packages([place])) == ["autodiff_of_tomorrow", "single.py"]


def test_requirement_of_an_extra_that_nobody_asks_for_is_hidden(place):
    installed(place, "absent", files=["absent.py"])
    assert names_of(hidden_packages([place])) == ["absent.py"]


def test_folder_that_is_shared_with_a_needed_package_is_seen(place):
    installed(place, "other", files=["shared/two.py", "other.py"])
    assert names_of(hidden_packages([place])) == ["other.py"]


def test_what_a_unit_imports_is_seen(place, tmp_path):
    installed(place, "scikit", "joined", files=["sk/__init__.py"])
    installed(place, "joined", files=["joined.py"])
    course = Course(tmp_path / "course")
    unit = course.root / "source" / "01_unit"
    unit.mkdir(parents=True)
    (unit / "01_unit.py").write_text("# %%\nimport sk.learn as learn\n# import pandas\n")
    assert names_of(hidden_packages([place], course)) == []
    assert names_of(hidden_packages([place])) == ["joined.py", "sk"]


def test_other_folders_of_packages_are_hidden_wherever_they_lie(place, tmp_path):
    prefix = tmp_path / "usr" / "lib"
    others = [
        prefix / "python3" / "dist-packages",
        prefix / "suite" / "program" / "lib" / "python3.9" / "site-packages",
    ]
    for other in others:
        (other / "sympy").mkdir(parents=True)
    (tmp_path / "usr" / "share" / "python" / "dist-packages").mkdir(parents=True)
    found = hidden_packages([place, prefix, tmp_path / "usr" / "share"])
    assert found == {*others, tmp_path / "usr" / "share" / "python" / "dist-packages"}


def test_packages_of_this_environment():
    """What a student has with JupyterLab is seen; what the grader's developers use is not."""
    (own,) = package_folders()
    hidden = {path.name for path in hidden_packages([own], Course(ROOT))}
    assert {"autograd", "pytest", "hypothesis", "mypy"} <= hidden
    assert not {"numpy", "matplotlib", "mpl_toolkits", "IPython", "PIL", "ipywidgets", "rich", "numpy.libs"} & hidden


def test_landlock_gives_no_hidden_folder_by_a_link(tmp_path):
    """A rule for a link is one for what it leads to."""
    usr, shown = tmp_path / "usr", tmp_path / "usr" / "lib"
    hidden = shown / "python3" / "dist-packages"
    hidden.mkdir(parents=True)
    (shown / "libc.so").write_text("")
    (shown / "again").symlink_to(shown, target_is_directory=True)
    (shown / "python3" / "by-link").symlink_to(hidden, target_is_directory=True)
    root = SandboxRoot(tmp_path / "root", tmp_path / "python", (), (usr, shown), (hidden,))
    read, listed = landlock_paths(root)
    inside = [path for path in read if str(tmp_path / "usr") in path]
    assert inside == [str(shown / "libc.so")]
    assert str(hidden) not in listed
