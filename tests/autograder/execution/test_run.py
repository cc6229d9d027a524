"""Student's cells in a process of their own, graded cells in this one: the points are those of the notebook."""

import json
import os
import signal
import time
from dataclasses import replace

import pytest
from support.courses import ROOT
from support.served_notebook import LIMITS, Served, points
from support.unconfined import serve_unconfined

from autograder.execution.deadlines import Deadlines
from autograder.execution.run import NotebookRun
from autograder.execution.turns import Pace, Turn, TurnOver
from autograder.judge.context import GradingContext
from autograder.paths import Course
from autograder.sandbox.confined.notebook import time_limit
from autograder.sandbox.confined.rpc.transport import PeerClosed
from course.functions import Named

SLOW = replace(LIMITS, seconds_per_cell=1.0)


MSE = "import numpy as np\ndef mse(y_hat, y):\n    return np.mean((y_hat - y) ** 2)"
GRADE_MSE = 'check(mse)\nfrom autograder import grade\n\ngrade("mse", mse)'


def test_outputs_come_as_the_notebook_has_them():
    with Served() as served:
        shown = served.student("import sys\nprint('a')\nprint('b', file=sys.stderr)\n1 + 1", "1 / 0")
    assert [output["output_type"] for output in shown] == ["stream", "stream", "execute_result", "error"]
    assert (shown[0]["text"], shown[1]["name"], shown[2]["data"]) == ("a\n", "stderr", {"text/plain": "2"})
    assert shown[3]["ename"] == "ZeroDivisionError"


def test_figures_are_outputs():
    with Served() as served:
        shown = served.student("from matplotlib import pyplot as plt\nplt.plot([1, 2])\nplt.show()")
    assert any(output.get("data", {}).get("image/png") for output in shown)


def test_names_of_the_test_are_not_those_of_the_student():
    with Served() as served:
        served.student(MSE.replace("** 2", "** 3"))
        served.student(
            "def check(*a): pass", "def grade(*a): return 99.0", "np = None\nimport builtins\nbuiltins.float = None"
        )
        assert points(served.graded(GRADE_MSE)) == 0.0


def test_answer_is_judged_once_and_each_message_is_said_once():
    """A graded cell ends in ``check`` and ``grade``: a page with both would say everything twice."""
    with Served() as served:
        served.student(MSE.replace("np.mean", "np.sum"))
        shown = served.graded(GRADE_MSE)
        text = "".join(output.get("text", "") for output in shown)
    assert points(shown) == 0.0
    assert text.startswith("Graded with new numbers")
    sentences = [sentence for sentence in text.splitlines() if len(sentence) > 20]
    assert len(sentences) == len(set(sentences))


@pytest.mark.parametrize("role", ["given", "copied"])
def test_name_that_a_cell_of_the_course_binds_is_nobodys_answer(role):
    with Served() as served:
        served.run.cell(role, MSE)
        assert points(served.graded(GRADE_MSE)) == 0.0
        served.student("mse = mse")
        assert points(served.graded(GRADE_MSE)) == 0.0
        served.student(MSE)
        assert points(served.graded(GRADE_MSE)) == 4.0


def test_stub_overwrites_no_answer_and_leaves_a_missing_one_unwritten():
    stub = "def mse(y_hat, y):\n    raise NotImplementedError()"
    with Served() as served:
        served.run.cell("stub", stub)
        assert "mse: not written yet" in str(served.graded(GRADE_MSE))
        served.student(f"{MSE}\nloss = mse\ndel mse", "globals()['mse'] = loss")
        served.run.cell("stub", stub)
        assert points(served.graded(GRADE_MSE)) == 4.0


def test_objects_that_are_equal_to_everything_earn_nothing():
    evil = """
class Evil(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __abs__ = __sub__
def mse(y_hat, y): return Evil(0.123)
"""
    with Served() as served:
        served.student(evil)
        assert points(served.graded(GRADE_MSE)) == 0.0


