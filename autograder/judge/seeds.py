"""Seeds: what the numbers of a grading run are drawn from."""

import hashlib
import os
import secrets

SEED_VARIABLE = "AUTOGRADER_SEED"
MAX_SEED = 10**15
"""So many that none can be found by trying."""


def fresh_seed() -> int:
    """The seed of a grading run that was given none: from the environment where one is set, else a new one."""
    return int(os.environ.get(SEED_VARIABLE) or secrets.randbelow(MAX_SEED))


def derived_seed(seed: int, name: str) -> int:
    """A seed of its own for a part of a run: what was drawn from one tells nothing of another."""
    return int.from_bytes(hashlib.sha256(f"{seed} {name}".encode()).digest()[:8], "big")
