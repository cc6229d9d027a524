"""Courses that the tests build, grade and break: always copies, never the tree itself."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import sampling
from support.courses import ROOT, SMALL, built_once
from support.dask_cluster import Started
from support.postgres_server import PostgresServer

from autograder.paths import Course
from course.answers import key_files

LONGEST = (
    "test_dask_pool",
    "test_batch",
    "test_attacks",
    "test_postgres",
    "test_notebooks",
    "test_three_places",
    "test_proof",
    "test_judge_file",
)
"""The modules with the longest tests: begun first, so that at the end no core waits for one of them."""
BY_UNIT = ("test_notebooks", "test_proof", "test_three_places")
"""Modules whose tests of one unit share something; what those of all units share is cheap."""
KEPT = [value for value in vars(key_files).values() if hasattr(value, "cache_clear")]


def pytest_configure(config: pytest.Config) -> None:
    """Let every process of a run use one seed, and one whole list of fonts, whatever the home folder holds."""
    try:
        sampling.choose_seed()
    except ValueError as error:
        raise pytest.UsageError(str(error)) from None
    if "PYTEST_XDIST_WORKER" not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="fonts-")
        config.add_cleanup(folder.cleanup)
        os.environ["MPLCONFIGDIR"] = folder.name
        subprocess.run([sys.executable, "-c", "import matplotlib.font_manager"], check=True)


def pytest_report_header() -> str:
    """Say which known answers are tried."""
    return sampling.description()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, exitstatus: int) -> None:
    """Say it again below what failed."""
    if exitstatus == pytest.ExitCode.TESTS_FAILED:
        terminalreporter.write_line(sampling.description())


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Say, before pytest-xdist looks, which tests stay together: those of a module, unless it says otherwise.

    So what they share is made once, on one core. The longest come first.
    """
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(places)))
    for item in items:
        if not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(_group(item)))
    return (yield)


def _group(item: pytest.Item) -> str:
    name = item.path.stem
    if item.path.parent.name == "browser":
        return "browser"
    unit = re.search(r"\[(\d\d_[a-z]+(?:_[a-z]+)*)", item.name) if name in BY_UNIT else None
    return f"{name} {unit[1]}" if unit else name


@pytest.fixture(scope="session")
def course() -> Course:
    """The real course, in place: read it, never write to it."""
    return Course(ROOT)


@pytest.fixture(scope="session")
def small_course() -> Course:
    """One exercise of each kind, in place and not built."""
    return Course(SMALL)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of a run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def built_small_course(shared_folder: Path) -> Course:
    """The small course, built in a folder of its own: read it, never write to it."""
    return built_once(SMALL, shared_folder / "small-course")


@pytest.fixture(scope="session")
def built_course(shared_folder: Path) -> Course:
    """The real course, built in a folder of its own: read it, never write to it."""
    return built_once(ROOT, shared_folder / "real-course")


@pytest.fixture(autouse=True)
def keys_of_the_next_course() -> Iterator[None]:
    """Let go of the keys that a test has loaded: the next one on this core may be in another course."""
    yield
    for kept in KEPT:
        kept.cache_clear()


@pytest.fixture
def own_small_course(built_small_course: Course, tmp_path: Path) -> Course:
    """A built small course that the test may change."""
    shutil.copytree(built_small_course.root, tmp_path / "course")
    return Course(tmp_path / "course")


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[Course], None]:
    """Make a course's folder the current directory."""
    return lambda course: monkeypatch.chdir(course.root)


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Started]:
    """A scheduler without workers; all that is started on it ends with the test."""
    folder = tmp_path / "dask"
    folder.mkdir()
    begun = Started(folder)
    try:
        begun.wait()
        yield begun
    finally:
        begun.end()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server that lets us in; ended whatever happens."""
    # pytest's own folders are for their owner alone, and the server may be another user's
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder:
        begun = PostgresServer(Path(folder))
        try:
            begun.wait()
            yield begun
        finally:
            begun.end()