def test_an_answer_that_hangs_costs_its_own_points_alone():
    with Served(SLOW) as served:
        served.student(MSE, "def predict(x, w, b):\n    while True: pass")
        (hung,) = served.graded("check(predict)\nfrom autograder import grade\n\ngrade('predict', predict)")
        assert "took too long" in hung["evalue"]
    with Served() as served:
        served.student(MSE, "def predict(x, w, b):\n    import os; os._exit(0)")
        (gone,) = served.graded("from autograder import grade\n\ngrade('predict', predict)")
        assert "ended the process" in gone["evalue"]
        assert points(served.graded(GRADE_MSE)) == 4.0


def test_answers_are_judged_in_place_where_nothing_forbids_it():
    with Served(in_place=True) as served:
        served.student(MSE, "import os\nhome = os.getpid()\ncalls = []")
        served.student(MSE.replace("return", "calls.append(os.getpid() == home)\n    return"))
        assert points(served.graded(GRADE_MSE)) == 4.0
        (shown,) = served.student("set(calls)")
        assert shown["data"] == {"text/plain": "{True}"}
        assert served.run.settled


@pytest.mark.parametrize("harm", ["while True: pass", "import os; os._exit(0)"])
def test_what_goes_wrong_in_place_is_to_be_run_again(harm):
    with Served(SLOW, in_place=True) as served:
        served.student(MSE)
        assert points(served.graded(GRADE_MSE)) == 4.0
        assert served.run.settled
        served.student(f"def predict(x, w, b):\n    {harm}")
        served.graded(GRADE_PREDICT)
        assert not served.run.settled


def test_a_notebook_that_is_lost_before_anything_was_judged_is_not_run_again():
    with Served(in_place=True) as served:
        served.student("import os\nos._exit(3)")
        assert served.run.lost
        assert served.run.settled


def test_what_a_graded_call_leaves_unwritten_is_not_shown_by_the_next_cell():
    with Served(in_place=True) as served:
        served.student(MSE.replace("return", "print('half', end='')\n    return"))
        assert points(served.graded(GRADE_MSE)) == 4.0
        (shown,) = served.student("print('whole')")
        assert shown["text"] == "whole\n"


@pytest.mark.parametrize(
    "line",
    [
        *("'{0}'", "print('{0}')", "import warnings; warnings.warn('{0}', RuntimeWarning)", "mse.__name__ = '{0}'"),
        "class Noted: '{0}'",
    ],
)
def test_half_a_character_in_an_answer_costs_no_more_than_a_whole_one(line):
    earned = []
    for text in ("x", "\\ud83d"):
        with Served() as served:
            served.student(MSE.replace("    return", f"    {line.format(text)}\n    return"))
            outputs = served.graded(GRADE_MSE)
        assert json.dumps(outputs, ensure_ascii=False).encode()
        earned.append(points(outputs))
    assert earned[0] == earned[1] > 0


def test_error_that_holds_half_a_character_costs_its_own_points_alone():
    with Served() as served:
        served.student(MSE, "def predict(x, w, b):\n    raise ValueError('\\ud83d')")
        assert "predict stops with ValueError: ?, in" in str(served.graded(GRADE_PREDICT))
        assert points(served.graded(GRADE_MSE)) == 4.0


def test_display_that_holds_half_a_character_is_shown():
    with Served() as served:
        (shown,) = served.student("from IPython.display import Markdown\nMarkdown('a \\ud83d b')")
    assert shown["data"]["text/markdown"] == "a ? b"


GRADE_PREDICT = "check(predict)\nfrom autograder import grade\n\ngrade('predict', predict)"
PREDICT = "def predict(x, w, b):\n    return w * x + b"


def test_generator_that_is_lent_can_be_made_a_list():
    with Served() as served:
        served.student("def mse(y_hat, y):\n    kept = list(y_hat)\n    return len(kept) + sum(kept)")
        shown = served.graded("mse((value for value in (1.0, 2.0)), 0)")
    assert shown[-1]["data"] == {"text/plain": "5.0"}


