"""sigmoid: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import ANY_SHAPE, Exercise, Numbers

sigmoid = Exercise("sigmoid", care=("unchanged", "float32", "views", "large inputs", "no warnings"))


@sigmoid.draw(times=2)
def a_row_of_logits(rng):
    return dict(z=rng.normal(0, 2, size=int(rng.choice([5, 7, 9]))))


@sigmoid.draw(times=1)
def a_table_of_logits(rng):
    n, d = rng.permutation([5, 3, 4])[:2]
    return dict(z=rng.normal(0, 2, size=(n, d)))


@sigmoid.draw(times=1, care="large inputs")
def far_out(rng):
    return dict(z=rng.permutation(np.array([1000.0, -1000.0, 745.5, -650.0, 40.0, -36.0, 1.5, -0.5, 0.0])))


@sigmoid.draw(times=1, care="large inputs")
def far_below(rng):
    """Nothing but tiny results, so that a bound for z shows."""
    return dict(z=rng.permutation([-1000.0, -30.0, -25.0]))


@sigmoid.draw(times=1, care="no warnings")
def far_out_again(rng):
    return dict(z=rng.permutation(np.array([1000.0, -1000.0, 800.0, -800.0, 50.0, -20.0, 2.5, -1.5, 0.0])))


sigmoid.corners(z=Numbers(ANY_SHAPE), without={"large values": "large inputs are an aspect of care"})


@sigmoid.corners.at("negative values")
def small_probabilities(rng):
    """All so small that a wrong 1 + e^z below the fraction shows, and above 1e-5, where some cut them off."""
    return dict(z=-rng.uniform(7, 11, size=3).round(1))


sigmoid.wrong(
    "overflow",
    """The exponential of a large number is computed on the way. np.where(c, A, B) does not help by itself: it computes
    all of A and all of B before it chooses. Which exponent is never positive? See 5.1.""",
    lambda z: 1 / (1 + np.exp(-z)),
    fails="no warnings",
)

sigmoid.wrong(
    "not-for-large-inputs",
    """If it is nan: e^z/(e^z + 1) is ∞/∞ in floats for large z; use it for negative z only. If it is a number: is z cut
    off at a limit? One that is too small gives one probability to all z beyond it. See 5.1, "Which way is safe".""",
    lambda z: np.exp(z) / (np.exp(z) + 1),
    fails=("large inputs", "no warnings"),
)

sigmoid.wrong(
    "kept-away-from-0-and-1",
    """It looks as if the probability is cut off shortly before 0 and 1. Far out, the sigmoid comes as near to them as
    floats can. Where a logarithm needs care, it takes z: see 5.2.""",
    lambda z: np.clip(0.5 * (1 + np.tanh(z / 2)), 1e-5, 1 - 1e-5),
    fails=("large inputs", "no warnings"),
    free_number=True,
)

sigmoid.wrong(
    "clipped",
    """It looks as if z is cut off at a limit, or the result. All z beyond it then have one probability, and the true
    ones still come nearer to 0. An exponent that is never positive needs no limit. See 5.1, "Which way is safe".""",
    lambda z: np.exp(-np.logaddexp(0, -np.clip(z, -20, 20))),
    fails="large inputs",
    free_number=True,
)

sigmoid.wrong(
    "sign-of-exponent",
    """It looks as if p fell when z rises. Look at the sign in the exponent: the sigmoid of a large z is near 1.
    See 5.1.""",
    lambda z: 1 / (1 + np.exp(z)),
)

sigmoid.wrong(
    "tanh-for-sigmoid",
    "This is the tanh of z, which lies between −1 and 1. A probability lies between 0 and 1. See 5.1.",
    lambda z: np.tanh(z),
)

sigmoid.wrong(
    "tanh-of-z",
    """This is (1 + tanh z)/2. That form is safe, but the tanh must be taken of z/2: this one is too steep.
    See 5.1.""",
    lambda z: 0.5 * (1 + np.tanh(z)),
)


@sigmoid.wrong(
    "slope-of-sigmoid",
    """This is p(1 − p), the slope of the sigmoid. Asked for is p itself. See 5.1.""",
)
def slope(z):
    p = 1 / (1 + np.exp(-z))
    return p * (1 - p)


sigmoid.wrong(
    "exponential-alone",
    "This is e^(−z), or 1 plus it, without the fraction: it is not between 0 and 1. See 5.1.",
    lambda z: 1 + np.exp(-z),
)

sigmoid.wrong(
    "parentheses",
    """It looks as if 1/1 was added to e^(−z): division comes first. Put the sum below the line in parentheses.
    See 5.1.""",
    lambda z: 1 / 1 + np.exp(-z) - 1,
)

sigmoid.wrong(
    "minus-below",
    "It looks as if e^(−z) was taken away from 1 below the line. The two are added: 1 + e^(−z). See 5.1.",
    lambda z: 1 / (1 - np.exp(-z)),
)


@sigmoid.wrong(
    "sigmoid-twice",
    """It looks as if the sigmoid was applied twice. It takes z once, and its result is p. See 5.1.""",
)
def twice(z):
    p = 1 / (1 + np.exp(-z))
    return 1 / (1 + np.exp(-p))


sigmoid.wrong(
    "step",
    "These are decisions, 0 or 1. The sigmoid is smooth: between them lie all probabilities. See 5.1.",
    lambda z: (z > 0).astype(float),
)

sigmoid.wrong(
    "relu",
    "This cuts z off at 0; it is no probability. Asked for is 1/(1 + e^(−z)). See 5.1.",
    lambda z: np.maximum(z, 0),
)


@sigmoid.wrong(
    "softmax",
    """These add up to 1 over all rows. Each z is a case of its own: its probability does not depend on the others.
    See 5.1.""",
)
def normalised(z):
    e = np.exp(z - z.max())
    return e / e.sum()


sigmoid.wrong(
    "unsplit-size",
    """For z < 0 this gives 1 − p: it is computed from |z| alone, and what belongs to a negative z is left out.
    Which fraction stands there? See 5.1.""",
    lambda z: 1 / (1 + np.exp(-np.abs(z))),
)


@sigmoid.wrong(
    "split-size-for-all",
    """Right for z < 0; for z > 0 this is 1 − p: the fraction of a negative z is used for all. Which one stands there,
    written with e = e^(−|z|)? See 5.1.""",
)
def of_negative_size(z):
    e = np.exp(-np.abs(z))
    return e / (1 + e)


@sigmoid.wrong(
    "math-exp",
    """math.exp takes one number, and z is an array. np.exp takes every entry by itself. See 5.1.""",
)
def math_exp(z):
    import math

    return 1 / (1 + math.exp(-z))


@sigmoid.wrong(
    "if-on-an-array",
    """`if` wants one answer, and z >= 0 has one for each entry. np.where or a mask chooses entry by entry.
    See 5.1.""",
)
def if_on_an_array(z):
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))


@sigmoid.wrong(
    "written-into-z",
    """This writes into z, and z belongs to the caller: the loss still needs it. Build a new array. See 5.1.""",
    fails=("unchanged", "views"),
)
def written_into_z(z):
    z *= 0.5
    np.tanh(z, out=z)
    z += 1
    z *= 0.5
    return z


@sigmoid.unusual
def by_tanh(z):
    return 0.5 * (1 + np.tanh(z / 2))


@sigmoid.unusual
def by_masks(z):
    p = np.empty_like(z)
    plus = z >= 0
    p[plus] = 1 / (1 + np.exp(-z[plus]))
    below = np.exp(z[~plus])
    p[~plus] = below / (below + 1)
    return p


@sigmoid.unusual
def by_logaddexp(z):
    return np.exp(-np.logaddexp(0.0, -z))


@sigmoid.unusual
def number_by_number(z):
    import math

    def one(v):
        return 1 / (1 + math.exp(-v)) if v >= 0 else math.exp(v) / (1 + math.exp(v))

    return np.vectorize(one)(z)


@sigmoid.unusual
def cut_far_out(z):
    return 1 / (1 + np.exp(-np.clip(z, -700, 700)))


@sigmoid.unusual
def warnings_off(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))
