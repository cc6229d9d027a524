"""What names of files and folders mean: which unit, whether a copy or an archive, whether worth a word at all."""

import re
import unicodedata
from collections.abc import Iterable
from fnmatch import translate

from autograder.naming.people import folded

CLUTTER = (
    *(".DS_Store", "._*", ".localized", "Thumbs.db", "ehthumbs.db", "desktop.ini", "Icon\r", ".directory", "@eaDir"),
    *(".ipynb_checkpoints", "__MACOSX", "__pycache__", ".git", ".git*", ".nfs*", ".fuse_hidden*", ".~*", "~$*", "*~"),
    *(".Trash*", ".Spotlight*", ".fseventsd", "lost+found", "timestamp.txt", "submission_secret.txt"),
)
"""What operating systems, Jupyter, git and nbgrader leave in any folder."""
IS_CLUTTER = re.compile("|".join(map(translate, CLUTTER)))
ARCHIVES = (".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar")
EXTENSION = re.compile(r"(?:\.ipynb)?(?:\.(?:ipynb|json|txt|html?|py|pdf|zip|gz|tgz|tar|bz2|xz|7z|rar))*$")
COPY_BEFORE = re.compile(r"^(?:copy|kopie|copie|copia)[ _-]+(?:of|von|de|di)[ _-]+")
COPY_BEHIND = re.compile(r"(?:[ _-]+(?:copy|kopie|copie|copia) ?\d*| *\(\d+\)|[ _-]+\d+)$")
"""What browsers, operating systems, learning platforms and Jupyter put to the name of a further copy."""


def is_clutter(name: str) -> bool:
    """Whether a file or a folder of this name was made by a program beside people's work."""
    return bool(IS_CLUTTER.match(name))


def is_archive(name: str) -> bool:
    """Whether a file's name is that of an archive."""
    return name.casefold().endswith(ARCHIVES)


def is_copy_of(name: str, unit: str) -> bool:
    """Whether a name is a unit's but for capitals, its extension and the marks of a further copy."""
    plain = EXTENSION.sub("", unicodedata.normalize("NFKC", name).casefold().strip())
    forms = {plain}
    while plain:
        shorter = COPY_BEHIND.sub("", COPY_BEFORE.sub("", plain))
        if shorter == plain:
            break
        forms.add(plain := shorter)
    return folded(unit) in map(folded, forms)


def unit_meant(name: str, units: Iterable[str]) -> str:
    """The unit that a name speaks of: a copy of its name, or a name that holds it; empty where there is none."""
    known = list(units)
    if name in known:
        return name
    copies = [unit for unit in known if is_copy_of(name, unit)]
    holding = [unit for unit in known if f" {folded(unit)} " in f" {folded(name)} "]
    return max(copies or holding, key=len, default="")
