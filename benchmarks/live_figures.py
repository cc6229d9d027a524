"""How live the live figures are: from key press to new picture, and frames a second on a drag, in Chromium.

Each figure stands beside ``interact`` with inline matplotlib that draws a picture of the same kind, in the same run.
Run with ``python benchmarks/live_figures.py``. Prints a table; exits 1 if a promise is broken: on a drag at least 10
times the frames of ``interact`` or 15 a second (where the machine is quiet), and 30 a second while descent plays.
"""

import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from harness import Lab, browser, server

KEYS, PATIENCE = 7, 15_000
REACH, SECONDS = 80, 3.0
TIMES, FRAMES, PLAYED = 10.0, 15.0, 30.0
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
SLIDERS = "from ipywidgets import FloatLogSlider, FloatSlider, IntSlider, interact\n"
PLAIN = "import numpy as np\nfrom matplotlib import pyplot as plt\n" + SLIDERS
LINE = """
from course.widgets.line_fit import Fit, own_mse, own_predict

def draw(w):
    fit = Fit(own_predict, own_mse, w=w)
    ws, bs = np.linspace(-1, 3, 41), np.linspace(-1, 7, 41)
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.6, 3.8))
    left.plot(fit.x, fit.y, "o")
    left.plot(fit.x, fit.guesses)
    left.vlines(fit.x, fit.y, fit.guesses)
    right.contour(ws, bs, fit.losses(ws, bs))
    right.plot(w, fit.b, "o")
    plt.show()

interact(draw, w=FloatSlider(-0.5, min=-1, max=3, step=0.05, description="moved"))
"""
STEP = """
def draw(h):
    hs = 10.0 ** -np.arange(0, 16.25, 0.25)
    fig, (left, right) = plt.subplots(1, 2, figsize=(7.6, 3.8))
    for slopes in ((np.sin(1 + hs) - np.sin(1)) / hs, (np.sin(1 + hs) - np.sin(1 - hs)) / hs / 2):
        left.loglog(hs, abs(slopes - np.cos(1)))
    left.axvline(h)
    xs = np.linspace(0, 2, 100)
    right.plot(xs, np.sin(xs))
    right.plot(xs, np.sin(1) + (np.sin(1 + h) - np.sin(1 - h)) / h / 2 * (xs - 1))
    plt.show()

interact(draw, h=FloatLogSlider(1e-12, min=-16, max=0, step=0.25, description="moved"))
"""
GRAPH = """
def draw(position):
    fig, ax = plt.subplots(figsize=(7.6, 3.8))
    for k, gate in enumerate("* + - ^2".split()):
        ax.text(k, 0, gate, bbox={"boxstyle": "circle"})
        ax.annotate("", (k, 0), (k - 1, 0), arrowprops={"arrowstyle": "->"})
        ax.text(k - 0.5, 0.1, "value" if position > k else "")
        ax.text(k - 0.5, -0.1, "gradient" if position > 7 - k else "")
    ax.set(xlim=(-1.5, 4), ylim=(-1, 1))
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
    "line_fit": (figure("line_fit", "img.course-picture", "src", "slope w", 80), inline(LINE, 80)),
    "step_size": (figure("step_size", "img.course-picture", "src", "step h", 64), inline(STEP, 64)),
    "graph_steps": (figure("graph_steps", ".course-stage svg", "html", "position", 8), inline(GRAPH, 8)),
    "descent": (figure("descent", ".place .path", "points", "learning rate", 60), inline(DESCENT, 72)),
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
    """New pictures a second while the mouse goes to and fro; every move of it is a new value."""
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    if handle.evaluate("e => e.tagName === 'INPUT'"):  # its box is the whole track
        x = box["x"] + 8 + (box["width"] - 16) * handle.evaluate("e => (e.value - e.min) / (e.max - e.min)")
    steps = max(2, round(2 * REACH / max(4.0, 300 / scene.values)))
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("() => { seen.times = []; seen.begun = performance.now(); }")
    start, way = time.monotonic(), 1
    while time.monotonic() - start < SECONDS:
        page.mouse.move(x + way * REACH, y, steps=steps)
        way = -way
    rate = page.evaluate("() => 1000 * seen.times.length / (performance.now() - seen.begun)")
    page.mouse.up()
    return rate


def played(page: Any) -> float:
    """Frames a second in which the ball of descent is at a new place, from Play to the stop."""
    page.get_by_role("button", name="Rewind").click()
    page.evaluate(LOOK, [".descent .place .ball", "cx"])
    page.get_by_role("button", name="Play").click()
    page.wait_for_function(f"() => seen.times.length > 20 && ({QUIET})()", timeout=PATIENCE)
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
        with server(served) as address, browser(Path(folder) / "profile") as page:
            lab = Lab(page, address, served, Path(folder))
            for name, (live, usual) in PAIRS.items():
                slow, few = measured(lab, f"{name}_inline", usual)
                quick, many = measured(lab, name, live)
                if name == "descent":
                    playing = played(page)
                row = (f"{quick:.0f}", f"{slow:.0f}", f"{slow / quick:.1f}", f"{many:.1f}", f"{few:.1f}")
                table.add_row(name, *row, f"{many / few:.1f}" if few else "no frame")
                kept.append(many >= TIMES * few or many >= FRAMES)
    table.add_row("descent, playing", "", "", "", f"{playing:.1f}", "", "")
    kept.append(playing >= PLAYED)
    table.caption = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    Console(width=110).print(table)
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
