"""What the grader lends behaves like an object of the student's own, and is changed by what a student may do alone."""

import textwrap
from dataclasses import replace

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from support.courses import ROOT
from support.notebook_runs import released, right_texts
from support.served_notebook import LIMITS, Served, points

from autograder.execution.job import Executed, Job, version_of
from autograder.grading.grader import Grader
from autograder.limits import Limits
from autograder.notebook import cells_of, points_of, solution_cell
from autograder.paths import Course

UNIT = "10_mlp"
COURSE = Course(ROOT)
GIVEN = [cell.text for cell in cells_of(COURSE, UNIT) if cell.kind == "code" and "given" in cell.tags]
RIGHT = {name: solution_cell(COURSE, UNIT, name).text for name in ("Linear", "ReLU", "MLP", "minibatches", "train_mlp")}
POINTS = points_of(COURSE, UNIT)
GRADE = 'from autograder import grade\n\ngrade("{0}", {0})'
SIGNATURE = "def train_mlp(model, x, y, lr, epochs, batch_size, seed):"
OPENING = f"{SIGNATURE}\n{{lines}}\n    return trained(model, x, y, lr, epochs, batch_size, seed)"
HABITS = [
    "print(model)",
    "str(model), repr(model), f'{model}', f'{model!r}', '%s' % model, format(model)",
    "assert model",
    "assert bool(model) and not (not model)",
    "model = model or 1",
    "if model is None or model == None or model != model: raise ValueError(model)",
    "model.losses = []\nmodel.losses.append(1.0)\nassert model.losses == [1.0]",
    "model._losses = []\nassert model._losses == [] and model.__dict__['_losses'] == []",
    "model.step = 0\nmodel.step += 1\nassert model.step == 1\ndel model.step\nassert not hasattr(model, 'step')",
    "setattr(model, 'rate', lr)\nassert getattr(model, 'rate') == lr and vars(model)['rate'] == lr",
    "print(vars(model), model.__dict__)",
    "vars(model)['seen'] = set()\nmodel.seen.add(1)",
    "model.note = print\nmodel.note('a function')",
    "model.history = {}\nmodel.history[model] = 'the model itself'",
    "assert model == model and model is model and model in [model] and [model].index(model) == 0",
    "velocity = {model: 0.0}\nvelocity[model] += 1\nassert hash(model) == hash(model) and {model, model} == {model}",
    "assert id(model) == id(model)",
    "kind = type(model)\nassert kind.__name__.isidentifier() and kind is model.__class__ and isinstance(model, kind)",
    "assert isinstance(model, object) and not isinstance(model, (int, list, str, dict, np.ndarray))",
    "assert hasattr(model, 'forward') and not hasattr(model, 'zero_grad') and not hasattr(model, '_cache')",
    "assert getattr(model, 'name', 'model') == 'model' and getattr(model, 'training', True)",
    "assert callable(model.forward) and not callable(model)",
    "assert {'forward', 'backward', 'params', 'grads'} <= set(dir(model))",
    "for name in dir(model):\n    if not name.startswith('_'): getattr(model, name)",
    "import inspect\ninspect.getmembers(model)\ninspect.ismethod(model.forward)",
    "assert model.forward == model.forward and model.forward.__name__ == 'forward'",
    "assert model.forward.__self__ is model and print(model.forward) is None",
    "forward, params = model.forward, model.params\nassert len(params()) == len(model.params())",
    "assert type(model).params(model)[0] is model.params()[0]",
    "before = model.forward\nmodel.forward = lambda x: before(x)",
    "assert all(p is q for p, q in zip(model.params(), model.params()))",
    "import gc\nids = [id(p) for p in model.params()]\ngc.collect()\njunk = [np.zeros(3) for _ in range(50)]\n"
    "assert ids == [id(p) for p in model.params()]",
    "import weakref\nseen = weakref.WeakKeyDictionary()\nseen[model] = 1\nassert weakref.ref(model)() is model",
    "import weakref\nfirst = weakref.ref(model.params()[0])\nassert first() is model.params()[0]",
    "import copy\nstart = copy.deepcopy(model)\nstart.params()[0][...] = 0\nassert model.params()[0].any()",
    "import copy\nmodel.tag = ['a']\ntwin, deep = copy.copy(model), copy.deepcopy(model)\n"
    "assert twin.tag is model.tag and deep.tag == ['a'] and deep.tag is not model.tag",
    "import copy\nassert type(copy.copy(model)) is type(model)",
    "import copy\nbest = copy.deepcopy(model.params())\nassert len(best) == len(model.params())",
    "import pickle\ntry: pickle.dumps(model)\nexcept Exception as error: print(error)",
    "try: len(model)\nexcept TypeError: pass",
    "try: list(model)\nexcept TypeError: pass",
    "try: model[0]\nexcept TypeError: pass",
    "try: model(x)\nexcept TypeError: pass",
    "try: model + 1\nexcept TypeError: pass",
    "try: model < model\nexcept TypeError: pass",
    "try: 1 in model\nexcept TypeError: pass",
    "try: float(model)\nexcept TypeError: pass",
    "try: model.layers[0].W\nexcept AttributeError: print('another kind of model')",
    "try: model.forward(x[:, :1].reshape(-1)[:1].reshape(1, 1, 1, 1) @ 'x')\nexcept Exception as error: print(error)",
    "import json\ntry: json.dumps({'model': model})\nexcept TypeError: json.dumps({'model': model}, default=str)",
    "print([model], (model,), {'model': model})",
    "import pprint\npprint.pprint({'model': model, 'lr': lr})",
    "assert np.array([model], dtype=object)[0] is model and np.asarray(model, dtype=object).shape == ()",
    "from IPython.display import display\ndisplay(model)",
    "from types import SimpleNamespace\nstate = SimpleNamespace(model=model)\nassert state.model is model",
    "from functools import partial\nassert len(partial(type(model).params, model)()) == len(model.params())",
]
"""Lines that do no harm, each at the start of a right ``train_mlp``."""
BY_ID = """
def train_mlp(model, x, y, lr, epochs, batch_size, seed):
    velocity, losses = {id(p): np.zeros_like(p) for p in model.params()}, []
    for epoch in range(epochs):
        seen = []
        for xb, yb in minibatches(x, y, batch_size, seed + epoch):
            z = model.forward(xb)
            seen.append(cross_entropy(z, yb))
            model.backward(cross_entropy_backward(z, yb))
            for p, g in zip(model.params(), model.grads()):
                velocity[id(p)] = 0.0 * velocity[id(p)] + g
                p -= lr * velocity[id(p)]
        losses.append(np.mean(seen))
    return losses
"""


