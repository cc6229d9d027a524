"""Unit 05, live: accuracy stands still, is the neuron still learning? And what is a missed case worth?

The training is computed here with the student's functions; drawing, playing and counting happen in the browser.
"""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
import traitlets

from course.widgets.decision.still import picture as still_picture
from course.widgets.decision.training import OWN, Neuron, Run, fate, train
from course.widgets.kit.animation import Animation
from course.widgets.kit.assets import read_assets
from course.widgets.kit.formatting import number
from course.widgets.kit.standing_in import standing_in

SCRIPTS = (
    "kit/plane.js",
    "kit/controls.js",
    "decision/player.js",
    "decision/field.js",
    "decision/views.js",
    "decision/figure.js",
)
RATES = (0.01, 100.0)
THRESHOLD = 0.5
MOST_ROWS = 1000
Z = np.linspace(-12, 12, 481)
"""Where the student's sigmoid is asked for the shade of the plane."""


class Decision(Animation):
    """The live figure; made by :func:`decision`.

    Attributes
    ----------
    wish : dict
        What the reader set: lr, and the rows whose labels are flipped.
    scene : dict
        What stays: the rows, their names, the sigmoid.
    run : dict
        The settings that were used, and what came of them, in words.
    table : bytes
        Both weights, bias and loss after each step, 4 float64 a step.
    p : bytes
        The probability of every row after each step, float32.
    """

    _esm = read_assets(*SCRIPTS)
    _css = read_assets("kit/base.css", "decision/figure.css")
    table = traitlets.Bytes().tag(sync=True)
    p = traitlets.Bytes().tag(sync=True)

    def __init__(self, answers: dict[str, Any], x: np.ndarray, y: np.ndarray, words: dict[str, Sequence[str]]) -> None:
        stands = {name: standing_in(name, answer, getattr(OWN, name)) for name, answer in answers.items()}
        self.neuron = Neuron(**{name: stand.function for name, stand in stands.items()})
        self.badge = badge({name: stand.yours for name, stand in stands.items()})
        self.x, self.y = x, y
        self.words = {kind: [str(word) for word in told] for kind, told in words.items()}
        self.trained: Run
        super().__init__()

    def walk(self, wish: dict[str, Any]) -> None:
        """Train with these settings and show it; what is left out is rate 1, and labels as they are given."""
        lr = abs(float(wish.get("lr", 1.0)))
        flipped = sorted({int(row) for row in wish.get("flipped", ())})
        labels = self.y.copy()
        labels[flipped] = 1 - labels[flipped]
        trained = train(self.neuron, self.x, labels, lr)
        self.trained = trained
        with self.hold_sync():
            if not self.scene:
                self.scene = self._scene()
            self.table = np.column_stack([trained.weights, trained.losses]).tobytes()
            self.p = trained.p.tobytes()
            self.run = {
                "lr": lr,
                "flipped": flipped,
                "length": len(trained.losses),
                "serial": wish.get("serial", 0),
                "badge": self.badge,
                "fate": fate(trained),
                "sentence": sentence(trained, lr, len(flipped)),
            }
            self.trouble = ""
            if trained.error is not None:
                self.fail(trained.error)

    def _scene(self) -> dict[str, Any]:
        with np.errstate(all="ignore"):
            shade = np.array(self.neuron.sigmoid(Z.copy()), dtype=float)
        return {
            "x": np.round(self.x, 5).tolist(),
            "y": self.y.tolist(),
            **self.words,
            "rates": list(RATES),
            "threshold": THRESHOLD,
            "sigmoid": {"from": float(Z[0]), "to": float(Z[-1]), "values": np.round(shade, 5).tolist()},
        }

    def still(self) -> bytes:
        """The run as it is set, drawn by matplotlib."""
        return still_picture(self.x, self.trained, self.words, THRESHOLD, self.run["lr"])


