"""Whatever the sizes, the numbers and the care asked for: a right answer passes, a wrong one does not,
what is said is so, and nothing that is returned stops the judge."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from support.small_exercises import (
    EVERY_FORM,
    Asked,
    asked_both_gradients,
    asked_gd_step,
    asked_linear_backward,
    asked_loss,
    asked_mse_grad,
    asked_slope,
    both_gradients,
    gd_step,
    linear_backward,
    loss,
    mse_grad,
    slope,
)

from autograder.build.key_json import key_to_json
from course.answers.key_files import key_from_json
from course.answers.normalize import leaves, plain
from course.checking import display
from course.checking.judge import judge
from course.checking.verdict import Verdict
from course.errors import NotPlain

settings.register_profile(
    "judge", max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
settings.load_profile("judge")

SIZES = st.integers(1, 7)
SHAPES = st.lists(SIZES, max_size=3).map(tuple)
SEEDS = st.integers(0, 2**31)
SCALES = st.sampled_from([1e-5, 1.0, 3e4, 1e100])
CARE = st.lists(st.sampled_from(["unchanged", "one row", "float32", "views", "no warnings"]), unique=True)
KINDS = st.sampled_from(list(EVERY_FORM))


def fortran(a):
    return np.array(a, order="F")


def strided(a):
    wide = np.full((*a.shape, 2), np.nan, a.dtype)
    wide[..., 0] = a
    return wide[..., 0]


def reversed_in_memory(a):
    return np.ascontiguousarray(a[::-1])[::-1] if a.ndim else a


def read_only(a):
    a = np.array(a)
    a.setflags(write=False)
    return a


def subclass(a):
    return np.array(a).view(type("Mine", (np.ndarray,), {}))


def tuples(a):
    return tuple(tuples(row) for row in a) if np.ndim(a) else a[()]


def rows(a):
    return list(a) if a.ndim else a


DRESSES: list[Callable[[Any], Any]] = [
    fortran,
    strided,
    reversed_in_memory,
    read_only,
    subclass,
    tuples,
    rows,
    lambda a: a.tolist(),
    lambda a: a.astype(np.longdouble),
    lambda a: a + 0j,
    lambda a: a + 0.0,
]
DRESS = st.sampled_from(DRESSES)


# Right answers


@given(shape=SHAPES, care=CARE, seed=SEEDS, scale=SCALES, dress=DRESS)
def test_right_gradient_of_any_shape_passes_in_any_dress(shape, care, seed, scale, dress) -> None:
    assume(scale < 1e30 or "float32" not in care)
    verdict = asked_mse_grad(shape, care, seed, scale).judge(lambda y_hat, y: dress(mse_grad(y_hat, y)))
    assert verdict.passed, verdict.message


@given(shape=SHAPES, seed=SEEDS)
def test_right_gradient_of_any_shape_passes_in_single_precision(shape, seed) -> None:
    def single(y_hat, y):
        return mse_grad(np.float32(y_hat), np.float32(y))

    verdict = asked_mse_grad(shape, ["float32"], seed).judge(single)
    assert verdict.passed, verdict.message


@given(sizes=st.tuples(SIZES, SIZES, SIZES), care=CARE, seed=SEEDS, worn=st.tuples(DRESS, DRESS, DRESS))
def test_right_layer_of_any_size_passes_in_any_dress(sizes, care, seed, worn) -> None:
    def answer(dz, x, W):
        return [dress(out) for dress, out in zip(worn, linear_backward(dz, x, W), strict=True)]

    verdict = asked_linear_backward(sizes, care, seed).judge(answer)
    assert verdict.passed, verdict.message


@given(shapes=st.lists(SHAPES, min_size=1, max_size=4), care=CARE, seed=SEEDS, dress=DRESS)
def test_right_step_of_any_arrays_passes_in_any_dress(shapes, care, seed, dress) -> None:
    def answer(params, grads, lr):
        return tuple(dress(p) for p in gd_step(params, grads, lr))

    verdict = asked_gd_step(shapes, care, seed).judge(answer)
    assert verdict.passed, verdict.message


@given(size=SIZES, care=CARE, seed=SEEDS, number=st.sampled_from([float, np.float64, np.array, complex, np.longdouble]))
def test_right_number_passes_in_any_type(size, care, seed, number) -> None:
    verdict = asked_loss(size, care, seed).judge(lambda y_hat, y: number(loss(y_hat, y)))
    assert verdict.passed, verdict.message


@given(seed=SEEDS, care=CARE)
def test_right_answers_of_other_forms_pass(seed, care) -> None:
    assert asked_slope(seed).judge(lambda f, x: slope(f, x, h=1e-6)).passed
    assert asked_both_gradients([c for c in care if c != "one row"], seed).judge(both_gradients).passed


# Wrong answers


def wrong(asked: Asked, answer: Callable[..., Any]) -> Verdict:
    """The verdict on an answer that must not pass."""
    verdict = asked.judge(answer)
    assert not verdict.passed
    assert verdict.fraction < 1
    assert verdict.diagnosis.kept == ()
    assert verdict.message.startswith(asked.key.exercise)
    assert display.as_text(verdict) == verdict.message
    return verdict


@given(
    shape=SHAPES,
    care=CARE,
    seed=SEEDS,
    scale=SCALES,
    where=st.integers(0, 10**6),
    size=st.floats(1e-5, 1e3),
    down=st.booleans(),
)
def test_one_wrong_entry_is_found_and_shown(shape, care, seed, scale, where, size, down) -> None:
    assume(scale < 1e30 or "float32" not in care)

    def answer(y_hat, y):
        out = np.array(mse_grad(y_hat, y), dtype=float)
        index = np.unravel_index(where % out.size, out.shape)
        shown.append([int(k) for k in index])
        norm = np.max(np.abs(out)) * np.sqrt(out.size)
        out[index] += (-1 if down else 1) * size * norm
        return out

    shown: list[list[int]] = []
    verdict = wrong(asked_mse_grad(shape, care, seed, scale), answer)
    assert verdict.diagnosis.difference.where == str(shown[0] or "")
    if np.prod(shape) > 2:
        assert not str(verdict.mistake).startswith("factor")
        assert verdict.mistake != "first-row-only" or shape[0] == 2


@given(shape=SHAPES, seed=SEEDS, factor=st.floats(-1e6, 1e6))
def test_constant_factor_is_found_and_told_as_it_is(shape, seed, factor) -> None:
    assume(abs(factor - 1) > 1e-4)
    verdict = wrong(asked_mse_grad(shape, (), seed), lambda y_hat, y: factor * mse_grad(y_hat, y))
    n = (*shape, 1)[0]
    named = {"factor--1": -1, "factor-2": 2, "factor-1/2": 0.5, "factor-N": n, "factor-1/N": 1 / n}
    if verdict.mistake in named:
        assert factor == pytest.approx(named[verdict.mistake], rel=1e-3)
    if verdict.mistake == "factor":
        told = verdict.diagnosis.recognised.message.removesuffix(" times the expected value.").split(" is ")[-1]
        assert factor == pytest.approx(float(told), rel=1e-3)


@given(shape=st.lists(SIZES, min_size=1, max_size=3).map(tuple), seed=SEEDS, data=st.data())
def test_other_shape_that_broadcasts_is_found(shape, seed, data) -> None:
    spoil = data.draw(
        st.sampled_from(
            [
                lambda a: a[None],
                lambda a: a[..., None],
                lambda a: a.ravel()[0],
                lambda a: a.sum(),
                lambda a: a.mean(axis=0),
                lambda a: a[:-1],
                lambda a: np.concatenate([a, a[:1]]),
                lambda a: a[:, None] + a[None] if a.size > 1 else a[None],
                lambda a: [a],
                lambda a: {"grad": a},
            ]
        )
    )
    verdict = wrong(asked_mse_grad(shape, (), seed), lambda y_hat, y: spoil(mse_grad(y_hat, y)))
    assert verdict.diagnosis.difference.kind in ("shape", "form")


@given(shape=st.lists(SIZES, min_size=2, max_size=3).map(tuple), seed=SEEDS, data=st.data())
def test_axes_in_another_order_are_found(shape, seed, data) -> None:
    order = tuple(data.draw(st.permutations(range(len(shape)))))
    long = [axis for axis in order if shape[axis] > 1]
    assume(tuple(shape[axis] for axis in order) != shape or long != sorted(long))
    verdict = wrong(asked_mse_grad(shape, (), seed), lambda y_hat, y: mse_grad(y_hat, y).transpose(order))
    if verdict.mistake == "transposed":
        assert order == tuple(range(len(shape)))[::-1] or min(shape) == 1


SPOILS: list[Callable[[Any], Any]] = [
    lambda a: a + 1,
    lambda a: -2.5 * a,
    lambda a: a * np.nan,
    lambda a: a[..., None],
    lambda a: a[:-1],
    lambda a: a.mean(),
    lambda a: None,
    lambda a: "text",
    lambda a: [a],
    lambda a: a + 1j,
]


@given(
    sizes=st.tuples(SIZES, SIZES, SIZES),
    care=CARE,
    seed=SEEDS,
    spoils=st.dictionaries(st.sampled_from([0, 1, 2]), st.sampled_from(SPOILS), min_size=1),
)
def test_outputs_that_are_wrong_are_named_and_the_others_earn(sizes, care, seed, spoils) -> None:
    def answer(dz, x, W):
        outputs = list(linear_backward(dz, x, W))
        for k, spoil in spoils.items():
            outputs[k] = spoil(outputs[k])
        return outputs

    as_row = [SPOILS[8], SPOILS[3]] if sizes[2] == 1 else [SPOILS[8]]
    assume(spoils.get(2) not in as_row)  # for db, (1, M) is as good as (M,)
    asked = asked_linear_backward(sizes, care, seed)
    verdict = asked.judge(answer)
    wrong(asked, answer)
    assert verdict.fraction == pytest.approx(1 - len(spoils) / 3)
    assert verdict.diagnosis.failing == tuple(("dx", "dW", "db")[k] for k in sorted(spoils))


@given(
    shapes=st.lists(SHAPES, min_size=1, max_size=4), seed=SEEDS, where=st.integers(0, 3), spoil=st.sampled_from(SPOILS)
)
def test_one_wrong_array_in_a_list_is_found(shapes, seed, where, spoil) -> None:
    def answer(params, grads, lr):
        out = [np.array(p) for p in gd_step(params, grads, lr)]
        k = where % len(out)
        out[k] = spoil(np.atleast_1d(out[k]))
        return out

    assume(spoil is not SPOILS[5] or all(shapes))  # a number is its own mean
    wrong(asked_gd_step(shapes, (), seed), answer)


@given(
    shapes=st.lists(SHAPES, min_size=1, max_size=4), seed=SEEDS, change=st.sampled_from(["drop", "add", "one", "none"])
)
def test_list_of_another_length_is_found(shapes, seed, change) -> None:
    def answer(params, grads, lr):
        out = gd_step(params, grads, lr)
        return {"drop": out[:-1], "add": [*out, out[0]], "one": [out], "none": []}[change]

    assume(not (change == "one" and len(shapes) == 1))
    wrong(asked_gd_step(shapes, (), seed), answer)


# Anything at all

ASKED = {kind: make() for kind, make in EVERY_FORM.items()}

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(10**300, 10**301),
    st.floats(),
    st.complex_numbers(),
    st.text(max_size=5),
    st.binary(max_size=5),
    st.decimals(),
    st.fractions(),
    st.dates(),
    arrays.arrays(arrays.scalar_dtypes(), arrays.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)),
    arrays.arrays(np.float64, st.sampled_from([(), (1,), (5,), (5, 7), (7, 3), (3,), (1, 3), (6,)])),
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.sampled_from(["dx", "dW", "db", "W", "", "é"]), inner, max_size=4),
        st.dictionaries(st.one_of(st.integers(), st.text(max_size=2)), inner, max_size=3),
        st.lists(inner, max_size=3).map(iter),
        st.frozensets(st.integers(), max_size=3),
    ),
    max_leaves=12,
)


@settings(max_examples=250)
@given(kind=KINDS, value=ANYTHING)
def test_anything_returned_is_refused_in_words(kind, value) -> None:
    asked = ASKED[kind]
    assert len(wrong(asked, lambda *inputs: value).message) < 1500


@given(kind=KINDS, value=ANYTHING)
def test_verdict_from_a_built_key_is_that_from_a_fresh_one(kind, value) -> None:
    asked = ASKED[kind]
    built = key_from_json(asked.key.exercise, "00_tests", json.loads(json.dumps(key_to_json(asked.key))))
    for answer in (asked.right, lambda *inputs: value if not hasattr(value, "__next__") else None, lambda: 1):
        one, other = judge(answer, asked.key), judge(answer, built)
        assert (one.passed, one.fraction, one.mistake, one.message) == (
            other.passed,
            other.fraction,
            other.mistake,
            other.message,
        )


@given(value=ANYTHING)
def test_plain_value_is_the_same_as_itself(value) -> None:
    try:
        tree = plain(value)
    except NotPlain as refusal:
        assert str(refusal)
        return
    for (path, leaf), (other_path, other) in zip(leaves(tree), leaves(plain(tree)), strict=True):
        assert path == other_path
        assert type(leaf) is type(other)
        if isinstance(leaf, np.ndarray):
            np.testing.assert_array_equal(leaf, other, strict=True)
        else:
            assert leaf == other


# What an answer does to its inputs


@given(kind=KINDS, seed=SEEDS)
def test_answer_never_reaches_the_key(kind, seed) -> None:
    asked = EVERY_FORM[kind]()
    before = json.dumps(key_to_json(asked.key))
    rng = np.random.default_rng(seed)

    def vandal(*inputs):
        for value in inputs:
            spoil(value, rng)
        return inputs[0]

    asked.judge(vandal)
    assert json.dumps(key_to_json(asked.key)) == before
    assert asked.judge(asked.right).passed


def spoil(value: Any, rng: np.random.Generator) -> None:
    """Destroy whatever can be destroyed of an input."""
    if isinstance(value, np.ndarray):
        value.setflags(write=True)
        value[...] = rng.normal(size=value.shape)
    elif isinstance(value, list):
        for item in value:
            spoil(item, rng)
        value.clear() if rng.random() < 0.5 else value.append(None)
    elif isinstance(value, dict):
        for item in value.values():
            spoil(item, rng)
        value.clear()
    elif hasattr(value, "parameters"):
        spoil(value.parameters, rng)
