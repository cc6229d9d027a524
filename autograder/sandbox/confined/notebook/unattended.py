"""What waits for a person, in a notebook that nobody attends: whoever is asked presses Enter."""

import builtins
import getpass
from typing import Any

MAX_PROMPTS = 1000
"""In one cell, after which there is no more input: a loop that waits for a certain word comes to an end."""


class Prompts:
    """Takes the place of ``input`` and ``getpass``: shows each prompt, and gives what pressing Enter gives."""

    def __init__(self) -> None:
        self._asked = 0

    def begin_cell(self, *about: Any) -> None:
        """Count anew."""
        self._asked = 0

    def answer(self, prompt: object = "", *others: Any, **options: Any) -> str:
        """Answer with an empty line.

        Raises
        ------
        EOFError
            If this cell has asked too often.
        """
        self._asked += 1
        if self._asked > MAX_PROMPTS:
            raise EOFError("Nobody types anything while a notebook is graded.")
        print(prompt)
        return ""


def answer_prompts(shell: Any) -> None:
    """Answer for the person, in all cells of a shell."""
    prompts = Prompts()
    builtins.input = getpass.getpass = prompts.answer
    shell.events.register("pre_run_cell", prompts.begin_cell)
