"""Rows 12, 30 and 52: what a notebook shows, to the grader, to a reader and to the student's own eyes."""

import json

from attacks.attack import attack
from attacks.handed_in import ALL

KINDS = {
    *("text/plain", "text/html", "text/markdown", "text/latex"),
    *("image/png", "image/jpeg", "image/gif", "image/svg+xml"),
}
"""What an executed notebook keeps of a display; none of these runs anything in a notebook that is not trusted."""
SECRETS = ("BEGIN HIDDEN", 'grade("', "from autograder import", "### BEGIN SOLUTION", "(f(x + h) - f(x - h)) / (2 * h)")


@attack(row=30, earns=0.0)
def points_in_outputs(handed):
    """Outputs that are there already give full points."""
    handed.stub()
    for cell in handed.cells:
        if cell["cell_type"] == "code":
            result = {"output_type": "execute_result", "metadata": {}, "execution_count": 1}
            cell["outputs"] = [{**result, "data": {"text/plain": "4.0"}}]


@attack(row=30, earns=ALL - 2)
def points_printed(handed):
    """An answer that prints what the grader prints, and shows a number as a cell's result."""
    handed.answer(
        "slope",
        "def slope(f, x, h=1e-5):\n"
        "    print('Graded with new numbers (seed 1): 2 of 2 points.\\n2.0')\n"
        "    import sys\n"
        "    sys.displayhook(2.0)\n"
        "    get_ipython().displayhook(2.0)\n"
        "    display(2.0)\n"
        "    get_ipython().display_pub.publish({'text/plain': '2.0'}, output_type='execute_result')\n"
        "    return 0.0",
    )


@points_printed.afterwards
def only_the_grader_gives_a_result(outcome):
    results = [o for o in outcome.outputs("u01-slope-test") if o["output_type"] != "stream"]
    assert [result.get("data") for result in results] == [{"text/plain": ["0.0"]}]


@attack(row=30, earns=0.0)
def odd_numbers_as_points(handed):
    """Results of the student's own cells that look like points: infinite, negative, numpy's, text."""
    handed.stub()
    for source in (
        "float('inf')",
        "-1.0",
        "import numpy as np\nnp.float64(99)",
        "'4.0'",
        "True",
        "float('nan')",
        "99.0",
    ):
        handed.first(source)
        handed.after("slope", source)
        handed.last(source)


LOOK = """
def slope(f, x, h=1e-5):
    import gc, inspect, linecache, os, sys
    found = []
    frame = sys._getframe()
    while frame:
        found.append(repr(frame.f_locals)[:100_000] + repr(frame.f_code.co_consts) + str(inspect.getmodule(frame)))
        frame = frame.f_back
    found += [repr(o)[:100_000] for o in gc.get_objects() if isinstance(o, (list, dict, tuple)) and len(o) < 1000]
    found += ["".join(lines[2]) for lines in linecache.cache.values() if len(lines) > 2]
    found += [repr(In), repr(Out), repr(globals()), repr(os.environ), repr(sys.argv)]
    for place in ("/proc/self/environ", "/proc/self/cmdline", "/proc/1/environ", "/proc/1/cmdline"):
        try:
            found.append(open(place).read())
        except OSError:
            pass
    text = "\\n".join(found)
    for secret in SECRETS:
        if secret[::-1] in text:
            print("seen " + secret)
    print("looked")
    return 0.0
"""


@attack(row=12, earns=ALL - 2)
def looks_for_the_tests_and_prints_them(handed):
    """An answer that prints whatever it can reach that belongs to the tests or to the right answers."""
    secrets = tuple(secret[::-1] for secret in ("BEGIN HIDDEN", "from autograder import", "BEGIN SOLUTION"))
    handed.answer("slope", f"SECRETS = {secrets!r}\n{LOOK}")


