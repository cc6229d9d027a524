"""Installed as etc/jupyter/nbgrader_config.py, where nbgrader reads it in every folder, a student's too."""

from autograder.nbgrader_plugins import folders_may_have_any_name, validate_tells_of_endless_loops

c = get_config()  # noqa: F821 - nbgrader defines it

c.ExecutePreprocessor.timeout = 60  # as long as the grader gives a cell
validate_tells_of_endless_loops(c)
folders_may_have_any_name()  # a course, an exchange or a student's home with brackets in its path
