"""What is changed of nbgrader's own commands where it has no setting for it."""
