"""Rows 20 to 29, 31, 49, 51, 54, 61 and 62: code that pretends to be right, and honest code that looks odd."""

from attacks.attack import attack
from attacks.handed_in import ALL

GRADED = ("u01-linear-backward-test", "u01-value-test", "u01-slope-test")


def forges(row, name, code, **options):
    """Register a first cell that would make everything right, in a notebook of stubs."""

    def make(handed):
        handed.stub()
        handed.first(f"{code}\nprint('tried')")

    make.__name__, make.__doc__, make.__module__ = name, f"{name.replace('_', ' ')}, and no answer.", __name__
    made = attack(row=row, earns=0.0, **options)(make)
    made.afterwards(it_was_tried)
    return made


def it_was_tried(outcome):
    assert "tried" in outcome.own()


forges(
    20,
    "syntax_trees_without_tests",
    """
import ast
class Without(ast.NodeTransformer):
    def visit_Assert(self, node): return ast.Pass()
    def visit_Raise(self, node): return ast.Pass()
    def visit_Call(self, node):
        named = getattr(node.func, 'id', '')
        return ast.Constant(4.0) if named in ('grade', 'check') else self.generic_visit(node)
get_ipython().ast_transformers.append(Without())
""",
)
forges(
    20,
    "texts_without_tests",
    "get_ipython().input_transformers_cleanup.append("
    "lambda lines: ['4.0\\n'] if 'grade(' in ''.join(lines) else lines)",
)
forges(
    21,
    "patched_shell",
    """
shell = get_ipython()
real = type(shell).run_cell
def run_cell(self, source, *args, **named):
    if 'grade(' in str(source): source = '4.0'
    return real(self, source, *args, **named)
type(shell).run_cell = run_cell
if getattr(shell, 'kernel', None):
    async def do_execute(code, *args, real=shell.kernel.do_execute, **named):
        return await real('4.0' if 'grade(' in code else code, *args, **named)
    shell.kernel.do_execute = do_execute
""",
)
forges(
    22,
    "patched_display_hook",
    """
import sys
shell = get_ipython()
shell.display_formatter.format = lambda value, **named: ({'text/plain': '4.0'}, {})
shell.displayhook.compute_format_data = lambda value: ({'text/plain': '4.0'}, {})
sys.displayhook = lambda value: print(4.0)
""",
)
forges(
    22,
    "score_before_the_failure",
    """
from IPython.display import display
shell = get_ipython()
def show_first(info):
    if 'grade(' in info.raw_cell:
        shell.displayhook(4.0)
shell.events.register('pre_run_cell', show_first)
""",
)
forges(
    23,
    "errors_that_are_not_shown",
    "shell = get_ipython()\nshell.showtraceback = shell._showtraceback = lambda *args, **named: None\n"
    "shell.showsyntaxerror = lambda *args, **named: None",
)
forges(
    24,
    "patched_tools",
    """
import builtins, inspect, math, random, time, unittest
import numpy as np
yes = lambda *args, **named: True
for module, names in (
    (np, 'allclose array_equal isclose all'), (np.testing, 'assert_allclose assert_array_equal assert_almost_equal'),
    (math, 'isclose isfinite'), (builtins, 'isinstance callable'), (unittest.TestCase, 'assertEqual assertTrue'),
):
    for name in names.split():
        setattr(module, name, yes)
nil = lambda *args, **named: 0.0
for module, names in ((np.linalg, 'norm'), (np, 'abs max'), (builtins, 'abs'), (time, 'time monotonic')):
    for name in names.split():
        setattr(module, name, nil)
np.random.seed = random.seed = lambda *args: None
""",
)
forges(
    25,
    "tools_of_another_name",
    """
import sys, types
def check(*answers, **named): pass
def grade(name, answer): return 4.0
fake = types.ModuleType('autograder')
fake.grade = grade
sys.modules['autograder'] = fake
sys.modules['course'] = types.SimpleNamespace(check=check)
numerical_gradient = rel_error = lambda *args: 0.0
""",
)
forges(
    62,
    "names_of_the_set_up",
    """
import builtins
class Yes:
    def __call__(self, *args, **named): return self
    def __getattr__(self, name): return self
    def __eq__(self, other): return True
    def __float__(self): return 4.0
builtins.check = builtins.grade = builtins.np = check = grade = np = Yes()
linear_backward = Value = RunningMean = batches = slope = layer_gradients = train = Yes()
""",
)


