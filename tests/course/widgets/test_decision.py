"""The live figure of unit 05: the numbers that its texts speak of, its words, and that it goes on living."""

import base64
from dataclasses import fields, replace

import numpy as np
import pytest
from support.courses import ROOT

from course.widgets.decision.figure import Decision, badge, decision, rows, tumours
from course.widgets.decision.training import OWN, THRESHOLDS, Neuron, fate, train

WIDGETS = ROOT / "course" / "widgets"
NAMES = tuple(field.name for field in fields(Neuron))
SCRIPTS = sorted(WIDGETS.glob("decision/*.js"))
TEXT = (ROOT / "source" / "05_neuron" / "05_neuron.py").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tumour_rows():
    x, y, _ = tumours()
    return x, y


@pytest.fixture(scope="module")
def run(tumour_rows):
    return train(OWN, *tumour_rows, 1.0)


def my_backward(dz, x, w):
    """A student's own, right."""
    return dz[:, None] * w[None], (dz[:, None] * x).sum(axis=0), dz.sum()


# ---- the numbers that the unit and the figure speak of


def test_data_are_the_units(tumour_rows):
    x, y = tumour_rows
    assert x.shape == (427, 2) and y.sum() == 162
    assert x.mean(axis=0) == pytest.approx([0, 0], abs=1e-12) and x.std(axis=0) == pytest.approx([1, 1])
    assert tumours()[2] == ("mean radius", "mean texture")


@pytest.mark.parametrize(
    ("step", "loss", "right", "length"), [(0, 0.6931, 162, 0.0), (1, 0.5438, 371, 0.40), (300, 0.2685, 377, 3.82)]
)
def test_accuracy_stands_still_while_the_neuron_gets_surer(run, step, loss, right, length):
    assert run.losses[step] == pytest.approx(loss, abs=5e-5)
    assert run.counts(step, 0.5).right == right
    assert run.length(step) == pytest.approx(length, abs=5e-3)


@pytest.mark.parametrize(
    ("step", "threshold", "found", "alarms", "missed", "cleared"),
    [
        (300, 0.5, 129, 17, 33, 248),
        (300, 0.09, 156, 98, 6, 167),
        (300, 1 / 11, 156, 96, 6, 169),
        (300, 0.15, 156, 70, 6, 195),
        (1, 0.09, 162, 265, 0, 0),
        (1, 0.5, 127, 21, 35, 244),
    ],
)
def test_counts_at_thresholds(run, step, threshold, found, alarms, missed, cleared):
    counts = run.counts(step, threshold)
    assert (counts.found, counts.false_alarms, counts.missed, counts.cleared) == (found, alarms, missed, cleared)


def test_no_row_is_below_a_quarter_after_one_step(run):
    assert run.p[1].min() > 0.25


def test_cheapest_thresholds(run):
    assert run.cheapest(300, 1) == (48, 0.47)
    assert run.cheapest(300, 10) == (130, 0.15)
    assert run.counts(300, 0.09).cost(10) == 158
    assert len(THRESHOLDS) == 99 and THRESHOLDS[[0, -1]].tolist() == [0.01, 0.99]


def test_text_says_these_numbers():
    for words in ("371, then 377", "0.40, 3.82", "0.5438, 0.2685", "98 (96 at 1/11)", "costs 130, and 0.09 costs 158"):
        assert words in TEXT


# ---- words


@pytest.mark.parametrize(
    ("lr", "words"),
    [
        (1.0, "The loss falls at every step."),
        (21.11, "The loss falls at every step."),
        (
            23.23,
            "The loss rises in 158 of 300 steps, and at the end it goes from 0.2909 to 0.2927 and back: "
            "each step is as long as the last and changes side.",
        ),
    ],
)
def test_fate_in_words(tumour_rows, lr, words):
    assert fate(train(OWN, *tumour_rows, lr)) == words


