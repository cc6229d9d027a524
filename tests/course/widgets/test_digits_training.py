"""The live figure of unit 10: the numbers that its texts speak of, its words, and that it goes on living."""

import base64
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from support.courses import ROOT

from course.data import digits
from course.draw.digits import loss_and_accuracy
from course.widgets.digits_training import training
from course.widgets.digits_training.figure import DigitsTraining, digits_training, images, shape
from course.widgets.digits_training.network import Network, builds_the_same, fitted, trains_the_same
from course.widgets.digits_training.training import Run, Settings, answers, dead_units, train
from course.widgets.digits_training.words import badge, fate, told
from course.widgets.kit.standing_in import standing_in

WIDGETS = ROOT / "course" / "widgets"
SCRIPTS = sorted(WIDGETS.glob("digits_training/*.js"))
TEXT = (ROOT / "source" / "10_mlp" / "10_mlp.py").read_text(encoding="utf-8")
DIGITS = digits(seed=0)
DATA = images(DIGITS)
SMALL = (DIGITS.x_train[:80], DIGITS.y_train[:80], DIGITS.x_val[:40], DIGITS.y_val[:40])


class Layers:
    """A student's MLP, right: a list of triples."""

    def __init__(self, sizes, seed):
        rng = np.random.default_rng(seed)
        self.parts = [[rng.normal(0, (2 / m) ** 0.5, (m, n)), np.zeros(n)] for m, n in pairwise(sizes)]

    def forward(self, x):
        self.inputs = []
        for W, b in self.parts:
            self.inputs.append(np.maximum(x, 0) if self.inputs else x)
            x = self.inputs[-1] @ W + b
        return x

    def backward(self, dz):
        self.slopes = []
        for (W, _), a in zip(self.parts[::-1], self.inputs[::-1], strict=True):
            self.slopes[:0] = [a.T @ dz, dz.sum(axis=0)]
            dz = dz @ W.T * (a > 0) if a is not self.inputs[0] else dz @ W.T
        return dz

    def params(self):
        return sum(self.parts, [])

    def grads(self):
        return self.slopes


class Forgetful(Layers):
    """Its gradients are those of the first layer only."""

    def grads(self):
        return [np.zeros_like(g) for g in self.slopes]


def backwards_training(model, x, y, lr, epochs, batch_size, seed):
    """Climbs."""
    return fitted(model, x, y, -lr, epochs, batch_size, seed)


@pytest.fixture(scope="module")
def figure():
    return digits_training(data=DIGITS)


@pytest.fixture(scope="module")
def run(figure):
    return figure.trained


# ---- the numbers that the unit and the figure speak of


@pytest.mark.parametrize(
    ("epoch", "loss", "validation", "right"),
    [(0, 2.567, 2.535, 30), (1, 0.5965, 0.6677, 213), (3, 0.1002, 0.1597, 262), (4, 0.1628, 0.2704, 250)]
    + [(20, 0.002362, 0.1460, 264)],
)
def test_curves_of_the_units_own_settings(run, epoch, loss, validation, right):
    assert run.losses[epoch] == pytest.approx([loss, validation], rel=5e-3)
    assert run.right[epoch, 1] == right


def test_a_network_that_knows_nothing_loses_ln_10():
    losses = train(Network, fitted, DATA, Settings(scale=0), epochs=2).losses
    assert losses[0] == pytest.approx([np.log(10)] * 2)
    assert losses[2, 0] == pytest.approx(np.log(10), abs=2e-3)


def test_images_held_out_are_not_looked_at(figure):
    own = np.array_equal(DATA.x_test, DIGITS.x_val) and np.array_equal(DATA.y_test, DIGITS.y_val)
    assert own and not (DIGITS.x_test[:, None] == DATA.x_test).all(axis=2).any()
    assert np.array_equal(figure.data.x_test, DIGITS.x_val) and np.array_equal(figure.data.x_train, DIGITS.x_train)


def test_260_are_right_from_epoch_3(run):
    assert run.first_with(0.95) == 3
    assert run.first_with(0.999) is None


def test_mistakes_come_surest_first(run):
    wrong = run.mistakes(20)
    p = run.p[20, wrong].max(axis=1)
    assert len(wrong) == 9 and (np.diff(p) <= 0).all()
    assert (run.y[wrong[0]], run.answers(20)[wrong[0]], round(float(p[0]), 3)) == (5, 9, 0.998)


