"""How fast the taught MLP learns beside PyTorch (eager) and scikit-learn: same network, same numbers in, same loss out.

784-128-64-10, batches of 64, float32, plain stochastic gradient descent, on the CPU, each on one thread: on matrices as
small as these, more threads wait for each other. Run `make peers` once before it.
Prints a table; exits 1 if a loss differs by more than 1e-4, or if the course is slower than PyTorch.
"""

import os
import statistics
import sys
import time
from pathlib import Path

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
os.environ.update(dict.fromkeys(THREADS, "1"))

import numpy as np
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "peers")]

from rivals import RIVALS, model_of

SIZES, BATCH, LR = [784, 128, 64, 10], 64, 0.05
ROWS, ROUNDS = 6400, 7
CLOSE = 1e-4


def main() -> int:
    """Measure and print; 1 if a promise is broken."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(ROWS, SIZES[0])).astype(np.float32), rng.integers(0, SIZES[-1], ROWS)
    params = [p.copy() for p in model_of(SIZES, 0).params()]
    trained = {name: rival(params, x, y, LR, BATCH) for name, rival in RIVALS.items()}
    losses = {name: train(1)[0] for name, train in trained.items()}
    times: dict[str, list[float]] = {name: [] for name in RIVALS}
    for _ in range(ROUNDS):  # in turn, so that a busy moment hits all
        for name, train in trained.items():
            start = time.perf_counter()
            train(1)
            times[name].append(time.perf_counter() - start)
    seconds = {name: statistics.median(taken) for name, taken in times.items()}
    table = Table("", "loss of the first epoch", "samples a second", "times PyTorch's")
    for name in RIVALS:
        ratio = seconds["PyTorch"] / seconds[name]
        table.add_row(name, f"{losses[name]:.6f}", f"{ROWS / seconds[name]:,.0f}", f"{ratio:.2f}")
    table.caption = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    Console(width=90).print(table)
    ours = "course, unit 10"
    agree = all(abs(loss - losses[ours]) <= CLOSE for loss in losses.values())
    return 0 if agree and seconds[ours] <= seconds["PyTorch"] else 1


if __name__ == "__main__":
    sys.exit(main())
