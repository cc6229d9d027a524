"""What unit 10 says of training on digits, in twenty runs with weights and orders of their own."""

import numpy as np
import pytest
from support.courses import ROOT

from course.data import digits
from course.draw.digits import loss_and_accuracy
from course.widgets.digits_training.network import Network, fitted
from course.widgets.digits_training.training import dead_units

TEXT = " ".join((ROOT / "source" / "10_mlp" / "10_mlp.py").read_text(encoding="utf-8").split("\n# "))
DATA = digits(seed=0)
SIZES = (64, 128, 64, 10)
SEEDS = range(20)


def runs(rate, epochs, batch=32, sizes=SIZES, rows=len(DATA.x_train)):
    """Of each seed the trained model, and its losses by epoch."""
    x, y = DATA.x_train[:rows], DATA.y_train[:rows]
    for seed in SEEDS:
        model = Network(sizes, seed)
        with np.errstate(all="ignore"):
            yield model, fitted(model, x, y, rate, epochs, batch, 1000 * seed)


def validated(models):
    """Loss and accuracy on the validation images, shape (20, 2)."""
    return np.array([loss_and_accuracy(model, DATA.x_val, DATA.y_val) for model in models])


def percent(shares):
    """The least and the largest of some shares, as the text writes them."""
    return f"{100 * min(shares):.0f} to {100 * max(shares):.0f} %"


@pytest.mark.parametrize("rate", [0.01, 0.1, 0.5])
def test_validation_accuracy_by_rate(rate):
    right = validated(model for model, _ in runs(rate, 20))[:, 1]
    assert f"{percent(right)} with {rate:g}" in TEXT


def test_rate_2_kills_the_last_hidden_layer():
    for model, losses in runs(2, 20):
        assert dead_units(model.params(), DATA.x_train)[-1] == (64, 64)
        assert losses[-1] == pytest.approx(2.32, abs=0.02)


def test_the_choice_is_made_by_validation_and_reads_97_percent_of_the_images_held_out():
    x, y = np.concatenate([DATA.x_train, DATA.x_val]), np.concatenate([DATA.y_train, DATA.y_val])
    right = []
    for seed in SEEDS:
        model = Network(SIZES, seed)
        fitted(model, x, y, 0.5, 30, 32, 1000 * seed)
        right.append(loss_and_accuracy(model, DATA.x_test, DATA.y_test)[1])
    assert min(right) >= 0.97
    assert f"From 20 starts {100 * min(right):.1f} to {100 * max(right):.1f} %." in TEXT


@pytest.mark.parametrize("batch", [8, 32, 128, 1024])
def test_small_batches_are_ahead_after_ten_epochs(batch):
    right = validated(model for model, _ in runs(0.05, 10, batch))[:, 1]
    name = "all at once" if batch == 1024 else f"{'B=' * (batch == 8)}{batch}"
    assert f"{name} {'ends ' * (batch == 8)}at {percent(right)}" in TEXT


def test_100_images_are_known_by_heart():
    models = [model for model, _ in runs(0.1, 60, rows=100)]
    train = np.array([loss_and_accuracy(model, DATA.x_train[:100], DATA.y_train[:100]) for model in models])
    validation = validated(models)
    assert train[:, 1].min() >= 0.99
    assert 0.85 <= validation[:, 1].min() and validation[:, 1].max() <= 0.92  # nearly nine in ten
    (low, high), (least, most) = ((losses.min(), losses.max()) for losses in (train[:, 0], validation[:, 0]))
    assert f"With 100 images they part, {low:.2f} to {high:.2f} and {least:.2f} to {most:.2f}" in TEXT


def test_small_network_beside_a_deep_one_at_rate_1():
    small, deep = (validated(model for model, _ in runs(1, 20, sizes=s))[:, 1] for s in ((64, 32, 10), SIZES))
    assert small.min() >= 0.94 and np.median(deep) < 0.5
    assert f"all of 20 starts end at {percent(small)}" in TEXT


def test_one_image_at_a_time_learns_nothing_at_rate_a_half():
    x, y = DATA.x_train, DATA.y_train
    for seed in SEEDS:
        losses = fitted(Network(SIZES, seed), x, y, 0.5, 2, 1, 1000 * seed)
        assert losses[-1] == pytest.approx(2.42, abs=0.03)


def test_first_loss_is_that_of_a_guess_or_a_little_more():
    first = [loss_and_accuracy(Network(SIZES, seed), DATA.x_train, DATA.y_train)[0] for seed in range(200)]
    assert f"from {min(first):.2f} to {max(first):.2f} for 200 seeds" in TEXT
