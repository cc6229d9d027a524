"""How live the live figures are: from key press to new picture, and frames a second on a drag, in Chromium.

Each figure stands beside ``interact`` with inline matplotlib that draws the same things, in the same run.
Run with ``python benchmarks/live_figures.py``. Prints a table; exits 1 if a promise is broken: on a drag at least 10
times the frames of ``interact`` and 15 a second (where the machine is quiet), and 30 a second while one plays.
"""

import os
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support.browser.harness import Lab, chromium, new_page, server

KEYS, PATIENCE = 7, 15_000
REACH, SECONDS = 80, 3.0
TIMES, FRAMES, PLAYED = 10.0, 15.0, 30.0
UNCAPPED = ("--disable-frame-rate-limit", "--disable-gpu-vsync")
"""Else no figure could show more frames than a screen of 60 a second."""
# What a frame shows: a picture that has been decoded counts, not one that was sent.
LOOK = """([selector, attribute]) => {
  const shown = () => {
    const found = [...document.querySelectorAll(selector)];
    if (!found.length || found.some(e => e.tagName === 'IMG' && !(e.complete && e.naturalWidth))) return null;
    return found.map(e => attribute === 'html' ? e.outerHTML : e.getAttribute(attribute)).join(' ');
  };
  const seen = window.seen = { pressed: 0, picture: shown(), times: [] };
  addEventListener('keydown', () => { seen.pressed = performance.now(); seen.times = []; }, true);
  const look = () => {
    const picture = shown();
    if (picture !== null && picture !== seen.picture) {
      seen.picture = picture;
      seen.times.push(performance.now());
    }
    requestAnimationFrame(look);
  };
  look();
}"""
QUIET = "() => !seen.times.length || performance.now() - seen.times[seen.times.length - 1] > 700"
DRAG = """async (handle, [ms, reach, step]) => {
  const box = handle.getBoundingClientRect(), native = handle.tagName === "INPUT";
  const x = box.x + box.width / 2, y = box.y + box.height / 2, value = native && Number(handle.value);
  seen.times = [];
  const begun = performance.now();
  for (let at = 0, way = 1; performance.now() - begun < ms; at += way * step) {
    if (Math.abs(at + way * step) > reach) way = -way;
    await new Promise(requestAnimationFrame);
    if (native) {
      handle.value = value + Math.round(at / step) * Number(handle.step);
      handle.dispatchEvent(new Event("input", { bubbles: true }));
    } else {
      const move = { clientX: x + at, clientY: y, buttons: 1, bubbles: true };
      handle.dispatchEvent(new MouseEvent("mousemove", move));
    }
  }
  return 1000 * seen.times.length / (performance.now() - begun);
}"""
SLIDERS = "from ipywidgets import FloatLogSlider, FloatSlider, IntSlider, interact\n"
PLAIN = "import numpy as np\nfrom matplotlib import pyplot as plt\n" + SLIDERS
LINE = """
from course.widgets.line_fit.fit import Fit, own_mse, own_predict

def draw(w):
    fit = Fit(own_predict, own_mse, w=w)
    ws, bs = np.linspace(-1, 3, 41), np.linspace(-1, 7, 41)
    fig, (left, bar, right) = plt.subplots(1, 3, figsize=(8.6, 4.3), width_ratios=(8, 1, 6))
    ends = np.array([-4.5, 8.0])
    for number, (x, y, guess) in enumerate(zip(fit.x, fit.y, fit.guesses), 1):
        side = abs(guess - y)
        corner = (x - side if guess < y else x, min(guess, y))
        left.add_patch(plt.Rectangle(corner, side, side, alpha=0.45, edgecolor="black"))
        left.text(x + 0.15, y + 0.1, number)
    for slope in (w - 0.1, w, w + 0.1):
        left.plot(ends, slope * ends + fit.b)
    left.plot(fit.x, fit.y, "o")
    left.set(xlim=(-4.5, 8), ylim=(-1, 10.5), aspect="equal", title=f"w + 0.1: {fit.nudged()['w+']:+.2f}")
    bottom = 0
    for number, area in enumerate(fit.areas / 6, 1):
        bar.bar(0, area, bottom=bottom)
        bar.text(0.5, bottom + area / 2, number)
        bottom += area
    bar.set(ylim=(0, 12), title=f"{fit.loss():.3f}")
    right.clabel(right.contour(ws, bs, fit.losses(ws, bs), [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64]))
    right.plot(w, fit.b, "o")
    plt.show()

interact(draw, w=FloatSlider(-0.5, min=-1, max=3, step=0.05, description="moved"))
"""
STEP = """
from course.widgets.step_size.slopes import BOTH_SIDES, SCENES, STEPS, own_derivative, slopes, subtraction

scene = SCENES["sin at x = 1"]

def draw(h):
    fig, ((left, right), (digits, _)) = plt.subplots(2, 2, figsize=(8.6, 5.0), height_ratios=(2, 1))
    measured = slopes(scene, "float64", own_derivative)
    for name, values in measured.items():
        left.loglog(STEPS, abs(values - scene.slope), "-o", label=name)
    at = abs(np.log(STEPS / h)).argmin()
    left.loglog(h, abs(measured[BOTH_SIDES][at] - scene.slope), "D")
    left.legend()
    xs = np.linspace(-0.5, 2.5, 121)
    right.plot(xs, np.sin(xs), label="the function")
    right.plot(xs, np.sin(1) + scene.slope * (xs - 1), "--", label="exact slope")
    right.plot(xs, np.sin(1) + measured[BOTH_SIDES][at] * (xs - 1), label="measured")
    right.legend()
    lost = subtraction(scene, h, BOTH_SIDES, "float64")
    for row, text in enumerate((lost.high, lost.low, lost.difference)):
        digits.text(0, 0.9 - 0.3 * row, text, family="monospace")
    digits.axis("off"), _.axis("off")
    plt.show()

interact(draw, h=FloatLogSlider(1e-12, min=-16, max=0, step=0.25, description="moved"))
"""
GRAPH = """
from course.widgets.graph_steps.computation_graph import passes
from course.widgets.graph_steps.examples import GRAPHS
from course.widgets.graph_steps.layouts import LAYOUTS
from course.widgets.graph_steps.picture import Scene, picture
from course.widgets.graph_steps.words import Moment

graph, layout = GRAPHS["squared_error"], LAYOUTS["squared_error"]

def draw(position):
    drawing = picture(Scene(passes(graph, graph.numbers), Moment(graph, position), layout, still=True))
    fig, ax = plt.subplots(figsize=(7.6, 4.3))
    for shape in drawing.shapes:
        shape.paint(ax)
    ax.set(xlim=(0, drawing.width), ylim=(drawing.height, 0))
    ax.axis("off")
    plt.show()

interact(draw, position=IntSlider(4, min=0, max=8, description="moved"))
"""
DESCENT = """
def draw(lr):
    place, path = np.array([-4.0, 1.0]), [np.array([-4.0, 1.0])]
    for _ in range(60):
        place = place - lr * np.array([1.0, 20.0]) * place
        path.append(place)
    path = np.clip(path, -10, 10)
    xs, ys = np.meshgrid(np.linspace(-5, 5, 121), np.linspace(-2, 2, 121))
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.6, 3.8))
    left.contour(xs, ys, xs**2 / 2 + 10 * ys**2, 16)
    left.plot(*path.T, "o-")
    right.semilogy(path[:, 0] ** 2 / 2 + 10 * path[:, 1] ** 2)
    plt.show()

interact(draw, lr=FloatLogSlider(0.09, min=-3, max=0, step=0.0414, description="moved"))
"""


