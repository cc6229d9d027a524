"""Installed as etc/jupyter/nbgrader_config.py, where nbgrader reads it in every folder, a student's too."""

from autograder.nbgrader_plugins import validate_tells_of_endless_loops

c = get_config()  # noqa: F821 - nbgrader defines it

validate_tells_of_endless_loops(c)
