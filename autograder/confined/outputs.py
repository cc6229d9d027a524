"""What a cell shows, on its way to the grader as it comes: text, results, figures, errors."""

import io
import sys
from collections.abc import Callable
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher

Tell = Callable[..., None]
MOST_HELD = 4096


class Stream(io.TextIOBase):
    """Standard output or error: each line is sent when it is whole."""

    encoding = "utf-8"

    def __init__(self, name: str, tell: Tell) -> None:
        self._name, self._tell, self._held = name, tell, ""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._held += text
        if "\n" in text or len(self._held) > MOST_HELD:
            self.flush()
        return len(text)

    def flush(self) -> None:
        if self._held:
            held, self._held = self._held, ""
            self._tell("stream", self._name, held)


def connect(shell: Any, tell: Tell) -> None:
    """Let everything that a cell shows go to the grader."""
    sys.stdout, sys.stderr = Stream("stdout", tell), Stream("stderr", tell)

    def publish(data: Any, metadata: Any = None, *, update: bool = False, **options: Any) -> None:
        sys.stdout.flush()
        transient = options.get("transient") or {}
        tell("display", dict(data), dict(metadata or {}), update, transient.get("display_id"))

    def write_format_data(data: Any, metadata: Any = None) -> None:
        sys.stdout.flush()
        tell("result", dict(data), dict(metadata or {}))

    def show_traceback(kind: type, value: BaseException, lines: list[str]) -> None:
        sys.stdout.flush()
        tell("error", kind.__name__, str(value), list(lines))

    publisher: DisplayPublisher = shell.display_pub
    publisher.publish = publish
    publisher.clear_output = lambda wait=False: tell("clear", bool(wait))
    hook: DisplayHook = shell.displayhook
    hook.write_output_prompt = lambda: None
    hook.write_format_data = write_format_data
    hook.finish_displayhook = lambda: None
    shell._showtraceback = show_traceback
