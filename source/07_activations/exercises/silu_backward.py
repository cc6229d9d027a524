"""silu_backward, the bug hunt: what is asked, and what people write instead."""

import math

import numpy as np

from autograder.exercises import ANY_SHAPE, Exercise, Numbers, RightAnswers

from ._shared import shape_of, spread, upstream

right = RightAnswers(__file__)

BUG = 'See "Bug hunt: a gate that opens itself".'

silu_backward = Exercise("silu_backward", care=("unchanged", "float32", "views"), sizes={"N": ("z", 0)})


@silu_backward.draw(times=1)
def silu_rows(rng):
    z = spread(rng, shape_of(rng, 2))
    return dict(da=upstream(rng, z.shape), z=z)


@silu_backward.draw(times=1)
def silu_vector(rng):
    z = spread(rng, shape_of(rng, 1))
    return dict(da=upstream(rng, z.shape), z=z)


@silu_backward.draw(times=1)
def silu_stack(rng):
    z = spread(rng, shape_of(rng, 3))
    return dict(da=upstream(rng, z.shape), z=z)


silu_backward.corners(da=Numbers(ANY_SHAPE), z=Numbers(ANY_SHAPE, large=5))


@silu_backward.differentiates(upstream="da", wrt="z")
def silu(z):
    return z / (1 + np.exp(-z))


silu_backward.wrong(
    "gate-held-still",
    f"""
    This is the direct path alone, as if the gate stood still. z moves the gate as well: two paths, and they add.
    {BUG}""",
    lambda da, z: da / (1 + np.exp(-z)),
)