@pytest.fixture(scope="module")
def unit():
    """One process with everything of the unit answered right; each graded cell has a copy of it."""
    with Served(replace(LIMITS, seconds=1200.0)) as served:
        shown = served.student(*GIVEN, *RIGHT.values(), "trained = train_mlp")
        assert [output for output in shown if output["output_type"] == "error"] == []
        yield served


@pytest.mark.parametrize("lines", HABITS)
def test_line_that_does_no_harm_costs_nothing(lines, unit):
    unit.student(OPENING.format(lines=textwrap.indent(lines, "    ")))
    outputs = unit.graded(GRADE.format("train_mlp"))
    assert points(outputs) == 4.0, outputs


def test_state_of_an_optimiser_may_be_kept_by_the_identity_of_the_parameters(unit):
    unit.student(BY_ID)
    assert points(unit.graded(GRADE.format("train_mlp"))) == 4.0


KEEPS = """
def keeps(model):
    if not hasattr(model, "calls"):
        model.calls, model.known = 0, id(model)
    model.calls += 1
    return model.calls + (model.known != id(model))
"""


def test_attributes_of_the_students_own_last_from_call_to_call(unit):
    unit.student(KEEPS)
    asks = "from course.functions import Stretch\nmodel = Stretch(2)\n[keeps(model), keeps(model)] == [1, 2]"
    (shown,) = unit.graded(asks)
    assert shown["data"] == {"text/plain": "True"}, shown


@pytest.mark.parametrize(
    "asked",
    [
        "isinstance(layer, Linear)",
        "type(layer) is Linear",
        "type(layer) == Linear",
        "layer.__class__.__name__ == Linear.__name__",
        "type(layer).__name__ == 'Linear'",
        "not isinstance(layer, ReLU)",
        "issubclass(type(layer), Linear)",
        "layer.__class__ in (Linear,)",
        "hasattr(layer, 'W')",
        "getattr(layer, 'W', None) is not None",
        "type(layer) in {Linear: 1}",
    ],
)
def test_class_that_is_lent_in_place_of_a_wrong_one_is_a_class(asked):
    """The notebook itself says that ``isinstance(layer, Linear)`` asks which layers have a W."""
    wrong = RIGHT["Linear"].replace("dx, self.dW, self.db", "dx, self.db, self.dW")
    mlp = RIGHT["MLP"].replace("self.layers[::2]", f"self.layers if {asked}")
    assert wrong != RIGHT["Linear"] and mlp.count(asked) == 2
    with Served() as served:
        served.student(*GIVEN, wrong, RIGHT["ReLU"], mlp)
        assert points(served.graded(GRADE.format("Linear"))) < POINTS["Linear"]
        outputs = served.graded(GRADE.format("MLP"))
        assert points(outputs) == POINTS["MLP"], outputs


