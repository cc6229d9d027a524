# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 10. A multilayer perceptron reads digits
#
# Unit 9 wrote each backward pass out.
# Here a layer knows its own, so a network is a list.
#
# **You will be able to**
#
# - build a network of any depth from layers that remember;
# - train it in small batches until it reads 97 % of new digits;
# - read a loss curve, and say when a model fits too little or too much;
# - say what makes training fast or slow.
#
# **You need** units 6 to 9: the linear layer, ReLU, cross-entropy, two layers.
#
# **Time** 135 minutes; the end of 10.2 is a good place to stop.
# **Points** {points as number: total}.
#
# The first cell fetches what we use.
# Run it.

# %% tags=["given"] nbgrader={"grade": false, "grade_id": "u10-given", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from course import ask, check, ready
from course.data import digits
from course.draw import digits as figures

data = digits(seed=0)

# %% [markdown]
# |symbol|shape|what it is|
# |-|-|-|
# |`x`|(N, D)|images, flattened: D = 64|
# |`y`|(N,)|digits, 0 to 9|
# |`W`,`b`|(D, M), (M,)|weights and biases of a layer|
# |`z`|(N, M)|output of a linear layer; the last z: logits|
# |`a`|like z|ReLU of z|
# |`dz`,`dW`, …|like z, W, …|gradients of the loss|
# |$B$|number|rows in a batch|
# |$\eta$, `lr`|number|learning rate|
#
# `data.x_train` holds 1,024 images to learn from.
# `data.x_val` holds 273 more, the **validation set**: by these we choose a learning rate, a size, a number of epochs.
# `data.x_test` holds 500 that are held out. Whoever chooses by them has nothing left to tell how well the choice works
# on new images, so they are looked at once, when all is chosen.
#
# **When you are stuck:**
# read the message;
# write the shapes down;
# try one row by hand;
# open the first hint, then the second;
# read the recap of unit 9.
#
# The next cell holds functions of units 6 and 8.

# %% tags=["given"] nbgrader={"grade": false, "grade_id": "u10-from-earlier", "locked": true, "schema_version": 3, "solution": false, "task": false}
# From unit 06.
def linear_forward(x, W, b):
    return x @ W + b
def linear_backward(dz, x, W):
    return dz @ W.T, x.T @ dz, dz.sum(axis=0)  # dx, dW, db
# From unit 08.
def cross_entropy(z, y):
    s = z - z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(s).sum(axis=1)) - s[np.arange(len(y)), y])
def cross_entropy_backward(z, y):
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)

# %% [markdown]
# ## 10.1 A layer that remembers
#
# **Objects, in short.** A function forgets its names when it ends; an object keeps some, its attributes.
#
# - `Tally` is a class; `Tally(0)`, with brackets, makes an object and calls `__init__(that object, 0)`.
# - `self` is the object, and comes first in every `def`: `hens.add(3)` means `Tally.add(hens, 3)`;
#   `hens.add` alone calls nothing.
# - `self.total` lives as long as the object; `n` is gone when `add` ends.
# - Each object has its own: what `ducks` keeps, `hens` never sees.
# - `isinstance(hens, Tally)` asks: is it a Tally?
#
# **Predict** the three numbers before you run the cell.
#
# <details><summary>Which, and why</summary>
#
# 7, 4, 105: both calls add to the same `hens.total`; `last` is replaced.
#
# </details>

# %%
class Tally:
    def __init__(self, start):
        self.total = start

    def add(self, n):
        self.total = self.total + n
        self.last = n
        return self.total


hens, ducks = Tally(0), Tally(100)
hens.add(3)
ducks.add(5)
print(hens.add(4), hens.last, ducks.total)

