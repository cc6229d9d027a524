"""The right answers' gradients beside those of autograd, which differentiates the forward pass by itself.

Source: Maclaurin, Duvenaud and Adams 2015, "Autograd: effortless gradients in numpy".
"""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from support.courses import ROOT

from autograder.notebook import right_namespace
from autograder.paths import Course

COURSE = Course(ROOT)


def mean_cross_entropy(z, y):
    """From logits, in autograd's numpy."""
    top = anp.max(z, axis=1, keepdims=True)
    sums = anp.log(anp.sum(anp.exp(z - top), axis=1)) + top[:, 0]
    return anp.mean(sums - z[np.arange(len(y)), y])


def mlp_loss(params, x, y):
    """Linear, ReLU, linear, …: the loss of [W1, b1, W2, …]."""
    for W, b in zip(params[:-2:2], params[1:-2:2], strict=True):
        x = anp.maximum(x @ W + b, 0)
    return mean_cross_entropy(x @ params[-2] + params[-1], y)


@pytest.mark.parametrize("sizes", [[7, 3], [7, 5, 3], [11, 9, 8, 7, 6, 5, 4]])
def test_multilayer_perceptron_of_unit_10(sizes):
    answers = right_namespace(COURSE, "10_mlp")
    rng = np.random.default_rng(len(sizes))
    model = answers["MLP"](sizes, 3)
    for p in model.params():
        p += 0.1 * rng.normal(size=p.shape)
    params = [p.copy() for p in model.params()]
    x, y = rng.normal(size=(13, sizes[0])), rng.integers(0, sizes[-1], 13)
    z = model.forward(x)
    dx = model.backward(answers["cross_entropy_backward"](z, y))
    assert float(answers["cross_entropy"](z, y)) == pytest.approx(float(mlp_loss(params, x, y)), abs=1e-12)
    for ours, theirs in zip(model.grads(), grad(mlp_loss)(params, x, y), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-10)
    np.testing.assert_allclose(dx, grad(lambda inputs: mlp_loss(params, inputs, y))(x), rtol=0, atol=1e-10)


def test_two_layers_of_unit_09():
    answers = right_namespace(COURSE, "09_two_layers")
    rng = np.random.default_rng(9)
    params = {name: p + 0.1 * rng.normal(size=p.shape) for name, p in answers["init_two_layer"](5, 7, 3, 1).items()}
    x, dz2 = rng.normal(size=(11, 5)), rng.normal(size=(11, 3))

    def scored(given):
        return anp.sum(dz2 * (anp.tanh(x @ given["W1"] + given["b1"]) @ given["W2"] + given["b2"]))

    _, cache = answers["two_layer_forward"](params, x)
    found, expected = answers["two_layer_backward"](params, cache, dz2), grad(scored)(params)
    for name in params:
        np.testing.assert_allclose(found[name], expected[name], rtol=0, atol=1e-10)
