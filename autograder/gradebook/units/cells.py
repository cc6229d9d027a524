"""A unit's cells as nbgrader enters them in a gradebook, whichever gradebook that is."""

import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple


class CellKey(NamedTuple):
    """Which cell of a unit it is.

    A cell in which a student writes and which is graded has two keys, one of each kind: comments belong to the first,
    scores to the second.
    """

    notebook: str
    kind: str
    name: str

    @property
    def solution(self) -> bool:
        """Whether it has comments and no score."""
        return self.kind == "SolutionCell"


@dataclass(frozen=True)
class UnitCells:
    """What a gradebook holds of a unit besides what students get for it.

    Attributes
    ----------
    kernels : dict of str to str
        For each notebook what nbgrader keeps of its kernel.
    cells : dict of CellKey to dict
        The most points of a cell that has any, and whether it is code.
    sources : dict of (str, str) to dict
        The text of each cell that has a name, by notebook and name.
    """

    kernels: dict[str, str] = field(default_factory=dict)
    cells: dict[CellKey, dict[str, Any]] = field(default_factory=dict)
    sources: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def points(self, key: CellKey) -> float:
        """The most points of a cell; 0, where it has none."""
        return float(self.cells[key].get("max_score", 0.0))


def read_unit_cells(session: Any, unit: str) -> UnitCells:
    """What a gradebook holds of a unit; nothing, if it does not know it."""
    from nbgrader.api import Assignment, Notebook

    found = UnitCells()
    for notebook in session.query(Notebook).join(Assignment).filter(Assignment.name == unit):
        found.kernels[notebook.name] = notebook.kernelspec
        for cell in sorted(notebook._base_cells, key=lambda cell: (cell.name, cell.type)):
            columns = {} if cell.type == "SolutionCell" else {"max_score": cell.max_score, "cell_type": cell.cell_type}
            found.cells[CellKey(notebook.name, cell.type, cell.name)] = columns
        for source in notebook.source_cells:
            found.sources[notebook.name, source.name] = {
                name: getattr(source, name) for name in ("cell_type", "locked", "source", "checksum")
            }
    return found


class ScratchGradebook:
    """A gradebook of no class, into which nbgrader may enter a unit before anything is decided.

    Nothing waits until it is on the disk: whoever is interrupted makes another.

    Parameters
    ----------
    path : Path
        The file that it is made in.
    """

    def __init__(self, path: Path) -> None:
        from nbgrader.api import Base
        from sqlalchemy import Engine, create_engine, event

        self.url, self._path = f"sqlite:///{path}", path
        event.listen(Engine, "connect", self._without_waiting)
        self._engine = create_engine(self.url)
        Base.metadata.create_all(self._engine)

    def _without_waiting(self, connection: Any, _: object) -> None:
        """Let SQLite not wait for the disk, where a connection is one to this file."""
        if not isinstance(connection, sqlite3.Connection):
            return
        (_, _, file), *_ = connection.execute("PRAGMA database_list").fetchall()
        if file and Path(file) == self._path.resolve():
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA journal_mode = MEMORY")

    def read(self, unit: str) -> UnitCells:
        """What nbgrader has entered of a unit."""
        from sqlalchemy.orm import Session

        with Session(self._engine) as session:
            return read_unit_cells(session, unit)

    def close(self) -> None:
        """Close the file."""
        from sqlalchemy import Engine, event

        event.remove(Engine, "connect", self._without_waiting)
        self._engine.dispose()
