"""The page that a student gets back: the points of each exercise by name, and under each answer what it got wrong."""

from functools import lru_cache
from typing import Any

from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbconvert.preprocessors import Preprocessor
from nbgrader.api import Gradebook
from nbgrader.converters import BaseConverter, NbGraderException
from nbgrader.preprocessors import GetGrades, NbGraderPreprocessor

from autograder.cell_metadata import HIDDEN
from autograder.gradebook.refusal import CELL_ID
from autograder.nbgrader_plugins.converters import (
    leave_out_what_ends_the_batch,
    read_timestamps_safely,
    tell_of_graded_notebooks_without_points,
)
from autograder.nbgrader_plugins.highlight import highlighted_code
from autograder.notebook import GRADE_CALL

TEMPLATE = """\
{%- extends 'index.html.j2' -%}
{% macro points(of) -%} {{ '%g' | format(of.score or 0) }} of {{ '%g' | format(of.points or 0) }} points {%- endmacro %}
{% block body %}
<body>
  <style>
    .rendered_html table { margin: 0 0 1em; }
    .rendered_html th, .rendered_html td { padding: 0.2em 1em 0.2em 0; text-align: left; }
    summary { display: list-item; cursor: pointer; }
  </style>
  <a name="top"></a>
  <div class="container">
    <h2>{{ resources.nbgrader.notebook }}: {{ '%g' | format(resources.nbgrader.score) }} of
      {{ '%g' | format(resources.nbgrader.max_score) }} points</h2>
    {% if resources.nbgrader.late_penalty %}
    <p>{{ '%g' | format(resources.nbgrader.late_penalty) }} points were taken off because it was late.</p>
    {% endif %}
    <ul id="toc">
    {% for cell in nb.cells if cell.metadata.nbgrader %}
      {% set mark = cell.metadata.nbgrader %}
      {% if mark.grade or mark.task %}
      <li><a href="#{{ mark.grade_id }}">{{ mark.title or mark.grade_id }}</a>: {{ points(mark) }}</li>
      {% endif %}
      {% if mark.comment %}
      <li><a href="#comment-{{ mark.grade_id }}">A comment</a></li>
      {% endif %}
    {% endfor %}
    </ul>
    <div id="notebook"><div class="container" id="notebook-container">
      {{ super.super() }}
    </div></div>
  </div>
</body>
{%- endblock body %}
"""
"""Around what nbgrader's template makes of each cell."""


class FeedbackPage(HTMLExporter):
    """nbgrader's feedback with the exercises by name."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.raw_template = TEMPLATE
        if isinstance(self.parent, BaseConverter):
            read_timestamps_safely(self.parent)
            leave_out_what_ends_the_batch(self.parent)
            tell_of_graded_notebooks_without_points(self.parent)
            self.parent.force = True  # a page that is there may be older than its grade, and nobody can tell

    def _init_preprocessors(self) -> None:
        super()._init_preprocessors()
        self.register_preprocessor(WithoutHiddenTests, enabled=True)

    def from_notebook_node(self, nb: Any, resources: Any = None, **options: Any) -> tuple[str, Any]:
        """Export a notebook as ``HTMLExporter`` does, which parses each page anew for what only pictures need."""
        resources = self._init_resources(resources)
        self.register_filter("highlight_code", highlighted_code)
        types = WidgetsDataTypeFilter(notebook_metadata=self._nb_metadata, parent=self, resources=resources)
        self.register_filter("filter_data_type", types)
        page, resources = super(HTMLExporter, self).from_notebook_node(nb, resources, **options)
        return described(page) if "<img" in page else page, resources


def described(page: str) -> str:
    """A page whose pictures all have an alternative text."""
    soup = BeautifulSoup(page, "html.parser")
    for picture in soup.select("img:not([alt])"):
        picture["alt"] = "No description has been provided for this image"
    return str(soup)


class Grades(GetGrades):
    """nbgrader's own step, with the gradebook asked twice a page and not twice a cell."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Write the points and comments of each cell into the notebook, and their sum into the resources."""
        names = resources["nbgrader"]
        with gradebook(names["db_url"]) as book:
            of_student = book.find_submission_notebook(names["notebook"], names["assignment"], names["student"])
            self._grades = {grade.name: grade for grade in of_student.grades}
            self._comments = {comment.name: comment for comment in of_student.comments}
            self._refuse_earlier_unit(nb, f"{names['student']} {names['assignment']}")
            penalty = of_student.late_submission_penalty or 0
            names |= {"score": of_student.score - penalty, "max_score": of_student.max_score, "late_penalty": penalty}
            return NbGraderPreprocessor.preprocess(self, nb, resources)

    def _refuse_earlier_unit(self, nb: Any, label: str) -> None:
        """Refuse a notebook that was graded before the unit got other exercises or points.

        Raises
        ------
        NbGraderException
        """
        if [cell.get("id") for cell in nb.cells] == [CELL_ID]:  # nothing was graded: the reason stands alone
            return
        marks = [cell.metadata.nbgrader for cell in nb.cells if "nbgrader" in cell.metadata]
        points = {mark.grade_id: mark.points for mark in marks if mark.get("grade") or mark.get("task")}
        answers = {mark.grade_id for mark in marks if mark.get("solution") or mark.get("task")}
        now = {name: grade.max_score for name, grade in self._grades.items()}
        if points != now or answers != self._comments.keys():
            raise NbGraderException(f"{label} was graded before the unit changed; grade it again first.")

    def _get_comment(self, cell: Any, resources: Any) -> None:
        mark = cell.metadata.nbgrader
        mark["comment"] = self._comments[mark.grade_id].comment

    def _get_score(self, cell: Any, resources: Any) -> None:
        mark = cell.metadata.nbgrader
        grade = self._grades[mark.grade_id]
        mark["score"], mark["points"] = grade.score, grade.max_score


@lru_cache(maxsize=1)
def gradebook(url: str) -> Any:
    """A gradebook that is closed after each page, and keeps what SQLAlchemy worked out for the next one."""
    return Gradebook(url)


class WithoutHiddenTests(Preprocessor):
    """Names each graded cell after its exercises, and leaves out what only the grader needs of it."""

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        """Leave of a graded cell what the student was handed, and what was printed."""
        mark = cell.metadata.get("nbgrader", {})
        if cell.cell_type != "code" or not mark.get("grade") or mark.get("solution"):
            return cell, resources
        mark["title"] = ", ".join(GRADE_CALL.findall(cell.source))
        cell.source = HIDDEN.sub("", cell.source).rstrip("\n")
        cell.outputs = [output for output in cell.outputs if output.output_type != "execute_result"]
        return cell, resources
