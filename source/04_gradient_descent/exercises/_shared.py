"""Unit 04: what several exercises share."""


def mixed(rng):
    """Parameters of several shapes, a single number among them, and gradients shaped like them."""
    rows, columns = rng.choice([2, 3, 5, 7], size=2, replace=False)
    shapes = [(int(rows), int(columns)), (int(columns),), ()]
    order = rng.permutation(3)
    params = [entry(rng, shapes[k]) for k in order]
    return params, [entry(rng, shapes[k]) for k in order]


def entry(rng, shape):
    """An array, or a float for the shape ()."""
    return rng.normal(size=shape) if shape else float(rng.normal())


def small(rng):
    """A step of few parameters, among them a square one, and one of as many entries as it has columns."""
    shapes = [(2, 2), (2,), ()]
    params, grads = ([entry(rng, shape) for shape in shapes] for _ in range(2))
    return dict(params=params, grads=grads, lr=0.5)
