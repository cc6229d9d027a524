"""The frame of a live figure: whose code runs, the controls, the picture, and a sentence with its numbers.

A figure returns its :class:`Panel`; shown in a cell it leaves, beside the widget, a static picture with the
sentence as its alternative text, for every reader that runs no kernel.
"""

import functools
import html
import threading
from collections.abc import Callable, Sequence
from typing import Any

import anywidget
import ipywidgets
import traitlets

from course.draw import as_output
from course.widgets.kit.assets import read_assets

# JupyterLab sends widget messages to two threads of the kernel; a figure takes them one after the other, and
# matplotlib may not draw in two threads at once.
ONE_AT_A_TIME = threading.RLock()
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
MOST_CONTROLS = 4
Still = Callable[[], tuple[bytes, str]]


class Voice(anywidget.AnyWidget):
    """A figure's sentence of state and its trouble, announced to screen readers.

    Attributes
    ----------
    name : str
        What the figure is called.
    sentence : str
        What the picture shows now, with its numbers; also the picture's alternative text.
    trouble : str
        An exception of the function that drives the figure, as text; empty where all is well.
    """

    _esm = read_assets("kit/voice.js")
    _css = read_assets("kit/base.css")
    name = traitlets.Unicode("").tag(sync=True)
    sentence = traitlets.Unicode("").tag(sync=True)
    trouble = traitlets.Unicode("").tag(sync=True)


class Panel(ipywidgets.VBox):
    """A badge, at most four controls, the picture and the sentence, one below the other.

    Parameters
    ----------
    picture : Widget
        Of fixed width; an ``Image`` with the class ``course-picture`` gets the sentence as its alternative text.
    controls : sequence of Widget
        Each with a description.
    name : str
        What the figure is called, for those who can't see it.
    badge : str
        Whose code runs.
    still : callable, optional
        Gives ``(bytes, mimetype)`` of the picture as it is now, for readers without a kernel.
    """

    def __init__(
        self,
        picture: ipywidgets.Widget,
        controls: Sequence[ipywidgets.Widget] = (),
        *,
        name: str,
        badge: str = "",
        still: Still | None = None,
    ) -> None:
        self._failures = 0
        self.picture = picture
        self.still = still
        self._badge = ipywidgets.HTML()
        self._controls = ipywidgets.VBox()
        self._voice = Voice(name=name)
        super().__init__([self._badge, self._controls, picture, self._voice])
        self.add_class("course-panel")
        self.badge = badge
        self.controls = tuple(controls)

    @property
    def badge(self) -> str:
        """Whose code runs."""
        return html.unescape(self._badge.value.removeprefix("<b>").removesuffix("</b>"))

    @badge.setter
    def badge(self, text: str) -> None:
        self._badge.value = f"<b>{html.escape(text)}</b>" if text else ""

    @property
    def controls(self) -> tuple[ipywidgets.Widget, ...]:
        """What the reader can move now; setting it replaces what stands there."""
        return self._controls.children

    @controls.setter
    def controls(self, widgets: Sequence[ipywidgets.Widget]) -> None:
        if len(widgets) > MOST_CONTROLS:
            raise ValueError(f"A figure shows at most {MOST_CONTROLS} controls at a time; these are {len(widgets)}.")
        self._controls.children = tuple(widgets)

    @property
    def sentence(self) -> str:
        """What the picture shows now, with its numbers."""
        return self._voice.sentence

    @property
    def trouble(self) -> str:
        """The exception that the figure shows; empty where all is well."""
        return self._voice.trouble

    def say(self, text: str) -> None:
        """Put the sentence under the picture; screen readers announce it."""
        self._voice.sentence = text

    def fail(self, error: BaseException) -> None:
        """Show an exception as text; the picture keeps what it showed."""
        self._failures += 1
        advice = "The picture shows the last values that worked: move on, or mend it."
        self._voice.trouble = error_text(error, advice)

    def safely(self, callback: Callable[..., Any]) -> Callable[..., Any]:
        """A callback that shows its exceptions in the figure, and takes the last one away when it gets through.

        Callbacks of all figures run one at a time; so they should read the controls, which are up to date,
        and not the change that woke them.
        """

        @functools.wraps(callback)
        def guarded(*arguments: Any, **named: Any) -> Any:
            with ONE_AT_A_TIME:
                before = self._failures
                try:
                    result = callback(*arguments, **named)
                except Exception as error:  # whatever the student's function does, the figure goes on
                    self.fail(error)
                    return None
                if self._failures == before:  # nor did a callback that this one woke fail
                    self._voice.trouble = ""
                return result

        return guarded

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None, **options: Any) -> Any:
        if self.still is None:
            return super()._repr_mimebundle_(**options)
        still = self.safely(self.still)()
        if still is None:
            return super()._repr_mimebundle_(**options)
        picture, mimetype = still
        return bundle(self, picture, mimetype, self.sentence)


def error_text(error: BaseException, advice: str) -> str:
    """What a figure shows of an exception: its kind, message and line, and on the next line what to do."""
    line = own_line(error)
    where = f", line {line}" if line else ""
    message = f": {error}" if str(error) else ""
    return f"{type(error).__name__}{message}{where}\n{advice}"


def own_line(error: BaseException) -> int | None:
    """The line where the function that the reader wrote raised: the last frame outside any package on disk."""
    frame, line = error.__traceback__, None
    while frame is not None:
        file = frame.tb_frame.f_code.co_filename
        if "ipykernel_" in file or file.startswith("<ipython-input"):
            line = frame.tb_lineno
        frame = frame.tb_next
    return line


def bundle(panel: ipywidgets.Widget, picture: bytes, mimetype: str, alt: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The widget, its static picture and the text in one output, as ``(data, metadata)``."""
    view = {"version_major": 2, "version_minor": 0, "model_id": panel.model_id}
    return {WIDGET_VIEW: view, **as_output(picture, alt, mimetype)}, {mimetype: {"alt": alt}}


def show(panel: ipywidgets.Widget, picture: bytes, mimetype: str, alt: str) -> None:
    """Display a figure with its static picture; outside a notebook, print the text."""
    from IPython import get_ipython
    from IPython.display import display

    if get_ipython() is None:
        print(alt)
        return
    data, metadata = bundle(panel, picture, mimetype, alt)
    display(data, metadata=metadata, raw=True)
