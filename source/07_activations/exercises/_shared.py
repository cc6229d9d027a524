"""Unit 07: what several exercises share."""

import math

import numpy as np

BEND = 'See 7.1, "Why bend".'
LEAK = 'See 7.3, "A leak".'
TANH = 'See 7.4, "Two flat ends".'
SIGMOID = 'See 7.5, "Certain and slow".'


def spread(rng, shape):
    """Numbers from -2.5 to 2.5 in any order: both signs, none within 0.05 of zero, the first one negative."""
    n = math.prod(shape)
    z = np.linspace(-2.3, 2.3, n) + rng.uniform(-0.1, 0.1, size=n)
    z = rng.permutation(z + np.copysign(0.05, z))
    k = int(np.argmax(z < 0))
    z[[0, k]] = z[[k, 0]]
    return z.reshape(shape)


def shape_of(rng, axes):
    """A shape with one, two or three axes, of unequal sizes."""
    if axes == 1:
        return (int(rng.choice([11, 13])),)
    return tuple(int(size) for size in rng.permutation([3, 5, 7] if axes == 2 else [2, 3, 5])[:axes])


def upstream(rng, shape):
    """A gradient that arrives: both signs, nothing near zero or one."""
    return rng.choice([-1, 1], size=shape) * rng.uniform(0.2, 2.0, size=shape)


def at_the_bend_nothing_arrives(da, z, **more):
    """A gradient that is 0 where z is exactly 0: there, several slopes are right."""
    return dict(da=np.where(z == 0, 0.0, da), z=z, **more)
