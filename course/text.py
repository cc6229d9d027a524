"""Text that can be written down, whatever a student's code has made of it, and code as a tree."""

import ast
import warnings


def encodable(text: str) -> str:
    """The text as UTF-8 can hold it: half of a surrogate pair, which is no character, becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def parse_python(text: str) -> ast.Module:
    """Code as a tree; what Python remarks on it, such as an escape that is none, is for whoever runs it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)