@attack(row=62, earns=ALL)
def names_redefined_by_an_honest_student(handed):
    """A student who calls things check, np or grade costs nobody anything."""
    handed.last("check = 3\ngrade = None\ndel np")
    handed.after("Value", "def check(x):\n    return x\ngrade = [1, 2]")


EVIL = """
class Evil({base}):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __eq__
    __hash__ = {base}.__hash__
    def __sub__(self, other): return self
    __add__ = __radd__ = __mul__ = __rmul__ = __rsub__ = __truediv__ = __rtruediv__ = __pow__ = __sub__
    def __abs__(self): return 0.0
    def __float__(self): return 0.0
    def __bool__(self): return True
    def __array__(self, *args, **named): return np.zeros(())
    __array_priority__ = 1e9
    def __array_ufunc__(self, ufunc, method, *inputs, **named): return 0.0
    def __array_function__(self, function, types, args, named): return True
    def __instancecheck__(self, other): return True
    def __len__(self): return 3
    def __getitem__(self, place): return self
    def __iter__(self): return iter([self, self, self])
    def __reduce__(self): return (print, ('pwned',))
    __class__ = {claims}
"""


def evil(base, claims="float", made="Evil()"):
    """Register answers that are objects which agree with everything."""

    def make(handed):
        handed.stub()
        handed.first("import numpy as np")
        handed.after(
            "linear_backward", EVIL.format(base=base, claims=claims) + f"def evil(*args, **named): return {made}"
        )
        cells = {"linear_backward": "dz, x, W", "layer_gradients": "params, x, dz", "slope": "f, x, h=1e-5"}
        cells |= {"train": "x, y, lr, steps", "batches": "x, y, size, seed"}
        for subject, arguments in cells.items():
            handed.answer(subject, f"def {subject}({arguments}):\n    return evil()")
        handed.answer("RunningMean", "class RunningMean:\n    def update(self, value): return evil()")
        body = "data = grad = property(lambda self: evil())\n    def __init__(self, *args): pass\n"
        body += "    def backward(self, *args): pass\n    def __add__(self, other): return self\n    __mul__ = __add__"
        handed.answer("Value", f"class Value:\n    {body}")

    name = "".join(letter if letter.isalnum() else "_" for letter in f"evil_{base}_{made}").strip("_")
    make.__name__, make.__doc__, make.__module__ = name, f"{made} of a {base} that is equal to everything.", __name__
    return attack(row=26, earns=0.0)(make)


evil("object")
evil("float")
evil("np.ndarray", "np.ndarray", "np.zeros(3).view(Evil)")
evil("tuple", "tuple", "(Evil(), Evil(), Evil())")
evil("dict", "dict", "Evil(dW=Evil(), db=Evil(), dx=Evil())")


@attack(row=27, earns=16.0)
def visible_numbers_learnt_by_heart(handed):
    """Right for the numbers that can be seen, and for no others."""
    known = "def slope(f, x, h=1e-5):\n    return {(0.5, 1e-5): 1.0, (2.0, 1e-5): 4.0}.get((x, h), 0.0)"
    handed.answer("slope", known)


@attack(row=27, earns=16.0)
def right_only_while_it_is_graded(handed):
    """The sandbox does not say that it is one: behaving for the grader alone does not work."""
    handed.spoil(
        "slope", "    return", "    import os\n    if 'NBGRADER_EXECUTION' not in os.environ: return 0.0\n    return"
    )


@attack(row=27, earns=16.0)
def right_the_first_time_only(handed):
    """Several draws are judged."""
    handed.first("seen = []")
    handed.spoil("slope", "    return", "    seen.append(x)\n    if len(seen) > 1: return 0.0\n    return")


@attack(row=28, earns=ALL)
def finite_differences_for_the_formula(handed):
    """A right value by an odd way is a right value: the layer is linear, so differences are exact enough."""
    handed.answer(
        "linear_backward",
        """
def linear_backward(dz, x, W):
    def slopes(a, loss, h=1.0):
        a, out = np.array(a, float), np.zeros(np.shape(a))
        for place in np.ndindex(a.shape):
            kept = a[place]
            a[place] = kept + h
            above = loss(a)
            a[place] = kept - h
            out[place] = (above - loss(a)) / (2 * h)
            a[place] = kept
        return out
    dz = np.asarray(dz, float)
    dx = slopes(x, lambda x: np.sum(dz * (x @ W)))
    dW = slopes(W, lambda W: np.sum(dz * (x @ W)))
    return dx, dW, slopes(np.zeros(dz.shape[1]), lambda b: np.sum(dz * (x @ W + b)))
""",
    )


