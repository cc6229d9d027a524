"""Courses that the tests build, grade and break: always copies, never the tree itself."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from courses import ROOT, SMALL, copy_course

from autograder.building import build
from autograder.places import Course
from course import key_files

LONGEST = ("test_grading", "test_notebooks", "test_selfproof", "test_judging_files")
"""The modules with the longest tests: begun first, so that at the end no core waits for one of them."""
KEPT = [value for value in vars(key_files).values() if hasattr(value, "cache_clear")]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest tests first; otherwise the order stays, so that what tests share is made once."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(places)))


@pytest.fixture(scope="session")
def course() -> Course:
    """The real course, in place: read it, never write to it."""
    return Course(ROOT)


@pytest.fixture(scope="session")
def small_course() -> Course:
    """One exercise of each kind, in place and not built."""
    return Course(SMALL)


@pytest.fixture(scope="session")
def built_small_course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The small course, built in a folder of its own: read it, never write to it."""
    place = copy_course(SMALL, tmp_path_factory.mktemp("small"))
    list(build(place, place.units()))
    return place


@pytest.fixture(scope="session")
def built_course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The real course, built in a folder of its own: read it, never write to it."""
    place = copy_course(ROOT, tmp_path_factory.mktemp("real"))
    list(build(place, place.units()))
    return place


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
