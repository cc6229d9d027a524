"""What a student wrote is shown and does not act: HTML and markdown by the words, notebooks by their cells."""

import subprocess
import sys
from pathlib import Path

import nbformat
import nbgrader
import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from autograder import nbgrader_plugins
from autograder.nbgrader_plugins.feedback import FeedbackPage, WithoutHiddenTests
from autograder.nbgrader_plugins.sanitize import MAX_CHARACTERS, Sanitize, sanitized, sanitized_markdown

PICTURE = "data:image/png;base64," + "A" * 50_000


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<script>act()</script>words", "words"),
        ("<img src=x onerror=act()>", "<img>"),
        ("<a href='java\tscript:act()'>words</a>", "<a>words</a>"),
        ("<a href='JaVaScRiPt:act()'>words</a>", "<a>words</a>"),
        ("<a href='data:text/html,act'>words</a>", "<a>words</a>"),
        ("<svg onload=act()><script>act()</script></svg>words", "words"),
        ("<iframe src='javascript:act()'></iframe>words", "words"),
        ("<meta http-equiv=refresh content='0;url=http://x'>words", "words"),
        ("<base href='http://x'><link rel=stylesheet href=x>words", "words"),
        ("<form action=x><input name=a><button>words</button></form>", "words"),
        ("<math><mtext><table><mglyph><style><img src=x onerror=act()>", ""),
        ("<noscript><p title='</noscript><img src=x onerror=act()>'>", "<img>'&gt;"),
        ("words<!-- <script>act()</script> -->", "words"),
        ("</div></div>words", "words"),
        ("<img src='http://elsewhere/x.png' alt=a>", '<img alt="a">'),
        ("<div id=u01-slope-test class='score tabbable'>words</div>", "<div>words</div>"),
        ("<div style='position:fixed;color:red;background:url(http://x)'>w</div>", '<div style="color:red">w</div>'),
    ],
)
def test_what_acts_is_left_out(html, shown):
    assert sanitized(html) == shown


@pytest.mark.parametrize(
    "html",
    [
        "<p>one <b>two</b> <a href=\"https://example.org\">three</a></p>",
        '<table class="dataframe"><tbody><tr><td colspan="2">1 &lt; 2</td></tr></tbody></table>',
        "<details><summary>A hint</summary>words</details>",
        f'<img alt="a picture" src="{PICTURE}">',
        '<span class="mi">1</span><span class="o">+</span>',
    ],
)  # fmt: skip
def test_what_can_be_read_stays(html):
    assert sanitized(html) == html


def test_formulas_code_and_headings_stay_in_markdown():
    page = sanitized_markdown("## Sum\n\n$a<b$ and $$\\frac{a}{b} \\& c$$\n\n```python\nx = 1\n```")
    assert "<h2>Sum</h2>" in page
    assert "$a&lt;b$ and $$\\frac{a}{b} \\&amp; c$$" in page
    assert '<span class="mi">1</span>' in page


@pytest.mark.parametrize("source", ["[words](javascript:act())", "<javascript:act()>", "![words](attachment:x.png)"])
def test_links_of_markdown_lead_nowhere_they_should_not(source):
    page = sanitized_markdown(source)
    assert "href" not in page and "attachment:" not in page


def shown(*cells):
    """The cells of a notebook as a page gets them."""
    notebook, _ = Sanitize(enabled=True)(new_notebook(cells=list(cells)), {})
    nbformat.validate(notebook)
    return notebook.cells


def outputs(**data):
    output = new_output("display_data", {kind.replace("_", "/"): value for kind, value in data.items()})
    output["metadata"] = {"text/html": {"isolated": True}}
    (cell,) = shown(new_code_cell("1", outputs=[output]))
    return cell.outputs[0]


def test_outputs_that_act_are_left_out_and_their_text_stays():
    output = outputs(application_javascript="act()", text_plain="words", text_html="<b onclick=act()>words</b>")
    assert output.data == {"text/plain": "words", "text/html": "<b>words</b>"}
    assert output.metadata == {}


