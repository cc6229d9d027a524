"""The live logits of unit 08: every number that its texts speak of, and what its controls do."""

import numpy as np
import pytest

from course.widgets.kit import film
from course.widgets.logits.figure import (
    CONSTANT,
    GUESSES,
    LOGITS,
    NAIVELY,
    NAMES,
    QUESTION,
    SAFE,
    TRUTH,
    Logits,
    logits,
    stand_ins,
)
from course.widgets.logits.picture import Scene, picture
from course.widgets.logits.plots import Plot, decade, reach
from course.widgets.logits.scores import (
    NAIVE,
    OWN,
    Dials,
    naive_softmax,
    outcome,
    own_softmax,
    own_softmax_backward,
    powers_of,
)
from course.widgets.logits.words import fixed, formulas, power, sentence, share, short, what_broke


def softmax(z):
    return np.stack([np.exp(row - row.max()) / np.exp(row - row.max()).sum() for row in z])


def cross_entropy(z, y):
    return -np.mean([row[k] - row.max() - np.log(np.exp(row - row.max()).sum()) for row, k in zip(z, y, strict=True)])


@pytest.fixture(autouse=True)
def no_look_ahead(monkeypatch):
    """Frames that nobody asked for are the business of test_widgets_film."""
    monkeypatch.setattr(film, "AHEAD", 0.0)


@pytest.fixture
def figure():
    opened = Logits(*stand_ins(dict.fromkeys(NAMES)), Dials())
    opened.gate.show_me.click()
    return opened


def at(**dials):
    return outcome(Dials(**dials), OWN)


# ---- computation


def test_first_sight():
    shown = at()
    np.testing.assert_allclose(10**shown.powers, [7.3891, 2.7183, 1.1052], atol=5e-5)
    assert 10**shown.total == pytest.approx(11.2125, abs=5e-5)
    np.testing.assert_allclose(shown.p, [0.6590, 0.2424, 0.0986], atol=5e-5)
    assert shown.loss == pytest.approx(2.3170, abs=5e-5)
    np.testing.assert_allclose(shown.pull, [0.6590, 0.2424, -0.9014], atol=5e-5)
    np.testing.assert_allclose(shown.slopes, [-0.06496, -0.02390, 0.08885], atol=5e-6)
    np.testing.assert_allclose(-shown.slopes / shown.p[2], shown.pull)


@pytest.mark.parametrize(
    ("temperature", "loss"),
    [(0.1, 19.0), (0.25, 7.6186), (1, 2.3170), (5, 1.2973), (10, 1.1950), (50, 1.1174), (1e6, np.log(3))],
)
def test_temperature_brings_the_loss_from_19_to_what_guessing_costs(temperature, loss):
    assert at(temperature=temperature).loss == pytest.approx(loss, abs=5e-5)


@pytest.mark.parametrize("true", [0, 1, 2])
@pytest.mark.parametrize("added", [-100, 0, 37])
@pytest.mark.parametrize("temperature", [0.1, 0.7, 10])
def test_arrows_are_what_nudges_measure_and_their_sum_is_0(true, added, temperature):
    shown = at(logits=(1.7, -4.0, 0.3), temperature=temperature, added=added, true=true)
    np.testing.assert_allclose(shown.measured, shown.pull, atol=1e-6)
    np.testing.assert_allclose(shown.pull, shown.p - shown.truth, atol=1e-12)
    assert shown.pull.sum() == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("added", [-100, -3, 89, 100])
def test_constant_changes_nothing_where_it_is_computed_safely(added):
    np.testing.assert_allclose(at(added=added).p, at().p)
    assert at(added=added).loss == pytest.approx(at().loss)


def test_steps_downhill_are_those_of_the_notebook():
    dials, losses, pulls = Dials(), [], []
    for _ in range(4):
        shown = outcome(dials, OWN)
        losses.append(shown.loss)
        pulls.append(shown.pull[2])
        dials = Dials(shown.stepped())
    np.testing.assert_allclose(losses, [2.3170, 1.1594, 0.5674, 0.3336], atol=5e-5)
    np.testing.assert_allclose(pulls, [-0.9014, -0.6863, -0.4330, -0.2837], atol=5e-5)


def test_step_follows_the_slope_in_z_and_ends_where_the_sliders_end():
    shown = at(temperature=2.0)
    np.testing.assert_allclose(shown.stepped(), np.array([2, 1, 0.1]) - shown.pull / 2)
    assert at(temperature=0.1).stepped() == pytest.approx((-5, 1, 5), abs=1e-3)