def test_infinite_loss_is_told_as_divergence(run):
    losses = run.losses.copy()
    losses[7:] = np.inf
    assert fate(replace(run, losses=losses)) == "It diverges: the loss is no number from step 7 on."


def test_loss_that_rises_early_and_settles_is_told_so(run):
    losses = run.losses.copy()
    losses[2] += 1
    assert fate(replace(run, losses=losses)) == (
        "The loss rises in 1 of 300 steps, last at step 2; after that it falls."
    )


def test_sentence_is_the_alternative_text():
    figure = decision()
    data, metadata = figure._repr_mimebundle_()
    assert data["text/plain"] == metadata["image/png"]["alt"] == figure.sentence
    assert figure.sentence == (
        "Learning rate 1. Step 1: loss 0.5438, 371 of 427 rows right at threshold 0.5, 35 missed, 21 false alarms, "
        "length of w 0.40. Step 300: loss 0.2685, 377 of 427 rows right at threshold 0.5, 33 missed, "
        "17 false alarms, length of w 3.82. The loss falls at every step."
    )
    picture = base64.b64decode(data["image/png"])
    assert picture.startswith(b"\x89PNG")
    assert base64.b64decode(figure._repr_mimebundle_()[0]["image/png"]) == picture  # built twice, the same bytes
    figure.wish = {"lr": 0.1}
    assert base64.b64decode(figure._repr_mimebundle_()[0]["image/png"]) != picture


# ---- whose functions run


def test_badge_says_whose_functions_run():
    waiting = "Yours take over once their checks pass."
    assert badge(dict.fromkeys(NAMES, True)) == "Your five functions are running."
    assert badge(dict.fromkeys(NAMES, False)) == f"The course's five functions are running. {waiting}"
    mine = badge({name: name == "neuron_backward" for name in NAMES})
    assert mine == f"Your neuron_backward is running. The course's {', '.join(NAMES[:-1])} are running. {waiting}"


def test_students_function_runs_and_a_wrong_one_does_not():
    calls = []

    def backward(dz, x, w):
        calls.append(len(dz))
        return my_backward(dz, x, w)

    figure = decision(neuron_backward=backward, sigmoid=lambda z: z)
    assert figure.badge.startswith("Your neuron_backward is running. The course's neuron_forward, sigmoid,")
    assert calls.count(427) == 300
    assert "Step 300: loss 0.2685" in figure.sentence


@pytest.mark.parametrize("name", NAMES)
def test_courses_own_functions_pass_the_checks(name):
    figure = decision(**{name: getattr(OWN, name)})
    assert f"Your {name} is running." in figure.badge


def test_function_that_writes_over_its_arguments_spoils_nothing(tumour_rows, run):
    def writes(dz, x, w):
        result = my_backward(dz, x, w)
        dz[:], x[:], w[:] = 0, 0, 0
        return result

    assert train(replace(OWN, neuron_backward=writes), *tumour_rows, 1.0, 20).losses == pytest.approx(run.losses[:21])


def test_answers_may_be_lists_and_db_an_array(tumour_rows, run):
    def lists(dz, x, w):
        dx, dw, db = my_backward(dz, x, w)
        return dx.tolist(), dw.tolist(), np.array([db])

    def forward(x, w, b):
        return [float(row @ w + b) for row in x]

    neuron = replace(OWN, neuron_backward=lists, neuron_forward=forward)
    assert train(neuron, *tumour_rows, 1.0, 5).losses == pytest.approx(run.losses[:6])


def test_exception_is_shown_and_the_figure_goes_on():
    figure = decision(neuron_backward=my_backward)

    def short(dz, x, w):
        if np.linalg.norm(w) > 10:
            raise ValueError("w is too long for me")
        return my_backward(dz, x, w)

    figure.neuron = replace(figure.neuron, neuron_backward=short)
    figure.wish = {"lr": 90.0, "serial": 1}
    assert figure.trouble.startswith("ValueError: w is too long for me\nThe picture shows the last values that worked")
    assert figure.run["length"] == 2 and figure.run["fate"] == "A function raised an exception after step 1."
    figure.wish = {"lr": 1.0, "serial": 2}
    assert figure.trouble == "" and figure.run["length"] == 301


