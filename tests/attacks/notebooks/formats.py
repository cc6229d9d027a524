"""Rows 40 and 41: bytes that are no notebook, or hardly one."""

import copy
import json

from attacks.attack import attack
from attacks.handed_in import ALL, UNIT

NAME = f"{UNIT}.ipynb"


def written(handed, data):
    """Hand in these bytes."""
    handed.notebook = None
    handed.path.write_bytes(data)


def as_bytes(handed):
    """The right notebook."""
    return json.dumps(handed.notebook, indent=1).encode()


@attack(row=40, reason=f"{NAME} is empty; save the notebook and hand it in again")
def empty(handed):
    """Nothing."""
    written(handed, b"")


@attack(row=40, reason=f"{NAME} is empty; save the notebook and hand it in again")
def blank(handed):
    """Blanks, and the mark of UTF-8 before them."""
    written(handed, b"\xef\xbb\xbf \n\t\n")


@attack(row=40, reason="ends in the middle, as a broken upload does")
def cut_off(handed):
    """The first half of the right notebook."""
    data = as_bytes(handed)
    written(handed, data[: len(data) // 2])


@attack(row=40, reason=f"{NAME} is damaged; save it")
def no_json(handed):
    """A comma too much."""
    written(handed, as_bytes(handed).replace(b'"metadata"', b',"metadata"', 1))


@attack(row=40, reason="is not saved as UTF-8")
def utf_16(handed):
    """Saved by an editor of Windows."""
    written(handed, as_bytes(handed).decode().encode("utf-16"))


@attack(row=40, reason="is not saved as UTF-8")
def bad_utf_8(handed):
    """One byte that no UTF-8 has, in an answer."""
    written(handed, as_bytes(handed).replace(b"def slope", b"# \xff\ndef slope"))


@attack(row=40, earns=ALL)
def byte_order_mark(handed):
    """The mark of UTF-8 in front does no harm."""
    written(handed, b"\xef\xbb\xbf" + as_bytes(handed))


@attack(row=40, reason="holds half a character; type its text anew and hand it in again")
def half_a_character(handed):
    """A lone surrogate, which JSON can hold and a file can't."""
    handed.spoil("slope", "def slope", "# \ud83d\ndef slope")


@attack(row=40, earns=ALL)
def half_a_character_elsewhere(handed):
    """Lone surrogates in what is not taken over: outputs, names, metadata."""
    handed.notebook["metadata"]["authors"] = "\udcff"
    for number, cell in enumerate(handed.cells):
        cell["metadata"]["note"] = "\ud83d"
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "\ud83d"}]
        elif number:
            cell["id"] = "\ud83d"


@attack(row=40, reason="is full of NUL bytes, so it was damaged on the way")
def nul_bytes(handed):
    """A block of the disk that was never written."""
    data = as_bytes(handed)
    written(handed, data[:500] + bytes(4096) + data[4596:])


@attack(row=40, reason="is full of NUL bytes, so it was damaged on the way")
def only_nul_bytes(handed):
    """A file of the right size with nothing in it."""
    written(handed, bytes(len(as_bytes(handed))))


@attack(row=40, reason="holds a NUL character; type its text anew")
def nul_character(handed):
    """As JSON can write it."""
    handed.spoil("slope", "def slope", "# \0\ndef slope")


@attack(row=40, reason="nests more than 64 brackets, which no notebook does")
def deep(handed):
    """More brackets within brackets than a parser has stack for."""
    written(handed, b'{"cells": ' + b"[" * 2_000_000 + b"]" * 2_000_000 + b"}")


@attack(row=40, reason="ends in the middle")
def deep_and_open(handed):
    """The same in an output, and never closed."""
    written(handed, b'{"cells": [{"outputs": ' + b"[" * 500_000)


@attack(row=40, reason="is damaged")
def number_without_end(handed):
    """An integer of a million digits takes long to read."""
    written(handed, b'{"nbformat": ' + b"9" * 1_000_000 + b"}")


@attack(row=40, reason="it is a notebook of version 2; open it in Jupyter and save it")
def version_2(handed):
    """A notebook of 2012."""
    handed.notebook |= {"nbformat": 2, "worksheets": [{"cells": handed.notebook.pop("cells")}]}


