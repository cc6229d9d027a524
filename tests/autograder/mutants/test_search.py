"""The search for an input on which a mutant is wrong."""

import importlib

import numpy as np
import pytest

from autograder.exercises import Exercise, Numbers, Parameter
from autograder.exercises.keys import make_key
from autograder.mutants.search.difference import Searcher
from autograder.mutants.search.smaller import smallest
from autograder.mutants.shown_inputs import as_text
from course.functions import Named


def exercise_of(draw, **more):
    exercise = Exercise("asked", **more)
    exercise.draw(draw)
    return exercise


def difference(exercise, right, mutant, *unusual):
    """The smallest input that the search finds, as text; None where it finds none."""
    searcher = Searcher(exercise, make_key(exercise, "01_unit", right, 1), [right, *unusual])
    found = searcher.difference(lambda: mutant)
    return None if found is None else as_text(found)


def positive(rng):
    return dict(x=rng.uniform(1, 2, size=int(rng.permutation([3, 5, 7])[0])))


def matrices(rng):
    n, d, m = rng.permutation([3, 4, 5])
    return dict(a=rng.normal(size=(n, d)), b=rng.normal(size=(d, m)))


@pytest.mark.parametrize(
    "mutant, shown",
    [
        (lambda x: abs(x), "x = [-1]"),
        (lambda x: x * x / x, "x = [0]"),
        (lambda x: np.minimum(x, 6), "x = [10]"),
        (lambda x: np.round(x), "x = [0.5]"),
        (lambda x: x if len(x) > 1 else x + 1, "x = [0]"),
        (lambda x: +x, None),
    ],
)
def test_smallest_input_on_which_a_mutant_differs(mutant, shown):
    assert difference(exercise_of(positive), lambda x: x.copy(), mutant) == shown


def test_equal_sizes_are_found_though_the_draws_have_none():
    def without_transpose_if_it_fits(a, b):
        return b @ a if b.shape[1] == a.shape[0] and a.shape == b.shape else a @ b

    shown = difference(exercise_of(matrices), lambda a, b: a @ b, without_transpose_if_it_fits)
    assert shown is not None and shown.count("[[") == 2


def test_input_on_which_right_answers_disagree_does_not_count():
    """At zero both slopes are right, so a mutant that is wrong there alone is none."""
    right, other = (lambda x: (x > 0) * 1.0), (lambda x: (x >= 0) * 1.0)
    assert difference(exercise_of(positive), right, lambda x: np.where(x == 0, 0.5, x > 0)) == "x = [0]"
    assert difference(exercise_of(positive), right, lambda x: np.where(x == 0, 0.5, x > 0), other) is None


def test_input_that_is_changed_is_a_difference_where_it_must_stay():
    def in_place(x):
        x *= 2
        return x

    assert difference(exercise_of(positive), lambda x: 2 * x, in_place) is None
    assert difference(exercise_of(positive, care=("unchanged",)), lambda x: 2 * x, in_place) == "x = [1]"


def test_result_that_is_kept_from_an_earlier_call_is_a_difference():
    def fresh():
        kept = []

        def first_for_ever(x):
            kept.append(x.copy())
            return kept[0]

        return first_for_ever

    exercise = exercise_of(positive)
    right = np.copy
    searcher = Searcher(exercise, make_key(exercise, "01_unit", right, 1), [right])
    assert searcher.difference(fresh) is not None


def test_draw_that_waits_for_numbers_is_searched_as_it_is_drawn():
    def apart(rng):
        while True:
            x = rng.uniform(1, 2, size=3)
            if 4.5 < x.sum() < 4.6 and x.min() > 1.2:
                return dict(x=x)

    assert difference(exercise_of(apart), lambda x: x * 1.0, lambda x: x * 1.1) is not None


def test_values_that_a_draw_derives_still_fit_in_the_search():
    def cached(rng):
        z = rng.normal(size=3)
        return dict(z=z, a=np.tanh(z))

    exercise = exercise_of(cached)
    searcher = Searcher(exercise, make_key(exercise, "01_unit", lambda z, a: a, 1), [lambda z, a: a])
    assert searcher.examples()
    assert all(np.array_equal(inputs["a"], np.tanh(inputs["z"])) for inputs, _ in searcher.examples())


def test_search_finds_the_same_each_time():
    found = [difference(exercise_of(positive), np.copy, lambda x: np.clip(x, 0.3, 5)) for _ in range(2)]
    assert found[0] == found[1] is not None


def test_numbers_in_other_modules_change_nothing(tmp_path, monkeypatch):
    """Hypothesis tries those that it finds in loaded modules of a project."""

    def examples():
        exercise = exercise_of(positive)
        return [
            inputs for inputs, _ in Searcher(exercise, make_key(exercise, "01_unit", np.copy, 1), [np.copy]).examples()
        ]

    before = examples()
    (tmp_path / "some_numbers.py").write_text(f"FOUND = {[0.25 + k for k in range(300)]}")
    monkeypatch.syspath_prepend(tmp_path)
    importlib.import_module("some_numbers")
    assert all(np.array_equal(one["x"], other["x"]) for one, other in zip(before, examples(), strict=True))


def test_smaller_inputs_keep_their_structure():
    inputs = dict(params=[np.full((3, 5), 7.25), 3.5], y=np.arange(3), name="f")
    found = smallest(inputs, lambda one: one["params"][0].size > 1 and one["params"][1] != 0)
    assert as_text(found) == "params = [[[0], [0]], 1], y = [0, 1], name = 'f'"


def stepping(rng):
    return dict(x=rng.normal(size=3), rate=float(rng.uniform(0.1, 0.4)))


def no_minus_in_the_rate(x, rate):
    return x * abs(rate)


def test_number_of_which_nothing_is_said_stays_within_what_is_drawn():
    assert difference(exercise_of(stepping), lambda x, rate: x * rate, no_minus_in_the_rate) is None


def test_parameter_stays_within_its_edges():
    exercise = exercise_of(stepping)
    exercise.corners(x=Numbers("N"), rate=Parameter((-1.0, 1.0)))
    assert difference(exercise, lambda x, rate: x * rate, no_minus_in_the_rate) == "x = [1], rate = -1"
    exercise.corners(x=Numbers("N"), rate=Parameter((0.0, 1.0)))
    assert difference(exercise, lambda x, rate: x * rate, no_minus_in_the_rate) is None
    assert difference(exercise, lambda x, rate: x * rate, lambda x, rate: x * rate * rate / rate) is not None


def test_corner_that_the_text_excludes_is_not_searched():
    exercise = exercise_of(stepping)
    exercise.corners(x=Numbers("N", {"zeros": "no column is constant"}), rate=Numbers())
    assert difference(exercise, lambda x, rate: x * rate, lambda x, rate: x * rate if x.any() else x + 1) is None


def test_numbers_of_a_function_stay_within_what_is_drawn():
    def with_a_function(rng):
        return dict(f=Named("sin", rate=float(rng.uniform(1, 2))), x=float(rng.uniform(0, 1)))

    assert (
        difference(
            exercise_of(with_a_function), lambda f, x: f(x), lambda f, x: f(x) if f.parameters["rate"] < 2 else 9
        )
        is None
    )