# %% [markdown]
# **Derive.** `dW` needs the x of the forward pass: an attribute keeps it from one call to the next.
# One weight, $W=0.5$, $b=0.1$:
#
# |call|x kept|result|`.dW` after it|
# |-|-|-|-|
# |forward(2)|2|1.1000|none yet|
# |backward(1)|2|0.5000|2.0000|
# |forward(3)|3|1.6000|2.0000|
# |backward(−0.5)|3|−0.2500|?|
#
# Each forward replaces the x; each backward replaces the gradients, and adds nothing to them.
#
# **Code.** Easy, 15 minutes, {points: Linear}.
#
# <details><summary>Hint: where to start</summary>
#
# Which names live longer than a call: those with `self.`, or those without?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# `linear_backward` gives three things.
# Which one is returned, and where do the others stay?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u10-linear", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Linear:
    """A linear layer, ``z = x @ W + b``.

    Parameters
    ----------
    W : ndarray, shape (D, M)
    b : ndarray, shape (M,)
        Kept as ``.W`` and ``.b``; their gradients are ``.dW`` and ``.db``.
    """

    def __init__(self, W, b):
        ### BEGIN SOLUTION
        self.W, self.b = W, b
        ### END SOLUTION

    def forward(self, x):
        """The z, shape (N, M), of x, shape (N, D)."""
        ### BEGIN SOLUTION
        self.x = x
        return linear_forward(x, self.W, self.b)
        ### END SOLUTION

    def backward(self, dz):
        """The dx, shape (N, D); ``.dW`` and ``.db`` are those of this call alone."""
        ### BEGIN SOLUTION
        dx, self.dW, self.db = linear_backward(dz, self.x, self.W)
        return dx
        ### END SOLUTION


# %% [markdown]
# **Check.** `check` calls the function below with small arrays of its own.
# It runs two batches, one after the other; each time another layer works in between.
# Then W and b are halved where they lie, and forward and backward must follow.
# Inputs must stay as they were.
# A `print` in your class shows its text here.
# The missing number of the table is −1.5.

# %% nbgrader={"grade": true, "grade_id": "u10-linear-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
def linear_run(W, b, x, dz, x2, dz2):
    layer, other = Linear(W.copy(), b.copy()), Linear(-W, b + 1)
    results, before = dict(z=[], dx=[], dW=[], db=[]), (x.copy(), dz.copy())
    for batch, arrives in ((x, dz), (x2, dz2)):
        results["z"].append(np.array(layer.forward(batch)))
        other.forward(2 * batch)
        results["dx"].append(layer.backward(arrives))
        results["dW"].append(np.array(layer.dW))
        results["db"].append(np.array(layer.db))
    layer.W *= np.full(W.shape, 0.5)
    layer.b *= 0.5
    results["moved"] = layer.forward(before[0])
    results["dx"].append(layer.backward(before[1]))
    return results


linear_run.subject = Linear
check(linear_run, name="Linear")
# When graded: other sizes, a batch of one, float32, read-only arrays, and x and dz left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("Linear", Linear)
### END HIDDEN TESTS

# %% [markdown]
# **Derive: ReLU** lets z pass where it is positive, and gives 0 elsewhere.
# What arrives passes back at the same places.
#
# |z|a|arrives|`dz`|
# |-|-|-|-|
# |1.5000|1.5000|0.2000|0.2000|
# |−2.0000|0.0000|0.7000|0.0000|
# |0.5000|0.5000|−0.3000|?|
#
# **Code.** Easy, 8 minutes, {points: ReLU}.
#
# <details><summary>Hint: where to start</summary>
#
# ReLU has no weights.
# What must it remember all the same?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# `dz[mask] = 0` writes into an array that belongs to another layer.
# What does a product with a mask do?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u10-relu", "locked": false, "schema_version": 3, "solution": true, "task": false}
class ReLU:
    """The larger of x and 0, entry by entry."""

    def forward(self, x):
        """The ReLU of x, of any shape."""
        ### BEGIN SOLUTION
        self.on = x > 0
        return np.maximum(x, 0)
        ### END SOLUTION

    def backward(self, dz):
        """The gradient with respect to x, given that of the output."""
        ### BEGIN SOLUTION
        return dz * self.on
        ### END SOLUTION


# %% [markdown]
# **Check.** No entry is near 0, so the slope there plays no part.
# The missing number of the table is −0.3: the gradient's own sign does not matter.
#
# **Reflect** when both are right.
# What would go wrong if each backward added to `.dW`?
#
# <details><summary>One answer</summary>
#
# Every step would hold the gradients of all earlier batches too.
#
# </details>

