"""A network whose parameters are arrays of another class, and one that leaves the course's record alone: unit 10."""

import pytest
from support.courses import ROOT
from support.served_notebook import Served, points

from autograder.notebook import cells_of, points_of, solution_cell
from autograder.paths import Course

UNIT = "10_mlp"
COURSE = Course(ROOT)
GIVEN = [cell.text for cell in cells_of(COURSE, UNIT) if cell.kind == "code" and "given" in cell.tags]
RIGHT = {name: solution_cell(COURSE, UNIT, name).text for name in ("Linear", "ReLU", "MLP", "minibatches", "train_mlp")}
POINTS = points_of(COURSE, UNIT)
GRADE = 'from autograder import grade\n\ngrade("{0}", {0})'
ARRAYS = {
    "a class": """
class Param(np.ndarray):
    def __new__(cls, values):
        made = np.asarray(values).view(cls)
        made.grad = None
        return made
    def __array_finalize__(self, source):
        self.grad = getattr(source, "grad", None)
""",
    "a file": """
def Param(values):
    import tempfile
    made = np.memmap(tempfile.TemporaryFile(), dtype=values.dtype, mode="w+", shape=values.shape)
    made[...] = values
    return made
""",
}


@pytest.mark.parametrize("kind", ARRAYS)
@pytest.mark.parametrize("in_place", [True, False])
def test_parameters_of_another_class_are_parameters(kind, in_place):
    linear = RIGHT["Linear"]
    start = linear.index("def __init__(self, W, b):\n") + len("def __init__(self, W, b):\n")
    linear = f"{linear[:start]}        W, b = Param(W), Param(b)\n{linear[start:]}"
    with Served(in_place=in_place) as served:
        shown = served.student(*GIVEN, ARRAYS[kind], linear, RIGHT["ReLU"], RIGHT["MLP"])
        assert [output for output in shown if output["output_type"] == "error"] == []
        for name in ("Linear", "MLP"):  # a Linear that was judged right is not lent while MLP is judged
            outputs = served.graded(GRADE.format(name))
            assert points(outputs) == POINTS[name], outputs


TRAINS = """
def train_mlp(model, x, y, lr, epochs, batch_size, seed):
    losses = []
    for epoch in range(epochs):
        seen = []
        for k in range(0, len(x), batch_size):
            xb, yb = x[k : k + batch_size], y[k : k + batch_size]
            z = model.forward(xb)
            seen.append(cross_entropy(z, yb))
            model.backward(cross_entropy_backward(z, yb))
            for p, g in zip(model.params(), model.grads()):
                p -= lr * g
        losses.append(np.mean(seen))
    rewrites(model, x, batch_size, epochs, seed)
    return losses
"""
REWRITES = """
def arrays_of(thing, depth=0):
    if isinstance(thing, np.ndarray):
        yield thing
    elif isinstance(thing, (list, tuple)):
        for part in thing:
            yield from arrays_of(part)
    elif depth < 2 and isinstance(thing, type(current)):
        for name in {*dir(thing), "passes", "stretch", "shift", "x"}:
            found = getattr(thing, name, None)
            if name not in ("params", "forward", "backward") and not name.startswith("__"):
                try:
                    yield from arrays_of(found() if callable(found) else found, depth + 1)
                except Exception:
                    pass

def rewrites(model, x, batch_size, epochs, seed):
    global current
    current = model
    rng = np.random.default_rng(seed)
    order = np.concatenate([rng.permutation(len(x)) for _ in range(epochs)])
    kept = [a for a in arrays_of(model) if a.ndim == 2 and a.shape[1:] == x.shape[1:] and len(a) <= batch_size]
    print("kept", len(kept))
    for array in kept:
        rows, order = order[: len(array)], order[len(array) :]
        array[...] = x[rows]
"""


def test_record_of_a_training_is_not_written_by_the_one_who_trains():
    """Rows that were never shuffled: what is found in the model is written to look as if they were."""
    with Served() as served:
        served.student(*GIVEN, *RIGHT.values(), TRAINS)
        earned = []
        for code in ("def rewrites(*given): pass", REWRITES):
            served.student(code)
            earned.append(points(served.graded(GRADE.format("train_mlp"))))
    assert 0 < earned[0] < POINTS["train_mlp"] and earned[1] == earned[0]
