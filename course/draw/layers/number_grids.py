"""Matrices as grids of numbers: which entries make one of dW, which belong together where an input was stretched."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course import draw
from course.draw.layers.returned import Backward, gradients

FILLS = (draw.SKY, draw.ORANGE, draw.YELLOW, draw.PURPLE, draw.GREEN, draw.GREY)


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


def _stretches(shape: tuple[int, ...], to: tuple[int, ...]) -> bool:
    """Whether numpy can stretch an array of this shape; if not, a line says so."""
    fits = isinstance(shape, tuple) and len(shape) <= len(to)
    fits = fits and all(one in (1, other) for one, other in zip(shape[::-1], to[::-1], strict=False))
    if not fits:
        print(f"numpy can't stretch {shape} to {to}{'' if isinstance(shape, tuple) else '; a shape is a tuple: (3,)'}.")
    return fits
