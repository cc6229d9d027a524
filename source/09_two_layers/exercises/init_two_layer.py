"""init_two_layer: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import AsDrawn, Exercise, RightAnswers, Seed

right = RightAnswers(__file__)

init_two_layer = Exercise(
    "init_two_layer",
    outputs=("W1", "b1", "W2", "b2"),
    form="dict",
    properties=(
        "two-layer-weights",
        "two-layer-biases",
        "zero-biases",
        "no-two-equal",
        "same-for-a-seed",
        "other-for-another-seed",
        "each-matrix-by-the-seed",
        "zero-mean",
        "spread-by-fan-in",
        "normally-drawn",
        "separately-drawn",
    ),
)


@init_two_layer.draw(times=2)
def small_network(rng):
    return dict(D=7, H=5, C=3, seed=0)


@init_two_layer.draw(times=10)
def other_small_network(rng):
    d, h, c = (int(number) for number in rng.permutation([2, 3, 5, 7])[:3])
    return dict(D=d, H=h, C=c, seed=_seed(rng))


@init_two_layer.draw(times=7)
def middling_network(rng):
    """About 130 entries in each matrix: with the small networks, enough to see what they are drawn from."""
    d, h, c = (int(number) for number in rng.permutation(np.arange(9, 15))[:3])
    return dict(D=d, H=h, C=c, seed=_seed(rng))


def _seed(rng):
    return int(rng.integers(10, 10**6))


@init_two_layer.draw(times=2)
def wide_network(rng):
    return dict(D=150, H=8, C=140, seed=0)


@init_two_layer.draw(times=1)
def wide_network_with_another_seed(rng):
    return dict(D=150, H=8, C=140, seed=1)


SIZE = "sizes are drawn at random, small and wide ones"
init_two_layer.corners(
    base=lambda rng: dict(D=7, H=5, C=3, seed=0), D=AsDrawn(SIZE), H=AsDrawn(SIZE), C=AsDrawn(SIZE), seed=Seed()
)


@init_two_layer.wrong(
    "rows-for-columns",
    """Rows of a weight matrix belong to its inputs, columns to its outputs: W1 turns D numbers into H, W2 turns H
    into C. See 9.1.""",
    fails="two-layer-weights",
)
def rows_for_columns(D, H, C, seed):
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.normal(size=(H, D)) / np.sqrt(D),
        "b1": np.zeros(H),
        "W2": rng.normal(size=(C, H)) / np.sqrt(H),
        "b2": np.zeros(C),
    }


@init_two_layer.wrong(
    "biases-as-rows",
    """A bias has one number for each unit of its layer, in an array with one axis: (H,) and (C,). See the table of
    symbols.""",
    fails="two-layer-biases",
)
def biases_as_rows(D, H, C, seed):
    params = right.init_two_layer(D, H, C, seed)
    return {**params, "b1": np.zeros((1, H)), "b2": np.zeros((1, C))}


@init_two_layer.wrong(
    "random-biases",
    """Only the weights have to differ from unit to unit. Biases start at zero. See 9.1.""",
    fails="zero-biases",
)
def random_biases(D, H, C, seed):
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.normal(size=(D, H)) / np.sqrt(D),
        "b1": rng.normal(size=H),
        "W2": rng.normal(size=(H, C)) / np.sqrt(H),
        "b2": rng.normal(size=C),
    }


@init_two_layer.wrong(
    "another-spread",
    """The fan-in of a layer is the number of its inputs: D for W1, H for W2. Each layer has its own. Divide standard
    normal numbers by the root of it; `normal` takes the mean first, then the standard deviation. See 9.1.""",
    fails="spread-by-fan-in",
)
def not_scaled(D, H, C, seed):
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.normal(size=(D, H)),
        "b1": np.zeros(H),
        "W2": rng.normal(size=(H, C)),
        "b2": np.zeros(C),
    }


@init_two_layer.wrong(
    "uniform-for-normal",
    """The spread is right, and the numbers are not those of a normal distribution: `normal` gives such numbers, and
    `uniform` or `random` others. See 9.1.""",
    fails="normally-drawn",
)
def uniform(D, H, C, seed):
    rng = np.random.default_rng(seed)
    return {
        "W1": rng.uniform(-1, 1, size=(D, H)) * np.sqrt(3 / D),
        "b1": np.zeros(H),
        "W2": rng.uniform(-1, 1, size=(H, C)) * np.sqrt(3 / H),
        "b2": np.zeros(C),
    }


@init_two_layer.wrong(
    "one-sided",
    """Weights lie on both sides of 0. `normal(size=…)` gives such numbers; `random` and an absolute value do not. The
    first argument of `normal` is the mean, the second the standard deviation. See 9.1.""",
    fails="zero-mean",
)
def one_sided(D, H, C, seed):
    rng = np.random.default_rng(seed)
    W1, W2 = rng.random((D, H)) / np.sqrt(D), rng.random((H, C)) / np.sqrt(H)
    return {"W1": W1, "b1": np.zeros(H), "W2": W2, "b2": np.zeros(C)}


@init_two_layer.wrong(
    "equal-units",
    """Some weights are the same number, in one matrix or in both. Units with the same weights in W1 begin as one and
    the same line, and if W2 does not tell them apart either, they stay so. Draw one number for each weight:
    size=(D, H) for W1, size=(H, C) for W2. See 9.1.""",
    fails="no-two-equal",
)
def equal_units(D, H, C, seed):
    rng = np.random.default_rng(seed)
    W1 = np.repeat(rng.normal(size=(D, 1)), H, axis=1) / np.sqrt(D)
    return {"W1": W1, "b1": np.zeros(H), "W2": rng.normal(size=(H, C)) / np.sqrt(H), "b2": np.zeros(C)}


@init_two_layer.wrong(
    "generator-made-twice",
    """It looks as if a generator is made from the seed for each matrix, which starts with the same numbers each time,
    or as if one matrix is made from the other. Make one generator, and draw both matrices from it.""",
    fails="separately-drawn",
)
def generator_made_twice(D, H, C, seed):
    W1 = np.random.default_rng(seed).normal(size=(D, H)) / np.sqrt(D)
    W2 = np.random.default_rng(seed).normal(size=(H, C)) / np.sqrt(H)
    return {"W1": W1, "b1": np.zeros(H), "W2": W2, "b2": np.zeros(C)}


@init_two_layer.wrong(
    "seed-left-out",
    """A generator that is made without the seed starts somewhere else each time. Draw both matrices with one
    generator, and hand it the seed, 0 as well.""",
    fails="same-for-a-seed",
)
def seed_left_out(D, H, C, seed):
    rng = np.random.default_rng()
    return {
        "W1": rng.normal(size=(D, H)) / np.sqrt(D),
        "b1": np.zeros(H),
        "W2": rng.normal(size=(H, C)) / np.sqrt(H),
        "b2": np.zeros(C),
    }


@init_two_layer.wrong(
    "seed-written-in",
    """It looks as if a seed of its own is written into the function, or a part of the seed is used. Use the one that
    it is given.""",
    fails="other-for-another-seed",
)
def seed_written_in(D, H, C, seed):
    rng = np.random.default_rng(0)
    return {
        "W1": rng.normal(size=(D, H)) / np.sqrt(D),
        "b1": np.zeros(H),
        "W2": rng.normal(size=(H, C)) / np.sqrt(H),
        "b2": np.zeros(C),
    }


@init_two_layer.wrong(
    "one-matrix-fixed",
    """The other matrix follows the seed, and this one does not. Draw both with the same generator, made from the seed.
    See 9.1.""",
    fails="each-matrix-by-the-seed",
)
def one_matrix_fixed(D, H, C, seed):
    W2 = np.random.default_rng(42).normal(size=(H, C)) / np.sqrt(H)
    return {**right.init_two_layer(D, H, C, seed), "W2": W2}


@init_two_layer.unusual
def with_the_old_generator(D, H, C, seed):
    np.random.seed(seed)
    params = {}
    for k, (rows, columns) in enumerate([(D, H), (H, C)], 1):
        params[f"W{k}"] = np.random.randn(rows, columns) * rows**-0.5
        params[f"b{k}"] = np.zeros(columns)
    return params


@init_two_layer.unusual
def by_box_and_muller(D, H, C, seed):
    rng = np.random.RandomState(seed)

    def normal(rows, columns):
        u, v = rng.rand(rows, columns), rng.rand(rows, columns)
        return np.sqrt(-2 * np.log(1 - u) / rows) * np.cos(2 * np.pi * v)

    return {"b2": [0.0] * C, "W2": normal(H, C).tolist(), "b1": np.zeros(H, dtype=int), "W1": normal(D, H), "D": D}


@init_two_layer.unusual
def from_one_long_row(D, H, C, seed):
    numbers = np.random.default_rng([seed, 9]).standard_normal(D * H + H * C)
    W1 = numbers[: D * H].reshape(D, H)
    W2 = numbers[D * H :].reshape(C, H).T
    return dict(W1=W1 / np.sqrt(D), b1=np.zeros(H), W2=W2 / np.sqrt(H), b2=np.zeros(C, dtype=np.float32))


@init_two_layer.unusual
def with_float32_numbers(D, H, C, seed):
    first, second = np.random.SeedSequence(seed).spawn(2)
    W1 = np.random.default_rng(first).standard_normal((D, H), dtype=np.float32) / np.float32(D**0.5)
    W2 = np.random.default_rng(second).standard_normal((H, C), dtype=np.float32) / np.float32(H**0.5)
    return dict(W1=W1, b1=np.zeros(H, np.float32), W2=W2, b2=np.zeros(C, np.float32))
