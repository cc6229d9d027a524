"""Static figures in one style: ``fig, ax = draw.figure()``, then ``draw.show(fig, alt="…")``.

Colours are the eight of Okabe and Ito, which colour-blind readers can tell apart; every line also differs by
its style or marker. Source: Okabe and Ito 2008, "Color universal design".
"""

import base64
import html
import io
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

BLUE, ORANGE, GREEN, VERMILLION = "#0072B2", "#E69F00", "#009E73", "#D55E00"
SKY, PURPLE, YELLOW, BLACK = "#56B4E9", "#CC79A7", "#F0E442", "#000000"
GREY = "#767676"
WIDTH = 7.5


def figure(columns: int = 1, *, height: float = 3.6, width: float = WIDTH, **subplots: Any) -> tuple[Figure, Any]:
    """A new figure with a row of axes.

    Parameters
    ----------
    columns : int
        How many axes stand side by side.
    height, width : float
        In inches; the width fits a laptop's notebook column.
    **subplots
        Passed on to matplotlib's ``Figure.subplots``.

    Returns
    -------
    (Figure, Axes) or (Figure, array of Axes)
    """
    fig = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(fig)
    axes = fig.subplots(1, columns, **subplots)
    for ax in [axes] if columns == 1 else axes:
        ax.spines[["top", "right"]].set_visible(False)
        ax.grid(alpha=0.25)
    return fig, axes


def png(fig: Figure, dpi: int = 110) -> bytes:
    """The figure as PNG bytes; the same figure gives the same bytes."""
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png", dpi=dpi, metadata={"Software": None})
    return buffer.getvalue()


def show(fig: Figure, *, alt: str) -> None:
    """Show a figure in the notebook with its alternative text; outside one, print the text.

    Parameters
    ----------
    fig : Figure
    alt : str
        What someone who can't see the picture should know: the numbers and what follows from them.
    """
    from IPython import get_ipython
    from IPython.display import display

    if get_ipython() is None:
        print(alt)
        return
    display(as_output(png(fig), alt), raw=True)


def as_output(picture: bytes, alt: str, mimetype: str = "image/png") -> dict[str, str]:
    """A picture as the data of an output: with its alternative text for every reader that shows HTML."""
    encoded = base64.b64encode(picture).decode()
    image = f'<img alt="{html.escape(alt)}" style="max-width: 100%" src="data:{mimetype};base64,{encoded}">'
    return {"text/html": image, mimetype: encoded, "text/plain": alt}