@silu_backward.wrong(
    "only-through-the-gate",
    f"""
    This is the path through the gate alone. z is also a factor of its own: that path was in the broken function.
    {BUG}""",
)
def only_through_the_gate(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * z * s * (1 - s)


@silu_backward.wrong(
    "partner-forgotten",
    f"""
    On the path through the gate a factor z is missing: a product passes each factor the other one. {BUG}""",
)
def partner_forgotten(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * (s + s * (1 - s))


@silu_backward.wrong(
    "partners-not-swapped",
    f"""
    Each factor gets da times the other factor: da · gate goes to z, da · z goes to the gate. Here it is the other way
    round. {BUG}""",
)
def partners_not_swapped(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * z + da * s * s * (1 - s)


@silu_backward.wrong(
    "half-a-slope",
    f"""
    On the path through the gate the sigmoid's slope is not whole: it has two factors. {BUG}""",
)
def silu_half_a_slope(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * (s + z * (1 - s))


@silu_backward.wrong(
    "other-half-of-slope",
    f"""
    On the path through the gate the sigmoid's slope is the gate itself. It has two factors. {BUG}""",
)
def silu_other_half(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * (s + z * s)


@silu_backward.wrong(
    "one-minus-forgotten",
    f"""
    On the path through the gate its slope looks like the gate squared. The second factor is 1 - gate. {BUG}""",
)
def one_minus_forgotten(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * s * (1 + z * s)


@silu_backward.wrong(
    "gate-alone",
    f"""
    This is the gradient of a sigmoid alone. In SiLU z is a factor as well: two paths lead from z to a, and they add.
    {BUG}""",
)
def gate_alone(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * s * (1 - s)


@silu_backward.wrong(
    "output-taken-for-a-sigmoid",
    f"""
    It looks as if a = z times the gate were taken for a sigmoid's output. Only the gate is one. {BUG}""",
)
def output_taken_for_a_sigmoid(da, z):
    a = z / (1 + np.exp(-z))
    return da * a * (1 - a)


silu_backward.wrong(
    "gate-not-passed",
    f"""
    It looks as if z were added to the gate. The path from the gate back to z goes through the sigmoid: its slope is
    missing. {BUG}""",
    lambda da, z: da * (1 / (1 + np.exp(-z)) + z),
)


@silu_backward.wrong(
    "upstream-lost-on-the-gate",
    f"""
    da is missing on the path through the gate. Every path starts with the gradient that arrives. {BUG}""",
)
def upstream_lost_on_the_gate(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * s + z * s * (1 - s)


@silu_backward.wrong(
    "upstream-lost-on-the-direct-path",
    f"""
    da is missing on the direct path. Every path starts with the gradient that arrives. {BUG}""",
)
def upstream_lost_directly(da, z):
    s = 1 / (1 + np.exp(-z))
    return s + da * z * s * (1 - s)


@silu_backward.wrong(
    "upstream-ignored",
    f"""
    da plays no part. Multiply both paths by what arrives. {BUG}""",
)
def silu_upstream_ignored(da, z):
    s = 1 / (1 + np.exp(-z))
    return s + z * s * (1 - s)


@silu_backward.wrong(
    "upstream-twice",
    f"""
    da is multiplied in twice on the path through the gate. Once is enough. {BUG}""",
)
def upstream_twice(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * (s + da * z * s * (1 - s))


@silu_backward.wrong(
    "paths-multiplied",
    f"""
    It looks as if the two paths were multiplied. Across paths gradients add. {BUG}""",
)
def paths_multiplied(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * s * z * s * (1 - s)


@silu_backward.wrong(
    "paths-multiplied-da-twice",
    f"""
    It looks as if the two paths were multiplied, each with its da. Along a path slopes multiply; across paths
    gradients add. {BUG}""",
)
def paths_multiplied_da_twice(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * s * da * z * s * (1 - s)


@silu_backward.wrong(
    "paths-subtracted",
    f"""
    It looks as if the path through the gate were taken away. Across paths gradients add. {BUG}""",
)
def paths_subtracted(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * (s - z * s * (1 - s))


@silu_backward.wrong(
    "paths-averaged",
    f"""
    This is the mean of the two paths. Across paths gradients add. {BUG}""",
)
def paths_averaged(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * (s + z * s * (1 - s)) / 2


@silu_backward.wrong(
    "slope-of-tanh",
    f"""
    The slope of the gate looks like 1 - s², which belongs to tanh. The gate is a sigmoid. {BUG}""",
)
def silu_slope_of_tanh(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * (s + z * (1 - s**2))


@silu_backward.wrong(
    "gate-twice",
    f"""
    It looks as if the sigmoid were applied to the gate once more before its slope was taken. The slope of a sigmoid is
    written with its output. {BUG}""",
)
def gate_twice(da, z):
    s = 1 / (1 + np.exp(-z))
    t = 1 / (1 + np.exp(-s))
    return da * (s + z * t * (1 - t))


@silu_backward.wrong(
    "slope-from-the-output",
    f"""
    It looks as if a = z times the gate stood in the sigmoid's slope. The slope is made of the gate alone. {BUG}""",
)
def slope_from_the_output(da, z):
    s = 1 / (1 + np.exp(-z))
    return da * (s + z * (z * s) * (1 - z * s))


silu_backward.wrong(
    "slope-at-z",
    f"""
    It looks as if z(1 - z) stood for the slope of the gate. It is written with the sigmoid's output, the gate.
    {BUG}""",
    lambda da, z: da * (1 / (1 + np.exp(-z)) + z * z * (1 - z)),
)

silu_backward.wrong(
    "value-for-slope",
    f"""
    It looks as if da were multiplied by the value of SiLU. Its slope is asked for. {BUG}""",
    lambda da, z: da * z / (1 + np.exp(-z)),
)


@silu_backward.wrong(
    "written-into-input",
    """
    The work is done inside da or z, which belong to the caller. Build a new array.""",
    fails=("unchanged", "views"),
)
def silu_written_into_da(da, z):
    da *= right.silu_backward(np.ones_like(z), z)
    return da


@silu_backward.unusual
def silu_closed_form(da, z):
    s = right.sigmoid_forward(z)
    return da * s * (1 + z * (1 - s))


@silu_backward.unusual
def from_the_value(da, z):
    s = 1 / (1 + np.exp(-z))
    a = z * s
    return np.multiply(da, a + s * (1 - a))


@silu_backward.unusual
def silu_complex_step(da, z):
    w = z.astype(complex) + 1e-20j
    return da * (w / (1 + np.exp(-w))).imag / 1e-20


@silu_backward.unusual
def quotient_rule(da, z):
    e = np.exp(z)
    return da * e * (1 + e + z) / (1 + e) ** 2


@silu_backward.unusual
def added_up_entry_by_entry(da, z):
    dz = np.zeros(np.shape(z))
    for k in np.ndindex(dz.shape):
        s = 1 / (1 + math.exp(-z[k]))
        dz[k] += da[k] * s
        dz[k] += da[k] * z[k] * s * (1 - s)
    return dz
