"""How much one submission may take, and how it is confined."""

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Limits:
    """What one submission may take.

    Attributes
    ----------
    seconds_per_cell, seconds : float
        On the clock, for a cell and for the notebook.
    cpu_seconds : int
        Of all its processes together.
    memory_mb : int
        Of all its processes together.
    processes : int
        With their threads.
    file_mb, disk_mb : int
        Of one file, and of all that it writes.
    files, open_files : int
    output_bytes : int
        Of one cell.
    """

    seconds_per_cell: float = 60.0
    seconds: float = 300.0
    cpu_seconds: int = 300
    memory_mb: int = 1500
    processes: int = 64
    file_mb: int = 64
    disk_mb: int = 128
    files: int = 20_000
    open_files: int = 256
    output_bytes: int = 1_000_000


class Tier(Enum):
    """How a submission is confined, the strongest first."""

    BUBBLEWRAP = "bubblewrap"
    LANDLOCK = "Landlock"
    NONE = "none"
