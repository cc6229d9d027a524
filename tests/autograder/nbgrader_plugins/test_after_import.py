"""What waits for a package is called right after it is imported, and once."""

import importlib
import subprocess
import sys
import textwrap

import pytest

from autograder.nbgrader_plugins.after_import import call_after_import


@pytest.fixture
def package(tmp_path, monkeypatch):
    """The name of a package that nobody has imported."""
    (tmp_path / "rarely_imported.py").write_text("state = ['loaded']\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield "rarely_imported"
    sys.modules.pop("rarely_imported", None)


def test_function_is_called_after_the_import(package):
    called = []
    call_after_import(package, lambda: called.append(list(sys.modules[package].state)))
    call_after_import(package, lambda: called.append("second"))
    assert not called
    importlib.import_module(package)
    assert called == [["loaded"], "second"]
    importlib.reload(sys.modules[package])
    assert len(called) == 2


def test_function_is_called_at_once_where_the_package_is_there(package):
    importlib.import_module(package)
    called = []
    call_after_import(package, lambda: called.append(True))
    assert called == [True]


def test_package_that_is_not_installed_is_told_of_as_ever():
    call_after_import("not_installed_anywhere", lambda: None)
    with pytest.raises(ModuleNotFoundError, match="not_installed_anywhere"):
        importlib.import_module("not_installed_anywhere")


def test_configuration_changes_nbgrader_when_that_is_imported(course):
    """Reading the course's configuration imports no nbgrader; once that is there, its commands are changed."""
    code = f"""
        import sys
        from pathlib import Path
        from autograder.configuration.settings import configured
        from autograder.paths import Course

        configured(Course(Path({str(course.root)!r})))
        assert "nbgrader" not in sys.modules
        from nbgrader.apps import validateapp
        print(type(validateapp.glob).__module__)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True)
    assert done.stdout.strip() == "autograder.nbgrader_plugins.commands.folder_names", done.stderr
