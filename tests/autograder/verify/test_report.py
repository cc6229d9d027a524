"""What ``verify`` says of a broken unit: a sentence that names the place, never a traceback."""

import numpy as np
import pytest
from support.courses import SMALL

from autograder.__main__ import main
from autograder.exercises.loader import asked_in, unit_of
from autograder.notebook import cells_of, points_of
from autograder.paths import Course
from autograder.verify.report import PARTS, course_faults

UNIT = "01_scale"
TEXT = """\
# %% [markdown]
# # Scaling
#
# A number times a list. **Code.** Easy, 5 minutes, {points: scale_backward}, 4 of {points: total}.

# %% tags=["given"]
import numpy as np

from course import ask, check

# %% [markdown]
# Both gradients.


# %% nbgrader={"grade": false, "grade_id": "scale", "locked": false, "schema_version": 3, "solution": true}
def scale_backward(dz, x, w):
    ### BEGIN SOLUTION
    return dz * w, np.sum(dz * x)
    ### END SOLUTION


# %% [markdown]
# It is tried with a few numbers.

# %% nbgrader={"grade": true, "grade_id": "test1", "locked": true, "points": 4, "schema_version": 3, "solution": false}
check(scale_backward)
### BEGIN HIDDEN TESTS
from autograder import grade

grade("scale_backward", scale_backward)
### END HIDDEN TESTS

# %% [markdown]
# **Code.** Easy, 5 minutes, {points: total_of}. A sum that grows.


# %% nbgrader={"grade": false, "grade_id": "total", "locked": false, "schema_version": 3, "solution": true}
class Total:
    def __init__(self):
        ### BEGIN SOLUTION
        self.sum = 0.0
        ### END SOLUTION

    def add(self, value):
        ### BEGIN SOLUTION
        self.sum += value
        return self.sum
        ### END SOLUTION


# %% [markdown]
# It is tried in the open.

# %% nbgrader={"grade": true, "grade_id": "test2", "locked": true, "points": 1, "schema_version": 3, "solution": false}
check("total_of", sums=[Total().add(1.0)])
### BEGIN HIDDEN TESTS
grade("total_of", Total)
### END HIDDEN TESTS

# %% [markdown]
# And a question.

# %%
ask("u01-twice", guess=None)
"""
SCALE = """\
import numpy as np

from autograder.exercises import Exercise

from ._shared import numbers

scale_backward = Exercise(
    "scale_backward", outputs=("dx", "dw"), care=("unchanged",), rows=("x",), sizes={"N": ("x", 0)}
)


@scale_backward.draw
def a_few(rng):
    return dict(dz=numbers(rng), x=numbers(rng), w=float(rng.normal()))


@scale_backward.differentiates(upstream="dz")
def forward(x, w):
    return w * x


scale_backward.wrong("upstream-alone", "w is missing.", lambda dz, x, w: (dz, np.sum(dz * x)), spoils=("dx",))
scale_backward.wrong("one-each", "w belongs to all x: add.", lambda dz, x, w: (dz * w, dz * x), spoils=("dw",))
scale_backward.wrong("mean", "Add, don't average.", lambda dz, x, w: (dz * w, np.mean(dz * x)), spoils=("dw",))
scale_backward.wrong("sign", "The sign is reversed.", lambda dz, x, w: (-dz * w, -np.sum(dz * x)))
scale_backward.wrong("swapped", "x and w are exchanged.", lambda dz, x, w: (dz * x, np.sum(dz * w)))


@scale_backward.unusual
def by_dot(dz, x, w):
    return w * dz, dz @ x


@scale_backward.unusual
def as_lists(dz, x, w):
    return [w * d for d in dz], sum(d * v for d, v in zip(dz, x))


@scale_backward.unusual
def as_dict(dz, x, w):
    return dict(dw=np.inner(x, dz), dx=np.multiply(dz, w))
"""
TOTAL = """\
from autograder.exercises import Exercise, RightAnswers

right = RightAnswers(__file__)
total_of = Exercise("total_of", subject="Total", outputs=("sums",))


@total_of.draw
def three(rng):
    return dict(values=rng.normal(size=3).tolist())


@total_of.scenario(values=[1.0])
def added(Total, values):
    total = Total()
    return [total.add(value) for value in values]


@total_of.wrong("forgets", "The earlier values count too.")
class Forgets(right.Total):
    def add(self, value):
        return value


@total_of.wrong("late", "The newest value counts too.")
class Late(right.Total):
    def add(self, value):
        return super().add(value) - value


@total_of.wrong("doubled", "Each value counts once.")
class Doubled(right.Total):
    def add(self, value):
        return super().add(2 * value)


@total_of.unusual
class KeepsAll:
    def __init__(self):
        self.values = []

    def add(self, value):
        self.values.append(value)
        return sum(self.values)


@total_of.unusual
class Whole(right.Total):
    def __init__(self):
        self.sum = 0
"""
QUESTIONS = """\
from autograder.exercises import Question

questions = [Question("u01-twice", answer=2, why="Twice 1 is 2.")]
"""
SHARED = """\
def numbers(rng):
    return rng.normal(size=5)
"""
RANDOM = """

class Random:
    calls = 0

    def __call__(self, dz, x, w):
        Random.calls += 1
        return dz + Random.calls, np.sum(dz) + Random.calls


@scale_backward.draw"""
FILES = {
    f"{UNIT}.py": TEXT,
    "exercises/scale_backward.py": SCALE,
    "exercises/total_of.py": TOTAL,
    "exercises/questions.py": QUESTIONS,
    "exercises/_shared.py": SHARED,
}


