"""Reading the JavaScript and CSS files of the live figures."""

from pathlib import Path

WIDGETS = Path(__file__).resolve().parents[1]


def read_assets(*paths: str) -> str:
    """The text of these files, one after the other, as anywidget takes it for ``_esm`` or ``_css``.

    The browser gets the JavaScript files of a figure as one module, so that they see each other's names; only the
    last one has an ``export``.

    Parameters
    ----------
    *paths : str
        Relative to ``course/widgets``, for instance ``"kit/base.css", "descent/figure.css"``.

    Returns
    -------
    str
    """
    return "\n".join((WIDGETS / path).read_text(encoding="utf-8") for path in paths)
