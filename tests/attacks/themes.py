"""Which modules hold attacks."""

THEMES = (
    "files",
    "formats",
    "marks",
    "names",
    "shows",
    "loops",
    "bombs",
    "crashes",
    "escapes",
    "forgeries",
    "peers",
    "remains",
)
