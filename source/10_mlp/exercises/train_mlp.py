"""train_mlp: what is asked, and what people write instead."""

import copy

import numpy as np

from autograder.exercises import AsDrawn, Exercise, RightAnswers
from course.functions import Stretch
from course.properties.training import followed

right = RightAnswers(__file__)

TRAINING = "See 10.4."

train_mlp = Exercise(
    "train_mlp",
    outputs=(
        "losses",
        "logits",
        "batch_losses",
        "batch_logits",
        "batches",
        "steps",
        "replayed",
        "order",
    ),
    form="dict",
    care=("unchanged",),
    tolerance=1e-5,
    in_order=True,
    stages=(
        (("losses",), f"losses are those of training with all rows in one batch, a number for each epoch. {TRAINING}"),
        (("logits",), f"logits are what the model gives after that training: its arrays must have moved. {TRAINING}"),
        (
            ("batch_losses",),
            f"""batch_losses are those of training with several batches. All rows are alike here, so that no order
            plays a part: each number is the mean of the losses of that epoch's batches. {TRAINING}""",
        ),
        (
            ("batch_logits",),
            f"batch_logits are what the model gives after that: one step for each batch, at once. {TRAINING}",
        ),
        (
            ("batches",),
            f"batches are the numbers of rows in each backward pass of a training with a short last batch. {TRAINING}",
        ),
        (
            ("steps",),
            f"""steps says how long a step is, over how long it should be: lr times the gradient of the mean loss of the
            batch, downhill. aside is the part of a step that goes another way: 0 when every row stands beside its own
            label, and the parameters move after each backward pass. {TRAINING}""",
        ),
        (
            ("replayed",),
            f"""replayed is each epoch's loss over the mean loss of its batches, which we computed again from the rows
            that you took, each before its step. {TRAINING}""",
        ),
        (
            ("order",),
            f"""order is that of the rows in trainings with the seeds 0 to 9 and another one. Each epoch takes every row
            once and mixes them anew, and in each epoch the seed decides how: rows that shared a batch are scattered.
            A training goes on to its last epoch where no loss changes, too. {TRAINING}""",
        ),
    ),
)


@train_mlp.draw(times=1)
def a_few_classes(rng):
    """The short batch is square, one number is large, and seed 0 is what is left of the seed where tens are cut off."""
    n, size = ((25, 7), (27, 8), (30, 9))[int(rng.integers(3))]
    c = n % size
    x = rng.normal(size=(n, c))
    x[-1, 0] = 7.5
    return dict(
        sizes=[c, int(rng.integers(5, 9)), c],
        x=x,
        y=rng.permutation(np.arange(n) % c),
        lr=float(rng.uniform(0.1, 0.4)),
        epochs=int(rng.integers(4, 6)),
        size=size,
        seed=10 * int(rng.integers(1, 100)),
    )


@train_mlp.draw(times=1)
def a_rate_that_is_too_large(rng):
    """The loss rises on the way and becomes large, and so does a gradient. W1 is square, and one row of x is zeros.

    No probability is so small that it is rounded to 0, so every logarithm is a number.
    """
    while True:
        inputs = {**a_few_classes(rng), "lr": float(rng.uniform(1, 5))}
        inputs["sizes"][1] = inputs["sizes"][0]
        inputs["x"][0], inputs["x"][-1, 0] = 0.0, 60.0
        losses, gradient = _whole_training(inputs)
        means = losses.mean(axis=1)
        if means.max() > 8 and losses.max() < 600 and means[-1] > means.min() + 0.5 and gradient > 7:
            return inputs


def _whole_training(inputs):
    """The loss of each row before each step with all rows in one batch, and the largest entry of the gradients."""
    x, y, lr = (inputs[name] for name in ("x", "y", "lr"))
    model, losses, largest = right.MLP(inputs["sizes"], 3), [], 0.0
    for _ in range(inputs["epochs"]):
        z = model.forward(x)
        losses.append(np.logaddexp.reduce(z, axis=1) - z[np.arange(len(y)), y])
        model.backward(right.cross_entropy_backward(z, y))
        largest = max(largest, *(np.abs(g).max() for g in model.grads()))
        for p, g in zip(model.params(), model.grads(), strict=True):
            p -= lr * g
    return np.array(losses), largest