# %% nbgrader={"grade": true, "grade_id": "u10-relu-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
def relu_run(z, da, z2, da2):
    layer, other = ReLU(), ReLU()
    results = dict(a=[], dz=[])
    for batch, arrives in ((z, da), (z2, da2)):
        results["a"].append(np.array(layer.forward(batch)))
        other.forward(np.roll(batch, 1, axis=1))
        results["dz"].append(layer.backward(arrives))
    return results


relu_run.subject = ReLU
check(relu_run, name="ReLU")
# When graded: other sizes, a batch of one, float32, read-only arrays, and inputs left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("ReLU", ReLU)
### END HIDDEN TESTS

# %% [markdown]
# ## 10.2 Any number of layers
#
# **Derive.** A Linear, a ReLU, a Linear, with one unit each; $x=2$, $W_1=0.8$, $b_1=-0.2$, $W_2=-0.5$, $b_2=0.3$.
# Forward: $z_1=a_1=1.4$ and $z_2=-0.4$.
# Then $\mathrm{d}z_2=0.6$ arrives at the top:
#
# |layer|arrives|dW|db|hands down|
# |-|-|-|-|-|
# |Linear 2|0.6000|0.8400|0.6000|−0.3000|
# |ReLU|−0.3000|||−0.3000|
# |Linear 1|−0.3000|−0.6000|−0.3000|?|
#
# What a layer hands down is what arrives at the one below.
# So forward is a loop over the layers, and backward is the same loop from the end.

# %% [markdown]
# **How large** are the first weights?
# z is a sum over fan-in terms, one for each row of W, so its variance is about fan-in times that of a term;
# a ReLU halves the mean square.
# W with variance 2/fan-in keeps the size through many layers.
# Draw each weight on its own, with mean 0: from a normal distribution, or from a uniform one of the same variance.
# All of them follow from the seed: the same for the same seed, and other numbers in every W for another.
# Biases start at 0.
# Source: He and others 2015.
#
# **Code.** Medium, 30 minutes, {points: MLP}.
#
# <details><summary>Hint: where to start</summary>
#
# `zip(sizes, sizes[1:])` gives pairs.
# Which layers does each pair make?
# Which one is too many at the end?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# `rng = np.random.default_rng(seed)` makes one generator; `rng.normal(0, s, size=…)` takes a standard deviation s.
# What is it, if the variance is 2/fan-in?
# Which layers have a `.W`? `isinstance(layer, Linear)` asks.
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u10-mlp", "locked": false, "schema_version": 3, "solution": true, "task": false}
class MLP:
    """Linear layers with a ReLU between each two, and none after the last.

    Parameters
    ----------
    sizes : list of int, [D, H1, ..., C]
    seed : int
    """

    def __init__(self, sizes, seed):
        ### BEGIN SOLUTION
        normal = np.random.default_rng(seed).normal
        self.layers = []
        for fan_in, fan_out in zip(sizes, sizes[1:]):
            W = normal(0, np.sqrt(2 / fan_in), size=(fan_in, fan_out))
            self.layers += [Linear(W, np.zeros(fan_out)), ReLU()]
        self.layers.pop()
        ### END SOLUTION

    def forward(self, x):  # logits, shape (N, C)
        ### BEGIN SOLUTION
        for layer in self.layers:
            x = layer.forward(x)
        return x
        ### END SOLUTION

    def backward(self, dz):  # dx, given the gradient of the logits
        ### BEGIN SOLUTION
        for layer in reversed(self.layers):
            dz = layer.backward(dz)
        return dz
        ### END SOLUTION

    def params(self):  # the arrays [W1, b1, W2, …] themselves
        ### BEGIN SOLUTION
        return [p for layer in self.layers[::2] for p in (layer.W, layer.b)]
        ### END SOLUTION

    def grads(self):  # their gradients, in the same order
        ### BEGIN SOLUTION
        return [g for layer in self.layers[::2] for g in (layer.dW, layer.db)]
        ### END SOLUTION


