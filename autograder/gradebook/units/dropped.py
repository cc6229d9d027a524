"""What students got for cells that a unit has no more: kept in a table beside the gradebook before it goes."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.files import write_if_changed
from autograder.gradebook.units.cells import CellKey

COLUMNS = (
    "student",
    "unit",
    "grade_id",
    "auto_score",
    "manual_score",
    "extra_credit",
    "auto_comment",
    "manual_comment",
)


def rows_of(unit: str, key: CellKey, cell: Any) -> Iterator[dict[str, Any]]:
    """The scores and comments for one cell, as far as there are any.

    Parameters
    ----------
    unit : str
    key : CellKey
    cell
        nbgrader's.
    """
    for given in [*(cell.grades or ()), *(cell.comments or ())]:
        columns = {name: getattr(given, name, None) for name in COLUMNS[3:]}
        if any(value is not None for value in columns.values()):
            yield {"student": given.student.id, "unit": unit, "grade_id": key.name, **columns}


def write_dropped(folder: Path, unit: str, rows: list[dict[str, Any]]) -> Path:
    """Write rows to a file that is not there yet, whole or not at all.

    Returns
    -------
    Path
        ``gradebook.db.dropped-UNIT-1.csv``, or with the next number that is free.

    Raises
    ------
    OSError
    """
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    number = 1
    while (path := folder / f"gradebook.db.dropped-{unit}-{number}.csv").exists():
        number += 1
    write_if_changed(path, text.getvalue())
    return path
