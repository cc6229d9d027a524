"""What a cell shows, on its way to the grader as it comes: text, results, figures, errors."""

import io
import sys
from collections.abc import Callable
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher

from course.raising import text_of

Tell = Callable[..., None]
MOST_HELD = 4096
MOST_TEXT, MOST_BYTES, MOST_MESSAGES = 2_000_000, 4_000_000, 20_000
MOST_WORDS, MOST_LINES = 10_000, 200


class Channel:
    """The way to the grader of all that one process shows; a fork has another line, and what it shows goes there.

    After so many bytes, or messages, of a cell nothing more is sent: the grader would leave it out.
    """

    def __init__(self) -> None:
        self._tell: Tell | None = None
        self._bytes = self._messages = 0

    def lead_to(self, tell: Tell) -> None:
        """Send over this line from now on."""
        self._tell = tell
        self.begin()

    def begin(self) -> None:
        """Begin a cell."""
        self._bytes = self._messages = 0

    def __call__(self, kind: str, *parts: Any) -> None:
        self._messages += 1
        self._bytes += sum(len(part) for part in parts if isinstance(part, str))
        if self._tell is not None and self._bytes <= MOST_BYTES and self._messages <= MOST_MESSAGES:
            self._tell(kind, *parts)


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
            self._tell("stream", self._name, _sendable(held[:MOST_TEXT]))


def _sendable(text: str) -> str:
    """The text, with what is no character replaced."""
    return text.encode("utf-8", "replace").decode()


def connect(shell: Any, tell: Tell) -> None:
    """Let everything that a cell shows go this way."""
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
        words = [_sendable(str(word)[:MOST_WORDS]) for word in (kind.__name__, text_of(value), *lines[-MOST_LINES:])]
        tell("error", words[0], words[1], words[2:])

    publisher: DisplayPublisher = shell.display_pub
    publisher.publish = publish
    publisher.clear_output = lambda wait=False: tell("clear", bool(wait))
    hook: DisplayHook = shell.displayhook
    hook.write_output_prompt = lambda: None
    hook.write_format_data = write_format_data
    hook.finish_displayhook = lambda: None
    shell._showtraceback = show_traceback