IN_EACH_DRAW = "each draw is fifteen trainings, one after the other, with ten seeds and several sizes"
train_mlp.corners(
    **dict.fromkeys(("sizes", "x", "y", "lr", "epochs", "size", "seed"), AsDrawn(IN_EACH_DRAW)),
    without={"called again": IN_EACH_DRAW},
)


def _loss(z, y):
    return right.cross_entropy(z, y), right.cross_entropy_backward(z, y)


@train_mlp.scenario(
    hands=("x", "y", "lr", "epochs", "size", "seed"),
    sizes=[],
    x=np.round(2 * np.sin(np.arange(81.0) ** 2), 2).reshape(27, 3),
    y=np.arange(27) * 5 % 3,
    lr=0.5,
    epochs=4,
    size=8,
    seed=7,
)
def six_trainings(train_mlp, sizes, x, y, lr, epochs, size, seed):
    whole, alike = right.MLP(sizes, 3) if sizes else Stretch(x.shape[1]), Stretch(x.shape[1])
    rows, before, labels = np.zeros(3 * size, dtype=int), x.copy(), y.copy()
    batch_losses = train_mlp(alike, x[rows], y[rows], lr, epochs, size, seed)
    losses = train_mlp(whole, x, y, lr, epochs, len(x), seed)
    return dict(
        losses=losses,
        logits=np.array(whole.forward(before[:5])),
        batch_losses=batch_losses,
        batch_logits=alike.forward(before[:5]),
        **followed(train_mlp, _loss, before, labels, lr, epochs, size, seed),
    )


@train_mlp.wrong(
    "same-order-each-epoch",
    f"""Every epoch takes the rows in the same order: minibatches gets the same seed each time. Give it another one for
    each epoch. {TRAINING}""",
    spoils=("order",),
)
def same_order(model, x, y, lr, epochs, batch_size, seed):
    return [right.train_mlp(model, x, y, lr, 1, batch_size, seed)[0] for _ in range(epochs)]


@train_mlp.wrong(
    "seed-ignored",
    f"""Two trainings with the seed 0 take the rows in different orders. Make the seed of each epoch from the one given,
    which may be 0, and hand it to minibatches. {TRAINING}""",
    spoils=("order",),
)
def seed_plays_no_part(model, x, y, lr, epochs, batch_size, seed):
    return right.train_mlp(model, x, y, lr, epochs, batch_size, int(np.random.default_rng().integers(2**31)))


train_mlp.wrong(
    "seed-written-in",
    f"""Trainings with different seeds take the rows in the same orders: it looks as if the epoch alone is the seed of
    minibatches. Make that seed from both. {TRAINING}""",
    lambda model, x, y, lr, epochs, batch_size, seed: right.train_mlp(model, x, y, lr, epochs, batch_size, 0),
    spoils=("order",),
)

train_mlp.wrong(
    "uphill",
    f"The loss grows: the step goes uphill. It is minus lr times the gradient. {TRAINING}",
    lambda model, x, y, lr, epochs, batch_size, seed: right.train_mlp(model, x, y, -lr, epochs, batch_size, seed),
    spoils=("losses", "logits", "batch_losses", "batch_logits", "steps"),
)

train_mlp.wrong(
    "nothing-moved",
    f"""The model is as it was. Two things lead to that. Without model.backward before it, model.grads() has nothing new
    to give. And p = p - … gives the name p a new array and leaves the model's own alone: -= writes into it.
    {TRAINING}""",
    lambda model, x, y, lr, epochs, batch_size, seed: right.train_mlp(model, x, y, 0.0, epochs, batch_size, seed),
    spoils=("losses", "logits", "batch_losses", "batch_logits", "steps"),
)


