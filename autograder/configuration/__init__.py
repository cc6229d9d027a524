"""What a course's ``nbgrader_config.py`` says that concerns the grader."""