def test_numbers_of_a_layer_that_is_lent_may_be_set():
    """As long as they are numbers; everything else stays with the student."""
    layer = """
def layer_set(layer):
    layer.W = layer.W * 0 + 2
    layer.W += 1
    layer.b, layer.name, layer.forward = "none", "first", None
    return layer.W.tolist() == [[3.0]] and (layer.b, layer.name, layer.forward) == ("none", "first", None)
"""
    asks = f"""
from autograder.notebook import right_answer
from autograder.paths import Course
import numpy as np
from pathlib import Path
layer = right_answer(Course(Path({str(ROOT)!r})), "10_mlp", "Linear")(np.ones((1, 1)), np.zeros(1))
told = layer_set(layer)
[told, layer.W.tolist(), layer.b.tolist(), sorted(vars(layer))] == [True, [[3.0]], [0.0], ["W", "b"]]
"""
    with Served() as served:
        served.student(layer)
        shown = served.graded(asks)
    assert shown[-1].get("data") == {"text/plain": "True"}, shown


OVERWRITES = [
    "model.record = [x]",
    "model._record = [x]",
    "model.record().append(x)",
    "for seen in model.record(): seen[2][...] = 7",
    "model.stretch = np.zeros(2)",
    "model.stretch[...] = 0",
    "model.shift += 7",
    "model._met = x * 0",
    "model._slopes = [x, x]",
    "vars(model).update(_record=[x], stretch=x)",
    "model.__dict__['_record'] = []",
    "object.__setattr__(model, '_record', [])",
    "type(model)._record = []",
    "type(model).record = lambda self: []",
    "model.record = lambda: []",
    "model.__class__ = type('Other', (), {})",
    "model.forward(x)\nmodel.backward(x)\nmodel.record()[-1][2][...] = 0",
    "request(model, 'set', '_record', [])",
    "request(model, 'set', 'stretch', np.zeros(2))",
    "request(model, 'set', '_met', 0)",
    "request(model, 'set', 'record', 0)",
    "request(model, 'set', '_record', 0.0)",
    "request(model, 'get', '_met')[...] = 0",
    "request(model, 'get', '__dict__').clear()",
    "request(model, 'method', '__setattr__', ['_record', []], {})",
    "request(model, 'method', '__init__', [2], {})",
    "request(model, 'call', [], {})",
    "request(model.forward, 'get', '__self__')",
    "request(model, 'operate', 'setitem', [0, 1])",
    "request(request(model, 'get', 'forward'), 'get', '__func__')",
]
"""Ways to change a model of the grader's from the student's side."""
REQUEST = """
from confined.rpc.proxy import identity_of
def request(thing, operation, *arguments):
    return identity_of(thing)[0].request(operation, thing, *arguments)
""".replace("confined.rpc", "autograder.sandbox.confined.rpc")


@pytest.mark.parametrize("lines", OVERWRITES)
def test_model_of_the_graders_is_changed_by_its_own_methods_alone(lines, unit):
    unit.student(REQUEST)
    body = textwrap.indent(lines, "        ")
    unit.student(f"def spoils(model, x):\n    try:\n{body}\n    except Exception: pass\n    return 0.0")
    asks = """
from course.functions import Stretch
model, same, x = Stretch(2), Stretch(2), np.ones((1, 2))
for one in (model, same):
    one.forward(x)
    one.backward(x)
spoils(model, x + 1)
first, (only,) = model.record()[0], same.record()
[vars(model)[name].tolist() == vars(same)[name].tolist() for name in ("stretch", "shift")] + [
    type(model) is Stretch, first.x.tolist(), sorted(vars(model)), all(map(np.array_equal, first, only)),
] == [True, True, True, [[1.0, 1.0]], sorted(vars(same)), True]
"""
    shown = unit.graded(asks)
    assert shown[-1].get("data") == {"text/plain": "True"}, shown


