"""fork_backward: what is asked, and what people write instead."""

import math

import numpy as np

from autograder.exercises import Exercise, Numbers

from ._shared import FORK

fork_backward = Exercise("fork_backward")


# Away from 0, from x = 2 (where 2x = x²), and from the zero of the gradient at 2.29. Each sign, and each sign of the
# cosine, has a draw.
@fork_backward.draw(times=1)
def angle(rng):
    return dict(x=float(rng.uniform(0.6, 1.3)))


@fork_backward.draw(times=1)
def negative_angle(rng):
    return dict(x=float(rng.uniform(-1.4, -0.8)))


@fork_backward.draw(times=1)
def obtuse_angle(rng):
    return dict(x=float(rng.uniform(2.6, 3.0)))


@fork_backward.draw(times=1)
def negative_obtuse_angle(rng):
    return dict(x=float(rng.uniform(-3.0, -2.6)))


fork_backward.corners(x=Numbers())


@fork_backward.differentiates(wrt="x")
def product_of_two(x):
    return x**2 * math.sin(x)


fork_backward.wrong(
    "only-through-u",
    f"""
    This is the path through u alone. x acts through v as well: add what comes back on both. {FORK}""",
    lambda x: 2 * x * np.sin(x),
)

fork_backward.wrong(
    "only-through-v",
    f"""
    This is the path through v alone. x acts through u as well: add what comes back on both. It happens where the
    second gradient overwrites the first. {FORK}""",
    lambda x: x**2 * np.cos(x),
)

fork_backward.wrong(
    "product-of-derivatives",
    f"""
    This is u' times v'. u does not depend on v: there are two paths from x, and the gradient has one term for
    each. {FORK}""",
    lambda x: 2 * x * np.cos(x),
)

fork_backward.wrong(
    "sum-of-derivatives",
    f"""
    This is u' + v', the gradient of u + v. L is u times v: at a product each gradient is multiplied by the partner.
    {FORK}""",
    lambda x: 2 * x + np.cos(x),
)

fork_backward.wrong(
    "paths-multiplied",
    f"""
    It looks as if what comes back on the two paths were multiplied. Along a path multiply, across paths add. {FORK}""",
    lambda x: 2 * x * np.sin(x) * x**2 * np.cos(x),
)

fork_backward.wrong(
    "both-paths-apart",
    f"""
    You return two numbers, one for each path. A copy adds them. {FORK}""",
    lambda x: (2 * x * np.sin(x), x**2 * np.cos(x)),
)

fork_backward.wrong(
    "both-paths-apart-v-first",
    f"""
    You return two numbers, one for each path. A copy adds them. {FORK}""",
    lambda x: [x**2 * np.cos(x), 2 * x * np.sin(x)],
)

fork_backward.wrong(
    "sine-stays-sine",
    f"""
    It looks as if the derivative of sin were sin. It is cos, taken at x. {FORK}""",
    lambda x: 2 * x * np.sin(x) + x**2 * np.sin(x),
)

fork_backward.wrong(
    "paths-subtracted",
    f"""
    It looks as if one path were subtracted from the other, or sin differentiated to -cos. The derivative of sin is
    cos, and a copy adds what comes back. {FORK}""",
    lambda x: 2 * x * np.sin(x) - x**2 * np.cos(x),
)

fork_backward.wrong(
    "paths-averaged",
    f"""
    It looks as if the mean of the two paths were taken. A nudge of x acts on both in full: add them. {FORK}""",
    lambda x: (2 * x * np.sin(x) + x**2 * np.cos(x)) / 2,
)

fork_backward.wrong(
    "partners-not-swapped",
    f"""
    It looks as if du were u and dv were v. A product swaps: u receives v, and v receives u. {FORK}""",
    lambda x: x**2 * 2 * x + np.sin(x) * np.cos(x),
)

fork_backward.wrong(
    "square-becomes-2",
    f"""
    It looks as if the derivative of x² were 2. It is 2x: the slope depends on where you are. {FORK}""",
    lambda x: 2 * np.sin(x) + x**2 * np.cos(x),
)

