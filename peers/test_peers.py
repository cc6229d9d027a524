"""The gradients and the losses of the course's multilayer perceptron beside PyTorch's and scikit-learn's."""

import numpy as np
import pytest
from rivals import RIVALS, model_of, right_answers, torch, torch_model


@pytest.mark.parametrize("sizes", [[7, 3], [7, 5, 3], [11, 9, 8, 7, 6, 5, 4]])
def test_gradients_agree_with_autograd(sizes):
    rng = np.random.default_rng(len(sizes))
    model = model_of(sizes, 1, np.float64)
    for p in model.params():
        p += 0.1 * rng.normal(size=p.shape)
    x, y = rng.normal(size=(13, sizes[0])), rng.integers(0, sizes[-1], 13)
    answers, peer = right_answers(), torch_model(model.params())
    given = torch.from_numpy(x.copy()).requires_grad_()
    loss = torch.nn.functional.cross_entropy(peer(given), torch.from_numpy(y))
    loss.backward()
    z = model.forward(x)
    dx = model.backward(answers["cross_entropy_backward"](z, y))
    assert answers["cross_entropy"](z, y) == pytest.approx(loss.item(), abs=1e-12)
    found = [dx, *model.grads()]
    expected = [given.grad, *(g for layer in peer[::2] for g in (layer.weight.grad.T, layer.bias.grad))]
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_allclose(ours, theirs.numpy(), rtol=0, atol=1e-10)


@pytest.fixture(scope="module")
def losses():
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(640, 784)).astype(np.float32), rng.integers(0, 10, 640)
    params = [p.copy() for p in model_of([784, 128, 64, 10], 0).params()]
    return {name: rival(params, x, y, 0.05, 64)(3) for name, rival in RIVALS.items()}


@pytest.mark.parametrize("rival", ["PyTorch", "scikit-learn"])
def test_losses_agree_in_float32(losses, rival):
    assert losses[rival] == pytest.approx(losses["course, unit 10"], abs=1e-4)
    assert losses[rival][2] < losses[rival][0]
