"""Progress of long work, with rich where it is installed to be seen."""

import contextlib
import sys
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Done = Callable[[str], None]


@contextlib.contextmanager
def steps(title: str, total: int) -> Iterator[Done]:
    """A progress bar on stderr; call what it gives with each finished step's name."""
    console = Console(file=sys.stderr)
    columns = TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(title, total=total)

        def done(name: str) -> None:
            progress.update(task, advance=1, description=f"{title}: {name}")

        yield done