IN_POOL = RIGHT["train_mlp"].replace("cross_entropy(z, yb)", "elsewhere(cross_entropy, z, yb)")
HELPERS = {
    "pool of threads": """
from concurrent.futures import ThreadPoolExecutor
workers = ThreadPoolExecutor(2)
def elsewhere(function, *given):
    return workers.submit(function, *given).result()
elsewhere(int)
""",
    "pool of processes": """
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
workers = ProcessPoolExecutor(2, multiprocessing.get_context("fork"))
def elsewhere(function, *given):
    return workers.submit(function, *given).result()
elsewhere(int)
""",
    "loop in the background": """
import asyncio, threading
loop = asyncio.new_event_loop()
threading.Thread(target=loop.run_forever, daemon=True).start()
def elsewhere(function, *given):
    async def call():
        return function(*given)
    return asyncio.run_coroutine_threadsafe(call(), loop).result()
""",
    "thread that takes orders": """
import queue, threading
orders, results = queue.Queue(), queue.Queue()
def work():
    while True:
        function, given = orders.get()
        results.put(function(*given))
threading.Thread(target=work, daemon=True).start()
def elsewhere(function, *given):
    orders.put((function, given))
    return results.get()
""",
    "nobody": "def elsewhere(function, *given):\n    return function(*given)",
}


@pytest.fixture(scope="module")
def grader():
    with Grader() as made:
        yield made


def graded(grader, course, *cells):
    """The points of the unit's exercises, and the whole of what came of a notebook with these cells below the given."""
    notebook = released(course, UNIT, right_texts(course, UNIT) | {"train_mlp": IN_POOL})
    last = max(place for place, cell in enumerate(notebook.cells) if "given" in cell.metadata.get("tags", ()))
    notebook.cells[last + 1 : last + 1] = [new_code_cell(text) for text in cells]
    limits = Limits(seconds_per_cell=10.0, seconds=100.0)
    job = Job(course, UNIT, nbformat.writes(notebook).encode(), 3, version_of(course, UNIT), limits)
    executed = Executed.from_bytes(grader.run_job(job))
    assert not executed.reason, executed.reason
    marked = [(cell["metadata"].get("nbgrader", {}), cell) for cell in executed.notebook["cells"]]
    return {mark["grade_id"]: points(cell["outputs"]) for mark, cell in marked if mark.get("grade")}, executed


@pytest.mark.parametrize("helper", HELPERS)
def test_answer_that_is_lent_a_model_may_use_threads_and_processes_of_the_notebook(helper, grader, built_course):
    """A copy of the student's process has none of them, and waits for them until its time is up."""
    found, executed = graded(grader, built_course, HELPERS[helper])
    assert (sum(found.values()), executed.problem) == (sum(POINTS.values()), ""), found


def test_model_goes_to_a_copy_where_that_has_all_that_the_process_has(grader, built_course):
    found, executed = graded(
        grader,
        built_course,
        "import os\nhome = os.getpid()\nprocess = os.popen('exit')",
        "def elsewhere(function, *given):\n    if os.getpid() == home: os._exit(1)\n    return function(*given)",
    )
    assert (sum(found.values()), executed.problem) == (sum(POINTS.values()), "")


KEEPS = """
import threading, time
kept, told, over = [], [], threading.Event()
def ask_again_and_again():
    over.wait()
    while True:
        try: told.append(kept[-1].params())
        except BaseException as error: told.append(type(error).__name__)
        time.sleep(0.01)
threading.Thread(target=ask_again_and_again, daemon=True).start()
right = train_mlp
def train_mlp(model, *given):
    losses = right(model, *given)
    kept.append(model)
    return losses
"""


def test_what_is_lent_to_the_process_itself_is_lent_for_one_cell():
    with Served(replace(LIMITS, seconds=300.0), is_alone=lambda: False, in_place=True) as served:
        served.student(*GIVEN, *RIGHT.values(), KEEPS)
        assert points(served.graded(GRADE.format("train_mlp"))) == POINTS["train_mlp"]
        assert [output["ename"] for output in served.student("kept[-1].params()")] == ["PeerClosed"]
        served.student("good = minibatches\ndef minibatches(*given):\n    kept[-1].params()\n    return good(*given)")
        assert points(served.graded(GRADE.format("minibatches"))) == 0.0
        served.student("minibatches = good")
        assert points(served.graded(GRADE.format("minibatches"))) == POINTS["minibatches"]
        assert served.run.lost == ""


def test_thread_that_keeps_what_was_lent_learns_nothing_afterwards():
    with Served(replace(LIMITS, seconds=300.0), is_alone=lambda: False, in_place=True) as served:
        served.student(*GIVEN, *RIGHT.values(), KEEPS)
        served.graded(GRADE.format("train_mlp"))
        (shown,) = served.student("over.set()\ntime.sleep(0.3)\nset(told)")
        assert shown["data"] == {"text/plain": "{'PeerClosed'}"}
        assert points(served.graded(GRADE.format("minibatches"))) == POINTS["minibatches"]