# %% [markdown]
# **Check.** Known numbers go into the arrays of `params()`, so it does not matter how you draw yours.
# `live` says whether they arrived, `moved` whether forward follows a change.
# `first_weights` makes networks with the seeds 0 to 11 and looks at every W:
# `spread` is the size of its weights over He's, `mean` their mean over their size, `distinct` the share of them that
# are different.
# `seeds`: the same weights for one seed, others for another in every W, and no layer has the numbers of another.
# Of `dz3` (what arrives), `da2`, `dz2`, … the message names the first that is wrong.
# The missing number of the table is −0.24.
#
# **Reflect** when it is right.
# Why must every ReLU be an object of its own?
#
# <details><summary>One answer</summary>
#
# Each remembers where its own input was positive.
#
# </details>

# %% nbgrader={"grade": true, "grade_id": "u10-mlp-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
from course.properties.first_weights import first_weights


def mlp_run(values, x, dz, x2, dz2):
    sizes, before = [len(values[0]), *map(len, values[1::2])], x.copy()
    model, other = MLP(sizes, 1), MLP(list(sizes), 2)
    shapes = [np.shape(p) for p in model.params()]
    for p, value in zip(model.params(), values):
        p[...] = np.resize(value, p.shape)
    live = np.allclose(list(model.params())[0], np.resize(values[0], shapes[0]))
    model.forward(x2)
    model.backward(dz2)
    z = np.array(model.forward(x))
    other.forward(x2)
    dx = model.backward(dz)
    slopes = dict(zip(["dW1", "db1", "dW2", "db2", "dW3", "db3"], map(np.array, model.grads())))
    for p in model.params():
        p *= 0.5
    moved = model.forward(before)
    values = dict(sizes=sizes, params=shapes, live=str(live), z=z, dx=dx, moved=moved)
    return dict(**values, **slopes, **first_weights(MLP))


mlp_run.subject = MLP
check(mlp_run, name="MLP")
# When graded: other sizes, one layer, six layers, a batch of one, float32, and inputs left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("MLP", MLP)
### END HIDDEN TESTS

# %% [markdown]
# **Play: the check of unit 2 again.**
# Our network for digits has sizes 64, 128, 64, 10.
# How many numbers can it learn, weights and biases?
# The figure compares your `grads()` with finite differences, some entries of each array.
#
# <details><summary>What the figure shows, in words</summary>
#
# A bar for each array, on a logarithmic scale: the relative error.
# With right answers all lie below $10^{-7}$.
# Finite differences would need 34,452 forward passes for what one backward pass gives.
#
# </details>
#
# This is a good place to stop.

# %%
guess = None
ask("u10-parameters", guess)
if guess is not None and ready(Linear, ReLU, MLP):
    figures.gradient_check(MLP([64, 128, 64, 10], seed=0), data.x_train[:20], data.y_train[:20])

# %% [markdown]
# ## 10.3 Small batches
#
# **Derive.** Distance of B images' gradient from that of all 1,024, relative to its length
# (root mean square, before training, measured for one network of ours):
#
# |B|distance|
# |-|-|
# |1|4.41|
# |4|2.19|
# |16|1.08|
# |64|?|
#
# Other first weights have other distances, and the same rule:
# the noise falls as $1/\sqrt B$. Steps are rough, but many.
# Shuffle the row numbers, then cut: 3,0,4,1,2 and B=2 give (3,0), (4,1), (?).
# Every order of all rows must be possible, and the seed alone decides which one it is.
#
# **Code.** Medium, 15 minutes, {points: minibatches}.
# `yield` hands out batch after batch; a list of pairs works too:
#
# ```python
# def two():
#     yield 1, "a"
#     yield 2, "b"  # list(two()) is [(1, "a"), (2, "b")]
# ```
#
# <details><summary>Hint: where to start</summary>
#
# Which numpy function gives 0 … N−1 in random order?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# Where does each batch begin?
# What indexes x, what y?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u10-minibatches", "locked": false, "schema_version": 3, "solution": true, "task": false}
def minibatches(x, y, size, seed):
    """Rows and their labels in batches, shuffled.

    Parameters
    ----------
    x : ndarray, shape (N, D)
    y : ndarray, shape (N,)
        Both are left as they are.
    size : int
        Rows in a batch; the last batch holds what is left.
    seed : int
        The same seed gives the same batches, another one others.

    Yields
    ------
    xb, yb : ndarrays, shapes (B, D) and (B,)
        Every row of x comes once, beside its own label.
    """
    ### BEGIN SOLUTION
    shuffled = np.random.default_rng(seed).permutation(len(x))
    for start in range(0, len(x), size):
        rows = shuffled[start : start + size]
        yield x[rows], y[rows]
    ### END SOLUTION


