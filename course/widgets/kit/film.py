"""A picture in the browser whose frames lie ready before the slider gets there.

What goes through the kernel reaches the screen about ten times a second. So the kernel computes, with the student's
function, the frames for every place of the slider that is being moved, sends them at once, and the browser shows
each at the moment when the slider is there.
"""

import anywidget
import traitlets

from course.widgets.kit.assets import read_assets


class Film(anywidget.AnyWidget):
    """Three layers: the ground, what rests, and what moves.

    Attributes
    ----------
    size : list of int
        Width and height in pixels.
    ground : bytes
        A PNG; empty where the drawing needs none.
    rest, frame : str, dict
        SVG elements over the ground. A frame has its ``markup``, its ``sentence``, and ``at``: each slider's value.
    strip : dict
        Frames that lie ready: ``along`` which slider, ``at`` the values of the others, its ``stops``, and of each
        stop the markup and the sentence, or None where there is none.
    sliders : dict
        The model of each slider, by its name.
    """

    _esm = read_assets("kit/film.js")
    size = traitlets.List([0, 0]).tag(sync=True)
    ground = traitlets.Bytes(b"").tag(sync=True)
    rest = traitlets.Unicode("").tag(sync=True)
    frame = traitlets.Dict({"at": {}, "markup": "", "sentence": ""}).tag(sync=True)
    strip = traitlets.Dict({}).tag(sync=True)
    sliders = traitlets.Dict({}).tag(sync=True)
