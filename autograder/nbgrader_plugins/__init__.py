"""What ``nbgrader_config.py`` names, by names that last; the module of each is imported when it is used."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from autograder.nbgrader_plugins.after_import import call_after_import

MODULES = {
    "IsolatedExecute": "exporter",
    "ExerciseScores": "commands.export",
    "FeedbackPage": "feedback",
    "Grades": "feedback",
    "ReleaseFeedback": "release_feedback",
    "Sanitize": "sanitize",
    "highlighted_code": "highlight",
    "database_commands_lose_nothing": "commands.database",
    "folders_may_have_any_name": "commands.folder_names",
    "formgrader_reads_timestamps_safely": "converters",
    "generate_keeps_the_release": "commands.generate",
    "sanitized_markdown": "sanitize",
    "validate_tells_of_endless_loops": "commands.validate",
}
CHANGES = (
    "database_commands_lose_nothing",
    "folders_may_have_any_name",
    "formgrader_reads_timestamps_safely",
    "generate_keeps_the_release",
    "validate_tells_of_endless_loops",
)
"""What changes nbgrader's commands. It happens when nbgrader is imported: ``grade``, which reads the same
configuration, has other things to start before that."""


def __getattr__(name: str) -> Any:
    if name not in MODULES:
        raise AttributeError(f"{__name__} has no {name!r}; it has {', '.join(MODULES)}.")
    return _change(name) if name in CHANGES else _named(name)


def _named(name: str) -> Any:
    return getattr(import_module(f"{__name__}.{MODULES[name]}"), name)


def _change(name: str) -> Callable[..., None]:
    def change(*arguments: Any) -> None:
        call_after_import("nbgrader", lambda: _named(name)(*arguments))

    change.__name__ = name
    return change


def __dir__() -> list[str]:
    return sorted(MODULES)
