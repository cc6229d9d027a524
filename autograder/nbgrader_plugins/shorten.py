"""What a page shows of long outputs: the beginning and the end of each, and not more of them than is soon laid out."""

from typing import Any

MAX_CHARACTERS, MAX_CHARACTERS_OF_NOTEBOOK = 50_000, 500_000
"""Characters of one text, and of all outputs but those of graded cells: what was said of an answer is always shown."""
CHARACTERS_OF_OUTPUT = 200
"""What each output counts for besides its text."""
THE_REST = "[The rest of what this cell showed is left out here.]\n"
TEXTS = ("text/plain", "text/latex")


class Shortener:
    """Shortens the outputs of one notebook, cell by cell."""

    def __init__(self) -> None:
        self._left = MAX_CHARACTERS_OF_NOTEBOOK

    def shorten(self, cell: Any) -> None:
        """Leave of a cell's outputs what a page shows.

        Parameters
        ----------
        cell : NotebookNode
            A code cell of nbformat's.
        """
        graded, kept = cell.metadata.get("nbgrader", {}).get("grade"), []
        for output in cell.outputs:
            size = CHARACTERS_OF_OUTPUT + _shorten(output)
            if not graded and size > self._left:
                kept.append(output.__class__(output_type="stream", name="stdout", text=THE_REST))
                break
            self._left -= 0 if graded else size
            kept.append(output)
        cell.outputs = kept


def _shorten(output: Any) -> int:
    """Shorten the texts of one output; gives how long they are now."""
    if output.output_type == "stream":
        output.text = shortened(output.text)
        return len(output.text)
    if output.output_type == "error":
        output.traceback = shortened("\n".join(output.traceback)).split("\n")
        return sum(map(len, output.traceback))
    found = {kind: shortened(text) for kind, text in output.data.items() if kind in TEXTS and isinstance(text, str)}
    output.data |= found
    return sum(map(len, found.values()))


def shortened(text: str) -> str:
    """A text without the middle of it, if it is too long."""
    if len(text) <= MAX_CHARACTERS:
        return text
    half, left_out = MAX_CHARACTERS // 2, len(text) - MAX_CHARACTERS
    return f"{text[:half]}\n[{left_out:,} characters are left out here.]\n{text[-half:]}"