# %% [markdown]
# **Check.** Any order is right, if it is well mixed and depends on the seed alone.
# Looked at: the sizes, every row once, its own label, and the same batches for the same seed, 0 as well.
# With 106 rows: whether rows that stand together in x are scattered, also those that another seed puts together,
# and whether every batch gets other rows with another seed, the last one too.
# The last batch of the example is (2); the missing distance is 4.41/8 = 0.55 by the rule.
# Measured it is 0.53: no row is drawn twice.
#
# **Reflect** when it is right.
# What would go wrong with batches cut from sorted rows, all zeros first?
#
# <details><summary>One answer</summary>
#
# Each batch would know one digit, and its step would make the network forget the others.
#
# </details>

# %% nbgrader={"grade": true, "grade_id": "u10-minibatches-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check(minibatches)
# When graded: other sizes and seeds, one batch for all, batches of one row, read-only arrays, x and y left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("minibatches", minibatches)
### END HIDDEN TESTS

# %% [markdown]
# ## 10.4 Training
#
# **Derive.** An epoch uses every row once.
# For each batch: forward, loss, backward, step.
# The step writes into the model's own arrays, `p -= lr * g`: the one exception to "no function changes its inputs".
#
# An epoch's loss is the mean over its rows:
#
# |rows|loss|rows·loss|
# |-|-|-|
# |32|2.4000|76.8000|
# |32|2.1000|67.2000|
# |17|1.8000|?|
#
# Over 81 rows it is 174.6/81 = 2.1556.
# The plain mean of the three losses, 2.1000, is another number: in it a row of the short batch counts
# 32/17 = 1.9 times as much as the others.
# The check takes either, because this number is only looked at; nothing moves by it.
#
# **Code.** Medium, 22 minutes, {points: train_mlp}.
# Each epoch takes every row once, in another order, and the seed decides all of these orders.
#
# <details><summary>Hint: where to start</summary>
#
# Two loops: which takes steps, which collects losses?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# What makes the gradient that `backward` wants?
# How do you pair `params()` with `grads()`?
# Which seed does epoch 3 hand to `minibatches`?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u10-train-mlp", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_mlp(model, x, y, lr, epochs, batch_size, seed):
    """Train a model by gradient descent on the mean cross-entropy of small batches.

    Parameters
    ----------
    model : MLP, or anything with forward, backward, params and grads
        Its arrays are updated in place, after each batch.
    x, y : ndarrays, shapes (N, D) and (N,)
    lr : float
    epochs, batch_size, seed : int

    Returns
    -------
    list of float, length epochs
        The mean of the losses seen in each epoch, each before its step.
    """
    ### BEGIN SOLUTION
    losses = []
    for epoch in range(epochs):
        total = 0.0
        for xb, yb in minibatches(x, y, batch_size, seed + epoch):
            z = model.forward(xb)
            total += len(yb) * cross_entropy(z, yb)
            model.backward(cross_entropy_backward(z, yb))
            for p, g in zip(model.params(), model.grads()):
                p -= lr * g
        losses.append(total / len(x))
    return losses
    ### END SOLUTION


# %% [markdown]
# **Check.** Small models of ours are trained; your `MLP` plays no part.
# All rows in one batch: then no order plays a part.
# Rows that are alike, in batches: the same.
# Then 27 different rows, with a short last batch, four times: with the seeds 0, 0, 1 and 7.
# These models remember the rows of each backward pass, and the parameters that it met.
# So we can compute every loss and every step again, in the order that you chose:
# `steps` is the length of your steps over what it should be, `replayed` your losses over ours.
# `order` says whether each epoch takes every row once and mixes them anew, and whether the seed decides how.
# It also says whether training goes on to the last epoch where no loss changes.
# The missing product of the table is 30.6.
#
# **Reflect** when it is right.
# Does a falling loss show that the gradients are right?
#
# <details><summary>One answer</summary>
#
# No: a wrong gradient that still points roughly downhill lowers it too.
#
# </details>

