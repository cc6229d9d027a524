"""What ``nbgrader_config.py`` names: execution in the sandbox, the page of feedback, and sanitising."""
