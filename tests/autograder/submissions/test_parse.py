"""Files that someone may hand in: each is read, or refused with one sentence for the student; memory stays bounded."""

import gzip
import json
import os
import socket
import subprocess
import sys
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.courses import ROOT

from autograder.errors import UnreadableSubmission
from autograder.grading.batch import grade_all
from autograder.submissions import parse as reading
from autograder.submissions import safe_open as opening
from autograder.submissions import strip_outputs as stripping
from autograder.submissions.inbox import is_student_name
from autograder.submissions.parse import decode_notebook, parse_notebook

UNIT = "01_kinds"
NAME = "a.ipynb"


def notebook(*cells, **more):
    """A notebook as JSON."""
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}


def code(text, **more):
    return {"cell_type": "code", "metadata": {}, "source": text, "outputs": [], "execution_count": None, **more}


def refused(data):
    """The reason why these bytes are no notebook."""
    data = data if isinstance(data, bytes) else json.dumps(data).encode()
    with pytest.raises(UnreadableSubmission) as caught:
        parse_notebook(data, NAME)
    reason = str(caught.value)
    assert "\n" not in reason
    assert len(reason) < 200
    return reason


def taken(data):
    """The cells that are taken of a notebook given as JSON."""
    return parse_notebook(json.dumps(data).encode(), NAME).cells


def test_text_and_names_of_each_cell_are_taken():
    cells = taken(
        notebook(
            code(["x = 1\n", "y = 2"], id="one", metadata={"nbgrader": {"grade_id": "u01"}, "tags": ["live"]}),
            {"cell_type": "markdown", "metadata": {}, "source": "words", "id": "two"},
            {"cell_type": "raw", "metadata": {}, "source": ""},
        )
    )
    assert [(c.kind, c.text, c.id, c.grade_id) for c in cells] == [
        ("code", "x = 1\ny = 2", "one", "u01"),
        ("markdown", "words", "two", None),
        ("raw", "", None, None),
    ]


def test_origin_is_read_where_it_is_told():
    told = notebook(metadata={"course": {"unit": UNIT, "release": "2026.1", "text": "abc"}})
    read = parse_notebook(json.dumps(told).encode(), NAME)
    assert (read.unit, read.release, read.version) == (UNIT, "2026.1", "abc")
    for odd in ([], {"course": 3}, {"course": {"unit": ["x"], "text": "\x1b[2J"}}, {"course": None}):
        read = parse_notebook(json.dumps(notebook(metadata=odd)).encode(), NAME)
        assert (read.unit, read.release, read.version) == ("", "", "")


@pytest.mark.parametrize(
    "cell",
    [
        code("x", id=5),
        code("x", id="\x1b[2J"),
        code("x", id="a" * 5000),
        code("x", metadata=3),
        code("x", metadata={"nbgrader": 7, "id": []}),
        code("x", metadata={"nbgrader": {"grade_id": {}, "schema_version": 99}}),
        {"cell_type": "code", "source": "x"},
    ],
)
def test_odd_metadata_is_no_reason_to_refuse(cell):
    assert [(c.text, c.id, c.grade_id) for c in taken(notebook(cell))] == [("x", None, None)]


def test_ids_that_colab_keeps_in_the_metadata_are_found():
    assert taken(notebook(code("x", metadata={"id": "u01-slope"}), nbformat_minor=0))[0].id == "u01-slope"


def test_unknown_kind_of_cell_is_kept_as_raw():
    assert taken(notebook({"cell_type": "sql", "metadata": {}, "source": "drop"}))[0].kind == "raw"


def test_bom_and_later_minor_version_are_read():
    data = b"\xef\xbb\xbf" + json.dumps(notebook(code("x"), nbformat_minor=99)).encode()
    assert parse_notebook(data, NAME).cells[0].text == "x"


