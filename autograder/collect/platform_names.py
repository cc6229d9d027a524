"""What Canvas and Moodle say by the names of the files that they export: whose it is, which file, whether late."""

import re
from dataclasses import dataclass

CANVAS = re.compile(r"(?P<name>[^/]+?)_(?:(?P<late>late)_)?(?P<user>\d+)_(?P<order>\d+)_(?P<file>[^/]+)", re.I)
"""``lovelaceada_LATE_12345_678901_01_mse-1.ipynb``: the student, her number, and that of the upload, which grows."""
MOODLE = re.compile(
    r"(?P<name>[^/]+?)_(?P<participant>\d+)_assignsubmission_(?:file|onlinetext)_?/?(?P<file>.+)?", re.I
)
"""``Ada Lovelace_12345_assignsubmission_file_/01_mse.ipynb``: the number is another one in each assignment."""
COPY_NUMBER = re.compile(r"(?:[ _-]+|[ ]*\()(\d+)\)?(?:\.\w+)?$")


@dataclass(frozen=True)
class ExportedName:
    """What the name of an exported file says.

    Attributes
    ----------
    name : str
        The student's, as the platform writes it.
    user : str
        The student's number, where it is the same in each assignment.
    person : str
        Tells students of one archive apart.
    file : str
        The file's own name.
    late : bool
    order : int
        Of two files of a student, the one with the greater number came later; 0 where there is none.
    """

    name: str
    user: str
    person: str
    file: str
    late: bool
    order: int


def exported_name(path: str) -> ExportedName | None:
    """What the path of a file in an archive says; None where it is of no form that Canvas or Moodle writes."""
    parts = path.split("/")
    for start in range(len(parts)):
        rest = "/".join(parts[start:])
        if (found := MOODLE.fullmatch(rest)) and found["file"]:
            person = f"{found['name']} {found['participant']}"
            return ExportedName(found["name"], "", person, found["file"].split("/")[-1], False, 0)
        if found := CANVAS.fullmatch(rest):
            order = int(found["order"][:18])
            return ExportedName(found["name"], found["user"], found["user"], found["file"], bool(found["late"]), order)
    return None


def copy_number(file: str) -> int:
    """The number that browsers and platforms give a further copy of a file; 0 for the first one."""
    found = COPY_NUMBER.search(file)
    return int(found[1][:18]) if found else 0
