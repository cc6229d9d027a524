"""What one cell shows, taken from the student's process: what a notebook can hold, and not too much of it."""

import base64
import contextlib
import json
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

KINDS = {
    *("text/plain", "text/html", "text/markdown", "text/latex"),
    *("image/png", "image/jpeg", "image/gif", "image/svg+xml"),
}
"""What is kept of a display: text, so that nothing in an output is nested. Pages and pictures are data here, which a
program runs nothing of unless the notebook is trusted; whoever makes a page of it makes them inert."""
CONTROL = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)


@dataclass
class Outputs:
    """The outputs of one cell as they come, up to so many bytes.

    Attributes
    ----------
    left : int
    warn : bool
        Whether warnings are raised as such here, or shown.
    found : list of dict
    """

    left: int
    warn: bool = False
    found: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._most = self.left

    def restart(self) -> None:
        """Forget what has come: the cell runs again."""
        self.left, self.found = self._most, []

    def take(self, message: list[Any]) -> None:
        """Take over one message of the student's process, whatever it is."""
        kinds: dict[Any, Callable[..., dict[str, Any] | None]] = {
            "stream": self._stream,
            "display": self._display,
            "result": self._result,
            "error": self._error,
            "warned": self._warned,
        }
        kind, *parts = message
        if kind == "clear":
            self.found.clear()
        elif kind in kinds and self.left > 0:
            with contextlib.suppress(TypeError, ValueError, KeyError, IndexError, AttributeError):
                output = kinds[kind](*parts)
                if output is not None:
                    self._keep(output)

    def _keep(self, output: dict[str, Any]) -> None:
        self.left -= len(json.dumps(output))
        if self.left <= 0:
            text = "\n[The rest of the output was left out: it is too long.]\n"
            output = {"output_type": "stream", "name": "stdout", "text": text}
        last = self.found[-1] if self.found else {}
        if output["output_type"] == "stream" == last.get("output_type") and last["name"] == output["name"]:
            last["text"] += output["text"]
        else:
            self.found.append(output)

    def _stream(self, name: str, text: str) -> dict[str, Any]:
        return {"output_type": "stream", "name": "stderr" if name == "stderr" else "stdout", "text": printable(text)}

    def _display(self, data: dict[str, Any], metadata: Any, update: bool, display_id: Any) -> dict[str, Any]:
        return {"output_type": "display_data", "data": _shown(data), "metadata": {}}

    def _result(self, data: dict[str, Any], metadata: Any) -> dict[str, Any]:
        return {"output_type": "execute_result", "data": _shown(data), "metadata": {}, "execution_count": None}

    def _error(self, kind: str, text: str, lines: list[str]) -> dict[str, Any]:
        if type(lines) is not list:
            raise TypeError
        shown = [printable(line)[:10_000] for line in lines[:200]]
        return {
            "output_type": "error",
            "ename": printable(kind)[:100],
            "evalue": printable(text)[:1000],
            "traceback": shown,
        }

    def _warned(self, text: str) -> dict[str, Any] | None:
        """A warning of numpy's: judging takes it in, a cell of the student's shows it."""
        if self.warn:
            warnings.warn(printable(text)[:300], RuntimeWarning, stacklevel=2)
            return None
        return self._stream("stderr", f"RuntimeWarning: {printable(text)[:300]}\n")


def printable(value: Any) -> str:
    """Text from the other process without what a terminal would obey: colours, moves of its cursor, its title."""
    if type(value) is not str:
        raise TypeError
    return CONTROL.sub("", value)


def _shown(data: dict[str, Any]) -> dict[str, Any]:
    """What may be shown of a display: text and pictures."""
    if type(data) is not dict:
        raise TypeError
    kept: dict[str, Any] = {}
    for kind, content in data.items():
        if kind not in KINDS:
            continue
        if isinstance(content, bytes):
            kept[kind] = base64.b64encode(content).decode()
        elif isinstance(content, str):
            kept[kind] = printable(content)
    return kept
