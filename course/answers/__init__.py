"""Calling an answer and making what comes of it comparable: values, errors, and the key with what is expected."""
