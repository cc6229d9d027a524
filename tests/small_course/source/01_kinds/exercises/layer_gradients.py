"""layer_gradients: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise

layer_gradients = Exercise(
    "layer_gradients", outputs=("dW", "db"), form="dict", sizes={"N": ("x", 0)}, withheld=("linear_backward",)
)


@layer_gradients.draw
def layer(rng):
    return dict(
        params={"W": rng.normal(size=(7, 3)), "b": rng.normal(size=3)},
        x=rng.normal(size=(5, 7)),
        dz=rng.normal(size=(5, 3)),
    )


layer_gradients.wrong(
    "swapped-keys",
    "The keys are mixed up.",
    lambda params, x, dz: {"db": x.T @ dz, "dW": dz.sum(axis=0)},
)

layer_gradients.wrong(
    "not-summed",
    "b is used by every row.",
    lambda params, x, dz: {"dW": x.T @ dz, "db": dz},
    spoils=("db",),
)

layer_gradients.wrong(
    "averaged",
    "The 1/N is in dz.",
    lambda params, x, dz: {"dW": x.T @ dz / len(x), "db": dz.mean(axis=0)},
)


@layer_gradients.unusual
def with_more_keys(params, x, dz):
    return {"dW": np.tensordot(x, dz, (0, 0)), "db": sum(dz), "dx": dz @ params["W"].T}


@layer_gradients.unusual
def by_zip(params, x, dz):
    return dict(zip(("dW", "db"), (x.T @ dz, dz.sum(0)), strict=True))