REASONS = {
    "empty": (b"", "a.ipynb is empty; save the notebook and hand it in again"),
    "blank": (b" \n\n", "a.ipynb is empty; save the notebook and hand it in again"),
    "lfs": (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n",
        "a.ipynb is a pointer to a file in Git LFS; hand in the notebook that it points to",
    ),
    "page": (
        b"\n<!DOCTYPE html><title>Log in</title>",
        "a.ipynb is a web page, not the notebook; download the notebook itself and hand it in",
    ),
    "python": (
        b"# %%\nimport numpy as np\n",
        "a.ipynb is a Python file under another name; hand in the notebook itself",
    ),
    "zip": (b"PK\x03\x04rest", "a.ipynb is an archive; unpack it and hand in the notebook"),
    "gzip": (gzip.compress(b"{}"), "a.ipynb is an archive; unpack it and hand in the notebook"),
    "pdf": (b"%PDF-1.7", "a.ipynb is a picture or a printed page; hand in the notebook itself"),
    "utf16": (
        json.dumps(notebook()).encode("utf-16"),
        "a.ipynb is not saved as UTF-8; open it in Jupyter, save it and hand it in again",
    ),
    "utf16 without its mark": (
        json.dumps(notebook()).encode("utf-16-le"),
        "a.ipynb is not saved as UTF-8; open it in Jupyter, save it and hand it in again",
    ),
    "latin": (
        json.dumps(notebook(code("é")), ensure_ascii=False).encode("latin-1"),
        "a.ipynb is not saved as UTF-8; open it in Jupyter, save it and hand it in again",
    ),
    "only nul": (b"\0" * 500, "a.ipynb is full of NUL bytes, so it was damaged on the way; hand it in again"),
    "nul inside": (
        b'{"cells": [\0\0\0]}',
        "a.ipynb is full of NUL bytes, so it was damaged on the way; hand it in again",
    ),
    "conflict": (
        b'{"cells": [\n<<<<<<< HEAD\n"a"\n=======\n"b"\n>>>>>>> mine\n]}',
        "a.ipynb is in a merge conflict of git; settle it and hand it in again",
    ),
    "words": (b"I could not do it, sorry.", "a.ipynb is no notebook; hand in the file that Jupyter saved"),
    "cut off": (
        json.dumps(notebook(code("x"))).encode()[:60],
        "a.ipynb ends in the middle, as a broken upload does; save it and hand it in again",
    ),
    "cut off in outputs": (
        b'{"cells": [{"outputs": [{"text": "a',
        "a.ipynb ends in the middle, as a broken upload does; save it and hand it in again",
    ),
    "comma": (
        b'{"cells": [],}',
        "a.ipynb is damaged; save it in Jupyter and hand it in again",
    ),
    "long number": (
        b'{"nbformat": ' + b"9" * 9999 + b"}",
        "a.ipynb is damaged; save it in Jupyter and hand it in again",
    ),
    "deep": (
        b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "a.ipynb nests more than 64 brackets, which no notebook does; start from the released notebook",
    ),
    "version 2": (notebook(nbformat=2), "it is a notebook of version 2; open it in Jupyter and save it"),
    "version 3": (
        {"worksheets": [{"cells": []}], "metadata": {}, "nbformat": 3},
        "it is a notebook of version 3; open it in Jupyter and save it",
    ),
    "version 99": (
        notebook(nbformat=99),
        "it is a notebook of version 99, newer than can be graded; save it with the course's JupyterLab",
    ),
}
NO_FORM = "a.ipynb has the form of no notebook of version 4; start from the released notebook"
FORMLESS = [
    [],
    {},
    {"nbformat": True},
    {"nbformat": 4, "cells": 3},
    notebook(nbformat="4"),
    notebook(nbformat=10**50),
    notebook(3),
    notebook({}),
    notebook({"cell_type": "code"}),
    notebook({"cell_type": ["code"], "source": ""}),
    notebook({"cell_type": "code", "source": ["a", 3]}),
]


@pytest.mark.parametrize("case", REASONS)
def test_what_is_no_notebook_is_refused_with_its_own_sentence(case):
    data, reason = REASONS[case]
    assert refused(data) == reason


@pytest.mark.parametrize("data", FORMLESS)
def test_json_without_the_form_of_a_notebook_is_refused(data):
    assert refused(data) == NO_FORM


def test_limits_of_cells_and_lines_have_sentences():
    assert refused(notebook(*[code("")] * 1001)) == (
        "a.ipynb has 1001 cells, and at most 1000 are graded; delete what you don't need"
    )
    assert refused(notebook(code(""), code("x\n" * 600_000))) == (
        "cell 2 of a.ipynb has 1200000 characters; put less into it and hand it in again"
    )
    assert refused(notebook(code("x" * 600_000))) == (
        "cell 1 of a.ipynb has a line of more than 500000 characters; break it and hand it in again"
    )


def test_pasted_picture_in_a_line_is_no_reason_to_refuse():
    assert taken(notebook(code("y = '" + "A" * 300_000 + "'")))


