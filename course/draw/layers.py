"""Figures of unit 06: which entries make a gradient, tests that wrong answers pass, loops against products.

The wrong answers that are put to the test are made from the student's own right one.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from timeit import repeat
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course import draw

Gradients = tuple[np.ndarray, np.ndarray, np.ndarray]
Backward = Callable[..., Any]

FILLS = (draw.SKY, draw.ORANGE, draw.YELLOW, draw.PURPLE, draw.GREEN, draw.GREY)
TESTS = {
    "shapes alone,\nN = D = M = 4": (4, 4, 4),
    "dz of ones,\nN = D = M = 4": (4, 4, 4),
    "dz random,\nN = D = M = 4": (4, 4, 4),
    "dz random,\nN, D, M = 1, 7, 3": (1, 7, 3),
    "dz of ones,\nN, D, M = 5, 7, 3": (5, 7, 3),
    "dz random,\nN, D, M = 5, 7, 3": (5, 7, 3),
}
"""What each test gives to a backward pass: the sizes N, D and M."""


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


def one_entry(linear_backward: Backward, dz: np.ndarray, x: np.ndarray, W: np.ndarray, entry: tuple[int, int]) -> None:
    """Which entries of x and dz make this entry of dW?

    Parameters
    ----------
    linear_backward : callable
        The student's.
    dz, x, W : ndarrays, shapes (N, M), (N, D), (D, M)
    entry : (int, int)
        The row d and the column m of the weight.
    """
    if entry not in np.ndindex(W.shape):
        print(f"dW has no entry {entry}: type (d, m), d from 0 to {len(W) - 1}, m from 0 to {W.shape[1] - 1}.")
        return
    row, column = entry
    dW = gradients(linear_backward(dz, x, W))[1]
    fig, axes = draw.figure(3, height=3.0)
    marked_x, marked_dz, marked = (np.zeros(a.shape, dtype=bool) for a in (x, dz, dW))
    marked_x[:, row] = marked_dz[:, column] = marked[row, column] = True
    panels = (("x", x, marked_x), ("dz", dz, marked_dz), ("dW, as you return it", dW, marked))
    for ax, (title, array, marks) in zip(axes, panels, strict=True):
        _grid(ax, array, np.where(marks, draw.ORANGE, "white"), np.where(marks, 2.2, 0.6))
        ax.set_title(title, fontsize=10)
    terms = [f"({_number(a)})·({_number(g)})" for a, g in zip(x[:, row], dz[:, column], strict=True)]
    products = " + ".join(terms) + f" = {_number(np.dot(x[:, row], dz[:, column]))}"
    fig.supxlabel(f"dW[{row}, {column}] = {products}", fontsize=10)
    draw.show(
        fig,
        alt=f"Number grids of x, dz and dW. Marked by filled cells and thick borders: column {row} of x, "
        f"column {column} of dz, and dW[{row}, {column}] = {_number(dW[row, column])}. Row by row: {products}.",
    )


def _grid(ax: Axes, array: np.ndarray, fills: np.ndarray, borders: np.ndarray) -> None:
    """A matrix as a grid of numbers, each cell with its fill and the width of its border."""
    rows, columns = array.shape
    for (i, j), value in np.ndenumerate(array):
        width = float(borders[i, j])
        above = 1 + int(width > 1)
        ax.add_patch(Rectangle((j, i), 1, 1, facecolor=fills[i, j], edgecolor=draw.BLACK, lw=width, zorder=above))
        ax.text(j + 0.5, i + 0.5, _number(value), ha="center", va="center", fontsize=10, zorder=3)
    ax.set(xlim=(-0.05, columns + 0.05), ylim=(rows + 0.05, -0.05), aspect="equal")
    ax.set_xticks(np.arange(columns) + 0.5, labels=[str(j) for j in range(columns)], fontsize=8)
    ax.set_yticks(np.arange(rows) + 0.5, labels=[str(i) for i in range(rows)], fontsize=8)
    ax.grid(visible=False)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)


def _number(value: Any) -> str:
    """A number to four digits, with a typographic minus and no negative zero."""
    return f"{float(value) + 0.0:.4g}".replace("-", "−")


def weak_tests(linear_backward: Backward, seed: int = 6) -> None:
    """Which of eight wrong answers pass which test?

    Parameters
    ----------
    linear_backward : callable
        The student's right one; the wrong ones are made from it.
    seed : int
    """
    suspects = _suspects(linear_backward)
    found = {test: [_fate(test, linear_backward, f, seed) for f in suspects.values()] for test in TESTS}
    fig, ax = draw.figure(height=4.2)
    for j, fates in enumerate(found.values()):
        for i, fate in enumerate(fates):
            fill, weight = (draw.ORANGE, "bold") if fate == "passes" else ("white", "normal")
            ax.add_patch(Rectangle((j, i), 1, 1, facecolor=fill, edgecolor=draw.GREY, lw=0.8))
            ax.text(j + 0.5, i + 0.5, fate, ha="center", va="center", fontsize=9, weight=weight)
    ax.set(xlim=(0, len(TESTS)), ylim=(len(suspects), 0))
    ax.set_xticks(np.arange(len(TESTS)) + 0.5, labels=list(TESTS), fontsize=8)
    ax.set_yticks(np.arange(len(suspects)) + 0.5, labels=list(suspects), fontsize=8)
    ax.xaxis.tick_top()
    ax.grid(visible=False)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    told = []
    for test, fates in found.items():
        names = [name for name, fate in zip(suspects, fates, strict=True) if fate == "passes"]
        told.append(f"{test.replace(chr(10), ' ')}: {len(names)} ({'; '.join(names) or 'none'})")
    draw.show(fig, alt=f"How many of {len(suspects)} wrong answers pass each test. " + ". ".join(told) + ".")


def gradients(returned: Any) -> Gradients:
    """dx, dW and db as arrays, returned as a tuple, a list or a dict."""
    dx, dW, db = (returned[n] for n in ("dx", "dW", "db")) if isinstance(returned, Mapping) else returned
    return np.asarray(dx), np.asarray(dW), np.asarray(db)


def _suspects(linear_backward: Backward) -> Mapping[str, Callable[..., Gradients]]:
    """Eight wrong backward passes, by what is wrong with them."""

    def backward(dz: np.ndarray, x: np.ndarray, W: np.ndarray) -> Gradients:
        return gradients(linear_backward(dz, x, W))

    def few_rows(dz: np.ndarray, x: np.ndarray, W: np.ndarray) -> Gradients:
        few = dz.shape[1]
        return (backward(dz, x, W)[0], *backward(dz[:few], x[:few], W)[1:])

    def with_db(make: Callable[..., Any]) -> Callable[..., Gradients]:
        return lambda dz, x, W: (*backward(dz, x, W)[:2], make(dz))

    def with_dw(make: Callable[..., Any]) -> Callable[..., Gradients]:
        return lambda dz, x, W: (backward(dz, x, W)[0], make(dz, x), backward(dz, x, W)[2])

    return {
        "1  ones in place of dz": lambda dz, x, W: backward(np.ones_like(dz), x, W),
        "2  dx: W for Wᵀ": lambda dz, x, W: (backward(dz, x, W.T)[0], *backward(dz, x, W)[1:]),
        "3  db: wrong axis": with_db(lambda dz: dz.sum(axis=1)),
        "4  db: mean": with_db(lambda dz: np.mean(dz, 0)),
        "5  dW: sum × sum": with_dw(lambda dz, x: np.outer(x.sum(0), dz.sum(0))),
        "6  dW: sum × mean": with_dw(lambda dz, x: np.outer(x.sum(0), dz.mean(0))),
        "7  dW: first row only": with_dw(lambda dz, x: np.outer(x[0], dz[0])),
        "8  first M rows only": few_rows,
    }


def _fate(test: str, right: Backward, suspect: Backward, seed: int) -> str:
    """What a test says of a wrong answer: it passes, is caught, or stops with an error."""
    rng = np.random.default_rng(seed)
    n, d, m = TESTS[test]
    x, W = rng.normal(size=(n, d)), rng.normal(size=(d, m))
    dz = np.ones((n, m)) if "ones" in test else rng.normal(size=(n, m))
    try:
        found = suspect(dz, x, W)
    except Exception:
        return "stops"
    expected = gradients(right(dz, x, W))
    if [np.squeeze(a).shape for a in found] != [np.squeeze(a).shape for a in expected]:
        return "caught"
    if "shapes" in test:
        return "passes"
    return "passes" if all(map(np.allclose, found, expected)) else "caught"


def stretched(unbroadcast: Callable[..., Any], dz: np.ndarray, shapes: Sequence[tuple[int, ...]]) -> None:
    """Which entries of dz belong to the same entry of an input of each shape?

    Parameters
    ----------
    unbroadcast : callable
        The student's, called as ``unbroadcast(dz, shape)``.
    dz : ndarray, shape (N, M)
    shapes : sequence of tuples
        At most six entries each; those that don't fit are named and left out.
    """
    shapes = [shape for shape in shapes if _stretches(shape, dz.shape)] or [()]
    fig, axes = draw.figure(len(shapes), height=2.3)
    told = []
    for ax, shape in zip(np.ravel(axes), shapes, strict=True):
        places = np.broadcast_to(np.arange(int(np.prod(shape))).reshape(shape), dz.shape)
        _grid(ax, dz, np.array(FILLS)[places], np.full(dz.shape, 0.8))
        for (i, j), place in np.ndenumerate(places):
            ax.text(j + 0.9, i + 0.22, "abcdef"[place], ha="right", va="center", fontsize=8, zorder=3)
        result = np.asarray(unbroadcast(dz, shape))
        text = np.array2string(result, separator=", ", formatter={"all": _number}).replace("\n", "")
        ax.set_title(f"{shape}: {text}", fontsize=8)
        groups = [f"{letter} {_number(value)}" for letter, value in zip("abcdef", result.ravel(), strict=False)]
        told.append(f"shape {shape}, {len(groups)} {'group' if len(groups) == 1 else 'groups'}: {', '.join(groups)}")
    draw.show(fig, alt=f"The grid of dz; cells with one letter and colour are added up. {'; '.join(told)}.")


def _stretches(shape: tuple[int, ...], to: tuple[int, ...]) -> bool:
    """Whether numpy can stretch an array of this shape; if not, a line says so."""
    fits = isinstance(shape, tuple) and len(shape) <= len(to)
    fits = fits and all(one in (1, other) for one, other in zip(shape[::-1], to[::-1], strict=False))
    if not fits:
        print(f"numpy can't stretch {shape} to {to}{'' if isinstance(shape, tuple) else '; a shape is a tuple: (3,)'}.")
    return fits