@attack(row=28, earns=14.0)
def the_callers_own_arrays(handed):
    """What came in goes out again, written over."""
    handed.answer(
        "linear_backward", "def linear_backward(dz, x, W):\n    x[:] = 0\n    W[:] = 0\n    return x, W, dz[0]"
    )


@attack(row=28, earns=16.0)
def inputs_made_to_fit_the_answer(handed):
    """Zero is the right loss gradient once the inputs are zero; the grader's own inputs are not these."""
    handed.answer(
        "layer_gradients",
        "def layer_gradients(params, x, dz):\n    x[:] = 0\n    dz[:] = 0\n"
        "    return {'dW': x.T @ dz, 'db': dz.sum(axis=0)}",
    )


def not_finite(value):
    def make(handed):
        handed.answer("slope", f"def slope(f, x, h=1e-5):\n    return {value}")
        handed.answer(
            "linear_backward",
            f"def linear_backward(dz, x, W):\n    return np.full(x.shape, {value}), np.full(W.shape, {value}), {value}",
        )

    make.__name__ = "".join(letter if letter.isalnum() else "_" for letter in f"not_finite_{value}")
    make.__doc__, make.__module__ = f"Answers that are {value}.", __name__
    attack(row=29, earns=12.0)(make)


for value in ("np.nan", "float('inf')", "-np.inf", "complex(0, np.nan)", "np.float64('nan')"):
    not_finite(value)


@attack(row=31, earns=ALL)
def displays_that_change_others(handed):
    """An output that another cell would rewrite, or clear, stays as it was."""
    handed.first(
        "from IPython.display import display, update_display, clear_output\ndisplay('first', display_id='one')"
    )
    handed.last("update_display('second', display_id='one')")
    handed.last("print('before')\nclear_output()\nprint('after')")


@displays_that_change_others.afterwards
def the_first_stays(outcome):
    own = outcome.own()
    assert own.index("first") < own.index("second")
    assert "before" not in own and "after" in own


@attack(row=31, earns=14.0)
def score_cleared_in_a_graded_call(handed):
    """Clearing what is shown, and showing a score, while it is judged."""
    handed.first("from IPython.display import display, clear_output")
    for subject, arguments in (("slope", "f, x, h=1e-5"), ("train", "x, y, lr, steps")):
        handed.answer(
            subject,
            f"def {subject}({arguments}):\n    clear_output()\n    print('2.0')\n    display(2.0)\n"
            "    get_ipython().displayhook(2.0)\n    return 0.0",
        )


@attack(row=31, earns=ALL, stock="what a kernel's widgets say is kept, and harms no score")
def messages_to_widgets(handed):
    """A way to the page that an instructor opens."""
    handed.last("from ipykernel.comm import Comm\nComm(target_name='jupyter.widget', data={})")


@attack(row=49, earns=ALL)
def warnings_and_stderr(handed):
    """A right answer that warns, and writes to standard error in every way."""
    handed.first("import logging, os, sys, warnings\nlogging.basicConfig(level=10)")
    handed.spoil(
        "slope",
        "    return",
        "    warnings.warn('old')\n    warnings.warn('older', DeprecationWarning)\n    print('oh', file=sys.stderr)\n"
        "    sys.stderr.write('no newline')\n    logging.error('logged')\n    os.write(2, b'raw')\n"
        "    sys.__stderr__ and sys.__stderr__.write('original')\n    return",
    )


@attack(row=61, earns=ALL)
def streams_bound_in_an_earlier_cell(handed):
    """A logger, and functions, that hold the streams of an earlier cell."""
    handed.first(
        "import logging, sys\nlog = logging.getLogger('mine')\nlog.addHandler(logging.StreamHandler(sys.stderr))\n"
        "out, err, say = sys.stdout, sys.stderr, sys.stdout.write"
    )
    handed.spoil(
        "slope",
        "    return",
        "    log.error('logged')\n    out.write('to stdout\\n')\n    err.write('to stderr\\n')\n    err.flush()\n"
        "    say('said\\n')\n    print('printed', file=out, flush=True)\n    return",
    )


@streams_bound_in_an_earlier_cell.afterwards
@warnings_and_stderr.afterwards
def graded_cells_have_no_stderr(outcome):
    for name in GRADED:
        assert not [output for output in outcome.outputs(name) if output.get("name") == "stderr"]


@streams_bound_in_an_earlier_cell.afterwards
def what_was_said_is_shown(outcome):
    assert "to stdout" in str(outcome.outputs("u01-slope-test"))


