"""Text that can be written down, whatever a student's code has made of it."""


def encodable(text: str) -> str:
    """The text as UTF-8 can hold it: half of a surrogate pair, which is no character, becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")
