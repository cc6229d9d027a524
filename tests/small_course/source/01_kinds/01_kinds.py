# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # One exercise of each kind
#
# This unit exists for the tests: a function with several outputs, a class with operators, a class with state,
# a generator, a function that takes a function, a dict result, and a training loop that returns a curve.

# %% tags=["given"]
import numpy as np

from course import check


# %% nbgrader={"grade": false, "grade_id": "u01-linear-backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def linear_backward(dz, x, W):
    """Gradients of the loss through ``z = x @ W + b``: dx, dW, db."""
    ### BEGIN SOLUTION
    return dz @ W.T, x.T @ dz, dz.sum(axis=0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "u01-linear-backward-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check(linear_backward)
### BEGIN HIDDEN TESTS
from autograder import grade

grade("linear_backward", linear_backward)
### END HIDDEN TESTS


# %% nbgrader={"grade": false, "grade_id": "u01-value", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Value:
    """A number that remembers what it was made from."""

    def __init__(self, data, parents=()):
        ### BEGIN SOLUTION
        self.data, self.parents, self.grad = data, parents, 0.0
        self._local = ()
        ### END SOLUTION

    def __add__(self, other):
        ### BEGIN SOLUTION
        out = Value(self.data + other.data, (self, other))
        out._local = (1.0, 1.0)
        return out
        ### END SOLUTION

    def __mul__(self, other):
        ### BEGIN SOLUTION
        out = Value(self.data * other.data, (self, other))
        out._local = (other.data, self.data)
        return out
        ### END SOLUTION

    def backward(self, upstream=1.0):
        ### BEGIN SOLUTION
        self.grad += upstream
        for parent, slope in zip(self.parents, self._local):
            parent.backward(upstream * slope)
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "u01-value-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
a, b = Value(2.0), Value(-3.0)
L = a * b + a
L.backward()
check("value_product", data=L.data, da=a.grad, db=b.grad)
### BEGIN HIDDEN TESTS
from autograder import grade

grade("value_product", Value)
### END HIDDEN TESTS


# %% nbgrader={"grade": false, "grade_id": "u01-running-mean", "locked": false, "schema_version": 3, "solution": true, "task": false}
class RunningMean:
    """The mean of everything seen so far."""

    def __init__(self):
        ### BEGIN SOLUTION
        self.total, self.count = 0.0, 0
        ### END SOLUTION

    def update(self, value):
        ### BEGIN SOLUTION
        self.total += value
        self.count += 1
        return self.total / self.count
        ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "u01-running-mean-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
mean = RunningMean()
check("running_mean", means=[mean.update(v) for v in (1.0, 4.0, 10.0)])
### BEGIN HIDDEN TESTS
from autograder import grade

grade("running_mean", RunningMean)
### END HIDDEN TESTS


# %% nbgrader={"grade": false, "grade_id": "u01-batches", "locked": false, "schema_version": 3, "solution": true, "task": false}
def batches(x, y, size, seed):
    """Yield shuffled batches (xb, yb); every row once, the last batch short."""
    ### BEGIN SOLUTION
    order = np.random.default_rng(seed).permutation(len(x))
    for start in range(0, len(x), size):
        rows = order[start : start + size]
        yield x[rows], y[rows]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "u01-batches-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(batches)
### BEGIN HIDDEN TESTS
from autograder import grade

grade("batches", batches)
### END HIDDEN TESTS


# %% nbgrader={"grade": false, "grade_id": "u01-slope", "locked": false, "schema_version": 3, "solution": true, "task": false}
def slope(f, x, h=1e-5):
    """The central difference of f at x."""
    ### BEGIN SOLUTION
    return (f(x + h) - f(x - h)) / (2 * h)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "u01-slope-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(slope)
### BEGIN HIDDEN TESTS
from autograder import grade

grade("slope", slope)
### END HIDDEN TESTS


# %% nbgrader={"grade": false, "grade_id": "u01-init", "locked": false, "schema_version": 3, "solution": true, "task": false}
def layer_gradients(params, x, dz):
    """A dict dW, db like params W, b."""
    ### BEGIN SOLUTION
    return {"dW": x.T @ dz, "db": dz.sum(axis=0)}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "u01-init-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(layer_gradients)
### BEGIN HIDDEN TESTS
from autograder import grade

grade("layer_gradients", layer_gradients)
### END HIDDEN TESTS


# %% nbgrader={"grade": false, "grade_id": "u01-train", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train(x, y, lr, steps):
    """Gradient descent on the mean of (w·x − y)² from w = 0: (w, losses), steps + 1 losses."""
    ### BEGIN SOLUTION
    w, losses = 0.0, []
    for _ in range(steps + 1):
        e = w * x - y
        losses.append(np.mean(e**2))
        if len(losses) <= steps:
            w = w - lr * 2 * np.mean(e * x)
    return w, losses
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "u01-train-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check(train)
### BEGIN HIDDEN TESTS
from autograder import grade

grade("train", train)
### END HIDDEN TESTS
