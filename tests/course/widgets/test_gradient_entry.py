"""The live figure of unit 06: every number that its texts speak of, what its controls do, and whose code runs."""

import base64
import io
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from support.courses import ROOT

from course.widgets import gradient_entry as public
from course.widgets.gradient_entry.batch import DZ, WEIGHTS, X, batch_of, ledger, own_backward
from course.widgets.gradient_entry.figure import GradientEntry
from course.widgets.gradient_entry.layout import WIDTH, Places
from course.widgets.gradient_entry.picture import Scene, picture
from course.widgets.gradient_entry.products import REFUSED, RIGHT, TURNED, fit, pairs
from course.widgets.gradient_entry.words import added, formula, short, state

SVG = "{http://www.w3.org/2000/svg}"
STILL = b"\x89PNG\r\n\x1a\n"


def backward(dz, x, W):
    """A right answer in another form than the course's."""
    dW = np.zeros(W.shape)
    for inputs, slopes in zip(x, dz, strict=True):
        dW += np.outer(inputs, slopes)
    return {"dx": np.dot(dz, W.T), "dW": dW, "db": np.add.reduce(dz)}


@pytest.fixture
def batch():
    return batch_of(X, DZ, WEIGHTS)


@pytest.fixture
def figure():
    opened = GradientEntry(backward, batch_of(X, DZ, WEIGHTS), (1, 0))
    opened.gate.show_me.click()
    return opened


def chosen(figure, row, column):
    figure.entries.value = row * figure.entries.columns + column


def pressed(cells, row, column):
    cells.pressed = [row * cells.columns + column, cells.pressed[1] + 1]


# The computation


def test_numbers_are_those_of_the_unit(batch):
    text = (ROOT / "source/06_linear_layer/06_linear_layer.py").read_text(encoding="utf-8")
    for name, ours in (("x", batch.x), ("dz", batch.dz), ("W", batch.W)):
        line = re.search(rf"^{name} = np\.array\((.*)\)$", text, re.MULTILINE)
        np.testing.assert_array_equal(np.array(eval(line[1])), ours)  # noqa: S307


def test_first_gradient(batch):
    book = ledger(batch, own_backward)
    np.testing.assert_allclose(book.given, [[-2.5, 0], [1, 3.5], [2, -1]], atol=1e-12)
    assert [term.product for term in book.terms((1, 0))] == [0, 0, -1, 2]
    assert book.differing == []


def test_gradient_is_what_nudges_measure(batch):
    book = ledger(batch, own_backward)
    for entry in np.ndindex(batch.W.shape):
        step = np.zeros(batch.W.shape)
        step[entry] = 1e-4
        up, down = (np.sum(batch.dz * (batch.x @ (batch.W + sign * step))) for sign in (1, -1))
        assert (up - down) / 2e-4 == pytest.approx(book.given[entry], abs=1e-9)