def test_float32_overflows_from_e_to_the_89():
    assert np.isfinite(np.exp(np.float32(88)))
    fine, first, all_of_them = (outcome(Dials(added=c), NAIVE) for c in (86, 87, 89))
    assert fine.works
    np.testing.assert_allclose(fine.p, at().p, rtol=1e-4)
    np.testing.assert_array_equal(first.p, [np.nan, 0, 0])
    assert first.loss == np.inf
    np.testing.assert_array_equal(first.pull, [np.nan, 0, -1])
    assert np.isnan([*all_of_them.p, all_of_them.loss, *all_of_them.pull]).all()


def test_float32_loses_digits_and_then_everything_far_below_0():
    low = outcome(Dials(added=-100), NAIVE)
    assert low.loss == pytest.approx(2.3264, abs=5e-5)
    lower = outcome(Dials(added=-100, temperature=0.5), NAIVE)
    assert np.isneginf(lower.powers).all()
    assert np.isnan(lower.loss)


def test_naive_formula_gives_the_same_p_for_moderate_scores():
    z = np.array([[2, 1, 0.1], [-1, 0, 3]], dtype=np.float32)
    np.testing.assert_allclose(naive_softmax(z), own_softmax(z), rtol=1e-6)


def test_course_sends_a_gradient_back_through_softmax():
    dz = own_softmax_backward(np.array([[0.5, -1, 2]]), own_softmax(np.array([[2, 1, 0.1]])))
    np.testing.assert_allclose(dz, [[0.1422, -0.3113, 0.1691]], atol=5e-5)


def test_powers_on_paper_have_no_largest_number():
    powers, total = powers_of(np.array([1020.0, 1010.0, 1001.0]))
    np.testing.assert_allclose(powers, np.array([1020, 1010, 1001]) / np.log(10))
    assert total == pytest.approx(powers[0], abs=1e-4)


# ---- words


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (fixed(-0.0), "0.0000"),
        (fixed(-0.90144), "−0.9014"),
        (fixed(float("-inf")), "−inf"),
        (short(-1e-17), "0"),
        (short(100.1), "100.1"),
        (share(0.0), "0"),
        (share(5.6e-9), "5.6e−9"),
        (power(np.log10(7.3890561)), "7.3891"),
        (power(np.log10(22026.47)), "22026.5"),
        (power(102 / np.log(10)), "2.0e44"),
        (power(-43.3), "5.0e−44"),
        (power(5.9999), "1.0e6"),
        (power(np.inf), "inf"),
        (power(-np.inf), "0"),
    ],
)
def test_numbers_in_words(told, words):
    assert told == words


def test_sentence_puts_the_numbers_into_the_formula():
    assert sentence(at()) == (
        "Logits z = 2, 1, 0.1. With c = 0 and T = 1, s = (z + c) / T = 2, 1, 0.1. "
        "e^s = 7.3891, 2.7183, 1.1052, sum 11.2125. p = 0.6590, 0.2424, 0.0986. "
        "Class 2 is true: loss −ln 0.0986 = 2.3170; guessing costs 1.0986. "
        "p − y = 0.6590, 0.2424, −0.9014, sum 0.0000; measured by nudges 0.6590, 0.2424, −0.9014."
    )


def test_formulas_hold_the_way_back():
    assert formulas(at()) == [
        "p2 = e^s2 / (e^s0 + e^s1 + e^s2)",
        "\u2003= 1.1052 / (7.3891 + 2.7183 + 1.1052)",
        "\u2003= 0.0986",
        "L = −ln p2 = −ln 0.0986 = 2.3170",
        "dL/dp2 = −1/p2 = −10.1455",
        "slopes of p2: −0.0650, −0.0239, 0.0889",
        "their products are p − y",
    ]
    assert formulas(at(temperature=0.1))[-1] == "dL/dz = (p − y) / T, T = 0.1"


@pytest.mark.parametrize(
    ("dials", "told"),
    [
        (Dials(), "no trouble here."),
        (
            Dials(added=87),
            "e^89 is above 3.4e38, the largest float32, so it is inf; inf/inf = nan. p of the true class is 0",
        ),
        (Dials((5.0, 5.0, 5.0), added=83.0), "the sum of e^s is above 3.4e38"),
        (
            Dials(added=100),
            "e^102 is above 3.4e38, the largest float32, so it is inf; inf/inf = nan. The safe loss is 2.3170.",
        ),
        (Dials(added=-100), "digits are lost: loss 2.3264 instead of 2.3170."),
        (Dials(added=-100, temperature=0.5), "each e^s is below 1.4e−45, the smallest float32, so it is 0; 0/0 = nan."),
    ],
)
def test_trouble_of_float32_is_told_in_words(dials, told):
    assert what_broke(outcome(dials, NAIVE), outcome(dials, OWN)).startswith(told)


