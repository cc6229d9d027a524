"""The right answers of an exercise as texts, the unusual ones too, and how such a text becomes an answer."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import CodeType
from typing import Any

from autograder.exercises import Exercise
from autograder.mutants.operators.places import Definition
from autograder.notebook import quiet, solution_cell
from autograder.paths import Course
from autograder.verify.answer_source import source_as, without_markers

NOTEBOOKS_OWN = "right"
"""What the notebook's own right answer is called."""


@dataclass(frozen=True)
class RightText:
    """One right answer to an exercise: its name, what stands before the subject's definition, and that."""

    name: str
    before: str
    definition: Definition
    after: str

    def whole(self, definition: str) -> str:
        """The text with another definition in its place."""
        return f"{self.before}\n\n\n{definition}\n\n\n{self.after}"


def right_texts(course: Course, unit: str, exercise: Exercise) -> Iterator[RightText]:
    """The notebook's right answer to an exercise, then each unusual one; one that is no definition is left out."""
    right = solution_cell(course, unit, exercise.subject).text
    texts = {NOTEBOOKS_OWN: without_markers(right)}
    for answer in exercise.unusuals:
        texts[answer.__name__] = source_as(answer, exercise.subject, right)
    for name, text in texts.items():
        statements = ast.parse(text).body
        places = [k for k, one in enumerate(statements) if getattr(one, "name", None) == exercise.subject]
        if places:
            definition = statements[places[-1]]
            assert isinstance(definition, Definition)
            before, after = statements[: places[-1]], statements[places[-1] + 1 :]
            yield RightText(name, _text(before), definition, _text(after))


def _text(statements: list[ast.stmt]) -> str:
    return ast.unparse(ast.Module(statements, []))


def subject_of(exercise: Exercise, code: CodeType, names: Mapping[str, Any]) -> Any:
    """What compiled code defines as the subject of an exercise, beside names such as the unit's own right answers.

    Whatever stops it is raised.
    """
    namespace = dict(names)
    with quiet():
        exec(code, namespace)
    return namespace[exercise.subject]