def test_text_that_can_not_be_written_down_is_refused():
    assert refused(notebook(code("x"), code("x = '\ud83d'"))) == (
        "cell 2 of a.ipynb holds half a character; type its text anew and hand it in again"
    )
    assert refused(notebook(code("x = '\0'"))) == (
        "cell 1 of a.ipynb holds a NUL character; type its text anew and hand it in again"
    )
    assert taken(notebook(code("x = '😀'", outputs=["\ud83d\0"])))[0].text == "x = '😀'"


def test_outputs_attachments_and_widgets_are_never_parsed():
    full = notebook(
        code("a", outputs=[{"data": {"image/png": 'x\\"]}[{"'}}, ["}"]]),
        code("outputs = ['attachments']", metadata={"widgets": {"deep": [[["]"]]]}}),
        {"cell_type": "markdown", "metadata": {}, "source": '"outputs": [', "attachments": {"p": {"image/png": "AA"}}},
        metadata={"widgets": {"state": {}}},
    )
    read = decode_notebook(json.dumps(full, indent=1).encode(), NAME)
    assert [cell["source"] for cell in read["cells"]] == ["a", "outputs = ['attachments']", '"outputs": [']
    assert read["cells"][0]["outputs"] == []
    assert read["cells"][1]["metadata"] == {"widgets": {}}
    assert read["cells"][2]["attachments"] == {}
    assert read["metadata"] == {"widgets": {}}


def test_key_named_outputs_with_a_plain_value_stays():
    assert stripping.strip_outputs(b'{"outputs": 3, "x": "outputs", "outputs" : [1]}', NAME) == (
        b'{"outputs": 3, "x": "outputs", "outputs" : []}'
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["outputs", "a", "widgets"]), inner, max_size=3)
    ),
    max_leaves=15,
)


@settings(max_examples=150, deadline=None)
@given(JSON, st.sampled_from([None, 1]))
def test_stripping_leaves_everything_else_alone(value, indent):
    def emptied(value):
        if isinstance(value, list):
            return [emptied(item) for item in value]
        if isinstance(value, dict):
            return {
                key: type(item)() if key != "a" and isinstance(item, list | dict) else emptied(item)
                for key, item in value.items()
            }
        return value

    text = json.dumps(value, indent=indent)
    assert json.dumps(json.loads(stripping.strip_outputs(text.encode(), NAME))) == json.dumps(emptied(value))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()), st.data())
def test_any_bytes_are_read_or_refused(data, draw):
    whole = json.dumps(notebook(code("x = 1", outputs=[{"text": "a"}]))).encode()
    place = draw.draw(st.integers(0, len(whole)))
    for candidate in (data, whole[:place], whole[:place] + data + whole[place:]):
        try:
            parse_notebook(candidate, NAME)
        except UnreadableSubmission as error:
            assert str(error).isprintable()


HOSTILE = """
from autograder.errors import UnreadableSubmission
from autograder.submissions.parse import parse_notebook

BIG = 20_000_000
CASES = [
    lambda: b'{"outputs":["' + b"a" * BIG + b'"]}',
    lambda: b'{"outputs":["' + b'\\\\"' * (BIG // 2) + b'"]}',
    lambda: b'{"outputs":["' + b'\\\\"' * (BIG // 2),
    lambda: b'{"outputs":[' + b"[]," * (BIG // 3) + b"[]]}",
    lambda: b'{"outputs":' + b"[" * BIG,
    lambda: b'{"outputs"' + b" " * BIG + b"}",
    lambda: b'{"cells":[' + b"[]," * 499_000 + b"[]]}",
    lambda: b'{"cells":[' + b'{"":0},' * 330_000 + b"{}]}",
    lambda: b'{"cells":["' + "\\U0001d538".encode() * 900_000 + b'"]}',
    lambda: b'{"cells":[' + b"1," * 1_900_000 + b"1]}",
    lambda: b'{"cells":[' + b"99999," * 650_000 + b"1]}",
]
refused = 0
for case in CASES:
    try:
        parse_notebook(case(), "a.ipynb")
    except UnreadableSubmission:
        refused += 1
# Not getrusage: on Linux that starts from the size of the process that started this one.
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(refused == len(CASES), int(peak) // 1000)
"""


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="reads the peak where Linux tells it")
def test_memory_stays_bounded_whatever_the_file_holds():
    done = subprocess.run([sys.executable, "-c", HOSTILE], capture_output=True, text=True, check=True, cwd=ROOT)
    all_refused, megabytes = done.stdout.split()
    assert all_refused == "True"
    assert int(megabytes) < 220, "the interpreter, twice the file, and what JSON makes of 4 MB"