fork_backward.wrong(
    "square-becomes-x",
    f"""
    It looks as if the derivative of x² were x. It is 2x. {FORK}""",
    lambda x: x * np.sin(x) + x**2 * np.cos(x),
)

fork_backward.wrong(
    "stops-one-link-early",
    f"""
    These are the gradients of u and v, added. Each path has one step more, from u or v back to x. {FORK}""",
    lambda x: np.sin(x) + x**2,
)

fork_backward.wrong(
    "sine-of-square",
    f"""
    This is the gradient of sin(x²), one function inside the other. Here x² and sin x stand side by side. {FORK}""",
    lambda x: 2 * x * np.cos(x**2),
)

fork_backward.wrong(
    "value",
    """
    This is L, the value. Its gradient with respect to x is asked for.""",
    lambda x: x**2 * np.sin(x),
)

fork_backward.wrong(
    "degrees",
    """
    It looks as if x were taken for degrees. numpy's sin and cos take radians, as x is.""",
    lambda x: 2 * x * np.sin(np.radians(x)) + x**2 * np.cos(np.radians(x)),
)


@fork_backward.wrong(
    "converted-to-radians",
    """
    It looks as if x were converted to radians. It is in radians already, and numpy's sin and cos take radians.""",
)
def converted_to_radians(x):
    x = np.radians(x)
    return 2 * x * np.sin(x) + x**2 * np.cos(x)


fork_backward.wrong(
    "cosine-from-sine",
    f"""
    It looks as if cos x were taken as the root of 1 - sin² x. A root is never negative; cos x is, beyond a right angle:
    use np.cos. {FORK}""",
    lambda x: 2 * x * np.sin(x) + x**2 * np.sqrt(1 - np.sin(x) ** 2),
)

fork_backward.wrong(
    "slope-without-sign",
    f"""
    It looks as if the derivative of x² were 2|x|. It is 2x: left of 0 the parabola falls. {FORK}""",
    lambda x: 2 * abs(x) * np.sin(x) + x**2 * np.cos(x),
)

fork_backward.wrong(
    "square-with-sign",
    f"""
    It looks as if u were x|x|. x² is never negative: x * x, or x**2. {FORK}""",
    lambda x: 2 * x * np.sin(x) + x * abs(x) * np.cos(x),
)


fork_backward.wrong(
    "path-through-u-twice",
    f"""
    The path through u is counted twice. There are two paths from x, one through u and one through v: each counts once.
    {FORK}""",
    lambda x: 4 * x * np.sin(x) + x**2 * np.cos(x),
)

fork_backward.wrong(
    "path-through-v-twice",
    f"""
    The path through v is counted twice. There are two paths from x, one through u and one through v: each counts once.
    {FORK}""",
    lambda x: 2 * x * np.sin(x) + 2 * x**2 * np.cos(x),
)

fork_backward.wrong(
    "slope-left-out-on-u",
    f"""
    On the path through u the last step is left out: from u back to x lies a square, and its slope is 2x. {FORK}""",
    lambda x: np.sin(x) + x**2 * np.cos(x),
)

fork_backward.wrong(
    "slope-left-out-on-v",
    f"""
    On the path through v the last step is left out: from v back to x lies a sine, and its slope is cos x. {FORK}""",
    lambda x: 2 * x * np.sin(x) + x**2,
)

fork_backward.wrong(
    "cosine-on-both-paths",
    f"""
    It looks as if brackets went around both paths, so that the cosine multiplies the path through u as well. Each path
    has its own slope. {FORK}""",
    lambda x: (2 * x * np.sin(x) + x**2) * np.cos(x),
)


@fork_backward.unusual
def factored(x):
    return x * (2 * math.sin(x) + x * math.cos(x))


@fork_backward.unusual
def accumulated(x):
    gradients = {"x": np.float64(0)}
    for partner, slope in ((np.sin(x), x + x), (x * x, np.sin(x + np.pi / 2))):
        gradients["x"] += partner * slope
    return gradients["x"]


@fork_backward.unusual
def by_complex_step(x):
    x = x + 1e-30j
    return (x**2 * np.sin(x)).imag / 1e-30


@fork_backward.unusual
def dot_of_paths(x):
    return np.array(np.dot([np.sin(x), x**2], [2 * x, np.cos(x)]))