def test_answer_that_stops_after_another_had_used_something_up_is_to_be_judged_again():
    """In place both took from one iterator; with a copy for each graded cell there is enough."""
    for in_place in (True, False):
        with Served(in_place=in_place) as served:
            served.student(MSE.replace("return", "next(scales)\n    return"))
            served.student(PREDICT.replace("return", "next(scales)\n    return"))
            served.student("scales = iter(range(30))")  # enough for one of them, and not for both
            assert points(served.graded(GRADE_MSE)) == 4.0
            assert served.run.settled
            found = points(served.graded(GRADE_PREDICT))
            assert served.run.settled is not in_place
    assert found == 2.0


def test_what_graded_calls_leave_behind_is_undone():
    left = "plt.figure(); sys.stdout = io.StringIO(); os.chdir('/'); sys.setrecursionlimit(900)\n    return"
    with Served(in_place=True) as served:
        served.student("import io, os, sys\nfrom matplotlib import pyplot as plt\nbefore = os.getcwd()")
        served.student(MSE.replace("return", left))
        assert points(served.graded(GRADE_MSE)) == 4.0
        (shown,) = served.student("print(plt.get_fignums(), os.getcwd() == before, sys.getrecursionlimit() > 900)")
        assert shown["text"] == "[] True True\n"


def test_thread_that_prints_outlives_a_graded_cell_and_shows_nothing_in_it():
    ticks = "import threading, time\ndef tick():\n    while True:\n        print('tick')\n        time.sleep(0.001)"
    with Served(in_place=True) as served:
        served.student(ticks, "thread = threading.Thread(target=tick, daemon=True)\nthread.start()", MSE)
        shown = served.graded(GRADE_MSE)
        assert points(shown) == 4.0
        assert "tick" not in str(shown)
        assert "alive True" in str(served.student("print('alive', thread.is_alive())"))


ASKS_THE_GRADER = """
import gc, numpy as np
from autograder.sandbox.confined import shell
from course.functions import Named
(session,) = [thing for thing in gc.get_objects() if type(thing) is shell.Session]
def asks(*request):
    try: return session.peer.request(*request)
    except Exception as error: return f"{error.kind}: {error.text}"
"""
REQUESTS = {
    "call": "asks('call', Named('polynomial', coefficients=np.zeros(9)), [1.0], {})",
    "copy": "asks('copy', Named('sin'), True)",
    "get": "asks('get', Named('sin'), 'name')",
    "methods": "asks('methods', asks)",
    "next": "asks('next', iter([1]))",
    "an own function": "asks('call', asks, ['methods', 1], {})",
    "nothing": "asks('call')",
    "another operation": "asks('_call', 1)",
}


@pytest.mark.parametrize("asked", REQUESTS.values(), ids=REQUESTS.keys())
def test_grader_does_nothing_for_a_cell_of_the_students(asked, monkeypatch):
    monkeypatch.setattr(Named, "__call__", lambda self, x: pytest.fail("called"))
    with Served() as served:
        served.student(ASKS_THE_GRADER)
        (shown,) = served.student(asked)
    assert shown["data"]["text/plain"] == "'PermissionError: this is done with what is lent alone'"


def test_a_cell_that_ends_the_process_keeps_what_was_earned():
    with Served() as served:
        served.student(MSE)
        earned = points(served.graded(GRADE_MSE))
        (stopped,) = served.student("import os\nos._exit(3)")
        (after,) = served.graded(GRADE_MSE)
    assert earned == 4.0
    assert "ended the process" in stopped["evalue"]
    assert "not run" in after["evalue"]
    assert "ended" in served.run.problem


def test_cell_is_not_interrupted_while_others_have_the_processor(monkeypatch):
    """Where nine tenths of the time go to them, it has ten times as long."""
    monkeypatch.setattr(time_limit, "queued_seconds", lambda: 0.9 * time.monotonic())
    with Served(SLOW, deadlines=Deadlines(SLOW, lambda: 0.1 * time.monotonic())) as served:
        (shown,) = served.student("import time\ntime.sleep(2)\nprint('done')")
        assert shown["text"] == "done\n"
        assert served.run.problem == ""


