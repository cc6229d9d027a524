"""Code on a page: in colours as far as that is soon done, on the page of feedback and on formgrader's."""

from pathlib import Path

import nbgrader
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook
from pygments.lexers import PythonLexer
from traitlets.config.loader import PyFileConfigLoader

from autograder.nbgrader_plugins import highlight
from autograder.nbgrader_plugins.feedback import FeedbackPage
from autograder.nbgrader_plugins.highlight import PLAIN, highlighted_code, without_trailing_blanks
from autograder.nbgrader_plugins.sanitize import MAX_CHARACTERS, MAX_CHARACTERS_OF_NOTEBOOK, sanitized_markdown

COLOURED = '<span class="n">x</span>'
SHORT = "x = 1\n" * 2_000
LONG = "x = 1\n" * MAX_CHARACTERS


@pytest.fixture(params=["feedback", "formgrade"])
def page_of(request):
    """The page of a notebook, as nbgrader makes it with the course's own configuration."""
    place = Path(__file__).resolve().parents[3]
    config = PyFileConfigLoader("nbgrader_config.py", path=str(place)).load_config()
    formgrader = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader"
    exporter = (FeedbackPage if request.param == "feedback" else HTMLExporter)(
        config=config,
        template_name=request.param,
        extra_template_basedirs=[str(formgrader / "templates")],
        extra_template_paths=[str(formgrader / "static" / "node_modules" / "bootstrap" / "dist" / "css")],
    )

    def made(*cells):
        names = dict.fromkeys(("notebook", "assignment", "student"), "n") | {"score": 1.0, "max_score": 2.0}
        of_formgrader = dict.fromkeys(("notebook_id", "assignment_id", "base_url", "mathjax_url", "submission_id"), "n")
        about = {"nbgrader": names, "inlining": {"css": []}, "index": 0, "total": 1, **of_formgrader}
        return exporter.from_notebook_node(new_notebook(cells=list(cells)), about)[0]

    return made


@pytest.fixture
def looked_at(monkeypatch):
    """The code that pygments' lexer was given."""
    highlight._remembered.cache_clear()
    given = []
    whole = PythonLexer.get_tokens

    def get_tokens(lexer, text, *options):
        given.append(text)
        return whole(lexer, text, *options)

    monkeypatch.setattr(PythonLexer, "get_tokens", get_tokens)
    return given


def test_code_is_coloured(page_of):
    assert COLOURED in page_of(new_code_cell("x = 1"))


def test_long_cell_has_no_colours_and_all_of_its_text(page_of, looked_at):
    page = page_of(new_code_cell(LONG + "<last>"), new_code_cell("y = 1"))
    assert COLOURED not in page and '<span class="n">y</span>' in page
    assert page.count("x = 1\n") == MAX_CHARACTERS and "&lt;last&gt;" in page
    assert looked_at == ["y = 1"]


def test_cells_share_what_is_coloured(page_of, looked_at):
    page_of(*(new_code_cell(f"{SHORT}y = {number}") for number in range(20)))
    assert 0 < sum(map(len, looked_at)) <= MAX_CHARACTERS_OF_NOTEBOOK
    assert len(looked_at) == MAX_CHARACTERS_OF_NOTEBOOK // len(f"{SHORT}y = 1")


def test_lexer_gets_no_line_that_is_blank_and_not_empty(page_of, looked_at):
    """It would look through all that follow from each of them."""
    page_of(new_code_cell("  x = 1 \n\t\n \r\n\x0b\r\u3000\n\x1c\ny"))
    assert looked_at == ["  x = 1\n\n\n\n\n\ny"]


def test_only_python_is_coloured(page_of, looked_at):
    """Of the hundreds of languages that pygments knows, a magic or a block in a text could name the slowest."""
    magic = new_code_cell("%%javascript\nlet x", metadata={"magics_language": "javascript"})
    assert "hl-javascript" not in page_of(magic)
    assert looked_at == ["%%javascript\nlet x"]


def test_metadata_and_language_are_optional():
    assert COLOURED in highlighted_code("x = 1") and COLOURED in highlighted_code("x = 1", "html", {})
    assert highlighted_code("x < 1", metadata={PLAIN: True}).count("x &lt; 1") == 1


@pytest.mark.parametrize(("language", "coloured"), [("python", 1), ("py", 1), ("html", 0), ("mermaid", 0), ("no", 0)])
def test_only_blocks_of_python_in_texts_are_coloured(language, coloured):
    page = sanitized_markdown(f"```{language} words\nx = [1]\n```")
    assert page.count(COLOURED) == coloured and ("x = [1]" in page) == (not coloured)


def test_block_in_a_text_has_no_blank_lines_for_the_lexer(looked_at):
    sanitized_markdown("```python\nx = 1\n \n \ny\n```")
    assert looked_at == ["x = 1\n\n\ny\n"]


def test_blanks_at_the_ends_of_lines_are_all_that_is_left_out():
    assert without_trailing_blanks("a  b \n\n  c\t\n") == "a  b\n\n  c\n"
