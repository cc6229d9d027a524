"""The names that a student's code sees, and others put in their place for a while."""

from typing import Any


def names_swapped(subject: Any, others: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Put others in the place of the names that the subject's own globals bind otherwise.

    Parameters
    ----------
    subject : callable or class
    others : dict
        What each name is to be.

    Returns
    -------
    (dict, dict)
        The globals, and what stood there: update the one by the other to undo it.
    """
    names = globals_of(subject)
    before = {name: names[name] for name in others if name in names and names[name] is not others[name]}
    names.update({name: others[name] for name in before})
    return names, before


def globals_of(subject: Any) -> dict[str, Any]:
    """The globals that the subject's code sees; none for what was not written in Python."""
    inner = getattr(subject, "func", subject)
    if hasattr(inner, "__globals__"):
        return inner.__globals__
    kind = inner if isinstance(inner, type) else type(inner)
    methods = (member for member in vars(kind).values() if hasattr(member, "__globals__"))
    return next((method.__globals__ for method in methods), {})
