"""Whether a gradebook's tables are those of the installed nbgrader, which writes a version beside them.

A gradebook of an earlier nbgrader has its version, and ``nbgrader db upgrade`` changes its tables. One that nbgrader
was making when it stopped, since it could not find the program ``alembic``, has all tables and no version; then
``nbgrader db upgrade`` takes it for the oldest one of all, and fails.
"""

import re
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

REVISION = re.compile(r"^(revision|down_revision) = '(\w+)'", re.M)
EARLIER = (
    "has the tables of an earlier version of nbgrader. Run: nbgrader db upgrade, with the same --db if you gave one."
)
LATER = "has the tables of a later version of nbgrader than {}, which is installed here. Install the later one."


@lru_cache(maxsize=1)
def versions() -> tuple[str, frozenset[str]]:
    """The version of the installed nbgrader's tables, and all versions up to that one.

    Its steps from one version to the next are read as text: to import what runs them takes longer than all else here.
    """
    nbgrader = find_spec("nbgrader")
    assert nbgrader is not None and nbgrader.origin is not None
    files = (Path(nbgrader.origin).parent / "alembic" / "versions").glob("*.py")
    steps = [dict(REVISION.findall(path.read_text(encoding="utf-8"))) for path in files]
    every = frozenset(step["revision"] for step in steps)
    (latest,) = every - {step.get("down_revision") for step in steps}
    return latest, every


def recorded_version(connection: Any) -> str:
    """The version that is written beside the tables, or nothing."""
    from sqlalchemy import inspect, text

    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def fault_of_tables(connection: Any) -> str:
    """Why the installed nbgrader can't use a gradebook's tables, and what to do; or nothing."""
    latest, every = versions()
    recorded = recorded_version(connection)
    if not recorded:
        return EARLIER if _lacks_columns(connection) else ""
    if recorded == latest:
        return ""
    return EARLIER if recorded in every else LATER.format(version("nbgrader"))


def record_version(connection: Any) -> None:
    """Write the version beside tables that nbgrader made and did not come to write it for."""
    from sqlalchemy import text

    connection.execute(text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)"))
    connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:latest)"), {"latest": versions()[0]})
    connection.commit()


def _lacks_columns(connection: Any) -> bool:
    """Whether a table lacks a column that nbgrader asks for; a table that is missing is made when it is opened."""
    from nbgrader.api import Base
    from sqlalchemy import inspect

    look = inspect(connection)
    return any(
        {column.name for column in table.columns} - {column["name"] for column in look.get_columns(table.name)}
        for table in Base.metadata.tables.values()
        if look.has_table(table.name)
    )