def test_what_the_table_shows_at_epochs_1_and_7(run):
    first = run.confusion(1)
    assert first.sum() - first.trace() == 60 and first[:, 8].sum() - first[8, 8] == 32 and first[1, 8] == 16
    assert run.confusion(7).sum() == 273 and run.confusion(7).trace() == run.right[7, 1] == 256


def test_hard_digits_are_those_that_are_wrong_most_often(run):
    often = np.sum([run.answers(k) != run.y for k in range(1, 21)], axis=0)
    hard = run.hard()
    assert len(set(hard.tolist())) == 12 and often[hard].min() >= np.delete(often, hard).max()
    assert (run.answers(20)[hard] == run.y[hard]).sum() == 3


@pytest.mark.parametrize(
    ("settings", "right", "words"),
    [
        (Settings(lr=2), 25, "All 64 units of the last hidden layer give 0 for every training image."),
        (Settings(lr=1, hidden=(32,)), 262, "most in epoch 6: from 0.1237 to 0.2198, 1.776 times as much."),
        (Settings(lr=0.01, hidden=(32,)), 211, "The training loss falls in every epoch."),
    ],
)
def test_fate_in_words(settings, right, words):
    run = train(Network, fitted, DATA, settings)
    assert run.right[-1, 1] == right
    assert fate(run).endswith(words)


def test_batches_of_eight_want_a_smaller_rate():
    settings = Settings(lr=0.2, batch=8)
    assert train(Network, fitted, DATA, settings).right[-1, 1] == 262
    assert train(Network, fitted, DATA, replace(settings, lr=0.1)).right[-1, 1] == 263
    assert train(Network, fitted, DATA, replace(settings, lr=0.5)).right[-1, 1] < 250  # a matter of rounding


def test_text_says_these_numbers():
    for words in (
        "With our weights it is 8, in 32 of 60.",
        "do 0.1 and 0.2 bring 260 of the 273 right?",
        "The figure looks at the training and the validation images",
    ):
        assert words in TEXT


def test_figure_agrees_with_the_units_other_figures(run):
    model = Network([64, 128, 64, 10], 0)
    fitted(model, DIGITS.x_train, DIGITS.y_train, 0.5, 20, 32, 0)
    loss, share = loss_and_accuracy(model, DIGITS.x_val, DIGITS.y_val)
    assert loss == pytest.approx(run.losses[-1, 1]) and share == run.right[-1, 1] / 273


# ---- the course's own network


def test_own_gradients_agree_with_finite_differences():
    model, rng = Network([4, 5, 3], 2), np.random.default_rng(0)
    x, dz = rng.normal(size=(6, 4)), rng.normal(size=(6, 3))
    model.forward(x)
    model.backward(dz)
    for array, slope in zip(model.params(), model.grads(), strict=True):
        for place in np.ndindex(array.shape):
            ends = []
            for h in (1e-6, -1e-6):
                array[place] += h
                ends.append(float(np.sum(dz * model.forward(x))))
                array[place] -= h
            assert slope[place] == pytest.approx((ends[0] - ends[1]) / 2e-6, abs=1e-6)


def test_dead_units_of_each_hidden_layer():
    x = np.array([[1.0, 2.0], [3.0, 0.0]])
    W, b = np.array([[1.0, -1.0], [0.0, 0.0]]), np.zeros(2)
    assert dead_units([W, b, np.eye(2), b - 9, np.eye(2), b], x) == ((1, 2), (2, 2))
    assert dead_units([W, b], x) == ()


# ---- whose code runs


@pytest.mark.parametrize(("MLP", "same"), [(Network, True), (Layers, True), (Forgetful, False)])
def test_a_small_run_says_whether_a_network_is_right(MLP, same):
    assert standing_in("MLP", MLP, Network, builds_the_same).yours is same


@pytest.mark.parametrize(
    ("training", "same"), [(fitted, True), (backwards_training, False), (lambda *arguments: [], False)]
)
def test_a_small_run_says_whether_a_training_is_right(training, same):
    assert standing_in("train_mlp", training, fitted, trains_the_same).yours is same


def test_stubs_leave_the_courses_own_running():
    class MLP:
        def __init__(self, sizes, seed):
            raise NotImplementedError()

    def train_mlp(model, x, y, lr, epochs, batch_size, seed):
        raise NotImplementedError()

    figure = digits_training(MLP, train_mlp, data=SMALL, epochs=1)
    assert figure.badge == badge(False, False) and figure.trouble == ""


