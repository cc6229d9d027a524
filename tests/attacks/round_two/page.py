"""The page of feedback that a student would get back, made of what was executed, and what on it could act."""

import re
import resource
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import nbformat
from bs4 import BeautifulSoup

ACTS = "script style link iframe frame form input button textarea select object embed meta base svg math video audio"
MAX_CPU_SECONDS = 20
LEADS = re.compile(r"\s*(https?://|mailto:|#|data:image/(png|jpeg|gif|webp|svg\+xml);base64,)", re.I)
STYLES = re.compile(
    r"(?<![-\w])(?:background|background-image|border-image|list-style|cursor|content|filter|mask)\s*:[^;]*url"
    r"|(?<![-\w])(?:position|z-index|float|transform|behavior|margin|top|left)\s*:",
    re.I,
)
"""Styles that load something, or lay one thing over another."""
PROGRAM = """
import sys
sys.path[:0] = {paths!r}
from attacks.round_two.page import page_of_file
page_of_file({path!r})
"""


def page_of_file(path: str) -> str:
    """The page, as ``nbgrader generate_feedback`` makes it but for points and comments."""
    import nbgrader
    from traitlets.config import Config

    from autograder.nbgrader_plugins.feedback import FeedbackPage

    config = Config()
    config.HTMLExporter.preprocessors = ["autograder.nbgrader_plugins.Sanitize"]
    config.HTMLExporter.filters = {
        "markdown2html": "autograder.nbgrader_plugins.sanitized_markdown",
        "highlight_code": "autograder.nbgrader_plugins.highlighted_code",
    }
    formgrader = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader"
    exporter = FeedbackPage(
        config=config,
        template_name="feedback",
        extra_template_basedirs=[str(formgrader / "templates")],
        extra_template_paths=[str(formgrader / "static" / "node_modules" / "bootstrap" / "dist" / "css")],
    )
    about = {"nbgrader": {"notebook": "n", "score": 1.0, "max_score": 2.0}, "inlining": {"css": []}}
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader |= {"score": 0.0, "points": 1.0}
    page, _ = exporter.from_notebook_node(notebook, about)
    return page


def executed(outcome: Any, student: str) -> Path:
    """Where a student's executed notebook lies."""
    return next((outcome.course.root / "autograded" / student).glob("*/*.ipynb"))


def acting(page: str) -> Counter[str]:
    """What a page has that could act, load or send, or pass for a part of it."""
    found: Counter[str] = Counter()
    for tag in BeautifulSoup(page, "html.parser").find_all(True):
        found.update([tag.name] if tag.name in ACTS.split() else [])
        for name, value in tag.attrs.items():
            text = " ".join(value) if isinstance(value, list) else str(value)
            if name.startswith("on") or name in ("srcset", "formaction", "background", "xlink:href", "ping", "srcdoc"):
                found[f"{tag.name} {name}"] += 1
            if (
                name in ("href", "src", "action", "poster")
                and tag.name not in ("script", "link")
                and not LEADS.match(text)
            ):
                found[f"{tag.name} {name}={text[:40]}"] += 1
            if name == "style" and STYLES.search(text):
                found[f"style {text[:60]}"] += 1
            if name == "id" and not text.startswith("cell-id"):
                found[f"id {text[:40]}"] += 1
    return found


def page_is_inert(outcome: Any) -> None:
    """Nothing acts on the attacker's page that does not on an honest student's."""
    student = outcome.result.student
    assert (
        acting(page_of_file(str(executed(outcome, student)))) - acting(page_of_file(str(executed(outcome, "zoe"))))
        == Counter()
    )


def page_is_soon_made(outcome: Any) -> None:
    """The page takes no more of the processor than pages do."""
    here = Path(__file__).resolve().parents[2]
    path = str(executed(outcome, outcome.result.student))
    program = PROGRAM.format(paths=[str(here), str(here.parent)], path=path)
    limit = (MAX_CPU_SECONDS, MAX_CPU_SECONDS)
    done = subprocess.run(
        [sys.executable, "-c", program],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, limit),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, (done.returncode, done.stderr[-500:])
