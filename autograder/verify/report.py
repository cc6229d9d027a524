"""Everything in which a course does not keep its word, as sentences: whatever is broken, no traceback."""

from collections.abc import Callable, Iterator

from autograder.cell_metadata import cell_faults
from autograder.errors import AutograderError, BrokenUnit
from autograder.notebook import cells_of
from autograder.paths import Course
from autograder.verify.lending import lending_faults
from autograder.verify.proof import faults
from autograder.verify.style import text_faults
from autograder.verify.unit_files import shared_names, unit_faults

Part = Callable[[Course, str], Iterator[str]]
PARTS: dict[str, Part] = {"text": text_faults, "files": unit_faults, "answers": faults, "lending": lending_faults}


def course_faults(course: Course, units: list[str]) -> Iterator[str]:
    """The faults of some units, and the names that units of the course share; each sentence once.

    Raises
    ------
    UnknownUnit
    """
    said: set[str] = set()
    for fault in _all_faults(course, units):
        if fault not in said:
            yield fault
        said.add(fault)


def _all_faults(course: Course, units: list[str]) -> Iterator[str]:
    for unit in units:
        course.text(unit)
    for unit in units:
        yield from _unit_faults(course, unit)
    yield from shared_names(course)


def _unit_faults(course: Course, unit: str) -> Iterator[str]:
    """The faults of one unit; where its text can't be read as a notebook, only those of its cells."""
    yield from _told(course, unit, "cells", cell_faults)
    try:
        cells_of(course, unit)
    except BrokenUnit as broken:
        yield str(broken)
        return
    for what, part in PARTS.items():
        yield from _told(course, unit, what, part)


def _told(course: Course, unit: str, what: str, part: Part) -> Iterator[str]:
    """What a part finds; an error that it stops with is a fault as well."""
    try:
        yield from part(course, unit)
    except AutograderError as error:
        yield str(error)
    except Exception as error:
        yield f"{unit}: its {what} can't be looked at: {type(error).__name__}: {error}"