# %% nbgrader={"grade": true, "grade_id": "u10-train-mlp-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
from course.functions import Stretch
from course.properties.training import followed


def loss(z, y):
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p, one_hot = p / p.sum(axis=1, keepdims=True), np.eye(z.shape[1])[y]
    return -np.mean(np.log(np.sum(p * one_hot, axis=1))), (p - one_hot) / len(y)


def train_run(x, y, lr, epochs, size, seed):
    whole, alike = Stretch(3), Stretch(3)
    rows, before, labels = [0] * 3 * size, x.copy(), y.copy()
    batch_losses = train_mlp(alike, x[rows], y[rows], lr, epochs, size, seed)
    losses = train_mlp(whole, x, y, lr, epochs, len(x), seed)
    logits = dict(logits=whole.forward(before[:5]), batch_logits=alike.forward(before[:5]))
    orders = followed(train_mlp, loss, before, labels, lr, epochs, size, seed)
    return dict(losses=losses, batch_losses=batch_losses, **logits, **orders)


train_run.subject = train_mlp
check(train_run, name="train_mlp")
# When graded: an MLP of ours, other sizes and rates, and that x and y are left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("train_mlp", train_mlp)
### END HIDDEN TESTS

# %% [markdown]
# **Play: what ln 10 tells.** A model that knows nothing gives each of ten digits p=1/10.
# What is its loss?
# Type it; the figure follows.
#
# <details><summary>What the figure shows, in words</summary>
#
# Training losses of 20 epochs, B=32, for four rates, and a dashed line at the guess.
# The legend says how many of the 273 validation images are right at the end.
# For 20 seeds that was 87 to 93 % with 0.01, 95 to 97 % with 0.1 and 96 to 98 % with 0.5.
# With 2 the first steps leap so far that all units of the last hidden layer, or nearly all, go dead: 0 for every image.
# The loss then stands near 2.32, and about one image of ten is right: one guess for all.
#
# </details>

# %%
guess = None
ask("u10-start", guess)
if guess is not None and ready(Linear, ReLU, MLP, minibatches, train_mlp):
    figures.rates(MLP, train_mlp, data, rates=(0.01, 0.1, 0.5, 2))

# %% [markdown] tags=["live"]
# **Play live: what is learned when?**
# Rate 0.5, B=32, on 64-128-64-10. The figure looks at the training and the validation images.
# Guess, then Play.
# A click on a curve shows the same 12 hard digits at that epoch; on a number of the table, its images.
# Predict first:
#
# 1. Epoch 1: is one answer given too often, and which?
# 2. Rate 1: how many are right at the end? And with 64-32-10?
# 3. B=8: do 0.1 and 0.2 bring 260 of the 273 right? Does 0.5?
#
# <details><summary>What there is to see</summary>
#
# 1. Yes, but which one depends on the start: for 20 seeds one answer had 27 to 85 % of all mistakes.
#    With our weights it is 8, in 32 of 60.
# 2. That depends on the start too. Most starts end below 50 %, since many units die, and a few far above.
#    With 64-32-10 all of 20 starts end at 93 to 97 %: a rate that suits one network can break another.
# 3. 0.1 and 0.2 do, for each of 20 seeds; 0.5 makes the curve jump, and ended anywhere from 40 to 97 %.
#
# </details>

# %% tags=["live"]
from course.widgets import digits_training

digits_training(MLP, train_mlp, data=data)

# %% [markdown]
# Read a curve from its left end.
# Before the first step, He's weights lose ln 10 or a little more: from 2.28 to 2.92 for 200 seeds.
# A start at 8: weights too large.
# A curve that stands at 2.303: nothing is learned.
#
# **Play: all zeros.** Every weight and bias is 0 before training.
# Type the letter in quotation marks, such as `"a"`:
#
# - a: it learns, later than others
# - b: the loss becomes nan
# - c: only the last biases move

# %%
guess = None
ask("u10-zero", guess)

