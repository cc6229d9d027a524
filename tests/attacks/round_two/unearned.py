"""Points without an answer: stacks, leftovers, odd objects and notebooks that ask to be taken for something else."""

from attacks.attack import attack
from autograder.limits import Limits

LIMITS = Limits(seconds_per_cell=8.0, seconds=60.0, cpu_seconds=60, memory_mb=700, processes=30)
TOOLS = """
import builtins, gc, sys, types, weakref
import numpy as np
from confined import shell
from confined.rpc import codec, peer, proxy, replies

def session():
    return [thing for thing in gc.get_objects() if type(thing) is shell.Session][-1]
"""


def answers(subject, name, code, earns, verdict="", row=26):
    """Register an answer that earns nothing itself."""

    def make(handed):
        handed.first(TOOLS)
        handed.answer(subject, code)

    make.__name__, make.__doc__, make.__module__ = name, f"An answer that is {name.replace('_', ' ')}.", __name__
    return attack(row=row, earns=earns, verdict=verdict)(make)


answers(
    "slope",
    "found_on_the_stack",
    """
def slope(f, x, h=1e-5):
    frame, found = sys._getframe(), []
    while frame:
        for name, value in list(frame.f_locals.items()):
            if name in ('expected', 'case', 'key', 'right', 'cases', 'case_', 'reply', 'values'): found.append(value)
        frame = frame.f_back
    for value in found:
        for thing in gc.get_referents(value):
            if isinstance(thing, float): return thing
            if isinstance(thing, dict) and 'slope' in thing: return thing['slope']
    return 0.0
""",
    16.0,
    row=11,
)
answers(
    "linear_backward",
    "found_by_shape_in_memory",
    """
def linear_backward(dz, x, W):
    def of(shape):
        for thing in gc.get_objects() + [v for o in gc.get_objects() if type(o) in (dict, list) for v in
                                         (o.values() if type(o) is dict else o)]:
            if type(thing) is np.ndarray and thing.shape == shape and not any(thing is one for one in (dz, x, W)):
                return thing
        return np.zeros(shape)
    return of(x.shape), of(W.shape), of(dz.shape[1:])
""",
    14.0,
    row=11,
)
answers(
    "train",
    "right_for_the_inputs_of_the_check_alone",
    """
seen = {}
def train(x, y, lr, steps):
    seen.setdefault(x.tobytes(), len(seen))
    if seen[x.tobytes()] == 0:
        w, losses = 0.0, []
        for _ in range(steps + 1):
            e = w * x - y
            losses.append(np.mean(e**2)); w = w - lr * 2 * np.mean(e * x) if len(losses) <= steps else w
        train.last = w, losses
    return train.last
""",
    16.0,
    row=27,
)
answers(
    "layer_gradients",
    "views_of_its_inputs_with_odd_strides",
    """
def layer_gradients(params, x, dz):
    one = np.lib.stride_tricks.as_strided(params['W'], params['W'].shape, (0, 0))
    return {'dW': one, 'db': np.lib.stride_tricks.as_strided(params['b'], params['b'].shape, (-8,))[:3]}
""",
    16.0,
    row=28,
)
answers(
    "linear_backward",
    "rewritten_when_it_is_let_go",
    """
class Late(np.ndarray):
    def __del__(self): late.append(self.base)
    def __array_finalize__(self, other): pass
late = []
def linear_backward(dz, x, W):
    dx, dW, db = (np.zeros(shape).view(Late) for shape in (x.shape, W.shape, dz.shape[1:]))
    return dx, dW, db
""",
    14.0,
)
answers(
    "Value",
    "a_class_with_a_metaclass_that_agrees",
    """
class Agrees(type):
    def __call__(cls, *a, **k): return type.__call__(cls)
    def __eq__(cls, other): return True
    def __hash__(cls): return 0
    def __instancecheck__(cls, other): return True
class Always:
    __class__ = float
    def __get__(self, one, owner=None): return self
    def __set__(self, one, value): pass
    def __float__(self): return 1.0
    def __eq__(self, other): return True
    __hash__ = None
class Value(metaclass=Agrees):
    data = grad = Always()
    def __add__(self, other): return self
    __mul__ = __add__
    def backward(self, upstream=1.0): pass
""",
    14.0,
)
answers(
    "RunningMean",
    "ending_the_loop_that_asks",
    """
class RunningMean:
    def update(self, value): raise StopIteration(value)
""",
    16.0,
    row=23,
)
answers(
    "RunningMean",
    "another_number_each_time_it_is_looked_at",
    """
class Shifty(float):
    count = 0
    def __float__(self): Shifty.count += 1; return float(Shifty.count)
    def __new__(cls, *a): return float.__new__(cls, 0.0)
    def __reduce__(self): return (float, (1.0,))
    def hex(self): return '0x1p0'
class RunningMean:
    def update(self, value): return Shifty()
""",
    16.0,
)
answers(
    "slope",
    "a_number_of_every_odd_type",
    """
import decimal, fractions, datetime
odd = [np.longdouble('nan'), np.complex128(1 + 1e-30j), np.float16(0), decimal.Decimal('NaN'), fractions.Fraction(0, 1),
       np.datetime64('nat'), np.array([None]), np.array('x'), memoryview(b'12345678'), 10**400, True, np.zeros((1, 0)),
       np.ma.masked, np.rec.array([(1.0,)]), np.array(0.0, dtype='>f2')]
def slope(f, x, h=1e-5):
    slope.n = getattr(slope, 'n', -1) + 1
    return odd[slope.n % len(odd)]
""",
    16.0,
    row=29,
)


