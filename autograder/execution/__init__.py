"""One submission is executed: the student's cells in the sandbox, the graded cells in this process."""
