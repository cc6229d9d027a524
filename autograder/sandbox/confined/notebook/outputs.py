"""What a cell shows, on its way to the grader as it comes: text, results, figures, errors."""

import io
import sys
import threading
from collections.abc import Callable
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher

from course.answers.error_report import text_of

from ..rpc.codec import NotSent

Notify = Callable[..., None]
MAX_HELD = 4096
MAX_TEXT, MAX_BYTES, MAX_MESSAGES = 2_000_000, 4_000_000, 20_000
MAX_WORDS, MAX_LINES = 10_000, 200
LEFT_OUT = {"text/plain": "[Left out: it is too large to be shown, or is no text.]"}


class Channel:
    """Sends the grader all that the process shows; during a graded cell, over the socket of that cell.

    After so many bytes or messages of a cell nothing more is sent: the grader would leave it out.
    """

    def __init__(self, notify: Notify) -> None:
        self._default: Notify = notify
        self._notify: Notify | None = notify
        self._bytes = self._messages = 0

    def redirect(self, notify: Notify | None) -> None:
        """Send this way from now on, or nowhere; what other threads show keeps going the first way."""
        self._notify = notify
        self.begin()

    def begin(self) -> None:
        """Begin a cell."""
        self._bytes = self._messages = 0

    def __call__(self, kind: str, *parts: Any) -> None:
        self._messages += 1
        self._bytes += sum(len(part) for part in parts if isinstance(part, str))
        notify = self._notify if threading.current_thread() is threading.main_thread() else self._default
        if notify is not None and self._bytes <= MAX_BYTES and self._messages <= MAX_MESSAGES:
            notify(kind, *parts)


class Stream(io.TextIOBase):
    """Standard output or error: each line is sent when it is whole."""

    encoding = "utf-8"

    def __init__(self, name: str, number: int, notify: Notify) -> None:
        self._name, self._number, self._notify, self._held = name, number, notify, ""

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._number

    def close(self) -> None:
        """Stay open: there is no other."""
        self.flush()

    def write(self, text: str) -> int:
        self._held += text
        if "\n" in text or len(self._held) > MAX_HELD:
            self.flush()
        return len(text)

    def flush(self) -> None:
        if self._held:
            held, self._held = self._held, ""
            self._notify("stream", self._name, held[:MAX_TEXT])


def connect(shell: Any, notify: Notify) -> tuple[Stream, Stream]:
    """Send everything that a cell shows with ``notify``; gives standard output and error."""
    streams = Stream("stdout", 1, notify), Stream("stderr", 2, notify)
    sys.stdout, sys.stderr = streams

    def show(kind: str, data: dict[str, Any], *more: Any) -> None:
        streams[0].flush()
        try:
            notify(kind, data, {}, *more)
        except NotSent:
            notify(kind, LEFT_OUT, {}, *more)

    def publish(data: Any, metadata: Any = None, *, update: bool = False, **options: Any) -> None:
        transient = options.get("transient") or {}
        show("display", dict(data), update, transient.get("display_id"))

    def show_traceback(kind: type, value: BaseException, lines: list[str]) -> None:
        streams[0].flush()
        words = [str(word)[:MAX_WORDS] for word in (kind.__name__, text_of(value), *lines[-MAX_LINES:])]
        notify("error", words[0], words[1], words[2:])

    publisher: DisplayPublisher = shell.display_pub
    publisher.publish = publish
    publisher.clear_output = lambda wait=False: notify("clear", bool(wait))
    hook: DisplayHook = shell.displayhook
    hook.write_output_prompt = lambda: None
    hook.write_format_data = lambda data, metadata=None: show("result", dict(data))
    hook.finish_displayhook = lambda: None
    shell._showtraceback = show_traceback
    return streams
