"""Enters units in the gradebook as they were built, in one transaction, and keeps what students got for them."""

import contextlib
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any

from autograder.gradebook import entry
from autograder.gradebook.units.cells import CellKey, UnitCells, read_unit_cells
from autograder.gradebook.units.changes import Given, UnitChanges, compare
from autograder.gradebook.units.dropped import rows_of
from autograder.gradebook.url import explaining_failures, format_cause
from autograder.gradebook.writer import open_gradebook


class UnitWriter:
    """The units of a gradebook; what is changed in them counts with :meth:`commit`, and else not at all.

    Parameters
    ----------
    url : str
        The gradebook's.
    course_id : str
        nbgrader's name of the course.

    Raises
    ------
    NoGradebook
        If it can't be opened.
    """

    def __init__(self, url: str, course_id: str) -> None:
        self._url = url
        with explaining_failures(url):
            self._gradebook = open_gradebook(url, course_id)
        self._session = self._gradebook.db
        entry.leave_transactions_to_us(self._session)

    def changes(self, unit: str, made: UnitCells, names: Sequence[tuple[str, str]]) -> UnitChanges:
        """What changes where a unit is entered as it was made; see :func:`~.changes.compare`.

        Raises
        ------
        GradebookFailed
        """
        with self._explaining():
            entry.begin(self._session)
            before = read_unit_cells(self._session, unit)
            submitted, assignment = _models("SubmittedAssignment", "Assignment")
            submissions = self._session.query(submitted).join(assignment).filter(assignment.name == unit).count()
            given = {key: _given(cell) for key, cell in self._cells(unit).items()} if submissions else {}
            return compare(unit, before, made, names, given, submissions)

    def dropped_rows(self, changes: UnitChanges) -> list[dict[str, Any]]:
        """What students got for the cells that go, a row each."""
        with self._explaining():
            cells = self._cells(changes.unit)
            return [row for key in changes.dropped for row in rows_of(changes.unit, key, cells[key])]

    def apply(self, changes: UnitChanges, made: UnitCells) -> None:
        """Enter a unit as it was made.

        Raises
        ------
        GradebookFailed
            If the database refuses it.
        """
        with self._explaining():
            self._gradebook.update_or_create_assignment(changes.unit)
            for name, kernel in made.kernels.items():
                self._gradebook.update_or_create_notebook(name, changes.unit, kernelspec=kernel)
            cells = self._cells(changes.unit)
            for old, new in changes.renamed.items():
                cells[old].name = new.name
            for key in changes.dropped:
                self._drop(cells[key])
            self._session.flush()
            for notebook in self._notebooks(changes.unit):
                if notebook.name in made.kernels:
                    self._enter_cells(notebook, changes, made)
                else:
                    self._gradebook.remove_notebook(notebook.name, changes.unit)
            self._session.flush()

    def _drop(self, cell: Any) -> None:
        for row in [*(cell.grades or ()), *(cell.comments or ())]:
            self._session.delete(row)
        self._session.flush()
        self._session.delete(cell)

    def _enter_cells(self, notebook: Any, changes: UnitChanges, made: UnitCells) -> None:
        self._session.expire(notebook)
        for key in changes.added:
            if key.notebook == notebook.name:
                self._add(notebook, key, made.cells[key])
        for cell in notebook._base_cells:
            key = CellKey(notebook.name, cell.type, cell.name)
            for name, value in made.cells.get(key, {}).items():
                setattr(cell, name, value)
            for grade in cell.grades or () if key in changes.repointed else ():
                grade.needs_manual_grade = True  # until it is graded again
        (source_cell,) = _models("SourceCell")
        there = {source.name: source for source in notebook.source_cells}
        wanted = {name: columns for (place, name), columns in made.sources.items() if place == notebook.name}
        for name in there.keys() - wanted.keys():
            self._session.delete(there[name])
        self._session.flush()
        for name, columns in wanted.items():
            source = there.get(name) or source_cell(name=name, notebook_id=notebook.id)
            for column, value in columns.items():
                setattr(source, column, value)
            self._session.add(source)

    def _add(self, notebook: Any, key: CellKey, columns: dict[str, Any]) -> None:
        """Add a cell, and for it what nbgrader gives each submission from the beginning."""
        kind, grade, comment = _models(key.kind, "Grade", "Comment")
        cell = kind(name=key.name, notebook_id=notebook.id, **columns)
        self._session.add(cell)
        self._session.flush()
        for submitted in notebook.submissions:
            rows = [row for row, has in ((grade, not key.solution), (comment, key.kind != "GradeCell")) if has]
            self._session.add_all(row(cell_id=cell.id, notebook_id=submitted.id) for row in rows)

    def _notebooks(self, unit: str) -> list[Any]:
        notebook, assignment = _models("Notebook", "Assignment")
        return list(self._session.query(notebook).join(assignment).filter(assignment.name == unit))

    def _cells(self, unit: str) -> dict[CellKey, Any]:
        return {
            CellKey(notebook.name, cell.type, cell.name): cell
            for notebook in self._notebooks(unit)
            for cell in notebook._base_cells
        }

    def commit(self) -> None:
        """Make what was changed count.

        Raises
        ------
        GradebookFailed
        """
        with self._explaining():
            entry.commit(self._session)

    @contextlib.contextmanager
    def _explaining(self) -> Iterator[None]:
        """One sentence for what a database raises; what was changed is taken back."""
        from nbgrader.api import InvalidEntry
        from sqlalchemy.exc import SQLAlchemyError

        try:
            yield
        except (SQLAlchemyError, InvalidEntry) as error:
            with contextlib.suppress(SQLAlchemyError):
                entry.roll_back(self._session)
            raise entry.GradebookFailed(
                f"The gradebook can't be changed ({format_cause(entry.from_database(error) or error, self._url)}). "
                "Nothing was: the units are as they were before. Mend that, then build again."
            ) from error

    def __enter__(self) -> "UnitWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._gradebook.close()


def _models(*names: str) -> list[Any]:
    """Classes of nbgrader's, which takes long to import."""
    from nbgrader import api

    return [getattr(api, name) for name in names]


def _given(cell: Any) -> Given:
    """What the class has got for one cell."""
    scores = [(grade.auto_score, grade.manual_score, grade.extra_credit) for grade in cell.grades or ()]
    return Given(
        grades=sum(any(score is not None for score in of_one) for of_one in scores),
        by_hand=sum(manual is not None or extra is not None for _, manual, extra in scores),
        comments=sum(comment.manual_comment is not None for comment in cell.comments or ()),
    )
