"""Unit 10, live: what does ln 10 = 2.303 tell, and which digits does a network get wrong on the way?

The training is computed here with the student's classes; drawing, playing and sorting happen in the browser.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import traitlets

from course.data import Split, ThreeWaySplit
from course.widgets.digits_training.network import Network, builds_the_same, fitted, trains_the_same
from course.widgets.digits_training.still import picture as still_picture
from course.widgets.digits_training.training import EPOCHS, Run, Settings, classes, train
from course.widgets.digits_training.words import badge, fate, sentence, told
from course.widgets.kit.animation import Animation
from course.widgets.kit.assets import read_assets
from course.widgets.kit.standing_in import standing_in

SCRIPTS = (
    "kit/plane.js",
    "kit/controls.js",
    "digits_training/player.js",
    "digits_training/views.js",
    "digits_training/figure.js",
)
RATES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2)
BATCHES = (8, 32, 128)
SCALES = (0, 0.01, 0.1, 1, 10)
HIDDEN = ((), (4,), (32,), (128, 64), (64, 64, 64))
ASKED = 0.95
"""The share of images read right that the guess is about."""
MOST_CLASSES, MOST_EPOCHS = 10, 60


class DigitsTraining(Animation):
    """The live figure; made by :func:`digits_training`.

    Attributes
    ----------
    wish : dict
        What the reader set: lr, hidden, batch, scale.
    scene : dict
        What stays: the digits of the validation images, the stops of the controls, the twelve hard ones.
    images : bytes
        The validation images, a byte a pixel, 255 for ink.
    run : dict
        The settings that were used, and what came of them, in words.
    curves : bytes
        Loss and images right, in training and validation, before training and after each epoch: 4 float64 each time.
    p : bytes
        The probabilities of the validation images after each epoch, float32.
    progress : int
        The last epoch of the training that is running.
    """

    advice = "The picture shows the last values that worked: move on, or mend the code and run this cell again."
    _esm = read_assets(*SCRIPTS)
    _css = read_assets("kit/base.css", "digits_training/figure.css")
    images = traitlets.Bytes().tag(sync=True)
    curves = traitlets.Bytes().tag(sync=True)
    p = traitlets.Bytes().tag(sync=True)
    progress = traitlets.Int(0).tag(sync=True)

    def __init__(self, MLP: Any, train_mlp: Any, data: Split, epochs: int) -> None:
        built = standing_in("MLP", MLP, Network, builds_the_same)
        fits = standing_in("train_mlp", train_mlp, fitted, trains_the_same)
        self.MLP, self.train_mlp = built.function, fits.function
        self.badge = badge(built.yours, fits.yours)
        self.data, self.epochs = data, epochs
        self.trained: Run
        super().__init__(images=np.round(255 * np.clip(data.x_test, 0, 1)).astype(np.uint8).tobytes())

    def walk(self, wish: dict[str, Any]) -> None:
        """Train with these settings and show it; what is left out has the default of :class:`Settings`."""
        given: dict[str, Any] = {name: wish[name] for name in ("lr", "batch", "scale") if name in wish}
        if "hidden" in wish:
            given["hidden"] = tuple(int(units) for units in wish["hidden"])
        settings = Settings(**given)
        self.progress = 0
        trained = train(self.MLP, self.train_mlp, self.data, settings, self.epochs, self._heard)
        self.trained = trained
        with self.hold_sync():
            if not self.scene:
                self.scene = self._scene(settings)
            self.curves = np.column_stack([trained.losses, trained.right]).astype(float).tobytes()
            self.p = trained.p.tobytes()
            self.run = {
                "lr": settings.lr,
                "hidden": list(settings.hidden),
                "batch": settings.batch,
                "scale": settings.scale,
                "told": told(settings, self.data),
                "length": trained.taken + 1,
                "serial": wish.get("serial", 0),
                "badge": self.badge,
                "fate": fate(trained),
                "reached": trained.first_with(ASKED),
                "sentence": sentence(trained, told(settings, self.data)),
            }
            self.trouble = ""
            if trained.error is not None:
                self.fail(trained.error)

    def _heard(self, epoch: int) -> None:
        self.progress = epoch

    def _scene(self, settings: Settings) -> dict[str, Any]:
        rows = len(self.data.x_train)
        hidden = dict.fromkeys((*HIDDEN, settings.hidden))
        return {
            "y": self.data.y_test.tolist(),
            "rows": rows,
            "classes": classes(self.data),
            "shape": list(shape(self.data.x_test.shape[1])),
            "epochs": self.epochs,
            "asked": int(np.ceil(ASKED * len(self.data.y_test))),
            "hard": self.trained.hard().tolist(),
            "rates": sorted({*RATES, settings.lr}),
            "batches": sorted({*(size for size in BATCHES if size < rows), min(settings.batch, rows), rows}),
            "scales": sorted({*SCALES, settings.scale}),
            "networks": {"-".join(map(str, Settings(hidden=h).sizes(self.data))): list(h) for h in hidden},
        }

    def still(self) -> bytes:
        """The run as it is set, drawn by matplotlib."""
        return still_picture(self.trained, self.data.x_test, self.run["told"])


def shape(pixels: int) -> tuple[int, int]:
    """Rows and columns of an image: square where that can be, else one row."""
    side = round(pixels**0.5)
    return (side, side) if side * side == pixels else (1, pixels)


def digits_training(
    MLP: Callable[..., Any] | None = None,
    train_mlp: Callable[..., Any] | None = None,
    *,
    data: ThreeWaySplit | Sequence[Any] | None = None,
    lr: float = 0.5,
    hidden: Sequence[int] = (128, 64),
    batch: int = 32,
    scale: float = 1.0,
    epochs: int = EPOCHS,
    guess_first: bool = True,
) -> DigitsTraining:
    """The live figure of unit 10: what does ln 10 = 2.303 tell?

    Parameters
    ----------
    MLP, train_mlp : callable, optional
        The student's. The course's own stand in until their checks pass.
    data : ThreeWaySplit or four arrays, optional
        x and y to train with, x and y for validation: pixels from 0 to 1, labels from 0 to 9 at most. Without them,
        the unit's digits. Images that are held out are not looked at.
    lr, hidden, batch, scale
        What is set at first sight; ``scale`` multiplies the first weights.
    epochs : int
        At most 60.
    guess_first : bool
        Whether the figure asks for a guess before it plays.

    Returns
    -------
    DigitsTraining
    """
    figure = DigitsTraining(MLP, train_mlp, images(data), max(1, min(int(epochs), MOST_EPOCHS)))
    figure.guess_first = guess_first
    wish = {"lr": float(lr), "hidden": list(hidden), "batch": int(batch), "scale": float(scale)}
    try:
        figure.walk(wish)
    except Exception as error:  # the student's code raised at once: the figure appears all the same
        figure.MLP, figure.train_mlp = Network, fitted
        figure.badge = "The course's MLP and train_mlp are running, since yours raised an exception."
        figure.walk(wish)
        figure.fail(error)
    return figure


def images(data: Any) -> Split:
    """Training and validation: the unit's digits, or the reader's own data as arrays; told where they are none."""
    if data is None:
        from course.data import digits

        data = digits(seed=0)
    x, y, x_val, y_val = (np.array(part) for part in tuple(data)[:4])
    for rows, labels in ((x, y), (x_val, y_val)):
        if rows.ndim != 2 or labels.shape != rows.shape[:1] or not len(rows) or rows.shape[1] != x.shape[1]:
            raise ValueError(f"data takes x (N, D) and y (N,), twice; here {rows.shape} and {labels.shape}.")
        if labels.dtype.kind not in "iu" or labels.min() < 0 or labels.max() >= MOST_CLASSES:
            raise ValueError(f"Labels are whole numbers from 0 to {MOST_CLASSES - 1}.")
        if not np.isfinite(rows).all():
            raise ValueError("x holds infinite numbers or nan: leave those rows out.")
    return Split(x.astype(float), y.astype(int), x_val.astype(float), y_val.astype(int))
