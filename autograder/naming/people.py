"""How a name is compared with others: in one form of its accents, and without what people take no note of."""

import re
import unicodedata

ACCENT = re.compile("[\u0300-\u036f\u2019]")
"""Accents of Latin, Greek and Cyrillic letters once they are apart; vowels of other scripts stay."""


def composed(name: str) -> str:
    """A name with its accents composed (NFC), as most systems write them; macOS takes them apart in some places."""
    return unicodedata.normalize("NFC", name)


def folded(name: str) -> str:
    """A name without what people take no note of: capitals, accents, and which signs divide its words."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold()).replace("'", "")
    kept = (sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in ACCENT.sub("", plain))
    return " ".join("".join(kept).split())


def printable_name(name: str) -> str:
    """A name of a folder or a file; with what can't be printed escaped, which no student's name passes."""
    return name if name.isprintable() else ascii(name)
