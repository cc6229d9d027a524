"""Unit 03: what several exercises share."""

import math

import numpy as np

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


def draw_large_neuron(rng, z=8):
    """A neuron whose x, w and b are large, and z so large that the sigmoid is nearly flat, but not quite."""
    x, w = (float(n) for n in rng.choice(np.arange(32, 50), size=2, replace=False))
    return dict(x=x, w=w, b=float(rng.choice([-z, z])) - w * x, y=0.5)


def draw_chain(rng, links):
    """A chain whose tanh stay away from saturation."""
    w = rng.uniform(0.7, 1.5, size=links) * rng.choice([-1, 1], size=links)
    return dict(x=float(rng.choice([-1, 1]) * rng.uniform(0.4, 1.0)), w=w)


def draw_large_chain(rng):
    """A chain whose x and last weight are large; the weights between keep its tanh away from saturation."""
    w = np.array([rng.uniform(0.03, 0.05), rng.uniform(0.04, 0.06), rng.uniform(20, 30)]).round(3)
    return dict(x=float(rng.integers(15, 25)), w=w)