def test_exception_before_the_first_number_leaves_the_last_run():
    figure = decision()
    figure.neuron = replace(OWN, sigmoid=lambda z: 1 / 0)
    before = figure.p
    figure.wish = {"lr": 2.0, "serial": 3}
    assert figure.trouble.startswith("ZeroDivisionError") and figure.p == before
    assert figure.run["serial"] == 3 and figure.run["lr"] == 1.0


def test_exception_at_once_gives_a_figure_with_the_courses_functions():
    def forward(x, w, b):
        if len(x) == 427:
            raise MemoryError("so many rows")
        return np.array([row @ w + b for row in x])

    figure = decision(forward)
    assert figure.trouble.startswith("MemoryError: so many rows")
    assert figure.badge == "The course's functions are running, since one of yours raised an exception."
    assert "Step 300: loss 0.2685" in figure.sentence


# ---- what the browser gets


def test_wish_brings_another_run():
    figure = decision()
    assert figure.run["lr"] == 1.0 and figure.run["serial"] == 0
    for serial, wish in enumerate(({"lr": 0.5}, {"flipped": [3]}, {"lr": 30.0, "flipped": [3, 8]}), start=1):
        before = figure.table
        figure.wish = {**wish, "serial": serial}
        assert figure.run["serial"] == serial and figure.table != before
    assert figure.sentence.endswith(" 2 labels flipped.")
    assert (figure.trained.y != figure.y).sum() == 2


def test_bytes_hold_weights_losses_and_probabilities(run):
    figure = decision()
    table = np.frombuffer(figure.table).reshape(301, 4)
    assert table[:, 3] == pytest.approx(run.losses) and table[:, :3] == pytest.approx(run.weights)
    p = np.frombuffer(figure.p, dtype=np.float32).reshape(301, 427)
    assert (p == run.p).all()
    assert len(figure.scene["x"]) == len(figure.scene["y"]) == 427
    assert figure.scene["sigmoid"]["values"][240] == 0.5


def test_rows_of_your_own():
    figure = decision(x=[[0, 0], [1, 0], [0, 1], [1, 1]], y=[0, 0, 1, 1], names=("a", "b"), classes=("no", "yes"))
    assert figure.scene["names"] == ["a", "b"] and figure.scene["classes"] == ["no", "yes"]
    assert "4 of 4 rows right" in figure.sentence


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        (np.zeros((4, 3)), [0, 1, 0, 1], r"2 to 1000 rows of two numbers; its shape is \(4, 3\)"),
        (np.zeros((4, 2)), [0, 1, 2, 1], "a 0 or a 1 for each row of x"),
        (np.zeros((4, 2)), [1, 1, 1, 1], "both must occur"),
        (np.full((2, 2), np.nan), [0, 1], "nan: leave those rows out"),
    ],
)
def test_rows_that_do_not_fit_are_told_so(x, y, words):
    with pytest.raises(ValueError, match=words):
        rows(x, y)


def test_everything_that_is_drawn_stands_in_the_package():
    assert len(SCRIPTS) == 4
    for script in SCRIPTS:
        source = script.read_text(encoding="utf-8")
        assert source in Decision._esm and len(source.splitlines()) <= 250
    assert "class Plane" in Decision._esm and "class FactorSlider" in Decision._esm
    assert ".course-figure.decision " in Decision._css


def test_state_and_trouble_are_announced():
    script = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    assert 'role: "status"' in script and 'role: "alert"' in script and "prefers-reduced-motion" in script
    assert "this.cut.limit(0.01, 0.99, 0.01)" in script and "this.price.limit(1, 10, 1)" in script
