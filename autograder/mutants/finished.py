"""What was tried already, a line each, so that a run that was stopped can go on."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from types import TracebackType

from autograder.mutants.trial import Outcome
from autograder.mutants.workers import Tried
from autograder.paths import Course
from course import errors

Key = tuple[str, str, int]


class Finished:
    """The outcomes of the course's last runs, each with a fingerprint of what it was tried with.

    Parameters
    ----------
    course : Course
    units : list of str
    resume : bool
        Keep what earlier runs wrote of these units, as far as neither their files nor the engine have changed since.
        What they wrote of others is kept in any case.
    """

    def __init__(self, course: Course, units: list[str], resume: bool) -> None:
        path = course.root / ".mutants" / "finished.jsonl"
        path.parent.mkdir(exist_ok=True)
        engine = _engine()
        self._made_of = {unit: _hash([course.text(unit), *course.exercise_files(unit)], engine) for unit in units}
        self.outcomes: dict[Key, Outcome] = {}
        lines = list(self._kept(path, resume))
        self._file = path.open("w", encoding="utf-8")
        self._file.writelines(lines)

    def _kept(self, path: Path, resume: bool) -> Iterator[str]:
        """The lines of earlier runs that still hold."""
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        for line in text.splitlines(keepends=True):
            try:
                entry = json.loads(line)
                unit, exercise, made_of = entry["unit"], entry["exercise"], entry["made_of"]
                outcome = Outcome(**entry["outcome"])
            except (ValueError, TypeError, KeyError):
                continue  # the last line was cut off
            if unit not in self._made_of:
                yield line
            elif resume and self._made_of[unit] == made_of:
                self.outcomes[unit, exercise, outcome.number] = outcome
                yield line

    def write(self, tried: Tried) -> None:
        """Enter one outcome."""
        unit, exercise, outcome = tried
        self.outcomes[unit, exercise, outcome.number] = outcome
        entry = {"unit": unit, "exercise": exercise, "made_of": self._made_of[unit], "outcome": asdict(outcome)}
        self._file.write(json.dumps(entry) + "\n")
        self._file.flush()

    def __enter__(self) -> "Finished":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def _engine() -> str:
    """A fingerprint of everything that judges."""
    packages = [Path(__file__).parents[1], Path(errors.__file__).parent]
    return _hash([path for package in packages for path in sorted(package.rglob("*.py"))], "")


def _hash(paths: list[Path], begin: str) -> str:
    digest = hashlib.sha256(begin.encode())
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