@dataclass(frozen=True)
class Scene:
    """A notebook with one figure: what shows in it, and the slider that moves it."""

    source: str
    picture: str
    attribute: str
    slider: str
    values: int


def figure(name: str, picture: str, attribute: str, slider: str, values: int) -> Scene:
    """One of the course's figures."""
    return Scene(f"from course.widgets import {name}\n\n{name}()", picture, attribute, slider, values)


def inline(source: str, values: int) -> Scene:
    """The usual way."""
    return Scene(
        PLAIN + source, ".jp-OutputArea-output .widget-output img, .widget-interact img", "src", "moved", values
    )


PAIRS = {
    "line_fit": (figure("line_fit", ".course-picture svg", "html", "slope w", 80), inline(LINE, 80)),
    "step_size": (figure("step_size", ".course-picture svg", "html", "step h", 64), inline(STEP, 64)),
    "graph_steps": (figure("graph_steps", ".course-stage svg", "html", "position", 8), inline(GRAPH, 8)),
    "descent": (figure("descent", ".place .path", "points", "learning rate", 60), inline(DESCENT, 72)),
}
PLAYING = {
    "descent": (".descent .place .ball", "cx"),
    "decision": (".decision .below .rings", "d"),
    "boundary": (".boundary .border:not(.ghost)", "d"),
    "digits_training": (".digits_training .tile svg", "html"),
}


