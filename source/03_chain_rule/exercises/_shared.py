"""Unit 03: what several exercises share."""

import math

GATES = 'See 3.1, "A graph of small steps".'
PATH = 'See 3.2, "Backwards along one path".'
FORK = 'See 3.3, "At a fork, add".'
CHAIN = 'See 3.4, "A chain of any length".'


def draw_neuron(rng, side):
    """A neuron away from saturation, its target above (side 1) or below (side -1) the output."""
    while True:
        x, w = rng.uniform(0.5, 1.5, size=2) * rng.choice([-1, 1], size=2)
        b = float(rng.uniform(0.2, 0.8) * rng.choice([-1, 1]))
        z = float(w * x + b)
        if 0.3 < abs(z) < 2:
            break
    a = 1 / (1 + math.exp(-z))
    return dict(x=float(x), w=float(w), b=b, y=float(a + side * rng.uniform(0.3, 1.2)))


def draw_chain(rng, links):
    """A chain whose tanh stay away from saturation."""
    w = rng.uniform(0.7, 1.5, size=links) * rng.choice([-1, 1], size=links)
    return dict(x=float(rng.choice([-1, 1]) * rng.uniform(0.4, 1.0)), w=w)