@train_mlp.wrong(
    "a-copy-trained",
    f"""The losses are right, and the model is as it was: it looks as if a copy was trained. Write into the arrays of
    model.params(). {TRAINING}""",
    spoils=("logits", "batch_logits", "batches", "steps", "replayed", "order"),
)
def a_copy(model, x, y, lr, epochs, batch_size, seed):
    return right.train_mlp(copy.deepcopy(model), x, y, lr, epochs, batch_size, seed)


train_mlp.wrong(
    "rate-missing",
    f"It looks as if the learning rate plays no part: the whole gradient is taken away. {TRAINING}",
    lambda model, x, y, lr, epochs, batch_size, seed: right.train_mlp(model, x, y, 1.0, epochs, batch_size, seed),
    spoils=("losses", "logits", "batch_losses", "batch_logits", "steps"),
)


@train_mlp.wrong(
    "averaged-again",
    f"""The steps are smaller by the number of rows in the batch: it looks as if the gradient is divided by it.
    cross_entropy_backward has the 1/N already. {TRAINING}""",
    spoils=("losses", "logits", "batch_losses", "batch_logits", "steps"),
)
def averaged_again(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        seen = []
        for xb, yb in right.minibatches(x, y, batch_size, seed + epoch):
            z = model.forward(xb)
            seen.append(right.cross_entropy(z, yb))
            model.backward(right.cross_entropy_backward(z, yb) / len(yb))
            for p, g in zip(model.params(), model.grads()):
                p -= lr * g
        losses.append(np.mean(seen))
    return losses


@train_mlp.wrong(
    "losses-summed",
    f"""It looks as if the losses of an epoch's batches are added. Asked for is their mean. {TRAINING}""",
    spoils=("batch_losses", "replayed"),
)
def summed(model, x, y, lr, epochs, batch_size, seed):
    pieces = -(-len(x) // batch_size)
    return [pieces * loss for loss in right.train_mlp(model, x, y, lr, epochs, batch_size, seed)]


@train_mlp.wrong(
    "rows-not-divided",
    f"""Every loss is too large by the number of rows: the losses of all rows are added. Divide by len(x).
    {TRAINING}""",
    spoils=("losses", "batch_losses", "replayed"),
)
def not_divided(model, x, y, lr, epochs, batch_size, seed):
    return [len(x) * loss for loss in right.train_mlp(model, x, y, lr, epochs, batch_size, seed)]


@train_mlp.wrong(
    "loss-of-the-last-batch",
    f"""It looks as if each number is the loss of the epoch's last batch alone. Asked for is the mean over the epoch.
    {TRAINING}""",
    spoils=("batch_losses", "replayed"),
)
def last_batch(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        for xb, yb in right.minibatches(x, y, batch_size, seed + epoch):
            z = model.forward(xb)
            loss = right.cross_entropy(z, yb)
            model.backward(right.cross_entropy_backward(z, yb))
            for p, g in zip(model.params(), model.grads()):
                p -= lr * g
        losses.append(loss)
    return losses


@train_mlp.wrong(
    "loss-of-the-first-batch",
    f"""It looks as if each number is the loss of the epoch's first batch alone. Asked for is the mean over the epoch.
    {TRAINING}""",
    spoils=("batch_losses", "replayed"),
)
def first_batch(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        seen = []
        for xb, yb in right.minibatches(x, y, batch_size, seed + epoch):
            z = model.forward(xb)
            seen.append(right.cross_entropy(z, yb))
            model.backward(right.cross_entropy_backward(z, yb))
            for p, g in zip(model.params(), model.grads()):
                p -= lr * g
        losses.append(seen[0])
    return losses


@train_mlp.wrong(
    "first-batch-only",
    f"""Only the first batch of each epoch is used: does a break or a return stand inside the loop over batches?
    {TRAINING}""",
    spoils=("batch_losses", "batch_logits", "batches", "steps", "order"),
)
def first_batch_only(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        xb, yb = next(iter(right.minibatches(x, y, batch_size, seed + epoch)))
        losses += right.train_mlp(model, xb, yb, lr, 1, len(xb), 0)
    return losses


@train_mlp.wrong(
    "loss-after-the-epoch",
    f"""It looks as if the loss is measured after each epoch, over all rows. Asked for is the mean of the losses seen
    while training, each before its step; it costs no further forward pass. {TRAINING}""",
    spoils=("losses", "batch_losses", "replayed"),
)
def after_the_epoch(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        right.train_mlp(model, x, y, lr, 1, batch_size, seed + epoch)
        losses.append(right.cross_entropy(model.forward(x), y))
    return losses


@train_mlp.wrong(
    "loss-after-the-step",
    f"""It looks as if each batch's loss is measured after its step, by another forward pass. Asked for is the loss
    before it: the z that backward needs gives it at once. {TRAINING}""",
    spoils=("losses", "batch_losses", "replayed"),
)
def after_the_step(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        seen = []
        for xb, yb in right.minibatches(x, y, batch_size, seed + epoch):
            model.backward(right.cross_entropy_backward(model.forward(xb), yb))
            for p, g in zip(model.params(), model.grads()):
                p -= lr * g
            seen.append(right.cross_entropy(model.forward(xb), yb))
        losses.append(np.mean(seen))
    return losses


@train_mlp.wrong(
    "reaches-into-layers",
    f"""It looks for the layers inside the model. Another model may have none: use what every model has, params() and
    grads(). {TRAINING}""",
)
def into_layers(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        seen = []
        for xb, yb in right.minibatches(x, y, batch_size, seed + epoch):
            z = model.forward(xb)
            seen.append(right.cross_entropy(z, yb))
            model.backward(right.cross_entropy_backward(z, yb))
            for layer in model.layers:
                if hasattr(layer, "W"):
                    layer.W -= lr * layer.dW
                    layer.b -= lr * layer.db
        losses.append(np.mean(seen))
    return losses


@train_mlp.wrong(
    "a-loss-for-each-batch",
    f"""There is a number for each batch. Asked for is one for each epoch, their mean. {TRAINING}""",
    spoils=("batch_losses", "replayed"),
)
def for_each_batch(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        for xb, yb in right.minibatches(x, y, batch_size, seed + epoch):
            losses += right.train_mlp(model, xb, yb, lr, 1, len(xb), 0)
    return losses


@train_mlp.wrong(
    "mean-since-the-start",
    f"""It looks as if the list of losses is never emptied: each number is the mean since the start. A new epoch
    starts a new mean. {TRAINING}""",
    spoils=("losses", "batch_losses", "replayed"),
)
def since_the_start(model, x, y, lr, epochs, batch_size, seed):
    losses = np.array(right.train_mlp(model, x, y, lr, epochs, batch_size, seed))
    return np.cumsum(losses) / np.arange(1, epochs + 1)


@train_mlp.wrong(
    "losses-never-emptied",
    f"""It looks as if the losses of all batches go into one list that is never emptied: each number is the mean of all
    batches since the start. A new epoch starts a new list. {TRAINING}""",
    spoils=("losses", "batch_losses", "replayed"),
)
def never_emptied(model, x, y, lr, epochs, batch_size, seed):
    losses, seen = [], []
    for epoch in range(epochs):
        for xb, yb in right.minibatches(x, y, batch_size, seed + epoch):
            z = model.forward(xb)
            seen.append(right.cross_entropy(z, yb))
            model.backward(right.cross_entropy_backward(z, yb))
            for p, g in zip(model.params(), model.grads()):
                p -= lr * g
        losses.append(np.mean(seen))
    return losses


@train_mlp.wrong(
    "all-rows-in-each-step",
    f"""Each step takes all rows: the loop hands out batches, and it looks as if x and y are used inside it in place of
    xb and yb. {TRAINING}""",
    spoils=("batches", "steps", "order"),
)
def all_rows_in_each_step(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        seen = []
        for _ in right.minibatches(x, y, batch_size, seed + epoch):
            z = model.forward(x)
            seen.append(right.cross_entropy(z, y))
            model.backward(right.cross_entropy_backward(z, y))
            for p, g in zip(model.params(), model.grads()):
                p -= lr * g
        losses.append(np.mean(seen))
    return losses


train_mlp.wrong(
    "one-epoch-only",
    f"Only one epoch is trained. Does return stand inside the loop, or is there no loop over epochs? {TRAINING}",
    lambda model, x, y, lr, epochs, batch_size, seed: right.train_mlp(model, x, y, lr, 1, batch_size, seed),
    spoils=("losses", "logits", "batch_losses", "batch_logits", "batches", "replayed", "order"),
)

train_mlp.wrong(
    "batch-size-ignored",
    f"It looks as if all rows are taken at once, whatever batch_size says. {TRAINING}",
    lambda model, x, y, lr, epochs, batch_size, seed: right.train_mlp(model, x, y, lr, epochs, len(x), seed),
    spoils=("batch_losses", "batch_logits", "batches", "steps", "replayed"),
)


@train_mlp.wrong(
    "one-step-an-epoch",
    f"""It looks as if the step is taken once an epoch, after the loop over batches. Each batch ends in a step: that is
    what small batches are for. {TRAINING}""",
    spoils=("batch_losses", "batch_logits", "steps"),
)
def one_step(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        seen = []
        for xb, yb in right.minibatches(x, y, batch_size, seed + epoch):
            z = model.forward(xb)
            seen.append(right.cross_entropy(z, yb))
            model.backward(right.cross_entropy_backward(z, yb))
        for p, g in zip(model.params(), model.grads()):
            p -= lr * g
        losses.append(np.mean(seen))
    return losses


@train_mlp.wrong(
    "seed-times-epoch",
    f"""The first epoch takes the rows in the same order for all seeds, and so does every epoch for seed 0: it looks as
    if the seed is multiplied by the epoch. Add them. {TRAINING}""",
    spoils=("order",),
)
def seed_times_epoch(model, x, y, lr, epochs, batch_size, seed):
    return [right.train_mlp(model, x, y, lr, 1, batch_size, seed * epoch)[0] for epoch in range(epochs)]


train_mlp.wrong(
    "seeds-in-pairs",
    f"""Two different seeds give the same orders, though a third gives others: use the whole seed, not a half or a rest
    of it. {TRAINING}""",
    lambda model, x, y, lr, epochs, batch_size, seed: right.train_mlp(model, x, y, lr, epochs, batch_size, seed // 2),
    spoils=("order",),
)


def _trained(model, x, batches, rate_of):
    """The losses of a training with these batches, one list for each epoch, whose steps have a rate of their own."""
    losses = []
    for epoch in batches:
        total = 0.0
        for xb, yb in epoch:
            z = model.forward(xb)
            total += len(yb) * right.cross_entropy(z, yb)
            model.backward(right.cross_entropy_backward(z, yb))
            for p, g in zip(model.params(), model.grads()):
                p -= rate_of(xb) * g
        losses.append(total / len(x))
    return losses


@train_mlp.wrong(
    "drawn-with-replacement",
    f"""An epoch misses some rows and takes others twice: it looks as if each batch is drawn on its own. Shuffle all
    rows once for each epoch, then cut: minibatches does both. {TRAINING}""",
    spoils=("losses", "logits", "order"),
)
def with_replacement(model, x, y, lr, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    epochs = [rng.integers(len(x), size=len(x)) for _ in range(epochs)]
    batches = [[rows[k : k + batch_size] for k in range(0, len(x), batch_size)] for rows in epochs]
    return _trained(model, x, [[(x[rows], y[rows]) for rows in epoch] for epoch in batches], lambda xb: lr)


@train_mlp.wrong(
    "not-shuffled",
    f"""The rows are taken as they stand in x, the same in each epoch. Shuffle them, in another order for each epoch:
    minibatches does. {TRAINING}""",
    spoils=("order",),
)
def not_shuffled(model, x, y, lr, epochs, batch_size, seed):
    batches = [(x[k : k + batch_size], y[k : k + batch_size]) for k in range(0, len(x), batch_size)]
    return _trained(model, x, [batches] * epochs, lambda xb: lr)


@train_mlp.wrong(
    "blocks",
    f"""Rows that stand together in x come in one batch in every epoch: it looks as if the batches are shuffled, and not
    the rows. Shuffle the rows, then cut. {TRAINING}""",
    spoils=("order",),
)
def blocks(model, x, y, lr, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    *full, last = [(x[k : k + batch_size], y[k : k + batch_size]) for k in range(0, len(x), batch_size)]
    batches = [[*(full[k] for k in rng.permutation(len(full))), last] for _ in range(epochs)]
    return _trained(model, x, batches, lambda xb: lr)


@train_mlp.wrong(
    "short-batch-scaled",
    f"""The step after the short batch is shorter than asked for, by its share of a full batch: it looks as if its
    gradient is divided by batch_size. The mean is over its own rows, and cross_entropy_backward has that in it.
    {TRAINING}""",
    spoils=("steps",),
)
def short_batch_scaled(model, x, y, lr, epochs, batch_size, seed):
    batches = [list(right.minibatches(x, y, batch_size, seed + epoch)) for epoch in range(epochs)]
    return _trained(model, x, batches, lambda xb: lr * len(xb) / batch_size)


@train_mlp.wrong(
    "uphill-at-times",
    f"""Some steps go uphill, though others are right. Each step is minus lr times the gradient, whatever rows the batch
    has. {TRAINING}""",
    spoils=("steps",),
)
def uphill_at_times(model, x, y, lr, epochs, batch_size, seed):
    batches = [list(right.minibatches(x, y, batch_size, seed + epoch)) for epoch in range(epochs)]
    differ = batch_size < len(x) and np.any(x != x[0])
    return _trained(model, x, batches, lambda xb: -lr if differ else lr)


@train_mlp.wrong(
    "short-batch-counted-whole",
    f"""The loss of an epoch with a short last batch is too large: it looks as if that batch counts like a full one, and
    the sum is then divided by the number of rows. Weigh each loss by the rows of its batch. {TRAINING}""",
    spoils=("replayed",),
)
def counted_whole(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        total = 0.0
        for xb, yb in right.minibatches(x, y, batch_size, seed + epoch):
            z = model.forward(xb)
            total += batch_size * right.cross_entropy(z, yb)
            model.backward(right.cross_entropy_backward(z, yb))
            for p, g in zip(model.params(), model.grads()):
                p -= lr * g
        losses.append(total / len(x))
    return losses


@train_mlp.wrong(
    "short-batch-dropped",
    f"""The last, short batch of each epoch is not trained on. {TRAINING}""",
    spoils=("batches", "steps", "order"),
)
def short_dropped(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        order = np.random.default_rng(seed + epoch).permutation(len(x))
        rows = order[: len(x) - len(x) % batch_size]
        losses += right.train_mlp(model, x[rows], y[rows], lr, 1, batch_size, seed + epoch)
    return losses


@train_mlp.wrong(
    "labels-of-other-rows",
    f"""It looks as if labels are taken from y in its own order, while the rows of x are shuffled: yb stands beside xb.
    {TRAINING}""",
    spoils=("losses", "logits", "steps", "replayed"),
)
def other_labels(model, x, y, lr, epochs, batch_size, seed):
    return right.train_mlp(model, x, np.roll(y, 1), lr, epochs, batch_size, seed)


@train_mlp.wrong(
    "upstream-missing",
    f"""It looks as if backward is handed the logits. It wants the gradient of the loss with respect to them:
    cross_entropy_backward. {TRAINING}""",
    spoils=("losses", "logits", "batch_losses", "batch_logits", "steps"),
)
def logits_back(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        seen = []
        for xb, yb in right.minibatches(x, y, batch_size, seed + epoch):
            z = model.forward(xb)
            seen.append(right.cross_entropy(z, yb))
            model.backward(z)
            for p, g in zip(model.params(), model.grads()):
                p -= lr * g
        losses.append(np.mean(seen))
    return losses


@train_mlp.wrong(
    "dx-for-grads",
    f"""It looks as if the step uses what backward returns. That is dx, the gradient of the batch; those of the
    parameters are in model.grads(), once backward has run. {TRAINING}""",
)
def dx_for_grads(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        seen = []
        for xb, yb in right.minibatches(x, y, batch_size, seed + epoch):
            z = model.forward(xb)
            seen.append(right.cross_entropy(z, yb))
            dx = model.backward(right.cross_entropy_backward(z, yb))
            for p, g in zip(model.params(), dx):
                p -= lr * g
        losses.append(np.mean(seen))
    return losses


@train_mlp.wrong(
    "losses-not-returned",
    f"""No losses come back. Does it end in a return statement? {TRAINING}""",
    spoils=("losses", "batch_losses", "replayed"),
)
def not_returned(model, x, y, lr, epochs, batch_size, seed):
    right.train_mlp(model, x, y, lr, epochs, batch_size, seed)


@train_mlp.wrong(
    "shuffled-in-place",
    f"""It shuffles the caller's x and y. They are still needed as they were: let minibatches pick the rows.
    {TRAINING}""",
    fails="unchanged",
)
def shuffles_in_place(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        np.random.default_rng(seed + epoch).shuffle(x)
        np.random.default_rng(seed + epoch).shuffle(y)
        losses += right.train_mlp(model, x, y, lr, 1, batch_size, seed + epoch)
    return losses


@train_mlp.wrong(
    "one-order-for-all-seeds",
    f"""It looks as if one order serves all seeds, and the seed turns it round, or makes a few rows trade places. Make
    the order itself from the seed. {TRAINING}""",
    spoils=("order",),
)
def order_turned_round(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        order = np.roll(np.random.default_rng(epoch + 7).permutation(len(x)), seed)
        seen = []
        for k in range(0, len(x), batch_size):
            rows = order[k : k + batch_size]
            seen += right.train_mlp(model, x[rows], y[rows], lr, 1, len(rows), 0)
        sizes = [len(order[k : k + batch_size]) for k in range(0, len(x), batch_size)]
        losses.append(np.average(seen, weights=sizes))
    return losses


@train_mlp.unusual
def mean_of_batch_means(model, x, y, lr, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    params, losses = model.params(), []
    for _ in range(epochs):
        seen = []
        for xb, yb in list(right.minibatches(x, y, batch_size, rng.integers(10**9))):
            z = model.forward(xb)
            seen.append(float(right.cross_entropy(z, yb)))
            model.backward(right.cross_entropy_backward(z, yb))
            for k, g in enumerate(model.grads()):
                params[k][...] = params[k] - lr * g
        losses.append(sum(seen) / len(seen))
    return losses


@train_mlp.unusual
def with_its_own_batches(model, x, y, lr, epochs, batch_size, seed):
    rng = np.random.RandomState(seed)
    losses = np.zeros(epochs)
    for e in range(epochs):
        order = rng.permutation(len(x))
        while len(order):
            rows, order = order[:batch_size], order[batch_size:]
            z = model.forward(x[rows])
            p = np.exp(z - z.max(1, keepdims=True))
            p = p / p.sum(1, keepdims=True)
            losses[e] -= np.log(p[range(len(rows)), y[rows]]).sum() / len(x)
            model.backward((p - np.eye(z.shape[1])[y[rows]]) / len(rows))
            [np.subtract(w, lr * g, out=w) for w, g in zip(model.params(), model.grads())]
    return losses


@train_mlp.unusual
def with_a_generator_inside(model, x, y, lr, epochs, batch_size, seed):
    def epoch(number):
        for xb, yb in right.minibatches(x, y, batch_size, 1000 * seed + number):
            z = model.forward(xb)
            yield len(yb) / len(y) * right.cross_entropy(z, yb)
            model.backward(right.cross_entropy_backward(z, yb))
            for p, g in zip(model.params(), model.grads()):
                p += -lr * g

    return tuple(sum(epoch(number)) for number in range(epochs))


train_mlp.accepted_mutant(
    "mean_of_batch_means: 10 ** 9 → *",
    """A seed for each epoch, drawn from a few numbers in place of many. Each epoch is still mixed anew, and the text
    does not say from how many orders; where two epochs of one training happen to have the same, it is rejected.""",
)
