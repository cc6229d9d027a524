"""nbgrader reads this: where things lie, what a stub looks like, what is not handed out."""

from autograder.nbgrader_plugins import (
    database_commands_lose_nothing,
    folders_may_have_any_name,
    formgrader_reads_timestamps_safely,
    generate_keeps_the_release,
    validate_tells_of_endless_loops,
)
from autograder.paths import put_programs_on_path

c = get_config()  # noqa: F821 - nbgrader defines it

c.CourseDirectory.course_id = "backprop"
c.CourseDirectory.ignore = [".ipynb_checkpoints", "__pycache__", "*.pyc", "*.py", "exercises"]
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}
c.ExecutePreprocessor.timeout = 60
validate_tells_of_endless_loops(c)

# `nbgrader autograde` and formgrader's button rebuild each submission and run it in a sandbox.
c.Autograde.exporter_class = "autograder.nbgrader_plugins.IsolatedExecute"
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = [
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# `nbgrader collect` takes what was handed in again, as formgrader's button does.
c.ExchangeCollect.update = True

# nbgrader makes a gradebook with a program of this environment, which need not be activated.
put_programs_on_path()

# nbgrader removes a release before it knows whether it can make another.
generate_keeps_the_release()

# `nbgrader db` and formgrader read due dates as `grade` reads times; a list may come from a spreadsheet.
database_commands_lose_nothing()

# nbgrader takes the path of a course for a pattern.
folders_may_have_any_name()

# Formgrader lists submissions itself: of what lies at timestamp.txt, it opens ordinary files alone.
formgrader_reads_timestamps_safely()

c.GenerateFeedback.exporter_class = "autograder.nbgrader_plugins.FeedbackPage"
c.GenerateFeedback.preprocessors = [
    "autograder.nbgrader_plugins.Grades",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
# Each page is made anew, as the grades are now, before it is released.
c.ExchangeFactory.release_feedback = "autograder.nbgrader_plugins.ReleaseFeedback"

# On the pages of feedback and of formgrader, nothing that a student wrote acts, or takes long to lay out.
c.HTMLExporter.preprocessors = ["autograder.nbgrader_plugins.Sanitize"]
c.HTMLExporter.filters = {
    "markdown2html": "autograder.nbgrader_plugins.sanitized_markdown",
    "highlight_code": "autograder.nbgrader_plugins.highlighted_code",
}
