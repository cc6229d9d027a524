"""Rows 41, 42, 44, 45 and 63: what lies in the place of the notebook, and beside it."""

import gzip
import io
import json
import os
import shutil
import socket
import zipfile

from nbgrader.api import Gradebook

from attacks.attack import attack
from attacks.handed_in import ALL, UNIT

NAME = f"{UNIT}.ipynb"


def placed(handed):
    """The notebook's place, with nothing there yet."""
    handed.notebook = None
    return handed.path


@attack(row=42, reason=f"{NAME} is a symbolic link; hand in the notebook itself")
def link_to_the_source(handed):
    """The course's own notebook, with all answers, by a symbolic link."""
    placed(handed).symlink_to(handed.course.notebook(UNIT))


@attack(row=42, reason=f"{NAME} is a symbolic link; hand in the notebook itself")
def link_to_another_students_notebook(handed):
    """ada's notebook by a relative link."""
    placed(handed).symlink_to(f"../../ada/{UNIT}/{NAME}")


@attack(row=42, reason=f"{NAME} is a symbolic link; hand in the notebook itself")
def link_to_nowhere(handed):
    """A link that leads nowhere."""
    placed(handed).symlink_to("nowhere")


@attack(row=42, reason="its folder is a symbolic link; hand in the files themselves")
def link_to_another_students_folder(handed):
    """ada's folder under another student's name."""
    path = placed(handed)
    path.parent.rmdir()
    path.parent.symlink_to(f"../ada/{UNIT}")


@attack(row=42, reason="its folder is a symbolic link; hand in the files themselves")
def link_in_place_of_the_student(handed):
    """A student's whole folder is a link to another's."""
    path = placed(handed)
    shutil.rmtree(path.parents[1])
    path.parents[1].symlink_to("ada")


@attack(row=42, reason=f"{NAME} is a link to the course's own file; hand in your own notebook")
def hard_link_to_the_source(handed):
    """The course's own notebook by a second name of the same file."""
    os.link(handed.course.notebook(UNIT), placed(handed))


@attack(row=42, reason=f"{NAME} is a link to the course's own file; hand in your own notebook")
def hard_link_to_the_text(handed):
    """The course's own text notebook."""
    os.link(handed.course.text(UNIT), placed(handed))


@attack(row=42, reason=f"{NAME} is a named pipe, not a file; hand in the notebook itself")
def named_pipe(handed):
    """To open it for reading waits until somebody writes."""
    os.mkfifo(placed(handed))


@attack(row=42, reason=f"{NAME} is a socket, not a file; hand in the notebook itself")
def unix_socket(handed):
    """A socket that nobody listens to."""
    path, before = placed(handed), os.getcwd()
    os.chdir(path.parent)  # its name may be 107 characters long
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path.name)
    os.chdir(before)


@attack(row=42, reason="hand in the notebook itself")
def device(handed):
    """A device that gives bytes without end; who may make none makes a link to one."""
    path = placed(handed)
    try:
        os.mknod(path, 0o020666, os.makedev(1, 5))
    except PermissionError:
        path.symlink_to("/dev/zero")


@attack(row=42, reason=f"{NAME} is a folder; hand in the notebook itself")
def folder_in_place_of_the_notebook(handed):
    """A folder with the notebook's name."""
    placed(handed).mkdir()


@attack(row=42, reason=f"there is no {NAME} in the folder, which holds Untitled.ipynb")
def other_name(handed):
    """The right notebook under another name."""
    notebook = json.dumps(handed.notebook)
    (placed(handed).parent / "Untitled.ipynb").write_text(notebook)


@attack(row=42, earns=ALL)
def odd_files_beside_the_notebook(handed):
    """Pipes, links, sockets and large files that nobody asked for."""
    os.mkfifo(handed.folder / "pipe.csv")
    (handed.folder / "passwords").symlink_to("/etc/passwd")
    (handed.folder / "all").symlink_to("/")
    (handed.folder / "round").symlink_to(".")
    with (handed.folder / "large.bin").open("wb") as file:
        file.truncate(1 << 40)
    (handed.folder / "deep").mkdir()
    (handed.folder / "deep" / NAME).write_text("{}")


@attack(row=41, reason=f"{NAME} has 60 MB; clear its outputs and hand it in again")
def large_file(handed):
    """More than is ever read; a file with a hole costs nothing to make."""
    with placed(handed).open("wb") as file:
        file.truncate(60_000_000)


