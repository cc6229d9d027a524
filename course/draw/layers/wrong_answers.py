"""Which wrong backward passes get through which test; they are made from the student's own right one."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from matplotlib.patches import Rectangle

from course import draw
from course.draw.layers.returned import Backward, Gradients, gradients

TESTS = {
    "shapes alone,\nN = D = M = 4": (4, 4, 4),
    "dz of ones,\nN = D = M = 4": (4, 4, 4),
    "dz random,\nN = D = M = 4": (4, 4, 4),
    "dz random,\nN, D, M = 1, 7, 3": (1, 7, 3),
    "dz of ones,\nN, D, M = 5, 7, 3": (5, 7, 3),
    "dz random,\nN, D, M = 5, 7, 3": (5, 7, 3),
}
"""What each test gives to a backward pass: the sizes N, D and M."""


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
