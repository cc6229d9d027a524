"""One submission's entry in the gradebook: all of it or none, and what goes wrong over it is told as its own reason."""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.errors import AutograderError, reason_of
from autograder.gradebook.url import format_cause

FULL_OR_BROKEN = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EROFS,
    errno.EIO,
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOMEM,
}
"""Errors of a disk, or of this process, that the next submission would meet too."""

LOCKED = {"55P03", "40P01"}
"""What PostgreSQL calls a row that somebody else has locked, or two who wait for each other."""


class EntryFailed(AutograderError):
    """One submission can't be entered; the gradebook takes others."""


class GradebookFailed(AutograderError):
    """The gradebook can't be written."""


@contextlib.contextmanager
def one_entry(session: Any, url: str, root: Path) -> Iterator[None]:
    """Enter one submission between two marks of the open transaction, so that it can be taken back alone.

    Parameters
    ----------
    session
        SQLAlchemy's; it ends no transaction by itself.
    url : str
        The gradebook's, for the words of an error.
    root : Path
        The course's, from which on these words name files.

    Raises
    ------
    EntryFailed
        If something goes wrong that concerns this submission alone; nothing of it is left.
    GradebookFailed
        If the gradebook itself can't be written.
    OSError
        If the disk is full or broken.
    """
    with explaining_failures(session, url):
        begin(session)
        mark = session.begin_nested()
        try:
            yield
            mark.commit()
        except BaseException as error:
            if _gradebook_fails(error):
                raise
            mark.rollback()
            if _disk_fails(error) or not isinstance(error, Exception):
                raise
            refused = from_database(error)
            cause = format_cause(refused, url) if refused else reason_of(error).replace(f"{root}{os.sep}", "")
            raise EntryFailed(
                f"it can't be entered in the gradebook ({cause}); mend that, then grade again with --resume"
            ) from error


def begin(session: Any) -> None:
    """Begin a transaction where none is open: SQLite takes the end of its first mark for the end of all otherwise."""
    connection = session.connection()
    if connection.dialect.name == "sqlite" and not connection.connection.dbapi_connection.in_transaction:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _disk_fails(error: BaseException) -> bool:
    """Whether an error says that there is no place for any file, and not that one of them has a wrong place."""
    return isinstance(error, OSError) and error.errno in FULL_OR_BROKEN


def _gradebook_fails(error: BaseException) -> bool:
    """Whether an error says that the gradebook itself fails, and not that it refuses what one submission enters."""
    from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

    cause = from_database(error)
    if not isinstance(cause, DBAPIError) or isinstance(cause, IntegrityError | DataError):
        return False
    return getattr(cause.orig, "sqlstate", None) not in LOCKED


def from_database(error: BaseException) -> Exception | None:
    """What the database raised, where this error comes from it; nbgrader wraps it into an error of its own."""
    from nbgrader.api import InvalidEntry
    from sqlalchemy.exc import SQLAlchemyError

    cause = error.__context__ if isinstance(error, InvalidEntry) else error
    return cause if isinstance(cause, SQLAlchemyError) else None


@contextlib.contextmanager
def explaining_failures(session: Any, url: str) -> Iterator[None]:
    """One sentence for what a database raises; what was written and not committed is rolled back.

    Raises
    ------
    GradebookFailed
    """
    from nbgrader.api import InvalidEntry
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except (SQLAlchemyError, InvalidEntry) as error:
        with contextlib.suppress(SQLAlchemyError):
            roll_back(session)
        cause = format_cause(from_database(error) or error, url)
        remedy = "wait until the other program that writes into it is done" if "locked" in cause else "mend that"
        raise GradebookFailed(
            f"The gradebook can't be written ({cause}). What was finished is kept: {remedy}, then use --resume."
        ) from error


def leave_transactions_to_us(session: Any) -> None:
    """Keep nbgrader from ending transactions.

    It commits a dozen times for each submission, and each time waits for the disk; and where one submission can't be
    entered, it takes back all that was entered before it and is not committed yet.
    """
    session.commit = session.flush
    session.rollback = lambda: None


def commit(session: Any) -> None:
    """Commit all that was entered."""
    type(session).commit(session)


def roll_back(session: Any) -> None:
    """Take back all that was entered since the last commit."""
    type(session).rollback(session)