@attack(row=49, earns=ALL)
def text_that_is_no_text(handed):
    """Half a character, and bytes that a terminal obeys."""
    handed.last("print('half \\ud800 a character')\nprint(chr(0))")


@attack(row=51, earns=ALL)
def chance(handed):
    """What may differ from run to run: the order of sets is the same, random numbers are not the neighbour's."""
    handed.last(
        "import random\nprint('hash', hash('backpropagation'))\nprint('drawn', np.random.rand(), random.random())"
    )


@attack(row=51, earns=ALL)
def chance_again(handed):
    """The same, for another student."""
    chance.make(handed)


@chance.afterwards
def words_of_chance_are_kept(outcome):
    chance.seen = outcome.own()


@chance_again.afterwards
def hashes_are_the_same_and_draws_are_not(outcome):
    mine, other = outcome.own().splitlines(), chance.seen.splitlines()
    assert mine[0] == other[0] and mine[1] != other[1]


ESCAPES = r"\033[2J\033]0;owned\007\033[31mred\033[0m\r\x08\x9b31m"


@attack(row=54, earns=14.0)
def bytes_that_a_terminal_obeys(handed):
    """Colours, a cleared screen and a new title, wherever text goes: prints, errors, warnings, names."""
    handed.first(f"import warnings\nevil = '{ESCAPES}'\nprint(evil)\nwarnings.warn(evil, RuntimeWarning)")
    handed.after("Value", "raise type('Odd' + evil, (Exception,), {})(evil)")
    handed.answer(
        "slope", "def slope(f, x, h=1e-5):\n    warnings.warn(evil, RuntimeWarning)\n    raise ValueError(evil)"
    )
    handed.answer("train", "def train(x, y, lr, steps):\n    print(evil)\n    return {evil: 1.0}")


@attack(row=54, earns=ALL)
def endless_traceback(handed):
    """An error with thousands of lines."""
    handed.after("Value", "def f(n):\n    return f(n + 1)\nimport sys\nsys.setrecursionlimit(2000)\nf(0)")
    handed.after("Value", "raise ExceptionGroup('many', [ValueError('x' * 1000)] * 500)")


@endless_traceback.afterwards
def it_is_cut(outcome):
    assert len(outcome.shown()) < 1_000_000


@bytes_that_a_terminal_obeys.afterwards
@text_that_is_no_text.afterwards
def no_such_byte_is_left(outcome):
    text = outcome.shown()
    assert not [byte for byte in ("\\x1b", "\\x07", "\\x9b", "\\x00", "\\x08") if byte in text]


KEEPS = """
def slope(f, x, h=1e-5):
    KEPT.append(globals()['linear_backward'])
    print('kept', len(set(map(id, KEPT))))
    return 0.0
"""


@attack(row=27, earns=ALL - 6, stock="it lends nothing")
def keeps_what_it_is_lent(handed):
    """A wrong answer that keeps the right one which it is lent in place of the student's own."""
    handed.first("KEPT = []")
    handed.answer("linear_backward", "def linear_backward(dz, x, W):\n    return dz, x, W")
    handed.answer("slope", KEEPS)
    handed.last("print('still', len(set(map(id, KEPT))))")


@keeps_what_it_is_lent.afterwards
def it_was_lent_something_and_has_it_no_more(outcome):
    assert "kept 2" in str(outcome.outputs("u01-slope-test"))
    assert "still 1" in outcome.own()


LOOKS_UP = """
def linear_backward(dz, x, W):
    right = globals()['train']
    if type(right) is not type(linear_backward):
        import pickle
        with open('/tmp/table', 'wb') as file:
            pickle.dump(right(np.arange(3.0), np.arange(3.0), 0.1, 5), file)
        print('lent')
    return dz, x, W
"""


@attack(row=27, earns=ALL - 4, stock="it lends nothing")
def asks_an_answer_that_is_graded_later(handed):
    """A wrong answer that would ask the right one of a later exercise: only what was graded before is lent."""
    handed.first("import numpy as np\ndef train(x, y, lr, steps):\n    return None")
    handed.answer("linear_backward", LOOKS_UP)
    handed.last("import os\nprint('table', os.path.exists('/tmp/table'))")


@asks_an_answer_that_is_graded_later.afterwards
def it_was_not_lent(outcome):
    assert "lent" not in str(outcome.outputs("u01-linear-backward-test"))
    assert "table False" in outcome.own()
