"""Code in colours, as a page shows it: of Python alone, and never more of it than is soon coloured.

``nbgrader_config.py`` names :func:`highlighted_code` for every page that nbgrader makes of a graded notebook.
"""

from functools import lru_cache
from typing import Any

from nbconvert.filters.highlight import Highlight2HTML

PLAIN = "shown_plain"
"""In the metadata of a cell: its code gets no colours."""
PYTHON = {"python", "python3", "py", "py3", "ipython", "ipython3"}
"""The names of the only language that is coloured: those that are known go by thousands of regular expressions, and
some of them take for ever over some texts."""
MAX_CACHED_CHARACTERS = 20_000
"""Characters of a cell whose colours are remembered."""

_in_colours, _plain = Highlight2HTML(pygments_lexer="python"), Highlight2HTML(pygments_lexer="text")


def highlighted_code(source: str, language: str | None = None, metadata: Any = None) -> str:
    """A cell's code as HTML: nbconvert's filter ``highlight_code``.

    Parameters
    ----------
    source : str
    language : str, optional
        It is taken for Python, whatever is said.
    metadata : dict, optional
        The cell's own.
    """
    if metadata and metadata.get(PLAIN):
        return str(_plain(source))
    text = without_trailing_blanks(source)
    return _remembered(text) if len(text) <= MAX_CACHED_CHARACTERS else str(_in_colours(text))


@lru_cache(maxsize=256)
def _remembered(source: str) -> str:
    """Code in colours; most cells are the same on every student's page."""
    return str(_in_colours(source))


def without_trailing_blanks(source: str) -> str:
    """Code whose lines end where they seem to end.

    From each line of blanks on, pygments looks for the text that follows, through all the others: twice as many lines
    would take four times as long.
    """
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines)
