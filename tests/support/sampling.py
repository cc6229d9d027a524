"""Which of the many known answers and costly cases a run tries: those that its seed chooses, or all of them.

The seed is the number of the day, unless ``SEED`` is set: so a run can be repeated, on all cores alike, and what one
day leaves out is tried on the days after. With ``SEED=all`` everything is tried.
"""

import datetime
import os
import random
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")
ALL = "all"


def choose_seed() -> None:
    """Set the seed of this run for this process and all that it starts, unless it is set.

    Raises
    ------
    ValueError
        With one sentence, where ``SEED`` is neither a whole number nor ``all``.
    """
    chosen = os.environ.setdefault("SEED", str(datetime.date.today().toordinal()))
    if chosen != ALL and not chosen.isdecimal():
        raise ValueError(f"SEED is {chosen!r}; set it to a whole number, or to {ALL}.")


def everything() -> bool:
    """Whether this run tries everything."""
    return os.environ["SEED"] == ALL


def description() -> str:
    """What this run tries, and how to repeat it."""
    if everything():
        return "trying all known answers"
    seed = os.environ["SEED"]
    return f"sampling known answers with seed {seed}: make test SEED={seed} repeats it"


def sample(items: Iterable[T], one_of: int) -> list[T]:
    """One item of so many, and at least one of all: as many seeds in a row choose each item.

    Parameters
    ----------
    items : iterable
    one_of : int
        With 4, a quarter of the items.
    """
    items = list(items)
    if everything() or not items:
        return items
    return items[int(os.environ["SEED"]) % min(one_of, len(items)) :: one_of]


def draws(times: int) -> list[int]:
    """Seeds for what is drawn: so many of the day in a whole run, else one of the run's own."""
    if everything():
        return random.Random(datetime.date.today().toordinal()).sample(range(2**31), times)
    return [random.Random(int(os.environ["SEED"])).randrange(2**31)]