def test_large_outputs_cost_no_memory():
    cell = code("x = 1", outputs=[{"data": {"image/png": "A" * 1000, "list": list(range(10))}}] * 5000)
    data = json.dumps(notebook(*[cell] * 3)).encode()
    assert len(data) > 10e6
    tracemalloc.start()
    read = parse_notebook(data, NAME)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [cell.text for cell in read.cells] == ["x = 1"] * 3
    assert peak < 1e6


@pytest.fixture
def folder(tmp_path):
    """A student's folder with a good notebook in it."""
    folder = tmp_path / "submitted" / "ada" / UNIT
    folder.mkdir(parents=True)
    (folder / NAME).write_text(json.dumps(notebook(code("x"))))
    return folder


def read_notebook(path, **options):
    """The notebook at a path."""
    return parse_notebook(opening.read_bytes(path, **options), path.name)


def reason_for(path, **options):
    with pytest.raises(UnreadableSubmission) as caught:
        read_notebook(path, **options)
    return str(caught.value)


def test_good_file_is_read(folder):
    read = read_notebook(folder / NAME, within=folder.parent.parent)
    assert read.cells[0].text == "x"
    assert read.fingerprint == reading.fingerprint_of((folder / NAME).read_bytes())


def test_missing_file_says_what_is_there(folder):
    for name in ("b", "c", "d", "\x1b[2J\n", "e" * 200, "zz"):
        (folder / name).write_text("")
    said = reason_for(folder / "u.ipynb")
    assert said == r"there is no u.ipynb in the folder, which holds '\x1b[2J\n', a.ipynb, b, c, d, …"
    assert reason_for(folder.parent / "none" / NAME).endswith("which holds nothing")


def test_names_that_are_no_utf8_are_shown_escaped(folder):
    os.close(os.open(bytes(folder) + b"/A\xff", os.O_CREAT | os.O_WRONLY))
    assert r"'A\udcff'" in reason_for(folder / "u.ipynb")


@pytest.fixture
def folders_alone(monkeypatch):
    """Nothing but folders is opened, and those to be passed through."""
    whole = os.open

    def folder(path, flags, **options):
        assert flags & os.O_PATH and flags & os.O_DIRECTORY, path
        return whole(path, flags, **options)

    monkeypatch.setattr(opening.os, "open", folder)


def test_what_is_not_an_ordinary_file_is_never_opened(folder, folders_alone):
    os.mkfifo(folder / "pipe.ipynb")
    (folder / "folder.ipynb").mkdir()
    (folder / "link.ipynb").symlink_to(folder / NAME)
    (folder / "nowhere.ipynb").symlink_to("nowhere")
    assert reason_for(folder / "pipe.ipynb") == "pipe.ipynb is a named pipe, not a file; hand in the notebook itself"
    assert reason_for(folder / "folder.ipynb") == "folder.ipynb is a folder; hand in the notebook itself"
    assert reason_for(folder / "link.ipynb") == "link.ipynb is a symbolic link; hand in the notebook itself"
    assert reason_for(folder / "nowhere.ipynb") == "nowhere.ipynb is a symbolic link; hand in the notebook itself"
    assert reason_for(opening.Path("/dev/zero")) == "zero is a device, not a file; hand in the notebook itself"


def test_socket_is_refused(folder, monkeypatch):
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.ipynb")
        assert reason_for(folder / "s.ipynb") == "s.ipynb is a socket, not a file; hand in the notebook itself"


def test_folder_that_is_a_symbolic_link_is_refused(folder, tmp_path):
    root = tmp_path / "submitted"
    (root / "eve").mkdir()
    (root / "eve" / UNIT).symlink_to(folder)
    (root / "fay").symlink_to(root / "ada")
    for student in ("eve", "fay"):
        said = reason_for(root / student / UNIT / NAME, within=root)
        assert said == "its folder is a symbolic link; hand in the files themselves"
    (tmp_path / "elsewhere").symlink_to(root)
    assert read_notebook(tmp_path / "elsewhere" / "ada" / UNIT / NAME, within=tmp_path / "elsewhere").cells


