"""Progress of long work: a bar with rate and time left on a terminal, else a line now and then."""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import IO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

Done = Callable[[str], None]
LINE_SECONDS = 10.0
"""From one line to the next, where no bar can be drawn."""
CLOCK = time.monotonic


@contextlib.contextmanager
def steps(title: str, total: int) -> Iterator[Done]:
    """Show progress on stderr; call what it gives with each finished step's name."""
    console = Console(file=sys.stderr)
    with _bar(title, total, console) if console.is_terminal else _lines(title, total, sys.stderr) as done:
        yield done


@contextlib.contextmanager
def _bar(title: str, total: int, console: Console) -> Iterator[Done]:
    words = TextColumn("{task.description}", markup=False)
    times = TimeElapsedColumn(), TextColumn("left:"), TimeRemainingColumn()
    with Progress(words, BarColumn(), MofNCompleteColumn(), _Rate(), *times, console=console) as progress:
        task = progress.add_task(title, total=total)

        def done(name: str) -> None:
            progress.update(task, advance=1, description=f"{title}: {name}")

        yield done


class _Rate(ProgressColumn):
    """How many steps are done in a second."""

    def render(self, task: Task) -> Text:
        """The rate in words; nothing, until something is done."""
        speed = task.finished_speed or task.speed
        return Text(_rate(speed) if speed else "")


@contextlib.contextmanager
def _lines(title: str, total: int, stream: IO[str]) -> Iterator[Done]:
    """Lines that a log or a mail can hold, and one when all is done."""
    began = told = CLOCK()
    count = told_count = 0

    def done(name: str) -> None:
        nonlocal count, told, told_count
        count += 1
        now = CLOCK()
        if now - told >= LINE_SECONDS and count < total:
            rate = (count - told_count) / (now - told)
            left = _duration((total - count) / rate)
            print(f"{title}: {count} of {total}, {_rate(rate)}, about {left} left.", file=stream, flush=True)
            told, told_count = now, count

    yield done
    seconds = CLOCK() - began
    print(f"{title}: {count} of {total} in {_duration(seconds)}.", file=stream, flush=True)


def _rate(speed: float) -> str:
    return f"{speed:.1f} a second" if speed >= 1 else f"{60 * speed:.1f} a minute"


def _duration(seconds: float) -> str:
    """A time as somebody who waits would say it."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"
