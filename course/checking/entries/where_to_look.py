"""Where to look where no known mistake explains what came out."""

from course.answers.compare import Difference
from course.checking.verdict import Diagnosis


def where_to_look(d: Diagnosis, readable: bool) -> list[str]:
    """What the author says of the first wrong step, or of the stage that fails, and what goes with the difference.

    Parameters
    ----------
    d : Diagnosis
    readable : bool
        Whether the numbers that the wrong entry is made from are shown.
    """
    advice = _advice(d.difference, readable) if d.difference else ""
    return [d.located.advice if d.located else d.stage_advice, advice]


def _advice(gap: Difference, readable: bool) -> str:
    if gap.kind == "shape":
        return "Write the shape beside every array in the function; the first line where it surprises you is the one."
    if gap.kind == "value" and not isinstance(gap.expected, str):
        numbers = "with the numbers above" if readable else "for a small example of your own"
        what = "this one entry" if "[" in gap.where else "this number"
        return f"Work {what} out by hand {numbers}, and compare each step."
    if gap.kind == "finite":
        return "Print the steps in between: which one is the first that is not finite?"
    return ""