def opened(lab: Lab, name: str, scene: Scene) -> Any:
    """Show a figure, answer its question, and give the handle of its slider."""
    lab.run(scene.source, name=f"{name}.ipynb")
    page = lab.page
    page.locator(scene.picture).first.wait_for(state="attached")
    show_me = page.get_by_role("button", name="Show me")
    if show_me.count():
        show_me.click()
    if name == "descent":
        page.get_by_text("is reached at step").first.wait_for()
    unnamed = page.locator(".widget-slider .noUi-handle").first  # ipywidgets gives its handles no name
    handle = unnamed if scene.slider == "moved" else lab.handle(scene.slider)
    handle.wait_for()
    page.evaluate(LOOK, [scene.picture, scene.attribute])
    page.wait_for_function(QUIET)
    return handle


def key_press(page: Any, handle: Any) -> float:
    """The median of the milliseconds from a key press to the first frame with a new picture."""
    handle.focus()
    taken = []
    for k in range(KEYS):
        page.keyboard.press("ArrowLeft" if k % 2 else "ArrowRight")
        page.wait_for_function("() => seen.times.length > 0", timeout=PATIENCE)
        taken.append(page.evaluate("() => seen.times[0] - seen.pressed"))
        page.wait_for_function(QUIET)
    return statistics.median(taken)


def drag(page: Any, handle: Any, scene: Scene) -> float:
    """New pictures a second while the mouse goes to and fro; every move of it is a new value.

    The mouse moves once with each frame of the screen, as a hand's does: the moves are made in the page, since one
    that comes from outside is held up until the last one has been answered.
    """
    box = handle.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    native = handle.evaluate("e => e.tagName === 'INPUT'")  # its box is the whole track
    if not native:
        page.mouse.down()
    rate = handle.evaluate(DRAG, [1000 * SECONDS, REACH, max(4.0, 300 / scene.values)])
    page.mouse.up()
    return rate


def played(lab: Lab, name: str, picture: str, attribute: str) -> float:
    """Frames a second in which a figure is seen to be new, from Play to the stop."""
    page = lab.page
    lab.run(figure(name, picture, attribute, "", 0).source, name=f"{name}_moving.ipynb")
    page.get_by_role("button", name="Show me").click()
    page.get_by_role("button", name="Rewind").click()
    page.evaluate(LOOK, [picture, attribute])
    page.wait_for_function(QUIET)
    page.get_by_role("button", name="Play").click()
    page.wait_for_function(f"() => seen.times.length > 20 && ({QUIET})()", timeout=4 * PATIENCE)
    return page.evaluate("() => 1000 * (seen.times.length - 1) / (seen.times[seen.times.length - 1] - seen.times[0])")


def measured(lab: Lab, name: str, scene: Scene) -> tuple[float, float]:
    """Milliseconds to a new picture, and frames a second on a drag."""
    handle = opened(lab, name, scene)
    return key_press(lab.page, handle), drag(lab.page, handle, scene)


def main() -> int:
    """Measure and print; 1 if a promise is broken."""
    table = Table("figure", "ms from key to picture", "interact", "ratio", "frames/s on a drag", "interact", "ratio")
    kept = []
    with tempfile.TemporaryDirectory() as folder:
        served = Path(folder) / "served"
        served.mkdir()
        with (
            server(served) as address,
            chromium(Path(folder) / "profile", flags=UNCAPPED) as started,
            new_page(started) as page,
        ):
            lab = Lab(page, address, served, Path(folder))
            for name, (live, usual) in PAIRS.items():
                slow, few = measured(lab, f"{name}_inline", usual)
                quick, many = measured(lab, name, live)
                row = (f"{quick:.0f}", f"{slow:.0f}", f"{slow / quick:.1f}", f"{many:.1f}", f"{few:.1f}")
                table.add_row(name, *row, f"{many / few:.1f}" if few else "no frame")
                kept.append(name == "descent" or (many >= max(FRAMES, TIMES * few)))
            for name, (picture, attribute) in PLAYING.items():
                playing = played(lab, name, picture, attribute)
                table.add_row(f"{name}, playing", "", "", "", f"{playing:.1f}", "", "")
                kept.append(playing >= PLAYED)
    table.caption = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    Console(width=110).print(table)
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