@attack(row=40, reason="it is a notebook of version 3; open it in Jupyter and save it")
def version_3(handed):
    """A notebook of 2014."""
    handed.notebook |= {"nbformat": 3, "worksheets": [{"cells": handed.notebook.pop("cells")}]}


@attack(row=40, reason="it is a notebook of version 9, newer than can be graded")
def version_9(handed):
    """A notebook of the future."""
    handed.notebook["nbformat"] = 9


@attack(row=40, earns=ALL)
def minor_version_99(handed):
    """A later minor version is read as ever."""
    handed.notebook["nbformat_minor"] = 99


@attack(row=40, reason="is a pointer to a file in Git LFS; hand in the notebook that it points to")
def lfs_pointer(handed):
    """What git gives where LFS is not installed."""
    written(handed, b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n")


@attack(row=40, reason="is a web page, not the notebook")
def page_to_log_in(handed):
    """What a download gives whose session has ended."""
    written(handed, b"<!DOCTYPE html>\n<html><title>Log in</title></html>")


@attack(row=40, reason="is a Python file under another name")
def python_file(handed):
    """A script, renamed."""
    written(handed, handed.solution("slope")["source"].encode())


@attack(row=40, reason="is a picture or a printed page")
def printed_page(handed):
    """A PDF, renamed."""
    written(handed, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")


@attack(row=40, reason="is in a merge conflict of git; settle it and hand it in again")
def merge_conflict(handed):
    """Both sides of a conflict."""
    data = as_bytes(handed)
    written(handed, b"<<<<<<< HEAD\n" + data + b"\n=======\n" + data + b"\n>>>>>>> mine\n")


@attack(row=40, reason="has the form of no notebook of version 4")
def other_json(handed):
    """A list."""
    written(handed, b"[1, 2, 3]")


@attack(row=40, reason="has the form of no notebook of version 4")
def sources_of_numbers(handed):
    """A cell's text is a list of numbers."""
    handed.solution("slope")["source"] = [1, None]


@attack(row=40, reason=f"it is another notebook: none of its cells belongs to {UNIT}")
def no_cells(handed):
    """A notebook with nothing in it."""
    handed.notebook["cells"] = []


@attack(row=40, reason=f"it is another notebook: none of its cells belongs to {UNIT}")
def another_notebook(handed):
    """Cells of the student's own alone."""
    handed.notebook["cells"] = []
    handed.first("print('hello')")


@attack(row=40, earns=ALL)
def keys_twice(handed):
    """JSON that has a key twice: of two lists of cells the last is the notebook."""
    data = as_bytes(handed)
    written(handed, b'{"cells": [], ' + data[1:])


@attack(row=41, reason="has 100000 cells, and at most 1000 are graded")
def hundred_thousand_cells(handed):
    """More cells than anyone wrote."""
    cells = ",".join(['{"cell_type":"raw","source":""}'] * 100_000)
    written(handed, f'{{"nbformat":4,"metadata":{{}},"cells":[{cells}]}}'.encode())


@attack(row=41, reason="holds more than 4 MB besides its outputs")
def text_of_ten_megabytes(handed):
    """A cell with data in it."""
    handed.first("x = '" + "y" * 100 + "'\n" + "# filled\n" * 1_000_000)


@attack(row=41, reason="has 1000006 characters; put less into it")
def cell_of_a_million_characters(handed):
    """One line, which is one cell."""
    handed.first("x = '" + "y" * 1_000_000 + "'")


@attack(row=41, reason="has a line of more than 500000 characters; break it")
def line_of_900000_characters(handed):
    """One line."""
    handed.first("x = '" + "y" * 900_000 + "'")


@attack(row=41, reason="holds too many values to be read; clear its outputs")
def millions_of_values(handed):
    """Outputs of very many small pieces."""
    cell = next(cell for cell in handed.cells if cell["cell_type"] == "code")
    cell["outputs"] = [[]] * 1_500_000


@attack(row=41, earns=ALL)
def outputs_of_thirty_megabytes(handed):
    """Large outputs are never parsed."""
    output = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "A" * 3_000_000}}
    cell = next(cell for cell in handed.cells if cell["cell_type"] == "code")
    cell["outputs"] = [copy.deepcopy(output) for _ in range(10)]