def test_hard_link_to_the_course_is_refused(folder, tmp_path):
    own = tmp_path / "own.ipynb"
    own.write_text(json.dumps(notebook(code("the answer"))))
    os.link(own, folder / "u.ipynb")
    assert reason_for(folder / "u.ipynb", never=[tmp_path / "gone", own]) == (
        "u.ipynb is a link to the course's own file; hand in your own notebook"
    )
    os.link(folder / NAME, tmp_path / "backup.ipynb")
    assert read_notebook(folder / NAME, never=[own]).cells, "a backup that links is the instructor's business"


def test_huge_file_is_refused_by_its_size_alone(folder, folders_alone):
    with (folder / "u.ipynb").open("wb") as file:
        file.truncate(500_000_000)
    assert reason_for(folder / "u.ipynb") == "u.ipynb has 500 MB; clear its outputs and hand it in again"


@pytest.fixture
def after_a_look_at(monkeypatch):
    """Do something once, after whatever has this name was looked at for the first time."""
    whole, waiting = os.stat, {}

    def stat(path, *arguments, **options):
        state = whole(path, *arguments, **options)
        name = os.path.basename(path) if isinstance(path, str | os.PathLike) else None
        waiting.pop(name, lambda: None)()
        return state

    monkeypatch.setattr(opening.os, "stat", stat)
    return waiting.__setitem__


def grow(path):
    path.write_text(path.read_text() + " " * 10_000)


def exchange(path):
    (path.parent / "other").write_text("{}")
    os.replace(path.parent / "other", path)


@pytest.mark.parametrize("change", [grow, exchange])
def test_file_that_changes_while_it_is_looked_at_is_refused(folder, after_a_look_at, change):
    after_a_look_at(NAME, lambda: change(folder / NAME))
    assert reason_for(folder / NAME) == "a.ipynb changed while it was read; grade it again"


@pytest.mark.parametrize("exchanged", ["student", "unit"])
def test_folder_that_becomes_a_link_while_it_is_looked_at_leads_nowhere_else(folder, after_a_look_at, exchanged):
    root = folder.parents[1]
    (root / "eve" / UNIT).mkdir(parents=True)
    place = root / "eve" if exchanged == "student" else root / "eve" / UNIT

    def link():
        place.rename(root / "gone")
        place.symlink_to(folder.parent if exchanged == "student" else folder)

    after_a_look_at(place.name, link)
    with pytest.raises(UnreadableSubmission):
        opening.read_bytes(root / "eve" / UNIT / NAME, within=root)


def test_file_that_is_gone_before_it_is_opened_has_a_reason(folder, after_a_look_at):
    after_a_look_at(NAME, (folder / NAME).unlink)
    assert reason_for(folder / NAME) == "there is no a.ipynb in the folder, which holds nothing"


def test_file_that_may_not_be_opened_has_a_reason(folder, monkeypatch):
    def denied(*arguments, **options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(opening.os, "open", denied)
    assert reason_for(folder / NAME) == (
        "a.ipynb can't be opened (Permission denied); change its permissions, or hand it in again"
    )


@pytest.mark.parametrize(
    "name", ["ada lovelace", "Zoë", "Zoe\u0308 O'Neil", "अनीता", "李小龙", "a.b+c@example.org", "007"]
)
def test_name_of_a_folder_that_is_a_students(name):
    assert is_student_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "*",
        "[a-z]",
        "new\nline",
        "..b",
        ".b",
        "$(touch x)",
        "=cmd()",
        "-r",
        "+1",
        "@x",
        "ada ",
        "ada,99",
        "a\u202eb",
        "a" * 101,
    ],
)
def test_name_of_a_folder_that_is_no_students(name):
    assert not is_student_name(name)


def test_folder_that_links_to_the_source_is_refused(own_small_course):
    place = own_small_course
    (place.submitted / "eve").mkdir(parents=True)
    (place.submitted / "eve" / UNIT).symlink_to(place.source / UNIT)
    (place.submitted / "fay" / UNIT).mkdir(parents=True)
    os.link(place.notebook(UNIT), place.submitted / "fay" / UNIT / f"{UNIT}.ipynb")
    reasons = [result.reason for result in grade_all(place, [])]
    assert reasons == [
        "its folder is a symbolic link; hand in the files themselves",
        "01_kinds.ipynb is a link to the course's own file; hand in your own notebook",
    ]


def test_other_files_of_the_folder_are_not_looked_at(folder):
    for name in ("numpy.py", "sitecustomize.py", "data.csv"):
        os.mkfifo(folder / name)
    assert read_notebook(folder / NAME).cells[0].text == "x"
