"""How long loops take, and how long a product of matrices."""

from collections.abc import Callable, Sequence
from functools import partial
from timeit import repeat
from typing import Any

import numpy as np

from course import draw


def race(linear_forward: Callable[..., Any], sizes: Sequence[tuple[int, int, int]], seed: int = 6) -> None:
    """How long do loops take, and how long the student's function?

    Parameters
    ----------
    linear_forward : callable
        The student's, called as ``linear_forward(x, W, b)``.
    sizes : sequence of (N, D, M)
        From small to large.
    seed : int
    """
    rng = np.random.default_rng(seed)
    counts, ours, loops = [], [], []
    for n, d, m in sizes:
        x, W, b = rng.normal(size=(n, d)), rng.normal(size=(d, m)), rng.normal(size=m)
        rows, columns = x.tolist(), W.T.tolist()
        counts.append(n * d * m)
        ours.append(_fastest(partial(linear_forward, x, W, b)))
        loops.append(_fastest(partial(_products, rows, columns)))
    fig, ax = draw.figure()
    ax.loglog(counts, loops, "--s", color=draw.VERMILLION, label="loops in Python")
    ax.loglog(counts, ours, "-o", color=draw.BLUE, label="your linear_forward")
    ax.set(xlabel="multiplications, N·D·M", ylabel="seconds")
    ax.legend(frameon=False)
    told = [f"{c:,}: {a:.2g} s and {o:.2g} s" for c, a, o in zip(counts, loops, ours, strict=True)]
    print(f"Measured here, for {counts[-1]:,} multiplications:")
    ratio = loops[-1] / ours[-1]
    times = f"{ratio:,.{0 if ratio >= 10 else 1}f}"
    print(f"loops {loops[-1]:.2g} s, your function {ours[-1]:.2g} s, {times} times as fast.")
    draw.show(fig, alt="Seconds for loops and for your function, by the number of products. " + "; ".join(told) + ".")


def _fastest(call: Callable[[], Any]) -> float:
    """Seconds for one call: the best of nine, after one that warms up."""
    call()
    return min(repeat(call, number=1, repeat=9))


def _products(rows: list[list[float]], columns: list[list[float]]) -> list[list[float]]:
    """Every row times every column, one multiplication after another, without the bias."""
    table = [[0.0] * len(columns) for _ in rows]
    for line, row in zip(table, rows, strict=True):
        for m, column in enumerate(columns):
            for one, other in zip(row, column, strict=True):
                line[m] += one * other
    return table