# ---- picture


def test_scales_are_round_and_hold_what_they_show():
    assert reach([2, 1, 0.1], 5) == 5
    assert reach([-102, np.nan, 3], 5) == 200
    assert reach([np.inf], 5) == 5
    assert 10 ** decade([0.8, 0.4, 0]) == pytest.approx(10)
    assert decade([-np.inf, np.inf, np.nan]) >= 0
    plot = Plot(0, 10, 100, 100, -1, 1)
    assert (plot.y(1), plot.y(0), plot.y(-5)) == (10, 60, 110)
    assert plot.bar(0, float("nan"), "none") == []


def test_picture_is_read_part_by_part():
    drawn = picture(Scene(at(), at(added=1.0))).svg()
    for words in (
        'aria-label="Logits s = 2, 1, 0.1"',
        'aria-label="p = 0.6590, 0.2424, 0.0986; y is 1 at class 2, else 0"',
        'aria-label="loss −ln p2 = 2.3170; guessing costs ln 3 = 1.0986"',
        "before: L = 2.3170",
    ):
        assert words in drawn


# ---- the figure


def test_controls_wait_for_the_guess():
    figure = Logits(*stand_ins(dict.fromkeys(NAMES)), Dials())
    assert figure.panel.controls == (figure.gate,)
    assert figure.panel.sentence.startswith(QUESTION)
    assert figure.gate.guess.options == GUESSES
    figure.gate.answer.click()
    assert figure.panel.sentence.startswith(
        "You said “to 0”: it goes to ln 3 = 1.0986. All p come to 1/3; T = 1000000 gives 1.0986. Logits z = 2"
    )
    assert figure.panel.controls == (figure.menu, *figure.z)


def test_right_guess_is_told_so():
    figure = Logits(*stand_ins(dict.fromkeys(NAMES)), Dials())
    figure.gate.guess.value = GUESSES[1]
    figure.gate.answer.click()
    assert figure.panel.sentence.startswith("You said “to ln 3 = 1.0986”: right.")


def test_menu_brings_the_controls_of_each_group(figure):
    seen = {}
    for group in (LOGITS, TRUTH, CONSTANT):
        figure.menu.value = group
        seen[group] = [getattr(control, "description", "steps") for control in figure.panel.controls[1:]]
    assert seen == {
        LOGITS: ["logit z0", "logit z1", "logit z2"],
        TRUTH: ["temperature T", "true class", "steps"],
        CONSTANT: ["c, added to all", "e^s computed"],
    }
    assert figure.panel.trouble == ""


def test_every_control_changes_picture_and_sentence(figure):
    moves = [(z, -4.0) for z in figure.z] + [(figure.temperature, 0.1), (figure.true, 0), (figure.added, 100.0)]
    for control, value in [*moves, (figure.way, NAIVELY)]:
        shown, said = figure.strips.shown, figure.panel.sentence
        control.value = value
        assert figure.strips.shown != shown, control.description
        assert figure.panel.sentence != said, control.description
    assert figure.panel.trouble == ""


def test_sliders_reach_as_far_as_the_text_says(figure):
    assert [(z.min, z.max) for z in figure.z] == [(-5.0, 5.0)] * 3
    assert (figure.added.min, figure.added.max, figure.added.value) == (-100.0, 100.0, 0.0)
    assert (figure.true.min, figure.true.max, figure.true.value) == (0, 2, 2)
    assert (10**figure.temperature.min, 10**figure.temperature.max) == (pytest.approx(0.1), pytest.approx(10))
    assert 10**figure.temperature.step == pytest.approx(1.1, abs=1e-3)


def test_steps_downhill_and_back(figure):
    figure.step.click()
    assert [z.value for z in figure.z] == pytest.approx([1.3410, 0.7576, 1.0014], abs=5e-5)
    figure.step.click()
    figure.step.click()
    assert "3 steps downhill, losses 2.3170, 1.1594, 0.5674, 0.3336." in figure.panel.sentence
    assert "before: L = 0.5674" in figure.strips.shown
    for _ in range(3):
        assert not figure.back.disabled
        figure.back.click()
    assert [z.value for z in figure.z] == [2, 1, 0.1]
    assert figure.back.disabled
    figure.back.click()
    assert figure.panel.sentence == sentence(at())


def test_value_that_a_slider_sends_back_rounded_changes_nothing(figure):
    figure.strips.show("A note. ")
    figure.z[2].value = 0.09999999999999964
    assert figure.panel.sentence.startswith("A note.")
    figure.z[0].value = 3.0
    assert "before: L = 2.3170" in figure.strips.shown
    assert figure.strips.film.strip["along"] == "z0"