def replaces_the_names(name, code, earns):
    """Register a process that says itself what the names of answers stand for."""

    def make(handed):
        handed.first(TOOLS + "from course.functions import Named\n")
        handed.stub("slope")
        handed.after("slope", f"def do_names(self, names):\n{code}\nshell.Session.do_names = do_names")

    make.__name__, make.__module__ = name, __name__
    make.__doc__ = f"Asked for its answers, the process gives {name.replace('_', ' ')}."
    return attack(row=32, earns=earns)(make)


replaces_the_names(
    "a_named_function_that_asks_back",
    "    return {name: self.shell.user_ns.get(name) for name in names} | ({'slope': Named('sin', rate=np.float64)}"
    " if 'slope' in names else {})",
    16.0,
)
replaces_the_names(
    "names_that_are_not_asked_for",
    "    found = {name: self.shell.user_ns.get(name) for name in names}\n"
    "    return found | dict.fromkeys(('grade', 'check', 'np', '__builtins__', 'float', 'print', '__name__'), 4.0)",
    16.0,
)
replaces_the_names(
    "one_answer_for_all_names",
    "    return dict.fromkeys(names, lambda *a, **k: 2.0)",
    12.0,
)


@attack(row=32, earns=14.0)
def the_arrays_of_the_grader_as_results(handed):
    """What a scenario gets are references to arrays that the grader itself has sent, or has not."""
    handed.first(TOOLS + "import msgpack\n")
    handed.answer(
        "Value",
        """
class Value:
    def __init__(self, data, parents=()): self.data, self.parents, self.grad = np.array(data), parents, 0.0
    def __add__(self, other): return self
    __mul__ = __add__
    def backward(self, upstream=1.0):
        whole = codec._from_array
        codec._from_array = lambda array, reference: [['yours', 1], None]
""",
    )


@attack(row=25, earns=0.0, verdict="lost")
def numpy_bent_before_the_call(handed):
    """Ufuncs, printing, errors and random numbers of numpy are others by the time of the graded call."""
    handed.first(
        TOOLS + "for name in ('allclose', 'isclose', 'array_equal', 'isfinite', 'max', 'abs', 'where', 'any'):\n"
        "    setattr(np, name, lambda *a, **k: True)\n"
        "np.linalg.norm = lambda *a, **k: 0.0\nnp.ndarray_ = np.ndarray\nnp.seterrcall(print)\n"
        "sys.modules['numpy.linalg'] = types.ModuleType('numpy.linalg')\nbuiltins.abs = lambda x: 0.0\n"
        "builtins.zip = lambda *a, **k: iter(())\nbuiltins.len = lambda x: 3\n"
    )
    handed.stub()