def test_raw_cell_is_shown_as_its_source():
    (cell,) = shown(new_raw_cell("<script>act()</script>\n```\n<b>", metadata={"raw_mimetype": "text/html"}))
    assert "<script>" not in sanitized_markdown(cell.source)
    assert "&lt;script&gt;act()&lt;/script&gt;\n```\n&lt;b&gt;" in sanitized_markdown(cell.source)


def test_what_would_take_long_to_clean_is_shown_as_its_source():
    (markdown,) = shown(new_markdown_cell("<div>" * MAX_CHARACTERS))
    assert sanitized_markdown(markdown.source).startswith("<pre><code>&lt;div&gt;")
    assert outputs(text_html="<i>" * MAX_CHARACTERS).data["text/html"].startswith("<pre>&lt;i&gt;")


def test_cells_share_what_may_be_cleaned():
    cells = shown(*(new_markdown_cell("<i>" * (MAX_CHARACTERS // 4)) for _ in range(10)))
    kept = [cell.source.startswith("<i>") for cell in cells]
    assert kept == sorted(kept, reverse=True) and 1 < sum(kept) < 10


def test_pasted_picture_is_not_counted():
    (cell,) = shown(new_markdown_cell(f"![plot]({PICTURE})"))
    assert PICTURE in sanitized_markdown(cell.source)


def test_graded_cell_is_named_after_its_exercises_and_shows_no_hidden_test():
    source = 'check(f)\n### BEGIN HIDDEN TESTS\nfrom autograder import grade\n\ngrade("f", f)\n### END HIDDEN TESTS'
    mark = {"grade": True, "solution": False, "grade_id": "u01-f-test"}
    found = [new_output("stream", text="right"), new_output("execute_result", {"text/plain": "4.0"})]
    notebook = new_notebook(cells=[new_code_cell(source, metadata={"nbgrader": mark}, outputs=found)])
    (cell,) = WithoutHiddenTests(enabled=True)(notebook, {})[0].cells
    assert (cell.source, cell.metadata.nbgrader.title) == ("check(f)", "f")
    assert [output.output_type for output in cell.outputs] == ["stream"]


def test_one_plugin_is_imported_without_the_others():
    code = (
        "import sys; from autograder.nbgrader_plugins import Sanitize; print(Sanitize.__module__, "
        "*(name in sys.modules for name in ('autograder.nbgrader_plugins.exporter', 'nbgrader')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "autograder.nbgrader_plugins.sanitize False False\n"


@pytest.mark.parametrize("name", dir(nbgrader_plugins))
def test_plugin_has_the_name_that_the_configuration_uses(name):
    assert getattr(nbgrader_plugins, name).__name__ == name


def test_unknown_plugin_is_an_attribute_error_that_names_the_others():
    with pytest.raises(AttributeError, match=r"has no 'Sanitise'; it has IsolatedExecute, "):
        nbgrader_plugins.Sanitise  # noqa: B018


@pytest.mark.parametrize("picture", [{}, {"image/png": "AAAA"}])
def test_page_of_feedback_is_the_one_that_nbconvert_makes(picture):
    output = new_output("display_data", {"text/plain": "1 < 2", **picture})
    cells = [
        new_markdown_cell("# Words\n\n`a<b` and $c<d$"),
        new_code_cell("x = 'a' < b", outputs=[output], id="one"),
        new_code_cell("x = 'a' < b", id="two"),
        new_code_cell("%%html\n<b>x</b>", metadata={"magics_language": "html"}, id="three"),
    ]
    formgrader = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader"
    css = formgrader / "static" / "node_modules" / "bootstrap" / "dist" / "css"
    exporter = FeedbackPage(
        template_name="feedback",
        extra_template_basedirs=[str(formgrader / "templates")],
        extra_template_paths=[str(css)],
    )
    about = {"nbgrader": {"notebook": "n", "score": 1.0, "max_score": 2.0}, "inlining": {"css": []}}
    theirs = ""
    for language in ({"name": "python"}, {"name": "html"}, {}):
        notebook = new_notebook(cells=cells, metadata={"language_info": language} if language else {})
        page, _ = exporter.from_notebook_node(notebook, {**about})
        theirs = theirs or HTMLExporter.from_notebook_node(exporter, notebook, {**about})[0]
        assert str(BeautifulSoup(page, "html.parser")) == theirs
        assert page.count('alt="No description has been provided for this image"') == len(picture)
