"""A verdict as plain text, and as a small table of got and expected in a notebook."""

import sys

import numpy as np

from course.checking.messages import number
from course.checking.verdict import Evidence, Verdict
from course.text import encodable

MOST_ROWS, MOST_COLUMNS = 8, 6


def as_text(verdict: Verdict) -> str:
    """The verdict in a few lines, which can be written down whatever names and errors of the student's they quote."""
    if not verdict.written:
        return encodable(f"{verdict.exercise}: {verdict.message}")
    if not verdict.passed:
        return encodable(verdict.message)
    width = max(len(name) for name, _ in verdict.aspects)
    lines = [f"  {name:<{width}}  {sentence}" for name, sentence in verdict.aspects]
    advice = verdict.message.splitlines()[1:]
    return encodable("\n".join([verdict.exercise, *lines, *advice]))


def show_table(verdict: Verdict) -> None:
    """Show got and expected side by side, where there is a notebook to show it in and an array to show."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is None or not hasattr(shell, "kernel") or verdict.evidence is None:
        return
    table = as_table(verdict.evidence)
    if table:
        from IPython.display import display

        display({"text/html": table, "text/plain": ""}, raw=True)


def as_table(evidence: Evidence) -> str | None:
    """An HTML table of an array of up to two dimensions; wrong entries are marked with a sign and in bold."""
    got, expected = evidence.got, evidence.expected
    if not isinstance(got, np.ndarray) or not isinstance(expected, np.ndarray):
        return None
    if got.shape != expected.shape or got.ndim not in (1, 2) or got.size == 0:
        return None
    got, expected = (
        np.atleast_2d(got)[:MOST_ROWS, :MOST_COLUMNS],
        np.atleast_2d(expected)[:MOST_ROWS, :MOST_COLUMNS],
    )
    with np.errstate(all="ignore"):
        scale = float(np.max(np.abs(expected[np.isfinite(expected)]), initial=0.0))
        wrong = ~((got == expected) | (np.abs(got.astype(float) - expected) <= 1e-6 * scale))
    if not wrong.any():
        return None
    part = "first entries" if np.ndim(evidence.got) == 1 else "upper left corner"
    cut = f" ({part})" if np.size(evidence.got) > got.size else ""
    return (
        '<table style="font-family: monospace">'
        f"<caption>{evidence.output}{cut}: ✗ marks what differs</caption>"
        f'<tr><th scope="col">got</th><th scope="col">expected</th></tr><tr>'
        f"<td>{_grid(got, wrong)}</td><td>{_grid(expected, np.zeros_like(wrong))}</td></tr></table>"
    )


def _grid(values: np.ndarray, marked: np.ndarray) -> str:
    rows = []
    for row, marks in zip(values, marked, strict=True):
        cells = [
            f"<td><b>✗ {number(value)}</b></td>" if mark else f"<td>{number(value)}</td>"
            for value, mark in zip(row, marks, strict=True)
        ]
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(rows)}</table>"