# %% [markdown]
# **What you have made.** First we choose, by the validation set.
# Of the rates in the figure above, 0.5 does best there. (0.2 and 0.3 are hardly worse: one image of 273 is 0.4 %,
# and another seed changes more than that.)
# We take 0.5, and 30 epochs.
# Then the validation images have done their work, and join the others: 1,297 to learn from.
# Now, for the first time and once, the 500 images that were held out: how many does your network read?
#
# The figure: counts, true digit down, answer across; then the mistakes, surest first.
#
# <details><summary>What others got</summary>
#
# From 20 starts 96.8 to 98.6 %; 18 of them 97 % or more.
# If you now tried other rates until this number grew, it would no longer tell what new images bring.
#
# </details>

# %%
if ready(Linear, ReLU, MLP, minibatches, train_mlp):
    x, y = np.concatenate([data.x_train, data.x_val]), np.concatenate([data.y_train, data.y_val])
    model = MLP([64, 128, 64, 10], seed=1)
    train_mlp(model, x, y, lr=0.5, epochs=30, batch_size=32, seed=1)
    right = np.argmax(model.forward(data.x_test), axis=1) == data.y_test
    print(f"Your network reads {right.mean():.1%} of the held-out digits: {right.sum()} of {len(right)}.")
    figures.mistakes(model, data)

# %% [markdown]
# ## 10.5 Size of the model, size of the batch
#
# **Play: too little, too much.** Three runs of 60 epochs, η=0.1, B=32:
# sizes 64-4-10 on all images; 64-128-64-10 on the first 100; 64-128-64-10 on all.
# The second gets all of its 100 right, or all but one or two.
# And of the 273 validation images?
#
# - a: nearly all
# - b: nearly nine in ten
# - c: one in ten
#
# <details><summary>What the figure shows, in words</summary>
#
# Loss on the training images (solid) and in validation (dashed); the ranges are those of 20 seeds.
# 64-4-10 ends with both high, 0.2 to 0.7 and 0.3 to 0.8: it underfits.
# (Two starts of the 20 ended higher still, where units had died.)
# With 100 images they part, 0.03 to 0.06 and 0.33 to 0.43: it overfits.
# With all 1,024 images 0.006 to 0.008 and 0.12 to 0.17: the best of the three, though it overfits a little too.
# Its validation loss is lowest between epochs 23 and 42, and then rises by a tenth or so.
#
# </details>

# %%
guess = None
ask("u10-fit", guess)
if guess is not None and ready(Linear, ReLU, MLP, minibatches, train_mlp):
    figures.fits(MLP, train_mlp, data)

# %% [markdown]
# **Play: batch size.** Ten epochs at η=0.05 with B=8, 32, 128, 1024.
# (Each divides 1,024, so no batch is short.)
# How many steps does B=128 take?
#
# <details><summary>What the figure shows, in words</summary>
#
# Validation accuracy by epoch.
# For 20 seeds B=8 ends at 93 to 97 %, 32 at 92 to 95 %, 128 at 83 to 90 %, all at once at 18 to 44 %.
# All saw the same images equally often; small batches took more steps, and more time.
#
# </details>
#
# **Reflect.** Why not B=1 with η=0.5?
#
# <details><summary>One answer</summary>
#
# One image's gradient is mostly noise, and the step is ten times as long: for 20 seeds the loss ended near 2.42.
# Small batches want small rates.
#
# </details>

# %%
guess = None
ask("u10-updates", guess)
if guess is not None and ready(Linear, ReLU, MLP, minibatches, train_mlp):
    figures.batch_sizes(MLP, train_mlp, data, sizes=(8, 32, 128, 1024))

# %% [markdown]
# **What is fast.** Nearly all arithmetic is in matrix products, three for each layer: z, dW, dx.
# numpy and PyTorch hand each to a compiled library; what surrounds a call counts where products are small.
# `p -= lr * g` needs no new memory for p; float32 moves half the bytes.
#
# Measured: 784-128-64-10, batches of 64, float32, one thread each, the same numbers in and out:
#
# |code|samples a second|times PyTorch's|
# |-|-|-|
# |this unit's|87,000|1.2|
# |PyTorch, eager|73,000|1.0|
# |scikit-learn|86,000|1.2|
#
# One machine, one moment: `make peers`, then `python benchmarks/mlp.py` in the course's folder measure yours.
# With layers ten times as wide PyTorch was ahead by a tenth: it leaves out the first layer's `dx`, which nobody needs.

