"""The toy data: shapes, classes, seeds, and what each set promises."""

import numpy as np
import pytest

from course.data import toys

SETS = [toys.xor, toys.circle, toys.moons, toys.spirals]


@pytest.mark.parametrize("make", SETS)
@pytest.mark.parametrize("n", [1, 20, 201])
def test_set_has_the_shapes_and_both_classes(make, n):
    x, y = make(n, 3)
    assert x.shape == (n, 2)
    assert y.shape == (n,)
    assert y.dtype.kind == "i"
    assert np.sum(y == 1) == n // 2
    assert np.sum(y == 0) == n - n // 2
    assert np.abs(x).max() < 2.6


@pytest.mark.parametrize("make", SETS)
def test_set_comes_from_its_seed(make):
    for one, other in zip(make(30, 5), make(30, 5), strict=True):
        assert np.array_equal(one, other)
    assert not np.array_equal(make(30, 5)[0], make(30, 6)[0])


def test_xor_is_told_by_the_signs():
    x, y = toys.xor(200, 0)
    assert np.array_equal(y == 1, x[:, 0] * x[:, 1] < 0)
    assert np.abs(x).min() >= toys.GAP
    assert {tuple(np.sign(row)) for row in x} == {(1, 1), (1, -1), (-1, 1), (-1, -1)}


def test_circle_is_told_by_the_distance():
    x, y = toys.circle(200, 0)
    far = np.hypot(*x.T)
    assert far[y == 1].max() < toys.RADIUS - toys.GAP
    assert far[y == 0].min() > toys.RADIUS + toys.GAP
