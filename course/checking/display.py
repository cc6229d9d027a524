"""A verdict as plain text, and as a small table of got and expected in a notebook."""

import numpy as np

from course.checking.messages import number, supplied_note, warning_advice
from course.checking.verdict import Diagnosis, Evidence, Verdict

MAX_ROWS, MAX_COLUMNS = 8, 6
CARE_TAKEN = {
    "unchanged": "the inputs are left as they were",
    "one row": "right for a batch of one",
    "float32": "right for float32 inputs",
    "views": "right for views and read-only arrays",
    "lists": "right for plain lists",
    "no warnings": "no warnings from numpy",
}


def as_text(verdict: Verdict) -> str:
    """The verdict in a few lines: its message, or what is right where all is."""
    if not verdict.written:
        return f"{verdict.exercise}: {verdict.message}"
    diagnosis = verdict.diagnosis
    if not verdict.passed or diagnosis is None:
        return verdict.message
    aspects = [_values(diagnosis), *((aspect, CARE_TAKEN.get(aspect, "right")) for aspect in diagnosis.kept)]
    width = max(len(name) for name, _ in aspects)
    lines = [f"  {name:<{width}}  {sentence}" for name, sentence in aspects]
    return "\n".join([verdict.exercise, *lines, *warning_advice(diagnosis.warnings), *supplied_note(diagnosis)])


def _values(diagnosis: Diagnosis) -> tuple[str, str]:
    """What the values are called, and in how many draws they are right."""
    key, error = diagnosis.key, diagnosis.relative_error
    if diagnosis.from_results:
        return ", ".join(key.outputs), "right"
    text = "right on this example" if key.scenario else f"right in {len(key.cases)} draws"
    if key.properties:
        text = f"right: as asked in {len(key.cases)} draws"
    elif error is not None:
        text = f"{text}; finite differences agree (relative error {error:.0e})"
    return ", ".join(key.outputs) if key.form != "one" else "values", text


def show_table(evidence: Evidence | None) -> None:
    """Show got and expected side by side in a notebook, where there is an array to show."""
    table = as_table(evidence) if evidence else None
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
        np.atleast_2d(got)[:MAX_ROWS, :MAX_COLUMNS],
        np.atleast_2d(expected)[:MAX_ROWS, :MAX_COLUMNS],
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
