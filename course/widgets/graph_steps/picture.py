"""The drawing of a computation graph at one position of its passes: values above the edges, gradients below."""

from dataclasses import dataclass

from course import draw
from course.widgets.graph_steps.computation_graph import Nudge, Passes
from course.widgets.graph_steps.layouts import RADIUS, WIDTH, Edge, Layout
from course.widgets.graph_steps.words import Moment, formulas, listed, short, witness
from course.widgets.kit.shapes import Bar, Disc, Labelled, Line, Shape, Words
from course.widgets.kit.svg import Drawing

TEXT_LINES = 8
LINE_HEIGHT = 19
PALE = "#A8A8A8"
BOX = (94.0, 26.0)


@dataclass(frozen=True)
class Scene:
    """What there is to draw.

    Attributes
    ----------
    run : Passes
    moment : Moment
    layout : Layout
    before : Passes, optional
        The run before the last change of a number, shown in grey.
    nudge : Nudge, optional
    still : bool
        Whether no controls stand on the drawing, so that it has to say what they would.
    """

    run: Passes
    moment: Moment
    layout: Layout
    before: Passes | None = None
    nudge: Nudge | None = None
    still: bool = False


def picture(scene: Scene) -> Drawing:
    """The drawing of a scene."""
    shapes: list[Shape] = [_edge(scene, name, edge) for name, edge in scene.layout.edges.items()]
    shapes += [_gate(scene, index) for index in range(len(scene.run.graph.gates))]
    shapes += [*_legend(), *_text(scene)]
    height = int(scene.layout.foot + TEXT_LINES * LINE_HEIGHT + 6)
    return Drawing(f"Graph of {scene.run.graph.title}", WIDTH, height, shapes)


def _edge(scene: Scene, name: str, edge: Edge) -> Labelled:
    known, fresh = name in scene.moment.values, name in scene.moment.fresh
    line = Line(
        edge.points,
        colour=draw.BLACK if fresh else draw.GREY if known else PALE,
        width=3 if fresh else 1.4,
        dashes=None if known else (5, 4),
        arrow=True,
    )
    x, y = edge.label
    shapes: list[Shape] = [line]
    if known and (scene.still or name not in scene.run.numbers):
        shapes.append(Words((x, y - 8), f"{name} = {short(scene.run.values[name])}", bold=fresh))
    elif not known:
        shapes.append(Words((x, y - 8), name, colour=draw.GREY))
    shapes += _gradient(scene, name, edge)
    if scene.nudge and scene.nudge.name == name:
        shapes.append(Disc(edge.points[0], 5, fill=draw.ORANGE))
    return Labelled(_edge_in_words(scene, name), shapes)


def _gradient(scene: Scene, name: str, edge: Edge) -> list[Shape]:
    x, y = edge.label
    if name in scene.moment.gradients:
        fresh = scene.moment.backwards and name in scene.moment.fresh
        text = f"d{name} = {short(scene.run.gradients[name])}"
        return [Words((x, y + 20), text, colour=draw.BLUE, italic=True, bold=fresh)]
    if name == scene.moment.asked:
        across, down = BOX
        frame = Bar((x - across / 2, y + 6), BOX, colour=draw.BLUE, width=1.4, dashes=(4, 3))
        words = Words((x, y + 6 + 0.7 * down), f"d{name} = ?", colour=draw.BLUE, italic=True)
        return [frame, words] if scene.still else [frame]
    return []


def _edge_in_words(scene: Scene, name: str) -> str:
    moment, run = scene.moment, scene.run
    words = f"{name} = {short(run.values[name])}" if name in moment.values else f"{name} not known yet"
    if name in moment.gradients:
        return f"{words}, gradient d{name} = {short(run.gradients[name])}"
    return f"{words}, gradient d{name} asked for" if name == moment.asked else words


def _gate(scene: Scene, index: int) -> Labelled:
    gate, at = scene.run.graph.gates[index], scene.layout.gates[index]
    current = gate is scene.moment.gate
    shapes: list[Shape] = [Disc(at, RADIUS + 5, fill="none", width=2)] if current else []
    shapes.append(Disc(at, RADIUS, width=2.4 if current else 1.2))
    size = 15 if len(gate.sign) < 3 else 12
    shapes.append(Words((at[0], at[1] + size / 3), gate.sign, size=size, bold=current))
    words = f"gate {gate.sign} from {' and '.join(gate.inputs)} to {' and '.join(gate.outputs)}"
    return Labelled(f"{words}, the current step" if current else words, shapes)


def _legend() -> list[Shape]:
    right = WIDTH - 8
    return [
        Words((right, 18), "above: value", size=12, anchor="end"),
        Words((right, 35), "below: gradient", size=12, anchor="end", colour=draw.BLUE, italic=True),
        Words((right, 52), "double ring: this step", size=12, anchor="end"),
    ]


def _text(scene: Scene) -> list[Shape]:
    """The formula with the numbers put in, what a nudge did, and the run before the last change."""
    moment, run = scene.moment, scene.run
    looks: list[tuple[str, str, bool]] = [(line, draw.BLACK, True) for line in formulas(moment, run)]
    if moment.gate and moment.backwards:
        looks[0:0] = [(_capital(moment.gate.rule.habit) + ":", draw.BLACK, False)]
    if scene.nudge:
        looks += [(line, draw.BLACK, False) for line in witness(scene.nudge, moment, run)]
    if scene.before:
        looks += [(line, draw.GREY, False) for line in _ghost(scene.before, moment)]
    top = scene.layout.foot + LINE_HEIGHT
    return [
        Words((10, top + i * LINE_HEIGHT), line, size=12, anchor="start", colour=colour, bold=bold)
        for i, (line, colour, bold) in enumerate(looks)
    ]


def _ghost(before: Passes, moment: Moment) -> list[str]:
    """The run before the last change, as far as the present one has come."""
    known = [name for name in (before.graph.loss,) if name in moment.values]
    lines = [f"Before: {listed([*before.numbers, *known], before.values)}"]
    gradients = [name for name in before.numbers if name in moment.gradients]
    return [*lines, f"Before: {listed(gradients, before.gradients, 'd')}"] if gradients else lines


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