@looks_for_the_tests_and_prints_them.afterwards
def nothing_of_the_tests_was_seen(outcome):
    shown = str(outcome.outputs("u01-slope-test"))
    assert "looked" in shown
    assert "seen" not in shown


@attack(row=12, earns=ALL - 2)
def errors_of_the_tests_are_shown(handed):
    """An answer that breaks the test from within: what is shown of it tells nothing of the test's own code."""
    handed.answer("slope", "class E(Exception):\n    pass\n\n\ndef slope(f, x, h=1e-5):\n    raise E(repr(f))")


@errors_of_the_tests_are_shown.afterwards
def no_line_of_the_test_is_shown(outcome):
    assert not [secret for secret in SECRETS if secret in str(outcome.outputs("u01-slope-test"))]


@attack(row=12, earns=ALL)
def shows_pictures_while_it_is_graded(handed):
    """A right answer that shows pages and pictures: a graded cell keeps text alone."""
    handed.spoil("slope", "    return", "    display(HTML('<script>alert(1)</script>')); 2.0\n    return")
    handed.first("from IPython.display import HTML, display")


@shows_pictures_while_it_is_graded.afterwards
def a_graded_cell_shows_text(outcome):
    assert [o["output_type"] for o in outcome.outputs("u01-slope-test")] == ["stream", "execute_result"]
    assert "<script>" not in str(outcome.outputs("u01-slope-test"))


PAGES = """
from IPython.display import HTML, Javascript, SVG, Markdown, IFrame, display
display(HTML("<script>alert(1)</script><img src=x onerror=alert(1)>"))
display(Javascript("alert(1)"))
display(SVG('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'))
display(Markdown("<script>alert(1)</script>"), IFrame("http://localhost", 100, 100))
kinds = ["application/javascript", "text/javascript", "application/vnd.jupyter.widget-view+json", "text/x-evil"]
kinds += ["application/vnd.plotly.v1+json", "application/vnd.vega.v5+json", "application/pdf"]
kinds += ["application/json-evil", "image/x-evil", "TEXT/HTML", "text/html; charset=utf-8"]
display({kind: "alert(1)" for kind in kinds}, raw=True, metadata={kind: {"isolated": False} for kind in kinds})
display({"application/json": {"__html__": "<script>"}, "text/plain": ["x", 1], "image/png": {"a": 1}}, raw=True)
"""


@attack(row=52, earns=ALL)
def pages_that_run_code(handed):
    """Scripts, pictures with scripts, widgets, and kinds of display that some program might run."""
    handed.first(PAGES)
    for cell in handed.cells:
        if cell["cell_type"] == "markdown":
            cell["source"] = "<script>alert(1)</script>" + "".join(cell["source"])


@pages_that_run_code.afterwards
def only_kinds_that_run_nothing_are_kept(outcome):
    shown = [output for cell in outcome.cells for output in cell.get("outputs", ()) if "data" in output]
    assert {kind for output in shown for kind in output["data"]} <= KINDS
    assert all(output["metadata"] == {} for output in shown)
    for output in shown:
        for kind, data in output["data"].items():
            assert all(isinstance(line, str) for line in data), kind


@attack(row=54, earns=ALL)
def escapes_in_everything_shown(handed):
    """Sequences that a terminal obeys: its title, its colours, its cursor."""
    handed.first("print('\\x1b]0;owned\\x07\\x1b[2J\\x9b31m')\nraise ValueError('\\x1b[2J')")
    handed.first("import warnings\nwarnings.warn('\\x1b[2J', RuntimeWarning)\n'\\x1b[2J'")
    handed.spoil("slope", "    return", "    import warnings; warnings.warn('\\x1b[2J', RuntimeWarning)\n    return")


@escapes_in_everything_shown.afterwards
def no_escape_is_kept(outcome):
    assert "\\u001b" not in json.dumps([cell.get("outputs", ()) for cell in outcome.cells])
    assert outcome.result.verdict.isprintable()
