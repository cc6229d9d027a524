"""Long outputs on a page: beginnings and ends are shown, and all that was said of an answer."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder.nbgrader_plugins.sanitize import Sanitize
from autograder.nbgrader_plugins.shorten import MAX_CHARACTERS, MAX_CHARACTERS_OF_NOTEBOOK, THE_REST, shortened

GRADED = {"nbgrader": {"grade": True, "solution": False, "grade_id": "u01-f-test"}}
LONG = "first" + "&" * 200_000 + "last"


def shown(*cells):
    """The outputs of each cell as a page gets them."""
    return [cell.outputs for cell in Sanitize(enabled=True)(new_notebook(cells=list(cells)), {})[0].cells]


def texts(outputs):
    return "".join(output.get("text", "") for output in outputs)


def printed(text, **options):
    return new_code_cell("1", outputs=[new_output("stream", text=text)], **options)


def test_short_text_is_shown_whole():
    assert shortened("x" * MAX_CHARACTERS) == "x" * MAX_CHARACTERS


@pytest.mark.parametrize(
    ("output", "text"),
    [
        (new_output("stream", text=LONG), lambda output: output.text),
        (new_output("display_data", {"text/plain": LONG}), lambda output: output.data["text/plain"]),
        (new_output("execute_result", {"text/latex": LONG}), lambda output: output.data["text/latex"]),
        (new_output("error", ename="E", evalue="", traceback=LONG.split()), lambda output: "\n".join(output.traceback)),
    ],
)
def test_long_text_is_shown_without_its_middle(output, text):
    ((found,),) = shown(new_code_cell("1", outputs=[output]))
    assert text(found).startswith("first&&") and text(found).endswith("&&last")
    assert "&\n[150,009 characters are left out here.]\n&" in text(found)
    assert len(text(found)) < MAX_CHARACTERS + 100


def test_outputs_of_all_cells_share_what_is_shown():
    found = shown(*(printed("x" * MAX_CHARACTERS) for _ in range(30)))
    assert [texts(outputs) for outputs in found][-1] == THE_REST
    assert 1 < sum(texts(outputs) != THE_REST for outputs in found) <= MAX_CHARACTERS_OF_NOTEBOOK // MAX_CHARACTERS


def test_many_outputs_of_a_cell_are_shown_up_to_a_number():
    (outputs,) = shown(new_code_cell("1", outputs=[new_output("display_data", {"text/plain": "x"})] * 10_000))
    assert 1_000 < len(outputs) < 5_000 and outputs[-1].text == THE_REST


def test_what_was_said_of_an_answer_is_shown_whatever_else_was_printed():
    noisy = [printed("x" * MAX_CHARACTERS) for _ in range(30)]
    *_, outputs = shown(*noisy, printed(LONG + "Graded: 4 of 4 points.", metadata=GRADED))
    assert texts(outputs).endswith("Graded: 4 of 4 points.")


def test_pictures_count_little():
    picture = new_output("display_data", {"image/png": "A" * 200_000})
    assert shown(*(new_code_cell("1", outputs=[picture]) for _ in range(30))) == [[picture]] * 30
