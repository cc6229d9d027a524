"""The base of the figures that play in the browser: Python computes a whole run, JavaScript draws and plays it."""

from typing import Any

import anywidget
import traitlets

from course.widgets.kit.panel import ONE_AT_A_TIME, bundle, error_text


class Animation(anywidget.AnyWidget):
    """A figure whose settings come from the browser, and whose runs are computed here.

    A figure gives ``_esm`` and ``_css`` (see :func:`~course.widgets.kit.assets.read_assets`), :meth:`walk` and
    :meth:`still`, and traits for the numbers that its JavaScript draws.

    Attributes
    ----------
    wish : dict
        What the reader set in the browser, and ``serial``, the number of this wish.
    scene : dict
        What stays the same for many runs.
    run : dict
        The settings that were used, the ``serial`` of the wish that is answered, ``badge`` and ``sentence``.
    trouble : str
        An exception as text; empty where all is well.
    guess_first : bool
        Whether the figure asks for a guess before it plays.
    """

    wish = traitlets.Dict().tag(sync=True)
    scene = traitlets.Dict().tag(sync=True)
    run = traitlets.Dict().tag(sync=True)
    trouble = traitlets.Unicode("").tag(sync=True)
    guess_first = traitlets.Bool(True).tag(sync=True)
    advice = "The picture shows the last values that worked: move on, or mend the function and run this cell again."

    def walk(self, wish: dict[str, Any]) -> None:
        """Compute a run with these settings and show it; what is left out has its default."""
        raise NotImplementedError

    def still(self) -> bytes:
        """The run as a PNG, for readers without a kernel."""
        raise NotImplementedError

    @property
    def sentence(self) -> str:
        """What came of the run, with its numbers: the alternative text of the still picture."""
        return self.run["sentence"]

    def fail(self, error: Exception, advice: str = "") -> None:
        """Show an exception as text, and below it what to do."""
        self.trouble = error_text(error, advice or self.advice)

    @traitlets.observe("wish")
    def _wished(self, change: Any) -> None:
        with ONE_AT_A_TIME:
            try:
                self.walk(self.wish)
            except Exception as error:  # whatever the student's code does, the figure goes on
                self.fail(error)
                self.run = {**self.run, "serial": self.wish.get("serial", 0)}

    def _repr_mimebundle_(self, **options: Any) -> Any:
        with ONE_AT_A_TIME:
            picture = self.still()
        return bundle(self, picture, "image/png", self.sentence)
