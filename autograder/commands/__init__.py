"""Commands of ``python -m autograder`` that join several parts: the demonstration and the check of the environment."""
