"""The text of the figure: whose code runs, the settings, and what came of the training."""

import numpy as np

from course.data import Split
from course.widgets.digits_training.training import MOST_SECONDS, Run, Settings
from course.widgets.kit.formatting import number

NEAR_A_GUESS = 0.98
"""From this share of ln C on, a training loss at the end counts as that of a guess."""


def badge(network: bool, training: bool) -> str:
    """Whose code runs: whether the network and its training are the student's."""
    if network and training:
        return "Your MLP and train_mlp are running."
    if not network and not training:
        return "The course's MLP and train_mlp are running. Yours take over once their checks pass."
    mine, ours = ("MLP", "train_mlp") if network else ("train_mlp", "MLP")
    return f"Your {mine} is running. The course's {ours} is running too; yours takes over once its check passes."


def told(settings: Settings, data: Split) -> str:
    """The settings in words."""
    sizes = "-".join(map(str, settings.sizes(data)))
    return f"{sizes}, learning rate {number(settings.lr)}, batch {settings.batch}, first weights × {settings.scale:g}"


def sentence(run: Run, settings: str) -> str:
    """A whole run in words: before it, after it, the surest mistake, and what came of it."""
    C, last = run.p.shape[2], run.taken
    words = [f"{settings}. A guess loses ln {C} = {np.log(C):.3f}."]
    for epoch in sorted({0, last}):
        (loss, held), (right, read) = run.losses[epoch], run.right[epoch]
        words.append(
            f"Epoch {epoch}: loss {number(loss)} in training, {right:,} of {run.rows:,} right; "
            f"{number(held)} in validation, {read} of {len(run.y)} right."
        )
    wrong = run.mistakes(last)
    if len(wrong):
        p = run.p[last, wrong[0]]
        words.append(f"Surest mistake: a {run.y[wrong[0]]} read as {p.argmax()} with p = {p.max():.3f}.")
    return " ".join([*words, fate(run)])


def fate(run: Run) -> str:
    """What came of a run, in sentences with the numbers that say so."""
    if run.error is not None:
        return f"A function raised an exception after epoch {run.taken}."
    late = f"It was stopped after epoch {run.taken}: {MOST_SECONDS:g} seconds were over. "
    return (late if run.taken < run.epochs else "") + _course_of(run)


def _course_of(run: Run) -> str:
    """How the training loss went: to no number, to that of a guess, up and down, or down."""
    losses, guess = run.losses[:, 0], float(np.log(run.p.shape[2]))
    if not np.isfinite(losses).all():
        return f"It diverges: the loss is no number from epoch {int(np.argmin(np.isfinite(losses)))} on."
    if losses[-1] >= NEAR_A_GUESS * guess:
        told = f"It ends no better than a guess, ln {run.p.shape[2]} = {guess:.3f}."
        if run.dead and run.dead[-1][0]:
            dead, units = run.dead[-1]
            which = f"All {units}" if dead == units else f"{dead} of the {units}"
            told += f" {which} units of the last hidden layer give 0 for every training image."
        return told
    rises = np.flatnonzero(np.diff(losses) > 0) + 1
    if not len(rises):
        return "The training loss falls in every epoch."
    most = int(rises[np.argmax(losses[rises] / losses[rises - 1])])
    before, after = losses[most - 1], losses[most]
    often = f"{len(rises)} of {run.taken} epoch{'s' * (run.taken > 1)}"
    return (
        f"The training loss rises in {often}, most in epoch {most}: from {number(before)} to {number(after)}, "
        f"{number(after / before)} times as much."
    )
