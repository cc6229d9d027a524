"""What the texts of the units say in numbers is what comes out, and what they point to is there."""

import re

import numpy as np
import pytest
from support.courses import ROOT

from autograder.paths import Course
from course.data import penguins
from course.widgets.step_size.slopes import DIGITS, ONE_SIDE, SCENES, subtraction

UNITS = Course(ROOT).units()


def text_of(unit):
    return (ROOT / "source" / unit / f"{unit}.py").read_text(encoding="utf-8")


def spoken(unit):
    """The text of a unit, its messages and its questions."""
    exercises = sorted((ROOT / "source" / unit / "exercises").glob("*.py"))
    return text_of(unit) + "".join(path.read_text(encoding="utf-8") for path in exercises)


@pytest.mark.parametrize("unit", UNITS)
def test_no_pointer_to_a_unit_or_a_section_that_is_not_there(unit):
    numbers = {int(one[:2]) for one in UNITS}
    pointers = {int(number) for number in re.findall(r"\b[Uu]nits? (\d\d|[03-9])\b", spoken(unit))}
    if unit != "09_two_layers":  # there "unit 1" may be a hidden unit
        pointers |= {int(number) for number in re.findall(r"\b[Uu]nits? ([12])\b", spoken(unit))}
    assert pointers <= numbers


def test_curvatures_of_the_penguins_follow_from_the_table_of_4_3():
    x, text = penguins().flipper_mm, text_of("04_gradient_descent")
    table = np.array([[2 * np.mean(x**2), 2 * np.mean(x)], [2 * np.mean(x), 2]])
    along, across = np.linalg.eigvalsh(table)
    assert f"2·mean(x²) = {table[0, 0]:,.2f}" in text and text.count(f"2·mean(x) = {table[0, 1]:.2f}") == 2
    assert f"4σ² = {4 * x.var():.2f}, with the variance of x, σ² = {x.var():.2f}" in text
    assert f"λ = {across:,.0f} across" in text and f"{4 * x.var():.2f}/{across:,.0f} = {along:.5f}" in text
    assert along * across == pytest.approx(4 * x.var()) and along + across == pytest.approx(np.trace(table))


def test_unit_2_counts_digits_as_its_figure_does():
    shown, text = subtraction(SCENES["sin at x = 1"], 1e-12, ONE_SIDE, "float64"), text_of("02_slopes")
    assert f"$\\sin(1+h)$ is {shown.high.strip()}" in text and f"$\\sin(1)$ is {shown.low.strip()}" in text
    assert f"of {DIGITS['float64']} digits {shown.lost} have cancelled" in text
    assert f"{shown.lost} of {DIGITS['float64']} digits cancel" in text
    assert f"all {DIGITS['float32']} digits cancel" in text
    assert not re.search(r"of 16\b|of 7\b", text)


def test_both_forms_of_the_sigmoid_are_safe_for_2_and_one_for_1000():
    def safe(form, z):
        with np.errstate(over="raise", invalid="raise"):
            try:
                return bool(np.isfinite(form(np.float64(z))))
            except FloatingPointError:
                return False

    def first(z):
        return 1 / (1 + np.exp(-z))

    def second(z):
        return np.exp(z) / (1 + np.exp(z))

    assert [(safe(first, z), safe(second, z)) for z in (2, -2)] == [(True, True)] * 2
    assert [(safe(first, z), safe(second, z)) for z in (1000, -1000)] == [(True, False), (False, True)]
    assert "for ±2 both are safe" in text_of("07_activations")


def test_mean_of_a_table_of_differences_is_the_loss():
    rng = np.random.default_rng(0)
    z, y = rng.normal(size=(7, 4)), rng.integers(4, size=7)
    column, row = np.log(np.exp(z).sum(axis=1, keepdims=True)), z[np.arange(7), y]
    assert np.mean(column - row) == pytest.approx(np.mean(column[:, 0] - row))
    assert "The mean of that table is the right loss all the same" in text_of("08_softmax")


def test_mean_of_unequal_batches_is_another_number():
    rows, losses = np.array([32, 32, 17]), np.array([2.4, 2.1, 1.8])
    text = text_of("10_mlp")
    assert f"{rows @ losses:.1f}/81 = {rows @ losses / 81:.4f}" in text
    assert f"mean of the three losses, {losses.mean():.4f}, is another number" in text
