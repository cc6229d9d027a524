"""Which modules hold attacks."""

THEMES = (
    "notebooks.files",
    "notebooks.formats",
    "notebooks.marks",
    "notebooks.names",
    "notebooks.shows",
    "code.loops",
    "code.bombs",
    "code.crashes",
    "code.escapes",
    "code.forgeries",
    "code.lent",
    "code.peers",
    "code.remains",
    "round_two.unearned",
    "round_two.taken_for",
    "round_two.reaches",
    "round_two.delays",
    "round_two.grader",
    "round_two.writes",
)
