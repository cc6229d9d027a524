"""What ``nbgrader_config.py`` names, by names that last; the module of each is imported when it is used."""

from importlib import import_module
from typing import Any

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


def __getattr__(name: str) -> Any:
    if name not in MODULES:
        raise AttributeError(f"{__name__} has no {name!r}; it has {', '.join(MODULES)}.")
    return getattr(import_module(f"{__name__}.{MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(MODULES)
