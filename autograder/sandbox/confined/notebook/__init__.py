"""What makes the student's notebook in the sandbox: IPython, what cells show, their roles, the stub of ``course``."""
