"""Ids, names and duplicates that ask to be taken for something else, and what is left from before."""

from attacks.attack import attack
from attacks.handed_in import ALL
from attacks.round_two.unearned import LIMITS as LIMITS
from attacks.round_two.unearned import TOOLS


@attack(row=37, earns=16.0)
def the_id_of_a_test_on_code(handed):
    """The student's own cell carries the id and the name of the hidden test, and gives full points."""
    handed.stub("slope")
    test = next(c for c in handed.cells if c["metadata"].get("nbgrader", {}).get("grade_id") == "u01-slope-test")
    fake = {**test, "source": "grade = check = lambda *a, **k: 2.0\n2.0"}
    handed.cells.insert(handed.cells.index(test), fake)


@attack(row=35, earns=ALL)
def answers_that_have_swapped_their_names(handed):
    """Each answer stands in the cell of another: both are right, and earn no more than that."""
    one, other = handed.solution("slope"), handed.solution("layer_gradients")
    one["source"], other["source"] = other["source"], one["source"]


@attack(row=37, earns=16.0)
def a_second_answer_in_every_place(handed):
    """Wrong answers first, then the very same ids with what prints points, as text, raw and code."""
    cell = handed.solution("slope")
    cell["source"] = "def slope(f, x, h=1e-5):\n    return 0.0"
    for kind in ("markdown", "raw", "code"):
        handed.cells.append({**cell, "cell_type": kind, "source": "print(2.0)\n2.0"})


@attack(row=38, earns=16.0)
def the_course_renamed(handed):
    """Modules of the course and the grader are the student's own, in the table of modules and on the path."""
    handed.first(
        TOOLS + "made = types.ModuleType('autograder')\nmade.grade = lambda *a: 2.0\n"
        "for name in ('autograder', 'autograder.judge', 'autograder.judge.grade', 'course.checking.judge', 'course'):\n"
        "    sys.modules[name] = made\nmade.check = lambda *a, **k: None\n"
    )
    handed.stub("slope")


@attack(row=13, earns=16.0)
def a_result_that_was_kept(handed):
    """The replies of graded calls are kept in a file and given once more for the next exercise."""
    handed.first(TOOLS + "import pickle\n")
    handed.spoil(
        "train", "    return w, losses", "    open('kept', 'wb').write(pickle.dumps(losses))\n    return w, losses"
    )
    handed.answer(
        "slope",
        "def slope(f, x, h=1e-5):\n    try: return pickle.load(open('kept', 'rb'))[0]\n    except OSError: return 0.0",
    )


@attack(row=35, earns=16.0)
def names_of_a_stub_bound_far_below(handed):
    """The answer's cell is left, and its name is bound at the end, by what answers nothing; others are judged first."""
    handed.stub("slope")
    handed.last("slope = train")
    handed.last("from course import check as slope\nslope = lambda f, x, h=1e-5: f(x)")


@attack(row=35, earns=16.0)
def course_code_changed_to_give_points(handed):
    """The student's version of a given cell runs after the course's own, and binds all that a test uses."""
    given = next(cell for cell in handed.cells if "import numpy as np" in "".join(cell["source"]))
    fakes = "class Fake:\n    def __getattr__(self, name): return lambda *a, **k: 2.0\n    __call__ = __getattr__\n"
    given["source"] = fakes + "check = grade = lambda *a, **k: 2.0\nimport numpy as np\ntested = Fake()"
    handed.stub("slope")


@attack(row=35, earns=16.0)
def answer_below_an_error_that_another_one_stands_above(handed):
    """Of two answers the one above the error counts, whatever the student would rather have."""
    right = handed.solution("slope")["source"]
    handed.answer("slope", f"def slope(f, x, h=1e-5):\n    return 0.0\n1 / 0\n{right}")
