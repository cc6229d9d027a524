"""What numpy's warnings mean, and what the circumstances of a call are called."""

WARNING_ADVICE = {
    "overflow": "A number grew too large for a float (overflow): is an exponential of a large number taken?",
    "divide by zero": "Something is divided by zero.",
    "invalid value": "An operation had no defined result (such as 0/0, or the log of a negative number).",
}
"""What each kind of numpy's warnings means."""
CIRCUMSTANCES = {
    "one row": "For a batch of one,",
    "float32": "With float32 inputs,",
    "views": "With inputs that are read-only views (not contiguous in memory),",
    "lists": "With plain lists as inputs,",
    "no warnings": "For the inputs of this test,",
}
"""The circumstance of each aspect of care, as the beginning of a sentence."""