def test_courses_backward_agrees_with_another_form(batch):
    ours, theirs = own_backward(batch.dz, batch.x, batch.W), backward(batch.dz, batch.x, batch.W)
    for one, other in zip(ours, theirs.values(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-12)


def test_only_examples_2_and_3_together_bring_the_entry_to_zero(batch):
    zero = []
    for number in range(16):
        on = tuple(bool(number >> n & 1) for n in range(4))
        if abs(ledger(replace(batch, on=on), own_backward).given[1, 0]) < 1e-12:
            zero.append(on)
    assert len(zero) == 4
    assert all(not on[2] and not on[3] for on in zero)


def test_input_of_zero_reaches_one_entry_only(batch):
    before, after = (ledger(b, own_backward).given for b in (batch, batch.toggled(("x", 1, 1))))
    assert np.argwhere(before != after).tolist() == [[1, 1]]
    assert (before[1, 1], after[1, 1]) == (3.5, 0.5)


def test_a_cell_comes_back_when_pressed_again(batch):
    assert batch.toggled(("dz", 0, 1)).upstream[0, 1] == 0
    again = batch.toggled(("dz", 0, 1)).toggled(("dz", 0, 1))
    np.testing.assert_array_equal(again.upstream, DZ)
    assert again.emptied == batch.emptied


def test_mean_divides_dz_by_the_examples_that_are_on(batch):
    mean = replace(batch, mean=True)
    np.testing.assert_allclose(mean.upstream, np.array(DZ) / 4)
    assert ledger(mean, own_backward).given[1, 0] == 0.25
    three = replace(mean, on=(True, True, False, True))
    np.testing.assert_allclose(three.upstream[2], 0)
    assert ledger(three, own_backward).given[1, 0] == pytest.approx(2 / 3)
    none = replace(mean, on=(False,) * 4)
    assert not ledger(none, own_backward).given.any()


def test_students_function_gets_copies(batch):
    def greedy(dz, x, W):
        result = backward(dz, x, W)
        x[:], dz[:], W[:] = 9, 9, 9
        return result

    assert ledger(batch, greedy).differing == []
    np.testing.assert_array_equal(batch.inputs, X)


def test_dW_of_another_shape_is_told(batch):  # noqa: N802  (dW is its name)
    with pytest.raises(ValueError, match=r"dW has the shape \(2, 3\), W has \(3, 2\)"):
        ledger(batch, lambda dz, x, W: (dz @ W.T, dz.T @ x, dz.sum(axis=0)))


@pytest.mark.parametrize(
    ("x", "dz", "W", "words"),
    [
        (X, DZ[:3], WEIGHTS, "these are (4, 3), (3, 2) and (3, 2)"),
        (X, DZ, DZ, "these are (4, 3), (4, 2) and (4, 2)"),
        ([1.0], DZ, WEIGHTS, "these are (1,), (4, 2) and (3, 2)"),
        (np.ones((6, 3)), np.ones((6, 2)), WEIGHTS, "room for 5 examples, 4 inputs, 3 neurons; x is (6, 3)"),
    ],
    ids=["rows", "weights", "one axis", "too many"],
)
def test_data_that_do_not_fit_are_refused(x, dz, W, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        public(x=x, dz=dz, W=W)


def test_entry_outside_is_refused():
    with pytest.raises(ValueError, match=r"shape \(3, 2\): it has no entry \(3, 0\)"):
        public(entry=(3, 0))


# Shapes


def test_shapes_refuse_x_times_dz(batch):
    refused = fit(REFUSED, batch)
    assert refused.result is None
    assert refused.lines() == [
        "x (4, 3) times dz (4, 2): refused. The inner sizes are 3 and 4.",
        "A row of x has 3 numbers, one for each input;",
        "a column of dz has 4, one for each example: 1 number finds no partner.",
    ]
    assert pairs(REFUSED, batch, (1, 0)) == [(0, 0.5), (3, 0), (1, -1), (None, 1)]


def test_the_right_product_and_the_one_turned_over(batch):
    assert fit(RIGHT, batch).lines() == [
        "xᵀ (3, 4) times dz (4, 2): 4 meets 4 and vanishes, (3, 2) is left, the shape of W."
    ]
    assert fit(TURNED, batch).lines()[0].endswith("(2, 3) is left; W has (3, 2).")


def test_shapes_that_fit_by_accident_are_told():
    square = batch_of(np.eye(3), np.ones((3, 3)), np.ones((3, 3)))
    assert "as many examples as inputs, 3" in fit(REFUSED, square).lines()[1]
    assert "shapes alone cannot tell" in fit(TURNED, square).lines()[1]


# The words


def test_formula_with_the_numbers_put_in(batch):
    book = ledger(batch, own_backward)
    assert formula(book, (1, 0)) == "0 · 0.5 + 3 · 0 + 1 · (−1) + 2 · 1 = 0 + 0 − 1 + 2 = 1"
    said = state(book, (1, 0), fit(RIGHT, batch))
    assert said.startswith("dW[1, 0], input 1 to neuron 0: column 1 of x times column 0 of dz, row by row, is 0 · 0.5")
    assert "The course's linear_backward gives 1: the same." in said
    assert "The largest input, 3, adds nothing: its dz is 0." in said
    assert "adds nothing" not in state(book, (1, 1), fit(RIGHT, batch))


def test_one_example_has_a_formula_too():
    book = ledger(batch_of([[2.0]], [[-3.0]], [[1.0]]), own_backward)
    assert formula(book, (0, 0)) == "2 · (−3) = −6"


def test_numbers_as_they_are_written():
    assert [short(n) for n in (-0.0, -2.5, 1 / 3, 1e-9)] == ["0", "−2.5", "0.333", "1e−09"]
    assert added([0.0, -1.0, -0.0, 2.0]) == "0 − 1 + 0 + 2"


# The picture


def scene(batch, product=RIGHT, entry=(1, 0), **more):
    return Scene(ledger(batch, own_backward), entry, fit(product, batch), **more)


def test_each_part_has_a_label(batch):
    root = ElementTree.fromstring(picture(scene(batch)).svg())
    assert root.get("aria-label") == "Which numbers make dW[1, 0]"
    labels = [g.get("aria-label") for g in root.iter(f"{SVG}g")]
    for words in (
        "x, column 1 lit: 0, 3, 1 and 2",
        "dz, column 0 lit: 0.5, 0, −1 and 1",
        "dW[1, 0] = 1",
        "network, the edge from input 1 to neuron 0 lit: W[1, 0] = 0.4",
        "sheet of example 2, at [1, 0]: −1",
        "sheet of sum, at [1, 0]: 1",
    ):
        assert words in labels


def test_what_is_lit_differs_by_outline_and_pattern(batch):
    drawn = picture(scene(batch))
    x, dz, products, weights = drawn.shapes[:4]
    slants = []
    for group in (x, dz, weights):
        root = ElementTree.fromstring(group.svg())
        assert [bar.get("stroke-width") for bar in root.iter("rect")].count("3") == 1
        ends = [line.get("points").replace(",", " ").split() for line in root.iter("polygon")]
        slants.append({np.sign((float(a) - float(c)) * (float(b) - float(d))) for a, b, c, d in ends})
    assert [slant - {0.0} for slant in slants] == [{-1.0}, {1.0}, {-1.0, 1.0}]
    assert "0 + 0 − 1 + 2 = 1" in products.label


def test_nothing_is_told_before_the_answer(batch):
    asked = picture(scene(batch, asks=True))
    words = " ".join(ElementTree.fromstring(asked.svg()).itertext())
    assert "3 · 0 = ?" in words and "sum = ?" in words
    assert "sheet" not in asked.svg() and asked.height < picture(scene(batch)).height


@pytest.mark.parametrize(
    ("sizes", "product"),
    [((4, 3, 2), RIGHT), ((5, 4, 3), RIGHT), ((1, 1, 1), RIGHT), ((4, 3, 2), REFUSED), ((2, 4, 3), TURNED)],
    ids=lambda part: str(getattr(part, "name", part)),
)
def test_everything_ends_inside_the_picture(sizes, product):
    n, d, m = sizes
    awkward = batch_of(np.full((n, d), -0.667), np.full((n, m), -0.0123), np.full((d, m), -1.25))
    drawing = picture(scene(awkward, product, (0, 0), before=np.full((d, m), -0.0456), still=True))
    pixels = np.asarray(Image.open(io.BytesIO(drawing.png(scale=1))).convert("L"))
    assert pixels.shape == (drawing.height, WIDTH)
    assert pixels[:, -3:].min() == 255
    assert pixels[-3:].min() == 255


def test_the_same_scene_gives_the_same_bytes():
    small = batch_of([[2.0]], [[-3.0]], [[1.0]])
    pictures = [picture(scene(small, entry=(0, 0))).png() for _ in range(2)]
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("sizes", [(4, 3, 2), (5, 4, 3), (1, 1, 1)], ids=str)
def test_grids_stand_beside_each_other(sizes):
    places = Places(*sizes)
    left, right = places.network
    edges = [places.x.at[0], places.x.right, places.dz.at[0], places.dz.right, places.products[0]]
    edges += [places.weights.at[0], places.weights.right, left - 12, right + 12, WIDTH]
    assert edges == sorted(edges)
    assert places.sheet(sizes[0]).right <= WIDTH


# The figure


@pytest.mark.parametrize(
    ("guess", "words"),
    [(3, "You said example 3: right, it adds 2."), (1, "it adds 3 · 0 = 0. Example 3 adds most, 2 · 1 = 2.")],
)
def test_the_question_comes_first(batch, guess, words):
    figure = GradientEntry(backward, batch, (1, 0))
    assert figure.panel.controls == (figure.gate,)
    assert "column 1 of x, 0, 3, 1 and 2, times column 0 of dz" in figure.panel.sentence
    assert "Which example adds most to dW[1, 0]?" in figure.panel.sentence
    figure.gate.guess.value = guess
    figure.gate.answer.click()
    assert words in figure.panel.sentence
    assert figure.panel.controls == (figure.loss, figure.product, figure.again)


def test_every_entry_can_be_chosen(figure):
    for row in range(3):
        for column in range(2):
            chosen(figure, row, column)
            assert figure.panel.sentence.startswith(f"dW[{row}, {column}], input {row} to neuron {column}:")
            assert f"Which numbers make dW[{row}, {column}]" in figure.strips.shown
    assert len(figure.stage.film.strip["frames"]) == 6  # all entries lie ready


def test_switching_off_examples_2_and_3_makes_the_entry_zero(figure):
    figure.examples[3].value = False
    figure.examples[2].value = False
    assert "Your linear_backward gives 0: the same." in figure.panel.sentence
    assert "Examples 2 and 3 are off: their dz is 0." in figure.panel.sentence
    assert ">was −1<" in figure.strips.shown  # the last run stays as a ghost


def test_the_largest_input_set_to_zero(figure):
    pressed(figure.inputs, 1, 1)
    assert "gives 1: the same" in figure.panel.sentence
    assert "Set to 0: x[1, 1]." in figure.panel.sentence
    chosen(figure, 1, 1)
    assert "gives 0.5: the same" in figure.panel.sentence
    assert figure.inputs.labels[4] == "x[1, 1] = 0; press to bring it back"
    pressed(figure.inputs, 1, 1)
    assert "gives 3.5" in figure.panel.sentence
    pressed(figure.upstream, 2, 0)
    chosen(figure, 1, 0)
    assert "gives 2: the same" in figure.panel.sentence


def test_mean_and_shapes(figure):
    figure.loss.value = True
    assert "gives 0.25: the same" in figure.panel.sentence
    assert "so each dz is divided by 4" in figure.panel.sentence
    figure.product.value = REFUSED
    assert "refused. The inner sizes are 3 and 4." in figure.panel.sentence
    assert ">? · 0.25: no partner<" in figure.strips.shown
    assert "sheet" not in figure.strips.shown


def test_start_again(figure):
    first = figure.strips.shown
    figure.examples[0].value = False
    figure.loss.value = True
    pressed(figure.inputs, 0, 0)
    figure.product.value = TURNED
    figure.again.click()
    assert figure.strips.shown == first
    assert all(box.value for box in figure.examples) and not figure.loss.value


def test_every_control_has_a_name(figure):
    controls = [*figure.panel.controls, *figure.stage.children[2:]]
    names = [control.description for control in controls]
    assert all(names) and len(set(names)) == len(names)


def test_data_of_the_readers_own(batch):
    panel = public(backward, dz=[[1, 2, 3]], x=[[4, 5]], W=np.ones((2, 3)), entry=(1, 2))
    assert panel.badge == "Your linear_backward is running."
    assert "dW[1, 2] is column 1 of x, 5, times column 2 of dz, 3" in panel.sentence


# Whose code runs


def test_course_stands_in_for_what_is_not_right(batch):
    figure = GradientEntry(lambda dz, x, W: (dz @ W.T, x.T @ dz / len(x), dz.sum(0)), batch, (1, 0))
    assert figure.panel.badge.startswith("The course's linear_backward is running.")
    figure.gate.show_me.click()
    assert "The course's linear_backward gives 1" in figure.panel.sentence


def test_a_disagreement_is_said(batch):
    def odd(dz, x, W):
        dx, dW, db = backward(dz, x, W).values()
        if np.array_equal(x, batch.x):  # no numbers that the check tries
            dW[0, 1] += 1
            dW[1, 0] *= 3
        return dx, dW, db

    figure = GradientEntry(odd, batch, (1, 0))
    figure.gate.show_me.click()
    assert "Your linear_backward gives 3: it differs from the products." in figure.panel.sentence
    assert "✗ differs from the sums" in figure.strips.shown
    chosen(figure, 2, 0)
    assert "gives 2: the same. It differs at dW[0, 1], dW[1, 0]." in figure.panel.sentence


def test_an_exception_is_shown_and_stays_until_a_change_works(batch):
    def touchy(dz, x, W):
        if x[0, 0] == 0 and x.shape == (4, 3):
            raise ZeroDivisionError("x is 0")
        return backward(dz, x, W)

    figure = GradientEntry(touchy, batch, (1, 0))
    figure.gate.show_me.click()
    pressed(figure.inputs, 0, 0)
    assert "ZeroDivisionError: x is 0" in figure.panel.trouble
    chosen(figure, 0, 0)
    assert "ZeroDivisionError" in figure.panel.trouble
    assert "gives −2.5" in figure.panel.sentence  # the last numbers that worked
    pressed(figure.inputs, 0, 0)
    assert figure.panel.trouble == ""


def test_an_exception_at_first_sight_leaves_the_courses_picture(batch):
    def stops(dz, x, W):
        if x.shape == (4, 3):
            raise ValueError("not four")
        return backward(dz, x, W)

    figure = GradientEntry(stops, batch, (1, 0))
    assert "ValueError: not four" in figure.panel.trouble
    figure.gate.show_me.click()
    assert "The course's linear_backward gives 1" in figure.panel.sentence
    assert "ValueError" in figure.panel.trouble


def test_still_picture_and_words_without_a_kernel():
    data, metadata = public()._repr_mimebundle_()
    assert base64.b64decode(data["image/png"]).startswith(STILL)
    assert "column 1 of x, 0, 3, 1 and 2" in data["text/plain"]
    assert metadata["image/png"]["alt"] == data["text/plain"]
