"""nbgrader reads this: where things lie, what a stub looks like, what is not handed out."""

from autograder.nbgrader_plugins import formgrader_reads_timestamps_safely

c = get_config()  # noqa: F821 - nbgrader defines it

c.CourseDirectory.course_id = "backprop"
c.CourseDirectory.ignore = [".ipynb_checkpoints", "__pycache__", "*.pyc", "*.py", "exercises"]
c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError()"}
c.ExecutePreprocessor.timeout = 60

# `nbgrader autograde` and formgrader's button rebuild each submission and run it in a sandbox.
c.Autograde.exporter_class = "autograder.nbgrader_plugins.IsolatedExecute"
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = [
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# Formgrader lists submissions itself: of what lies at timestamp.txt, it opens ordinary files alone.
formgrader_reads_timestamps_safely()

c.GenerateFeedback.exporter_class = "autograder.nbgrader_plugins.FeedbackPage"
c.GenerateFeedback.preprocessors = [
    "autograder.nbgrader_plugins.Grades",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]

# On the pages of feedback and of formgrader, nothing that a student wrote acts.
c.HTMLExporter.preprocessors = ["autograder.nbgrader_plugins.Sanitize"]
c.HTMLExporter.filters = {"markdown2html": "autograder.nbgrader_plugins.sanitized_markdown"}

# `nbgrader zip_collect UNIT` reads what Canvas and Moodle export. `python -m autograder collect FILE.zip` does more: it
# knows late marks and resubmissions, says what it leaves out, and takes nothing of a hostile archive.
c.FileNameCollectorPlugin.named_regexp = (
    r"(?:.*/)?(?P<student_id>[^/_]+(?:_[^/_]+)*?)_(?:(?:LATE|late)_)?\d+_(?:\d+_|assignsubmission_file[_/]*)"
    r"(?P<file_id>\w+?)(?:-\d+|-Copy\d+| ?\(\d+\))?\.ipynb$"
)