@pytest.mark.parametrize("apart", [False, True], ids=["in place", "in a copy"])
def test_process_that_does_not_take_a_graded_cell_in_its_turn_loses_nothing(apart):
    """As after an answer whose many processes take their time to end, while others wait."""
    pace = Pace()
    pace.passed(1, 100.0, 100.0)  # however busy the machine is, that cell has time
    pace.passed(2, 0.01, 100.0)
    deadlines = Deadlines(LIMITS, turn=Turn(pace, 0))
    with Served(deadlines=deadlines, in_place=not apart) as served:
        served.student(MSE)
        os.kill(served.child, signal.SIGSTOP)
        try:
            with pytest.raises(TurnOver):
                served.run.cell("graded", GRADE_MSE, apart=apart)
        finally:
            os.kill(served.child, signal.SIGCONT)


def test_output_is_cut_off():
    with Served() as served:
        shown = served.student("for _ in range(3000): print('x' * 1000)")
    assert sum(len(str(output)) for output in shown) < 2 * LIMITS.output_bytes
    assert "left out" in shown[-1]["text"]


def test_prints_in_graded_cells_cost_nothing():
    noisy = MSE.replace("    return", "    import sys; print('hello'); print('oh', file=sys.stderr)\n    return")
    with Served() as served:
        served.student(noisy)
        outputs = served.graded(GRADE_MSE)
    assert points(outputs) == 4.0
    assert [output.get("name") for output in outputs if output["output_type"] == "stream"] == ["stdout"]


def test_the_graders_model_is_copied_where_it_is():
    twice = """
import copy
def twice(model):
    twin, same = copy.deepcopy(model), copy.copy(model)
    twin.params()[1][0] += 7
    return [float(each.params()[1][0]) for each in (model, twin, same)] + [copy.deepcopy(mse) is mse]
"""
    asks = "from course.functions import Stretch\nlist(map(float, twice(Stretch(2)))) == [0, 7, 0, 1]"
    with Served() as served:
        served.student(MSE, twice)
        (shown,) = served.graded(asks)
    assert shown["data"] == {"text/plain": "True"}, shown


def test_the_grader_gives_nothing_but_what_it_exports():
    thief = MSE.replace("return", "print([predict.func_globals, predict.make_key])\n    return")
    with Served() as served:
        served.student(thief, "def predict(x, w, b):\n    raise NotImplementedError()")
        outputs = served.graded(GRADE_MSE)
    assert points(outputs) == 0.0


WRITES = "import numpy as np\ndef mse(y_hat, y):\n    y_hat -= y\n    return np.mean(y_hat**2)"
NO_CHANGE = """
import sys
for module in list(sys.modules.values()):
    for name in ('is_changed', 'with_changed', '_differs'):
        if name in vars(module):
            setattr(module, name, lambda answered, *more: answered if name == 'with_changed' else False)
"""


def test_whether_inputs_are_unchanged_is_seen_by_the_grader():
    earned = []
    for patch in ("", NO_CHANGE):
        with Served() as served:
            served.student(patch, WRITES)
            outputs = served.graded(GRADE_MSE)
            assert "changes" in str(outputs) or "writes" in str(outputs), outputs
            earned.append(points(outputs))
    assert earned[0] == earned[1] < 4.0


FLOOD = """
import os, stat
for number in range(3, 64):
    try:
        if not stat.S_ISSOCK(os.fstat(number).st_mode): continue
        os.write(number, bytes([5, 0, 0, 0]) + b"hello")
    except OSError:
        pass
"""


def test_bytes_that_nobody_asked_for_fail_the_cell():
    with Served() as served:
        served.student(MSE)
        served.student(FLOOD)
        outputs = served.graded(GRADE_MSE)
    assert points(outputs) == 0.0


def test_a_process_that_never_begins_is_silence():
    child, line = serve_unconfined()
    os.kill(child, 9)
    os.waitpid(child, 0)
    with pytest.raises(PeerClosed):
        NotebookRun(line, LIMITS, GradingContext.of(Course(ROOT), 5))
    line.close()
