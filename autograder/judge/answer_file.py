"""Running a file of answers for what it defines: a Python file statement by statement, a notebook cell by cell."""

import ast
import json
import linecache
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.errors import UnreadableAnswers
from autograder.notebook import Cell, cells_of_notebook, quiet
from autograder.sandbox.confined.notebook.syntax_trees import UnencodableDocstrings
from course.answers.error_report import raised_text
from course.text import parse_python


@dataclass(frozen=True)
class Piece:
    """A part of a file that runs by itself: where it stands, and its text."""

    where: str
    text: str


@dataclass
class Answers:
    """What a file defines, and what of it could not be run."""

    namespace: dict[str, Any]
    notes: list[str] = field(default_factory=list)


def pieces_of(path: Path) -> list[Piece]:
    """The file in pieces.

    Raises
    ------
    UnreadableAnswers
        If there is no such file, if it is not text, not a notebook, or if a Python file has a syntax error.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UnreadableAnswers(f"There is no file {path}. Check its name.") from error
    except IsADirectoryError as error:
        raise UnreadableAnswers(f"{path} is a folder. Name the file in it.") from error
    except (UnicodeDecodeError, OSError) as error:
        raise UnreadableAnswers(f"{path} can't be read as text. Save it again as UTF-8.") from error
    if path.suffix == ".ipynb":
        return _notebook_pieces(path, text)
    if "\0" in text:
        raise UnreadableAnswers(f"{path} holds a NUL character, which Python can't read. Type its text anew.")
    try:
        parse_python(text)
    except SyntaxError as error:
        raise UnreadableAnswers(
            f"{path}, line {error.lineno}: {error.msg}. Python can't read the file; mend this line first."
        ) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise UnreadableAnswers(f"{path} is not Python that can be read: {error}.") from error
    return [Piece(str(path), text)]


def _notebook_pieces(path: Path, text: str) -> list[Piece]:
    try:
        cells = cells_of_notebook(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableAnswers(f"{path} is not a Jupyter notebook. Download or save it again.") from error
    from IPython.core.inputtransformer2 import TransformerManager

    plain = TransformerManager().transform_cell
    return [Piece(f"{path.name}, cell {n}", plain(cell.text)) for n, cell in enumerate(cells, 1) if _wanted(cell)]


def _wanted(cell: Cell) -> bool:
    return cell.kind == "code" and not cell.graded and "live" not in cell.tags


def run(pieces: list[Piece], namespace: dict[str, Any]) -> Answers:
    """Run every statement for what it defines; one that fails is noted and the next goes on."""
    answers = Answers(namespace)
    for number, piece in enumerate(pieces, 1):
        name = f"<answers {number}>"
        linecache.cache[name] = (len(piece.text), None, piece.text.splitlines(keepends=True), name)
        try:
            tree = UnencodableDocstrings().visit(parse_python(piece.text))
        except (SyntaxError, ValueError, RecursionError) as error:
            answers.notes.append(f"{piece.where} can't be read as Python ({error}) and was left out.")
            continue
        for statement in tree.body:
            _run_statement(statement, name, piece, answers)
    return answers


def _run_statement(statement: ast.stmt, name: str, piece: Piece, answers: Answers) -> None:
    try:
        code = compile(ast.Module([statement], []), name, "exec")
        with quiet():
            exec(code, answers.namespace)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        answers.notes.append(
            f"{piece.where}, line {statement.lineno} stops with {raised_text(error)}; it was left out."
        )
