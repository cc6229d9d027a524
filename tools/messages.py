"""Every message that a known answer gets, in the notebook and when graded, to compare two versions of the project.

    python tools/messages.py answers > answers.json     # in this version: known answers as students would type them
    python tools/messages.py messages < answers.json    # in any version, from its folder: what each of them is told

The second part uses nothing of the project but ``check``, ``grade`` and the release notebooks, so that it runs in an
older checkout as well: ``diff`` of the two outputs shows every message that differs.
"""

import contextlib
import io
import json
import linecache
import os
import sys
from pathlib import Path
from typing import Any

SEED = "7"


def known_answers() -> dict[str, Any]:
    """The texts of all right, unusual and wrong answers, by unit."""
    from autograder.exercises.loader import exercises_of
    from autograder.notebook import solution_cell
    from autograder.paths import here
    from autograder.verify.simulated_class import source_as, without_markers

    course, units = here(), {}
    for unit in course.units():
        exercises = exercises_of(unit, course)
        right = {e.subject: solution_cell(course, unit, e.subject).text for e in exercises.values()}
        answers = [
            (e.name, e.subject, label, source_as(answer, e.subject, right[e.subject]))
            for e in exercises.values()
            for label, answer in (
                *((wrong.mistake, wrong.answer) for wrong in e.wrongs),
                *((answer.__name__, answer) for answer in e.unusuals),
            )
        ]
        answers += [(e.name, e.subject, "right", without_markers(right[e.subject])) for e in exercises.values()]
        units[unit] = {"right": list(map(without_markers, dict.fromkeys(right.values()))), "answers": sorted(answers)}
    return units


def run(text: str, name: str, names: dict[str, Any]) -> None:
    """Execute a text whose lines a message can show."""
    linecache.cache[name] = (len(text), None, [line + "\n" for line in text.splitlines()], name)
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(text, name, "exec"), names)


def told(ask: Any) -> str:
    """What is printed, returned or raised."""
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            result = ask()
    except Exception as error:
        return f"{printed.getvalue()}{type(error).__name__}: {error}"
    return f"{printed.getvalue()}{'' if result is None else result}"


def messages(units: dict[str, Any]) -> None:
    """Print what each answer is told by ``check`` and by ``grade``."""
    from autograder import grade
    from course import check

    os.environ["AUTOGRADER_SEED"] = SEED
    for unit, entry in units.items():
        notebook = json.loads(Path("release", unit, f"{unit}.ipynb").read_text(encoding="utf-8"))
        given = [c for c in notebook["cells"] if "given" in c["metadata"].get("tags", ())]
        for exercise, subject, label, text in entry["answers"]:
            names: dict[str, Any] = {"__name__": "__main__"}
            for cell in given:
                run("".join(cell["source"]), f"<given in {unit}>", names)
            for right in entry["right"]:
                run(right, f"<right in {unit}>", names)
            run(text, f"<{label}>", names)
            names |= {"check": check, "grade": grade, "exercise": exercise}
            checked = told(lambda: eval(f"check({subject}, name=exercise)", names))  # noqa: B023
            graded = told(lambda: eval(f"grade(exercise, {subject})", names))  # noqa: B023
            print(f"=== {unit} {exercise} {label}\n{checked}\n--- graded\n{graded}")


if __name__ == "__main__":
    sys.path.insert(0, os.getcwd())
    if sys.argv[1:] == ["answers"]:
        print(json.dumps(known_answers(), indent=1, ensure_ascii=False))
    elif sys.argv[1:] == ["messages"]:
        messages(json.load(sys.stdin))
    else:
        sys.exit(__doc__)