@pytest.fixture
def place(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text((SMALL / "nbgrader_config.py").read_text())
    for name, text in FILES.items():
        path = tmp_path / "source" / UNIT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Course(tmp_path)


def edit(place, name, old, new):
    """Put something else into a file; without ``old``, at its end, and without a file, into one of its own."""
    path = place.source / UNIT / name
    text = path.read_text() if path.is_file() else ""
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else text + new)


def test_unit_without_faults_keeps_its_word(place, at, capsys):
    at(place)
    assert main(["verify"]) == 0
    assert capsys.readouterr().out == "Every unit keeps its word.\n"


BLOCK = "### BEGIN HIDDEN TESTS … ### END HIDDEN TESTS"
HIDDEN_TEST = '### BEGIN HIDDEN TESTS\ngrade("total_of", Total)\n### END HIDDEN TESTS\n'
SCALE_FILE, TOTAL_FILE = "exercises/scale_backward.py", "exercises/total_of.py"
ITS = f"{UNIT}: scale_backward: "
BROKEN = {
    "wrt that is lacking": (
        (SCALE_FILE, "def forward(x, w):\n    return w * x", "def forward(x, v=2.0):\n    return v * x"),
        (SCALE_FILE, 'upstream="dz"', 'upstream="dz", at=lambda x, w: dict(x=x, v=w)'),
        [f'{ITS}dw is differentiated with respect to w, and forward takes x, v: say wrt={{"dw": ...}}.'],
    ),
    "wrt that names no argument": (
        (SCALE_FILE, 'upstream="dz"', 'upstream="dz", wrt={"dx": "y", "dw": "w"}'),
        [f'{ITS}dx is differentiated with respect to y, and forward takes x, w: say wrt={{"dx": ...}}.'],
    ),
    "wrt of what is no output": (
        (SCALE_FILE, 'upstream="dz"', 'upstream="dz", wrt={"dx": "x", "dv": "w"}'),
        [f"{ITS}wrt names dv, which is none of the outputs dx, dw."],
    ),
    "upstream that is no input": (
        (SCALE_FILE, 'upstream="dz"', 'upstream="dout"'),
        [f"{ITS}the upstream gradient dout is not among the inputs dz, x, w."],
    ),
    "forward that needs more": (
        (SCALE_FILE, "def forward(x, w):", "def forward(x, w, b):"),
        [f"{ITS}forward takes x, w, b, and is given x, w: say with at= what its arguments are."],
    ),
    "at that stops": (
        (SCALE_FILE, 'upstream="dz"', 'upstream="dz", at=lambda x, w: dict(x=x / None, w=w)'),
        [
            f"{ITS}at, which gives the arguments of forward, stops with TypeError: "
            "unsupported operand type(s) for /: 'float' and 'NoneType'"
        ],
    ),
    "question that is never asked": (
        ("exercises/questions.py", "", 'questions.append(Question("u01-more", answer=1, why="One."))\n'),
        [f"{UNIT}: the question u01-more of questions.py is never asked in the notebook."],
    ),
    "question that there is not": (
        (f"{UNIT}.py", 'ask("u01-twice"', 'ask("u01-none"'),
        [
            f"{UNIT}: the question u01-twice of questions.py is never asked in the notebook.",
            f'{UNIT}: the notebook calls ask("u01-none"), and questions.py has no question of this name.',
        ],
    ),
    "points that disagree": (
        (f"{UNIT}.py", "{points: scale_backward}", "3 points"),
        [f"{UNIT}, cell 1 (# Scaling) says 3 points; the exercise after it has 4 points."],
    ),
    "points of the unit that disagree": (
        (f"{UNIT}.py", "4 of {points: total}", "four of 6 points"),
        [f"{UNIT}, cell 1 (# Scaling) says that the unit has 6 points; its graded cells have 5 points."],
    ),
    "points of no exercise": (
        (f"{UNIT}.py", "{points: scale_backward}", "{points: scale}"),
        [
            f"{UNIT}: {{points: scale}} names no graded exercise of this unit; "
            "it may name scale_backward, total_of, total."
        ],
    ),
    "metadata that is no JSON": (
        (f"{UNIT}.py", '{"grade": true, "grade_id": "test1"', '{"grade": true, "grade_id": test1'),
        [
            f"{UNIT}: what follows nbgrader= in a cell is no JSON (Expecting value: line 1 column 29 (char 28)): "
            '{"grade": true, "grade_id": test1, "locked": true, "points": 4, "schema_version": 3, "solution": false}'
        ],
    ),
    "grade_id that stands twice": (
        (f"{UNIT}.py", '"grade_id": "total"', '"grade_id": "scale"'),
        (f"{UNIT}.py", '"grade_id": "test2"', '"grade_id": "scale"'),
        [f'{UNIT}: the cells 4, 8 and 10 have the same grade_id "scale"; give each one of its own.'],
    ),
    "cell without a grade_id": (
        (f"{UNIT}.py", '"grade_id": "test1", ', ""),
        [
            f"{UNIT}, cell 6 (check(scale_backward)) has no grade_id; "
            'write "grade_id": "…" into its metadata, a name that no other cell has.'
        ],
    ),
    "grade_id that nbgrader refuses": (
        (f"{UNIT}.py", '"grade_id": "test1"', '"grade_id": "test 1"'),
        [f"{UNIT}, cell 6 (test 1) has the grade_id 'test 1'; it may hold letters, digits, - and _ alone."],
    ),
    "graded cell without points": (
        (f"{UNIT}.py", '"points": 1, ', ""),
        [
            f'{UNIT}, cell 10 (test2) is graded and has no points; write "points": 4, or another number, '
            "into its metadata."
        ],
    ),
    "points that are no number": (
        (f"{UNIT}.py", '"points": 1, ', '"points": "one", '),
        [
            f"{UNIT}, cell 10 (test2) is graded and has the points 'one'; write \"points\": 4, or another number, "
            "into its metadata."
        ],
    ),
    "metadata that is no object": (
        (f"{UNIT}.py", "# %%\nask", "# %% nbgrader=4\nask"),
        [f"{UNIT}: what follows nbgrader= in a cell is no JSON object: 4"],
    ),
    "graded cell without check": (
        (f"{UNIT}.py", "check(scale_backward)\n", "# check(scale_backward)\n"),
        [f"{UNIT}, cell 6 (test1) is graded and has no check(…), so a student can't try the answer."],
    ),
    "grade outside a hidden test": (
        (f"{UNIT}.py", 'check("total_of"', 'grade("total_of", Total)\ncheck("total_of"'),
        [
            f'{UNIT}, cell 10 (test2) calls grade("total_of", …) outside {BLOCK}, so students would see it; '
            "put it between the two."
        ],
    ),
    "hidden test without an end": (
        (f"{UNIT}.py", 'grade("total_of", Total)\n### END HIDDEN TESTS', 'grade("total_of", Total)'),
        [
            f"{UNIT}, cell 10 (test2) begins or ends a hidden test alone; "
            f"it stands as {BLOCK}, each at the start of a line."
        ],
    ),
    "hidden test without grade": (
        (f"{UNIT}.py", 'grade("total_of", Total)', "pass"),
        (f"{UNIT}.py", "{points: total_of}", "no points"),
        (f"{UNIT}.py", "4 of {points: total}", "all of them"),
        [
            f'{UNIT}, cell 10 (test2) has a hidden test without grade("…", …) at the start of a line, '
            "so nothing is graded.",
            f"{UNIT}: total_of is an exercise and has no graded cell in the notebook.",
        ],
    ),
    "graded cell without a hidden test": (
        (
            f"{UNIT}.py",
            '### BEGIN HIDDEN TESTS\ngrade("total_of", Total)\n### END HIDDEN TESTS',
            "# More numbers are tried when graded.",
        ),
        (f"{UNIT}.py", "{points: total_of}", "no points"),
        (f"{UNIT}.py", "4 of {points: total}", "all of them"),
        [
            f'{UNIT}, cell 10 (test2) is graded and has no hidden test; put grade("…", …) between '
            f"{BLOCK.replace('…', 'and')}.",
            f"{UNIT}: total_of is an exercise and has no graded cell in the notebook.",
        ],
    ),
    "hidden test in a cell that is not graded": (
        (f"{UNIT}.py", 'ask("u01-twice", guess=None)\n', 'ask("u01-twice", guess=None)\n' + HIDDEN_TEST),
        [
            f'{UNIT}, cell 12 (ask("u01-twice", guess=None)) has a hidden test and is not graded; '
            'write "grade": true into its metadata.'
        ],
    ),
    "two wrong answers with one id": (
        (SCALE_FILE, '"mean", ', '"sign", '),
        [f'{ITS}2 wrong answers have the id "sign"; give each one an id of its own.'],
    ),
    "wrong answer that takes other inputs": (
        (SCALE_FILE, "lambda dz, x, w: (-dz * w, -np.sum(dz * x))", "lambda z: (-z, -np.sum(z))"),
        [
            f"{ITS}the wrong answer sign takes z, and the draw a_few gives dz, x, w; "
            "let it take these in this order, or *inputs where a student's would take others."
        ],
    ),
    "unusual answer that takes other inputs": (
        (SCALE_FILE, "def by_dot(dz, x, w):", "def by_dot(dz, x, w, b):"),
        [
            f"{ITS}the unusual answer by_dot takes dz, x, w, b, and the draw a_few gives dz, x, w; "
            "let it take these in this order, or *inputs where a student's would take others."
        ],
    ),
    "wrong answer that asks for a right one that there is not": (
        (TOTAL_FILE, "return super().add(2 * value)", "return right.Totel().add(2 * value)"),
        [f"{UNIT}: total_of: the wrong answer doubled can't be tried: source/{UNIT}/{UNIT}.py defines no Totel."],
    ),
    "wrong answer that spoils no output": (
        (SCALE_FILE, 'spoils=("dx",)', 'spoils=("dz",)'),
        [
            f'{ITS}the wrong answer upstream-alone says spoils="dz", which is no output of this exercise; '
            "there are: dx, dw."
        ],
    ),
    "wrong answer that fails no aspect": (
        (SCALE_FILE, 'spoils=("dx",)', 'fails="unchangd"'),
        [
            f'{ITS}the wrong answer upstream-alone says fails="unchangd", which is no aspect of care or property '
            "of this exercise; there are: unchanged."
        ],
    ),
    "wrong answer that fails where there is no aspect": (
        (TOTAL_FILE, '"Each value counts once.")', '"Each value counts once.", fails="unchanged")'),
        [
            f'{UNIT}: total_of: the wrong answer doubled says fails="unchanged", which is no aspect of care or '
            "property of this exercise; there are: none."
        ],
    ),
    "wrong answer without a message": (
        (SCALE_FILE, '"The sign is reversed."', '" "'),
        [f"{ITS}the wrong answer sign has no message; say what the student got wrong, and where to look."],
    ),
    "forward that is not finite": (
        (SCALE_FILE, "return w * x", "return w * x + 0 * np.log(x - 1e9)"),
        [
            f"{ITS}forward gives a value that is not finite for the draw a_few, or close to it, so dx, dw can't be "
            "held against finite differences; draw inputs where forward is finite."
        ],
    ),
    "two definitions of one name": (
        (SCALE_FILE, "def as_dict(", "def as_lists("),
        [f"source/{UNIT}/{SCALE_FILE}, line 40: as_lists is defined a second time in this file."],
    ),
    "two questions of one name": (
        ("exercises/questions.py", "", 'again = Question("u01-twice", answer=1, why="One.")\n'),
        [f"source/{UNIT}/exercises/questions.py has two questions u01-twice."],
    ),
    "two exercises of one name": (
        ("exercises/again.py", "", TOTAL),
        [
            f"source/{UNIT}/exercises/again.py holds the exercise total_of; call the file total_of.py, "
            'or the exercise "again".',
            f"source/{UNIT}/exercises/total_of.py: another file of this unit has an exercise total_of as well.",
        ],
    ),
    "two exercises in one file": (
        (SCALE_FILE, "", 'other = Exercise("other", practice=True)\n'),
        [
            f"source/{UNIT}/{SCALE_FILE} holds 2 exercises (scale_backward, other); a file holds one, of its own name.",
            f"{UNIT}: other has 0 wrong answers; 3 are needed.",
            f"{UNIT}: other has 0 unusual right answers; 2 are needed.",
            f"{UNIT}: source/{UNIT}/{UNIT}.py has no solution cell that defines other.",
        ],
    ),
    "no exercise in a file": (
        ("exercises/empty.py", "", '"""Nothing yet."""\n'),
        [f"source/{UNIT}/exercises/empty.py holds 0 exercises (none); a file holds one, of its own name."],
    ),
    "draw that stops": (
        (SCALE_FILE, "dz=numbers(rng)", "dz=numbers(1)"),
        [f"{ITS}the draw a_few stops with AttributeError: 'int' object has no attribute 'normal'"],
    ),
    "draw of other names": (
        (SCALE_FILE, "dict(dz=numbers(rng), x=", "dict(dout=numbers(rng), x="),
        [
            f"{ITS}the draw a_few gives dout, x, w; scale_backward takes dz, x, w, in this order.",
            f"{ITS}the upstream gradient dz is not among the inputs dout, x, w.",
        ],
    ),
    "draw in another order": (
        (SCALE_FILE, "dict(dz=numbers(rng), x=numbers(rng), ", "dict(x=numbers(rng), dz=numbers(rng), "),
        [f"{ITS}the draw a_few gives x, dz, w; scale_backward takes dz, x, w, in this order."],
    ),
    "draw without what rows names": (
        (SCALE_FILE, 'rows=("x",)', 'rows=("y",)'),
        [f"{ITS}the draw a_few gives no y, which stands in rows or in sizes."],
    ),
    "draw of no dict": (
        (TOTAL_FILE, "dict(values=rng.normal(size=3).tolist())", "rng.normal(size=3)"),
        [f"{UNIT}: total_of: the draw three gives a ndarray; a draw returns a dict of the inputs by name."],
    ),
    "scenario that stops": (
        (TOTAL_FILE, "total.add(value)", "total.append(value)"),
        [f"{UNIT}: total_of: the scenario added stops with AttributeError: 'Total' object has no attribute 'append'"],
    ),
    "scenario that hands over what is not shown": (
        (TOTAL_FILE, "scenario(values=[1.0])", 'scenario(hands=("value",), values=[1.0])'),
        [f"{UNIT}: total_of: the scenario added hands over value, which is none of the inputs values."],
    ),
    "file that stops": (
        (SCALE_FILE, "", "undefined_name\n"),
        [f"source/{UNIT}/{SCALE_FILE} stops with NameError: name 'undefined_name' is not defined"],
    ),
    "file that is not Python": (
        (SCALE_FILE, "", "def\n"),
        [f"source/{UNIT}/{SCALE_FILE} stops with SyntaxError: invalid syntax (scale_backward.py, line 42)"],
    ),
    "shared file that stops": (
        ("exercises/_shared.py", "", "1 / 0\n"),
        [f"source/{UNIT}/exercises/_shared.py stops with ZeroDivisionError: division by zero"],
    ),
    "answer that is not Python": (
        (f"{UNIT}.py", "    return dz * w, np.sum(dz * x)", "    return dz * w,, np.sum(dz * x)"),
        [
            f"{UNIT}, cell 4 (scale) is not Python: invalid syntax (cell, line 3)",
            f"The cell scale of source/{UNIT}/{UNIT}.py stops with "
            f"SyntaxError: invalid syntax (<{UNIT}: scale>, line 3)",
        ],
    ),
    "anything else that fails": (
        (SCALE_FILE, 'care=("unchanged",)', "tolerance='small'"),
        [
            f"{UNIT}: scale_backward (source/{UNIT}/{SCALE_FILE}) can't be tried: TypeError: "
            "'>' not supported between instances of 'float' and 'str'"
        ],
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_fault_is_a_sentence(place, kind):
    *edits, expected = BROKEN[kind]
    for one in edits:
        edit(place, *one)
    assert list(course_faults(place, [UNIT])) == expected


def test_placeholder_of_no_exercise_is_told_once_whatever_else_reads_the_text(place):
    (place.exercises(UNIT) / "total_of.py").unlink()
    edit(place, f"{UNIT}.py", "{points: total_of}", "{points as number: sum_of}")
    edit(place, f"{UNIT}.py", '"grade_id": "test2", ', "")
    assert list(course_faults(place, [UNIT])) == [
        f'{UNIT}, cell 10 (check("total_of", sums=[Total().add(1.0)) has no grade_id; '
        'write "grade_id": "…" into its metadata, a name that no other cell has.',
        f"{UNIT}: {{points as number: sum_of}} names no graded exercise of this unit; "
        "it may name scale_backward, total_of, total.",
    ]


def test_one_fault_is_counted_as_one(place, at, capsys):
    edit(place, SCALE_FILE, "def as_dict(", "def as_lists(")
    at(place)
    assert main(["verify", UNIT]) == 1
    assert capsys.readouterr().out.endswith("\n1 fault.\n")


def test_file_of_another_name_than_its_exercise_is_told(place):
    (place.exercises(UNIT) / "total_of.py").rename(place.exercises(UNIT) / "sum_of.py")
    shown = f"source/{UNIT}/exercises/sum_of.py"
    assert list(course_faults(place, [UNIT])) == [
        f'{shown} holds the exercise total_of; call the file total_of.py, or the exercise "sum_of".'
    ]


def test_wrong_answer_may_take_other_inputs_on_purpose(place):
    edit(
        place,
        SCALE_FILE,
        "lambda dz, x, w: (-dz * w, -np.sum(dz * x))",
        "lambda *inputs: (lambda z: (z, z))(*inputs)",
    )
    assert list(course_faults(place, [UNIT])) == []


def test_mistake_that_is_not_recognised_is_told_with_what_the_student_would_read(place):
    edit(place, SCALE_FILE, "lambda dz, x, w: (dz * x, np.sum(dz * w))", "Random()")
    edit(place, SCALE_FILE, "\n\n@scale_backward.draw", RANDOM)
    (fault,) = course_faults(place, [UNIT])
    assert fault.startswith(
        f"{ITS}the wrong answer swapped fails, and its mistake is not recognised: the student would read: "
        "scale_backward: "
    )


@pytest.mark.parametrize(
    "old, changed", [('"mean", ', '"sign", '), ("return w * x", "return w * x + 0 * np.log(-1e9)")]
)
def test_build_refuses_what_verify_says_of_an_exercise(place, at, capsys, old, changed):
    edit(place, SCALE_FILE, old, changed)
    (fault,) = course_faults(place, [UNIT])
    at(place)
    assert main(["build"]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == fault


def test_names_that_two_units_share_are_told(place):
    other = place.source / "02_again"
    (place.source / UNIT).rename(other)
    (other / f"{UNIT}.py").rename(other / "02_again.py")
    for name, text in FILES.items():
        path = place.source / UNIT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert list(course_faults(place, place.units())) == [
        f"The exercise scale_backward stands in {UNIT} and in 02_again; names are unique in the course.",
        f"The exercise total_of stands in {UNIT} and in 02_again; names are unique in the course.",
        f"The question u01-twice stands in {UNIT} and in 02_again; names are unique in the course.",
    ]


def test_broken_unit_does_not_hide_the_faults_of_the_next(place):
    other = place.source / "02_again"
    other.mkdir()
    (other / "02_again.py").write_text("# %%\nx = 1\n")
    edit(place, SCALE_FILE, "", "1 / 0\n")
    assert list(course_faults(place, place.units())) == [
        f"source/{UNIT}/{SCALE_FILE} stops with ZeroDivisionError: division by zero",
        "02_again, cell 1 (x = 1) stands without a sentence of purpose before it.",
    ]


def test_error_that_nobody_foresaw_is_told_with_the_part_that_it_stopped(place, monkeypatch):
    def fails(course, unit):
        raise RuntimeError("out of order")
        yield

    monkeypatch.setitem(PARTS, "files", fails)
    assert list(course_faults(place, [UNIT])) == [f"{UNIT}: its files can't be looked at: RuntimeError: out of order"]


def test_build_says_what_does_not_fit_in_a_sentence(place, at, capsys):
    edit(place, SCALE_FILE, 'upstream="dz"', 'upstream="dout"')
    at(place)
    assert main(["build"]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == (
        f"{UNIT}: scale_backward: the upstream gradient dout is not among the inputs dz, x, w."
    )


def test_exercises_come_in_the_order_of_the_notebook(place):
    assert list(asked_in(UNIT, place).exercises) == ["scale_backward", "total_of"]
    text = place.text(UNIT).read_text().replace("check(scale_backward)", "").replace("{points: scale_backward}", "")
    place.text(UNIT).write_text(
        text.replace('\ngrade("scale_backward", scale_backward)', "") + 'check("scale_backward")'
    )
    assert list(asked_in(UNIT, place).exercises) == ["total_of", "scale_backward"]


def test_exercises_are_loaded_anew_when_a_file_changes_comes_or_goes(place):
    assert asked_in(UNIT, place) is asked_in(UNIT, place)
    assert unit_of("total_of", place) == UNIT
    edit(place, "exercises/_shared.py", "size=5", "size=6")
    (draw,) = asked_in(UNIT, place).exercises["scale_backward"].draws
    assert draw.inputs(np.random.default_rng(1))["x"].shape == (6,)
    edit(place, "exercises/third.py", "", 'from autograder.exercises import Exercise\n\nthird = Exercise("third")\n')
    assert unit_of("third", place) == UNIT
    (place.exercises(UNIT) / "third.py").unlink()
    assert list(asked_in(UNIT, place).exercises) == ["scale_backward", "total_of"]


def test_points_are_filled_into_text_cells_alone(place):
    edit(place, f"{UNIT}.py", "check(scale_backward)", 'check(scale_backward)\n"{points: total} {points: none}"')
    cells = cells_of(place, UNIT)
    assert cells[0].text.endswith("Easy, 5 minutes, 4 points, 4 of 5 points.")
    assert '"{points: total} {points: none}"' in cells[5].text
    assert [cell.text for cell in cells if "total_of" in cell.text or "1 point." in cell.text][0] == (
        "**Code.** Easy, 5 minutes, 1 point. A sum that grows."
    )
    assert points_of(place, UNIT) == {"scale_backward": 4.0, "total_of": 1.0}