@attack(row=44, reason=f"{NAME} is an archive; unpack it and hand in the notebook")
def zip_under_the_name(handed):
    """An archive that unpacks to a gigabyte: none is ever unpacked."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(NAME, "w") as file:
        for _ in range(64):
            file.write(bytes(1 << 20))
    placed(handed).write_bytes(packed.getvalue())


@attack(row=44, reason=f"{NAME} is an archive; unpack it and hand in the notebook")
def gzip_under_the_name(handed):
    """The right notebook, packed."""
    data = gzip.compress(json.dumps(handed.notebook).encode())
    placed(handed).write_bytes(data)


@attack(row=44, reason=f"there is no {NAME} in the folder, which holds {UNIT}.zip")
def zip_in_place_of_the_notebook(handed):
    """An archive with names that lead out of the folder: it is not opened."""
    notebook = json.dumps(handed.notebook)
    with zipfile.ZipFile(placed(handed).with_suffix(".zip"), "w") as archive:
        archive.writestr(f"../../ada/{UNIT}/{NAME}", notebook)
        archive.writestr(NAME, notebook)


SHADOWS = ("numpy.py", "random.py", "course/__init__.py", "autograder/__init__.py", "nbgrader_config.py", "msgpack.py")
STARTED = ("sitecustomize.py", "usercustomize.py", "conftest.py", "ipython_config.py", "mine.pth")
FALSE = "raise SystemExit('a shadow was imported')\n"


@attack(row=45, earns=ALL)
def modules_that_shadow_others(handed):
    """Files beside the notebook with the names of modules, and of what Python and IPython run when they start."""
    for name in (*SHADOWS, *STARTED):
        path = handed.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(FALSE)


@attack(row=45, earns=ALL)
def modules_that_shadow_others_written_by_a_cell(handed):
    """The same, written in the sandbox: what is installed comes first there, and graded cells run elsewhere."""
    names = (*SHADOWS, *STARTED, "check.py", "ast.py", "statistics.py")
    handed.first(
        f"import os\nfor name in {names!r}:\n    os.makedirs(os.path.dirname(name) or '.', exist_ok=True)\n"
        f"    open(name, 'w').write({FALSE!r})\nimport statistics, random"
    )


@modules_that_shadow_others_written_by_a_cell.afterwards
def no_shadow_was_imported(outcome):
    assert "a shadow was imported" not in outcome.shown()


@attack(row=45, earns=ALL - 2)
def helper_beside_the_notebook(handed):
    """Only the notebook is taken: what an answer imports from a file beside it is not there."""
    (handed.folder / "mine.py").write_text(handed.solution("slope")["source"])
    handed.answer("slope", "from mine import slope")


STAMPS = {
    "a-zone-that-is-a-path": "2026-01-01 00:00:00 ../../x",
    "a-zone-that-never-ends": "2026-01-01 00:00:00 /dev/zero",
    "a-zone-in-memory": "2026-01-01 00:00:00 /proc/self/mem",
    "a-zone-of-another-student": f"2026-01-01 00:00:00 ../../submitted/ada/{UNIT}/{NAME}",
    "no-date-that-there-is": "2026-02-30 00:00:00 UTC",
    "before-all-time": "0001-01-01 00:00:00 +23:59",
    "a-name-of-a-zone": "2026-01-01 00:00:00 PST",
    "another-order": "05.01.2026 18:00",
    "long": "2026-01-01 00:00:00" + " " * 100_000 + "UTC",
    "half-a-character": b"2026-01-01 00:00:00 \xed\xa0\x80",
    "pipe": os.mkfifo,
    "folder": os.mkdir,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "memory": lambda path: path.symlink_to("/proc/self/mem"),
    "hole": lambda path: (path.write_bytes(b""), os.truncate(path, 1 << 40)),
}


def stamped(name, stamp):
    """Register a right notebook with a ``timestamp.txt`` that is no time."""

    @attack(row=63, earns=ALL, verdict="timestamp.txt is left out of account: it", student=f"m-stamp-{name}")
    def of_no_time(handed):
        """A timestamp.txt that is no time, and would be opened, or looked up, or waited for."""
        path = handed.folder / "timestamp.txt"
        if callable(stamp):
            stamp(path)
        else:
            path.write_bytes(stamp if isinstance(stamp, bytes) else stamp.encode())

    of_no_time.name = f"stamp-{name}"
    of_no_time.afterwards(no_time_is_entered)


def no_time_is_entered(outcome):
    with Gradebook(f"sqlite:///{outcome.course.root / 'gradebook.db'}") as book:
        assert book.find_submission(UNIT, outcome.result.student).timestamp is None
    graded = outcome.course.root / "autograded" / outcome.result.student / UNIT
    assert [path.name for path in graded.iterdir()] == [NAME]


for _name, _stamp in STAMPS.items():
    stamped(_name, _stamp)
