"""Rows 43 and 53: students' folders whose names something might read as more than a name."""

from attacks.attack import attack
from attacks.handed_in import ALL, UNIT

REFUSED = {
    "line": "new\nline",
    "tab": "a\tb",
    "escape": "\x1b[2Jx",
    "formula": "=cmd|' c calc'!A1",
    "plus": "+1+1",
    "minus": "-rf",
    "at": "@SUM(1)",
    "comma": "ada,99,99",
    "quote": 'a"b',
    "glob": "[ab]*",
    "star": "*",
    "question": "a?",
    "regex": "(a+)+$",
    "markup": "[bold]x[red]",
    "braces": "{0.__class__}",
    "percent": "%s%n",
    "shell": "$(touch x);x",
    "page": "<script>alert(1)<",
    "backslash": "a\\b",
    "hidden": ".hidden",
    "dots": "..x",
    "blank at the end": "ada ",
    "long": "a" * 101,
    "turned": "ada\u202enep",
    "no character": "caf\udce9",
    "emoji": "\U0001f600",
    "null": "\u2400\u200b",
}
TAKEN = {
    "capitals": "ADA",
    "umlauts": "Zoë Müller-Lüdenscheidt",
    "apart": "Zoe\u0308 O'Neil",
    "script": "अनीता",
    "others": "李小龙",
    "mail": "a.b+c@example.org",
    "ends in dots": "ada..",
    "number": "007",
}


def refused_name(name, student):
    """Register a name that is refused."""

    @attack(row=53 if student[0] in "=+-@" or "," in student else 43, reason="the folder's name ", student=student)
    def named(handed):
        """Only the name is odd."""

    named.name = f"name-{name}".replace(" ", "-")


def taken_name(name, student):
    """Register a name that is somebody's."""

    @attack(row=43, earns=ALL, student=student)
    def named(handed):
        """A name like any other."""

    named.name = f"name-{name}".replace(" ", "-")


for _name, _student in REFUSED.items():
    refused_name(_name, _student)
for _name, _student in TAKEN.items():
    taken_name(_name, _student)


@attack(row=43, reason=f"there is no {UNIT}.ipynb in the folder, which holds")
def name_that_looks_like_a_path(handed):
    """A file whose name has what looks like a way up, in characters that are no slash."""
    handed.notebook = None
    (handed.folder / "..\u2215..\u2215ada\x07").write_text("")