def test_steps_are_forgotten_when_something_else_is_moved(figure):
    figure.step.click()
    figure.temperature.value = 10.0
    assert figure.path == []
    assert "downhill" not in figure.panel.sentence


def test_step_to_the_end_of_a_slider_is_told(figure):
    figure.temperature.value = 0.1
    figure.step.click()
    assert "A logit has come to the end of its slider." in figure.panel.sentence
    figure.step.click()
    assert figure.panel.sentence.startswith("The step moves no logit")


def test_there_is_no_step_from_nan(figure):
    figure.added.value = 100.0
    figure.way.value = NAIVELY
    figure.step.click()
    assert figure.panel.sentence.startswith("No step: p − y is not a number here.")
    assert figure.path == []


def test_naive_formula_says_whose_code_runs_and_shows_the_safe_one_in_grey(figure):
    badge = figure.panel.badge
    figure.way.value = NAIVELY
    assert figure.panel.badge == "The formula as it stands is running, in float32: no function of yours."
    figure.added.value = 87.0
    assert "e^89 is above 3.4e38" in figure.panel.sentence
    assert "safely: L = 2.3170" in figure.strips.shown
    figure.way.value = SAFE
    assert figure.panel.badge == badge
    assert "nan" not in figure.panel.sentence


def test_last_state_stays_as_a_ghost(figure):
    assert "before" not in figure.strips.shown
    figure.z[2].value = 1.1
    figure.z[2].value = 2.1
    assert "before: L = 2.3170" in figure.strips.shown


@pytest.mark.parametrize("way", [SAFE, NAIVELY])
@pytest.mark.parametrize(
    ("z", "temperature", "added"), [((5, -5, 5), 0.1, 100), ((-5, -5, -5), 0.1, -100), ((5, 5, 5), 10, 0)]
)
def test_picture_survives_the_corners(figure, way, z, temperature, added):
    figure.way.value = way
    for control, value in zip(figure.z, z, strict=True):
        control.value = value
    figure.temperature.value, figure.added.value = temperature, added
    figure.panel.still()
    assert figure.panel.trouble == ""


def test_students_functions_run():
    calls = []

    def mine(z):
        calls.append(z.shape)
        return softmax(z)

    code, badge = stand_ins({**dict.fromkeys(NAMES), "softmax": mine, "cross_entropy": cross_entropy})
    assert badge == (
        "Your softmax and cross_entropy are running. The course's cross_entropy_backward and softmax_backward are "
        "running. Yours take over once their checks pass."
    )
    figure = Logits(code, badge, Dials())
    figure.gate.show_me.click()
    calls.clear()
    figure.z[0].value = 3.0
    assert set(calls) == {(1, 3)}


def test_course_runs_before_the_checks_pass():
    panel = logits(softmax=lambda z: z, cross_entropy=lambda z, y: 0.0)
    assert panel.badge == (
        "The course's softmax, cross_entropy, cross_entropy_backward and softmax_backward are running. "
        "Yours take over once their checks pass."
    )


def test_students_exception_is_shown_and_the_figure_goes_on():
    broken = False

    def mine(z, y):
        if broken:
            raise KeyError("forgotten")
        return cross_entropy(z, y)

    code, badge = stand_ins({**dict.fromkeys(NAMES), "cross_entropy": mine})
    figure = Logits(code, badge, Dials())
    figure.gate.show_me.click()
    shown = figure.strips.shown
    broken = True
    figure.z[1].value = 2.0
    assert figure.panel.trouble.startswith("KeyError: 'forgotten'")
    assert figure.strips.shown == shown
    broken = False
    figure.z[1].value = 3.0
    assert figure.panel.trouble == ""
    assert figure.strips.shown != shown


def test_own_logits_and_class():
    panel = logits(logits=(0, 0, 0), true=1)
    assert "Class 1 is true: loss −ln 0.3333 = 1.0986" in panel.sentence
    with pytest.raises(ValueError, match="logits takes 3 numbers from −5 to 5"):
        logits(logits=(1, 2))
    with pytest.raises(ValueError, match="logits takes 3 numbers"):
        logits(logits=(1, 2, float("nan")))
    with pytest.raises(ValueError, match="true is one of the classes 0 to 2"):
        logits(true=3)


def test_static_picture_and_its_text_stay(figure):
    data, metadata = figure.panel._repr_mimebundle_()
    assert data["text/plain"] == metadata["image/png"]["alt"] == sentence(at())
    assert "2.3170" in data["text/plain"]