def badge(yours: dict[str, bool]) -> str:
    """Whose functions run, in one or two sentences; by name, whether it is the student's."""

    def listed(mine: bool) -> str:
        names = [name for name in yours if yours[name] == mine]
        return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'}"

    if all(yours.values()):
        return "Your five functions are running."
    mine, others = (f"Your {listed(True)}", listed(False)) if any(yours.values()) else ("", "five functions are")
    waiting = f"The course's {others} running. Yours take over once their checks pass."
    return f"{mine} running. {waiting}" if mine else waiting


def sentence(run: Run, lr: float, flipped: int = 0) -> str:
    """A whole run in words: step 1, the last step, and what came of it."""
    told = [f"Learning rate {number(lr)}."]
    for step in sorted({min(1, run.steps), run.steps}):
        counts = run.counts(step, THRESHOLD)
        told.append(
            f"Step {step}: loss {run.losses[step]:.4f}, {counts.right} of {len(run.y)} rows right at threshold "
            f"{THRESHOLD}, {counts.missed} missed, {counts.false_alarms} false alarms, "
            f"length of w {run.length(step):.2f}."
        )
    labels = f" {flipped} label{'s' * (flipped > 1)} flipped." if flipped else ""
    return " ".join([*told, fate(run)]) + labels


def decision(
    neuron_forward: Callable[..., Any] | None = None,
    sigmoid: Callable[..., Any] | None = None,
    binary_cross_entropy: Callable[..., Any] | None = None,
    binary_cross_entropy_backward: Callable[..., Any] | None = None,
    neuron_backward: Callable[..., Any] | None = None,
    *,
    x: Any = None,
    y: Any = None,
    names: Sequence[str] = ("first feature", "second feature"),
    classes: Sequence[str] = ("benign", "malignant"),
    lr: float = 1.0,
    guess_first: bool = True,
) -> Decision:
    """The live figure of unit 05: accuracy stands still, is it still learning?

    Parameters
    ----------
    neuron_forward, sigmoid, binary_cross_entropy, binary_cross_entropy_backward, neuron_backward : callable, optional
        The student's. The course's own stand in until their checks pass.
    x : array of shape (N, 2), optional
        Rows of your own, standardised; without them, radius and texture of the breast tumours to train with.
    y : array of int, shape (N,), optional
        0 or 1 for each of them.
    names : sequence of str
        Of the two columns of x.
    classes : sequence of str
        What 0 and what 1 is called.
    lr : float
        The learning rate at first sight.
    guess_first : bool
        Whether the figure asks for a guess before it plays.

    Returns
    -------
    Decision
    """
    given = (neuron_forward, sigmoid, binary_cross_entropy, binary_cross_entropy_backward, neuron_backward)
    answers = {field.name: answer for field, answer in zip(fields(Neuron), given, strict=True)}
    if x is None:
        x, y, names = tumours()
    figure = Decision(answers, *rows(x, y), {"names": names, "classes": classes})
    figure.guess_first = guess_first
    try:
        figure.walk({"lr": lr})
    except Exception as error:  # the student's function raised at once: the figure appears all the same
        figure.neuron = replace(OWN)
        figure.badge = "The course's functions are running, since one of yours raised an exception."
        figure.walk({"lr": lr})
        figure.fail(error)
    return figure


def tumours() -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """Radius and texture of the unit's training rows, standardised; their labels; the names of both."""
    from course.data import breast_cancer

    data = breast_cancer(seed=0)
    two = data.x_train[:, :2]
    return (two - two.mean(axis=0)) / two.std(axis=0), data.y_train, data.features[:2]


def rows(x: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
    """Rows and labels as arrays; told where they are none."""
    points, labels = np.array(x, dtype=float), np.array(y)
    if points.ndim != 2 or points.shape[1] != 2 or not 2 <= len(points) <= MOST_ROWS:
        raise ValueError(f"x takes 2 to {MOST_ROWS} rows of two numbers; its shape is {points.shape}.")
    if labels.shape != (len(points),) or not np.isin(labels, (0, 1)).all() or len(set(labels.tolist())) < 2:
        raise ValueError("y takes a 0 or a 1 for each row of x, and both must occur.")
    if not np.isfinite(points).all():
        raise ValueError("x holds infinite numbers or nan: leave those rows out.")
    return points, labels.astype(int)
