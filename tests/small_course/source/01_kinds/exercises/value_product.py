"""value_product: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, RightAnswers

right = RightAnswers(__file__)

value_product = Exercise("value_product", subject="Value", outputs=("data", "da", "db"), form="dict")


@value_product.draw
def two_numbers(rng):
    a, b = rng.normal(size=2).tolist()
    return dict(a=a, b=b)


@value_product.scenario(a=2.0, b=-3.0)
def product_and_sum(Value, a, b):
    a, b = Value(a), Value(b)
    total = a * b + a
    total.backward()
    return dict(data=total.data, da=a.grad, db=b.grad)


@value_product.wrong("overwrites", "Gradients add at forks: grad must be added to.", spoils=("da",))
class Overwrites(right.Value):
    def backward(self, upstream=1.0):
        self.grad = upstream
        for parent, slope in zip(self.parents, self._local, strict=False):
            parent.backward(upstream * slope)


@value_product.wrong("no-swap", "A product swaps the partners.", spoils=("da", "db"))
class NoSwap(right.Value):
    def __mul__(self, other):
        out = right.Value(self.data * other.data, (self, other))
        out._local = (self.data, other.data)
        return out


@value_product.wrong("upstream-dropped", "The gradient that arrives must be multiplied with.", spoils=("da", "db"))
class UpstreamDropped(right.Value):
    def backward(self, upstream=1.0):
        self.grad += 1.0
        for parent in self.parents:
            parent.backward(1.0)


@value_product.unusual
class WithClosures:
    def __init__(self, data, parents=()):
        self.data, self.parents, self.grad = data, parents, 0.0
        self.push = lambda g: None

    def __add__(self, other):
        out = type(self)(self.data + other.data)
        out.push = lambda g: (self.backward(g), other.backward(g))
        return out

    def __mul__(self, other):
        out = type(self)(self.data * other.data)
        out.push = lambda g: (self.backward(g * other.data), other.backward(g * self.data))
        return out

    def backward(self, g=1.0):
        self.grad = self.grad + g
        self.push(g)


@value_product.unusual
class WithArrays(right.Value):
    def __init__(self, data, parents=()):
        super().__init__(np.float64(data), parents)