def test_badge_says_whose_code_runs():
    assert badge(True, True) == "Your MLP and train_mlp are running."
    assert badge(True, False).startswith("Your MLP is running. The course's train_mlp is running too; yours takes over")
    assert badge(False, True).startswith("Your train_mlp is running. The course's MLP")


def test_students_classes_run():
    calls = []

    class Counted(Layers):
        def backward(self, dz):
            calls.append(len(dz))
            return super().backward(dz)

    figure = digits_training(Counted, fitted, data=SMALL, epochs=2)
    assert figure.badge == "Your MLP and train_mlp are running."
    assert calls.count(32) == 4 and calls.count(16) == 2  # 80 rows, twice


def test_code_that_writes_over_the_images_spoils_nothing():
    class Writes(Layers):
        def forward(self, x):
            z = super().forward(x.copy())
            x[:] = 0
            return z

    own = digits_training(data=SMALL, epochs=3)
    assert digits_training(Writes, fitted, data=SMALL, epochs=3).trained.losses == pytest.approx(own.trained.losses)


# ---- trouble


def test_exception_is_shown_and_the_figure_goes_on():
    figure = digits_training(data=SMALL, epochs=4)

    def tired(model, x, y, lr, epochs, batch_size, seed):
        if lr > 1 and seed == 2:
            raise ValueError("the rate is too large for me")
        return fitted(model, x, y, lr, epochs, batch_size, seed)

    figure.train_mlp = tired
    figure.wish = {"lr": 2.0, "serial": 1}
    assert figure.trouble.startswith("ValueError: the rate is too large for me\nThe picture shows the last values")
    assert figure.run["length"] == 3 and figure.run["fate"] == "A function raised an exception after epoch 2."
    assert figure._repr_mimebundle_()[0]["image/png"]
    figure.wish = {"lr": 0.5, "serial": 2}
    assert figure.trouble == "" and figure.run["length"] == 5


def test_exception_before_the_first_number_leaves_the_last_run():
    figure = digits_training(data=SMALL, epochs=1)
    before = figure.p
    figure.MLP = lambda sizes, seed: 1 / 0
    figure.wish = {"lr": 2.0, "serial": 3}
    assert figure.trouble.startswith("ZeroDivisionError") and figure.p == before
    assert figure.run["serial"] == 3 and figure.run["lr"] == 0.5


def test_exception_at_once_gives_a_figure_with_the_courses_code():
    class Small(Layers):
        def __init__(self, sizes, seed):
            if sizes[0] > 10:
                raise MemoryError("so many pixels")
            super().__init__(sizes, seed)

    figure = digits_training(Small, data=SMALL, epochs=1)
    assert figure.trouble.startswith("MemoryError: so many pixels")
    assert figure.badge == "The course's MLP and train_mlp are running, since yours raised an exception."


def test_divergence_is_told_and_drawn():
    figure = digits_training(data=SMALL, epochs=3, lr=1e300, scale=100)
    assert figure.run["fate"] == "It diverges: the loss is no number from epoch 1 on."
    assert figure.trained.right[-1].tolist() == [0, 0] and not len(figure.trained.mistakes(3))
    assert figure._repr_mimebundle_()[0]["image/png"]
    assert answers(np.array([[0.2, 0.8], [np.nan, 0.5]])).tolist() == [1, -1]


def test_slow_code_is_stopped_after_an_epoch(monkeypatch):
    monkeypatch.setattr(training, "MOST_SECONDS", 0.0)
    run = train(Network, fitted, images(SMALL), Settings(), epochs=5)
    assert run.taken == 0 and fate(run).startswith("It was stopped after epoch 0: ")


# ---- words and what the browser gets


def test_sentence_is_the_alternative_text(figure):
    data, metadata = figure._repr_mimebundle_()
    assert data["text/plain"] == metadata["image/png"]["alt"] == figure.sentence
    assert figure.sentence == (
        "64-128-64-10, learning rate 0.5, batch 32, first weights × 1. A guess loses ln 10 = 2.303. "
        "Epoch 0: loss 2.567 in training, 99 of 1,024 right; 2.535 in validation, 30 of 273 right. "
        "Epoch 20: loss 0.002362 in training, 1,024 of 1,024 right; 0.146 in validation, 264 of 273 right. "
        "Surest mistake: a 5 read as 9 with p = 0.998. "
        "The training loss rises in 4 of 20 epochs, most in epoch 16: from 0.004756 to 0.008475, 1.782 times as much."
    )
    picture = base64.b64decode(data["image/png"])
    assert picture.startswith(b"\x89PNG")
    assert base64.b64decode(figure._repr_mimebundle_()[0]["image/png"]) == picture  # built twice, the same bytes
    assert figure.scene["asked"] == 260 and figure.run["reached"] == 3