# %% [markdown]
# ## Bug hunt: too large for memory
#
# The rows come in pieces, a list of `[x, y]`.
# Asked for is `dW` of the mean cross-entropy over all rows, for logits `x @ W`.
#
# ```python
# def gradient_in_pieces(pieces, W):
#     total = np.zeros_like(W)
#     for x, y in pieces:
#         dz = cross_entropy_backward(x @ W, y)
#         total += x.T @ dz
#     return total / len(pieces)
# ```
#
# On our digits (25 pieces of 40, one of 24), 200 steps from W=0, η=0.5, end with 256 of the 273 validation images right;
# with the right gradient it is 254. So nothing is seen of it there.
# Name its bug; type the letter in quotation marks, such as `"a"`:
#
# - a: `x.T` is wrong
# - b: rows of short pieces count more
# - c: the softmax needs all rows

# %%
guess = None
ask("u10-bug", guess)

# %% [markdown]
# **Code: mend it.** Medium, 8 minutes, {points: gradient_in_pieces}.
#
# <details><summary>Hint: where to start</summary>
#
# `cross_entropy_backward` divides by a number.
# Which one, and which one should it be?
#
# </details>
# <details><summary>Hint: nearly there</summary>
#
# What do you multiply a piece's gradient with, to get the sum over its rows?
# What is the sum of all pieces divided by?
#
# </details>

# %% nbgrader={"grade": false, "grade_id": "u10-gradient-in-pieces", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradient_in_pieces(pieces, W):
    """Gradient of the mean cross-entropy over all rows of all pieces.

    Parameters
    ----------
    pieces : list of [x, y]
        x (n, D) and y (n,) integers; n differs from piece to piece.
    W : ndarray, shape (D, C)
        The logits are ``x @ W``.

    Returns
    -------
    ndarray, shape (D, C)
    """
    ### BEGIN SOLUTION
    total, rows = np.zeros_like(W), 0
    for x, y in pieces:
        total += x.T @ (len(y) * cross_entropy_backward(x @ W, y))
        rows += len(y)
    return total / rows
    ### END SOLUTION


# %% [markdown]
# **Check.** Pieces of unequal length, compared with finite differences of the loss over all rows.

# %% nbgrader={"grade": true, "grade_id": "u10-gradient-in-pieces-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(gradient_in_pieces)
# When graded: one piece, pieces of one row, float32, read-only arrays, and inputs left alone.
### BEGIN HIDDEN TESTS
from autograder import grade

grade("gradient_in_pieces", gradient_in_pieces)
### END HIDDEN TESTS

# %% [markdown]
# ## Recap
#
# ||formula|
# |-|-|
# |Linear|$z=xW+b$; $\mathrm{d}x=\mathrm{d}z\,W^\top$, $\mathrm{d}W=x^\top\mathrm{d}z$, $\mathrm{d}b=\sum_n\mathrm{d}z_n$|
# |ReLU|$a=\max(z,0)$; $\mathrm{d}z=\mathrm{d}a\cdot[z>0]$|
# |first weights|mean 0, variance 2/fan-in; biases 0|
# |network|forward: first layer to last; backward: last to first|
# |batch|noise falls as $1/\sqrt{B}$|
# |step|$p\leftarrow p-\eta\,\mathrm{d}p$ after each batch, in place|
# |guessing|loss $\ln C$: 2.303 for ten classes|
#
# **Next.** Better steps than $\eta\,\mathrm{d}p$, and networks that are deeper.
#
# **Sources.** Rumelhart, Hinton and Williams 1986, "Learning representations by back-propagating errors".
# He, Zhang, Ren and Sun 2015, "Delving deep into rectifiers".
# Goodfellow, Bengio and Courville 2016, "Deep Learning", chapters 5 to 8.
# Data: Alpaydin and Kaynak 1998, UCI Machine Learning Repository.
