"""What unit 10 says of training on digits, in twenty runs with weights and orders of their own."""

import re

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


def runs(rate, epochs, batch=32, sizes=SIZES, rows=None):
    """Of each seed the trained model, and its losses by epoch."""
    x, y = DATA.x_train[:rows], DATA.y_train[:rows]
    for seed in SEEDS:
        model = Network(sizes, seed)
        with np.errstate(all="ignore"):
            yield model, fitted(model, x, y, rate, epochs, batch, 1000 * seed)


def validated(models):
    """Loss and accuracy on the validation images, shape (20, 2)."""
    return np.array([loss_and_accuracy(model, DATA.x_val, DATA.y_val) for model in models])


def assert_said(numbers, sentence, tightness):
    """The two numbers of a sentence, at each {}, enclose these numbers, and not much more."""
    pattern = re.escape(sentence).replace(r"\{\}", r"([\d.]+)")
    (found,) = re.findall(pattern, TEXT)
    low, high = map(float, found)
    rounded = 0.5 * 10.0 ** -len(found[0].partition(".")[2])
    assert low - rounded <= min(numbers) <= low + tightness, (sentence, min(numbers))
    assert high - tightness <= max(numbers) <= high + rounded, (sentence, max(numbers))


@pytest.mark.parametrize("rate", [0.01, 0.1, 0.5])
def test_validation_accuracy_by_rate(rate):
    right = validated(model for model, _ in runs(rate, 20))[:, 1]
    assert_said(100 * right, f"{{}} to {{}} % with {rate:g}", tightness=1.5)


def test_rate_2_kills_the_last_hidden_layer():
    for model, losses in runs(2, 20):
        dead, units = dead_units(model.params(), DATA.x_train)[-1]
        assert dead >= 60 and units == 64
        assert losses[-1] == pytest.approx(2.32, abs=0.02)


def test_the_choice_is_made_by_validation_and_reads_97_percent_of_the_images_held_out():
    x, y = np.concatenate([DATA.x_train, DATA.x_val]), np.concatenate([DATA.y_train, DATA.y_val])
    right = []
    for seed in SEEDS:
        model = Network(SIZES, seed)
        fitted(model, x, y, 0.5, 30, 32, 1000 * seed)
        right.append(loss_and_accuracy(model, DATA.x_test, DATA.y_test)[1])
    assert np.sum(np.array(right) >= 0.97) >= 18
    assert_said(100 * np.array(right), "From 20 starts {} to {} %;", tightness=0.5)


@pytest.mark.parametrize("batch", [8, 32, 128, 1024])
def test_small_batches_are_ahead_after_ten_epochs(batch):
    right = validated(model for model, _ in runs(0.05, 10, batch))[:, 1]
    name = {8: "B=8 ends", 1024: "all at once"}.get(batch, batch)
    assert_said(100 * right, f"{name} at {{}} to {{}} %", tightness=1.5)


def test_100_images_are_known_by_heart():
    models = [model for model, _ in runs(0.1, 60, rows=100)]
    train = np.array([loss_and_accuracy(model, DATA.x_train[:100], DATA.y_train[:100]) for model in models])
    validation = validated(models)
    assert train[:, 1].min() >= 0.98
    assert validation[:, 1].min() >= 0.845 and validation[:, 1].max() <= 0.92  # nearly nine in ten
    assert_said(train[:, 0], "With 100 images they part, {} to {} and", tightness=0.01)
    (least, most) = re.search(r"they part, [\d.]+ to [\d.]+ and ([\d.]+) to ([\d.]+):", TEXT).groups()
    assert (float(least), float(most)) == (round(validation[:, 0].min(), 2), round(validation[:, 0].max(), 2))


def test_all_images_are_better_and_still_overfit():
    models = [model for model, _ in runs(0.1, 60)]
    validation = validated(models)[:, 0]
    assert_said(validation, "With all 1,024 images 0.006 to 0.008 and {} to {}:", tightness=0.01)


def test_one_answer_is_given_too_often_after_the_first_epoch():
    shares = []
    for model, _ in runs(0.5, 1):
        answers = model.forward(DATA.x_val).argmax(axis=1)
        mistakes = np.bincount(answers[answers != DATA.y_val], minlength=10)
        shares.append(100 * mistakes.max() / mistakes.sum())
    assert_said(shares, "for 20 seeds one answer had {} to {} % of all mistakes", tightness=1.5)


def test_small_network_beside_a_deep_one_at_rate_1():
    small, deep = (validated(model for model, _ in runs(1, 20, sizes=s))[:, 1] for s in ((64, 32, 10), SIZES))
    assert np.median(deep) < 0.5 and deep.max() > 0.6
    assert_said(100 * small, "all of 20 starts end at {} to {} %", tightness=1.5)


def test_one_image_at_a_time_learns_nothing_at_rate_a_half():
    x, y = DATA.x_train, DATA.y_train
    for seed in SEEDS:
        losses = fitted(Network(SIZES, seed), x, y, 0.5, 2, 1, 1000 * seed)
        assert losses[-1] == pytest.approx(2.42, abs=0.03)


def test_first_loss_is_that_of_a_guess_or_a_little_more():
    first = [loss_and_accuracy(Network(SIZES, seed), DATA.x_train, DATA.y_train)[0] for seed in range(200)]
    assert_said(first, "from {} to {} for 200 seeds", tightness=0.01)
