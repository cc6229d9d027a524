"""What a student wrote, as a page may show it to someone else: text, tables, pictures and formulas, nothing that acts.

``nbgrader_config.py`` names both parts for every page that nbgrader makes of a graded notebook: feedback, and
formgrader's. A notebook opened in JupyterLab is looked after by JupyterLab itself.
"""

import re
from functools import lru_cache
from html import escape
from textwrap import indent
from typing import Any

import nh3
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor

from autograder.nbgrader_plugins.highlight import PLAIN, PYTHON, without_trailing_blanks
from autograder.nbgrader_plugins.shorten import Shortener

UNSEEN = ("script", "style", "template", "iframe", "object", "embed", "noscript", "title", "textarea", "select", "svg")
"""What goes with all that it holds: a page shows nothing of it, or nothing that makes sense without it."""
TAGS = {
    *(
        "a",
        "b",
        "blockquote",
        "br",
        "caption",
        "center",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "div",
        "dl",
    ),
    *("dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li"),
    *("mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "summary", "sup"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var"),
}
STYLES = (
    *("background-color", "border", "border-collapse", "color", "font-family", "font-size", "font-style"),
    *("font-weight", "height", "max-width", "padding", "text-align", "vertical-align", "white-space", "width"),
)
"""Nothing that lays one thing over another."""
WORDS = {"alt", "align", "colspan", "open", "rowspan", "start", "style", "title", "width", "height"}
LINK = re.compile(r"(?:https?://|mailto:|#)", re.I)
PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,", re.I)
"""In an ``img``, not even SVG runs anything; a picture from elsewhere would tell its owner who looks."""
HIGHLIGHT = re.compile(r"highlight|hl-\w+|language-\w+|dataframe|err|[a-z]{1,2}\d?")
"""Classes of coloured code and of tables. Others could pass for parts of the page, and so could any id."""
PASTED = re.compile(r"base64,[A-Za-z0-9+/=]*")
MAX_CHARACTERS, MAX_CHARACTERS_OF_NOTEBOOK = 20_000, 100_000
"""Characters, pasted pictures left aside: a page of brackets would keep the parser busy for hours."""
SHOWN = {"text/plain", "text/latex", "text/markdown", "image/png", "image/jpeg", "image/svg+xml", "text/html"}


def _allowed(tag: str, name: str, value: str) -> str | None:
    """An attribute's value, where it may stay."""
    if name == "class":
        return value if all(HIGHLIGHT.fullmatch(word) for word in value.split()) else None
    if name in ("href", "src"):
        return value if (LINK if name == "href" else PICTURE).match(value) else None
    return value


CLEANER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=set(UNSEEN),
    attributes={"*": {*WORDS, "class"}, "a": {"href"}, "img": {"src"}},
    attribute_filter=_allowed,
    url_schemes={"http", "https", "mailto", "data"},
    filter_style_properties=set(STYLES),
    link_rel=None,
)


def sanitized(html: str) -> str:
    """HTML with nothing in it that runs, loads, sends, or passes for a part of the page."""
    return CLEANER.clean(html)


def sanitized_markdown(source: str) -> str:
    """Markdown as inert HTML: nbconvert's filter ``markdown2html``, with formulas left for MathJax."""
    return _rendered(source) if len(source) > MAX_CHARACTERS else _kept(source)


@lru_cache(maxsize=256)
def _kept(source: str) -> str:
    """The course's own text is on the page of every student, so what was made of it last is kept."""
    return _rendered(source)


def _rendered(source: str) -> str:
    renderer = _Renderer(escape=False, exclude_anchor_links=True, attachments=_NoAttachments())
    return sanitized(MarkdownWithMath(renderer=renderer).render(source))


class _Renderer(IPythonRenderer):
    def block_code(self, code: str, info: str | None = None) -> str:
        """A block of code, in colours if it is Python."""
        if (info or "").partition(" ")[0].strip() in PYTHON:
            return str(super().block_code(without_trailing_blanks(code), "python"))
        return str(super().block_code(code))


class _NoAttachments(dict[str, Any]):
    """A picture that was pasted into a cell does not come with a submission."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> dict[str, str]:
        return {"image/png": ""}


class Sanitize(Preprocessor):
    """Makes the outputs and raw cells of a notebook inert; markdown is :func:`sanitized_markdown`'s.

    What would take long to make inert is shown as its source, and code that would take long to colour has no colours.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Make every cell inert, and leave out the state of live figures."""
        self._shortener = Shortener()
        self._left = dict.fromkeys(("code", "markup"), MAX_CHARACTERS_OF_NOTEBOOK)
        nb.metadata.pop("widgets", None)
        return super().preprocess(nb, resources)

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        """Leave of a cell what can be shown."""
        cell.pop("attachments", None)
        if cell.cell_type == "raw" or (cell.cell_type == "markdown" and not self._affords(cell.source)):
            cell.cell_type, cell.source = "markdown", _as_source(cell.source)
        if cell.cell_type == "code":
            cell.metadata[PLAIN] = not self._affords(cell.source, "code")
            self._shortener.shorten(cell)
        for output in cell.get("outputs", ()):
            if "data" in output:
                output.data = {kind: self._shown(kind, data) for kind, data in output.data.items() if kind in SHOWN}
                output.metadata = {}
        return cell, resources

    def _shown(self, kind: str, data: Any) -> str:
        text = "".join(data) if isinstance(data, list) else str(data)
        if kind not in ("text/html", "text/markdown"):
            return text
        if not self._affords(text):
            return f"<pre>{escape(text)}</pre>" if kind == "text/html" else _as_source(text)
        return sanitized(text) if kind == "text/html" else text

    def _affords(self, text: str, kind: str = "markup") -> bool:
        size = len(PASTED.sub("", text)) if kind == "markup" else len(text)
        if size > min(MAX_CHARACTERS, self._left[kind]):
            return False
        self._left[kind] -= size
        return True


def _as_source(text: str) -> str:
    """Markdown that shows a text as it was typed."""
    return indent(text, "    ", lambda line: True)