def test_wish_brings_another_run_and_progress_is_told():
    figure = digits_training(data=SMALL, epochs=3)
    heard = []
    figure.observe(lambda change: heard.append(change["new"]), "progress")
    hard = figure.scene["hard"]
    wishes = ({"lr": 0.1}, {"hidden": []}, {"hidden": [4], "batch": 8}, {"scale": 0.1})
    for serial, wish in enumerate(wishes, start=1):
        before = figure.curves
        figure.wish = {**wish, "serial": serial}
        assert figure.run["serial"] == serial and figure.curves != before
        assert heard[-3:] == [1, 2, 3]
    assert figure.run["told"] == "64-128-64-10, learning rate 0.5, batch 32, first weights × 0.1"
    assert figure.scene["hard"] == hard  # the same twelve in every run


def test_same_settings_give_the_same_run():
    assert digits_training(data=SMALL, epochs=2).p == digits_training(data=SMALL, epochs=2).p


def test_bytes_hold_curves_probabilities_and_images():
    figure = digits_training(data=SMALL, epochs=2)
    table = np.frombuffer(figure.curves).reshape(3, 4)
    assert table[:, :2] == pytest.approx(figure.trained.losses) and (table[:, 2:] == figure.trained.right).all()
    p = np.frombuffer(figure.p, dtype=np.float32).reshape(3, 40, 10)
    assert p.sum(axis=2) == pytest.approx(1, abs=1e-5)
    pixels = np.frombuffer(figure.images, dtype=np.uint8).reshape(40, 64)
    assert pixels / 255 == pytest.approx(SMALL[2], abs=2e-3)


def test_controls_offer_what_is_set():
    figure = digits_training(data=SMALL, epochs=1, lr=0.3, hidden=(7, 5), batch=500, scale=2)
    assert 0.3 in figure.scene["rates"] and 2 in figure.scene["scales"] and figure.scene["batches"] == [8, 32, 80]
    assert figure.scene["networks"]["64-7-5-10"] == [7, 5]
    assert told(Settings(), DATA) == "64-128-64-10, learning rate 0.5, batch 32, first weights × 1"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (([[0.0]], [0, 1], [[0.0]], [1]), r"x \(N, D\) and y \(N,\), twice; here \(1, 1\) and \(2,\)"),
        (([[0.0]], [0.5], [[0.0]], [1]), "whole numbers from 0 to 9"),
        (([[0.0]], [10], [[0.0]], [1]), "whole numbers from 0 to 9"),
        (([[np.nan]], [0], [[0.0]], [1]), "nan: leave those rows out"),
    ],
)
def test_data_that_do_not_fit_are_told_so(data, words):
    with pytest.raises(ValueError, match=words):
        images(data)


def test_data_of_your_own():
    figure = digits_training(data=([[0.0, 1], [1, 0], [0, 1]], [0, 1, 0], [[0.0, 1], [1, 0]], [0, 1]), epochs=2)
    assert figure.scene["classes"] == 2 and figure.scene["shape"] == [1, 2] and "ln 2 = 0.693" in figure.sentence
    assert shape(64) == (8, 8) and shape(65) == (1, 65)


def test_run_without_an_epoch_has_hard_digits_all_the_same(run):
    start = Run(run.losses[:1], run.right[:1], run.p[:1], run.y, run.rows)
    assert start.hard().tolist() == list(range(12))
    assert replace(run, losses=run.losses[:2]).taken == 1


def test_everything_that_is_drawn_stands_in_the_package():
    assert len(SCRIPTS) == 3
    for script in SCRIPTS:
        source = script.read_text(encoding="utf-8")
        assert source in DigitsTraining._esm and len(source.splitlines()) <= 250
    assert "class Plane" in DigitsTraining._esm and ".course-figure.digits_training " in DigitsTraining._css
    script = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    for part in ('role: "status"', 'role: "alert"', 'role: "grid"', "prefers-reduced-motion"):
        assert part in script
