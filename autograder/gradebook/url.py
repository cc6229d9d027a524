"""Which database holds the gradebook, what it knows, and what is wrong with it in one sentence without its password."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.configuration.settings import load_config
from autograder.errors import AutograderError
from autograder.gradebook.schema import fault_of_tables, record_version, recorded_version
from autograder.paths import Course

URL_FORMS = "Write sqlite:///PATH or postgresql://USER@HOST/DATABASE."
WAITING = {"connect_timeout": "10", "options": "-c lock_timeout=10s"}
"""How long to wait for a database server's first word, and for a row that somebody else has locked."""


class NoGradebook(AutograderError):
    """The database of the gradebook can't be opened."""


def gradebook_url(course: Course, given: str | None = None) -> str:
    """Where a course's gradebook is.

    Parameters
    ----------
    course : Course
    given : str, optional
        A url; otherwise that of ``nbgrader_config.py``, or else ``gradebook.db`` in the course's folder.

    Returns
    -------
    str
        With the password, if there is one. The path of a file starts from the course's folder.

    Raises
    ------
    NoGradebook
        If it is not the url of a database.
    """
    text = given or load_config(course).CourseDirectory.get("db_url") or "sqlite:///gradebook.db"
    url = _parse_url(text)
    if url.get_backend_name() == "sqlite":
        url = url.set(database=str(course.root / url.database))
    elif url.get_backend_name() == "postgresql":
        url = url.set(query={**WAITING, **url.query})
    return str(url.render_as_string(hide_password=False))


def gradebook_folder(course: Course, url: str) -> Path:
    """The folder of a gradebook's file; the course's, where a server has it."""
    parts = _parse_url(url)
    return Path(parts.database).parent if parts.get_backend_name() == "sqlite" else course.root


def _parse_url(text: str) -> Any:
    """A url in its parts; no message repeats any of it, since a password may stand anywhere in what can't be read."""
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise NoGradebook(f"The gradebook's url can't be read. {URL_FORMS}") from None
    if url.get_backend_name() == "sqlite" and not url.database:
        raise NoGradebook(f"The gradebook's url names no file. {URL_FORMS}")
    if "@" in (url.host or "") or text.split("?")[0].count("@") > 1:
        raise NoGradebook("The gradebook's url has more than one @. In a name or a password write %40 for it.")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise NoGradebook(f"The gradebook can't be in a database of the kind {url.get_backend_name()!r}. {URL_FORMS}")
    return url


def without_password(url: str) -> str:
    """A url as it may be printed: without its password, and without its options, which may hold one."""
    from sqlalchemy.engine import URL

    parts = _parse_url(url)
    return str(URL.create(parts.drivername, parts.username, None, parts.host, parts.port, parts.database))


def known_units(url: str) -> set[str]:
    """The units that a gradebook knows; nothing is written, and no file is made.

    Raises
    ------
    NoGradebook
        If there is no such database, it does not let us in, or its tables are those of another version of nbgrader.
    """
    from sqlalchemy import column, select, table

    with _tables(url) as connection:
        if connection is None:
            return set()
        return set(connection.execute(select(column("name")).select_from(table("assignment"))).scalars())


def is_unfinished(url: str) -> bool:
    """Whether nbgrader has begun to make a gradebook and did not come to its end.

    Raises
    ------
    NoGradebook
        As :func:`known_units` does.
    """
    with _tables(url) as connection:
        return connection is not None and not recorded_version(connection)


def finish(url: str) -> None:
    """Finish a gradebook that nbgrader has begun to make; any other stays as it is.

    Raises
    ------
    NoGradebook
        As :func:`known_units` does.
    """
    with _tables(url) as connection:
        if connection is not None and not recorded_version(connection):
            record_version(connection)


@contextlib.contextmanager
def _tables(url: str) -> Iterator[Any]:
    """A connection to a gradebook's tables; None, where there are none yet."""
    from sqlalchemy import create_engine, inspect

    parts = _parse_url(url)
    if parts.get_backend_name() == "sqlite" and not (file := Path(parts.database)).is_file():
        if not file.parent.is_dir():
            raise NoGradebook(f"There is no folder {file.parent} for the gradebook. Make it, or name another file.")
        yield None
        return
    with explaining_failures(url):
        engine = create_engine(url)
        try:
            with engine.connect() as connection:
                there = inspect(connection).has_table("assignment")
                if there and (fault := fault_of_tables(connection)):
                    raise NoGradebook(f"The gradebook at {without_password(url)} {fault}")
                yield connection if there else None
        finally:
            engine.dispose()


@contextlib.contextmanager
def explaining_failures(url: str) -> Iterator[None]:
    """Say in one sentence why a gradebook can't be opened.

    Raises
    ------
    NoGradebook
    """
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except ImportError as error:
        raise NoGradebook(
            f"The gradebook at {without_password(url)} needs the package {error.name or error}, which is not "
            "installed. Run pip install -r requirements.txt, or name no driver in the url."
        ) from None
    except SQLAlchemyError as error:
        cause = format_cause(error, url)
        raise NoGradebook(
            f"The gradebook at {without_password(url)} can't be opened ({cause}). {_advice(url, cause)}"
        ) from None


def _advice(url: str, cause: str) -> str:
    """What to do about a database that can't be opened: a file has no server, and no password."""
    if _parse_url(url).get_backend_name() != "sqlite":
        return "See that the database exists, that its server runs, and that the name and the password are right."
    if "locked" in cause:
        return "Another program writes into it: wait until that is done, or close formgrader, then try again."
    return "See that the file is a gradebook of nbgrader's, and that you may read and write it."


def format_cause(error: Exception, url: str) -> str:
    """The database's own words, in one line, and never the password."""
    words = str(getattr(error, "orig", None) or error).strip().splitlines()
    line = words[0].strip() if words else type(error).__name__
    parts = _parse_url(url)
    options = [value for name, value in parts.query.items() if isinstance(value, str) and value != WAITING.get(name)]
    secrets = [parts.password, *options]
    for secret in filter(None, map(str, secrets)):
        line = line.replace(secret, "***")
    return line
