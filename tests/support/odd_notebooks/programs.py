"""How programs save a notebook that was made in JupyterLab: each gives the bytes of the file."""

import copy
import json
from collections.abc import Callable
from typing import Any

Notebook = dict[str, Any]


def text(cell: Notebook) -> str:
    """A cell's text, whichever way it is kept."""
    return cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])


def in_lines(notebook: Notebook) -> Notebook:
    """A copy with each source as a list of lines, which is what programs write."""
    notebook = copy.deepcopy(notebook)
    for cell in notebook["cells"]:
        cell["source"] = text(cell).splitlines(keepends=True)
    return notebook


def jupyterlab(notebook: Notebook) -> bytes:
    """JupyterLab 4 with execution times recorded and widget states saved."""
    made = in_lines(notebook)
    made["metadata"] |= {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"codemirror_mode": {"name": "ipython", "version": 3}, "name": "python", "version": "3.12.3"},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {"a1": {"model_name": "X"}}}},
        "toc-autonumbering": False,
    }
    for number, cell in enumerate(made["cells"], 1):
        if cell["cell_type"] == "code":
            cell["execution_count"] = number
            moment = "2026-01-01T12:00:00.000000Z"
            cell["metadata"] |= {"execution": {"iopub.execute_input": moment, "shell.execute_reply": moment}}
            cell["metadata"] |= {"trusted": True, "jupyter": {"outputs_hidden": False, "source_hidden": False}}
    return json.dumps(made, indent=1, ensure_ascii=False).encode() + b"\n"


def notebook7(notebook: Notebook) -> bytes:
    """Notebook 7: another kernel's name, cells folded, tags and slides."""
    made = in_lines(notebook)
    made["metadata"]["kernelspec"] = {"display_name": "backprop (3.13)", "language": "python", "name": "conda-env-x-py"}
    for cell in made["cells"]:
        cell["metadata"] |= {"editable": True, "slideshow": {"slide_type": ""}, "collapsed": False}
        cell["metadata"].setdefault("tags", [])
    return json.dumps(made, indent=1, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def vscode(notebook: Notebook) -> bytes:
    """VS Code: languages in the metadata, another kernelspec, two spaces, no newline at the end."""
    made = in_lines(notebook)
    made["metadata"] |= {
        "kernelspec": {"display_name": ".venv", "language": "python", "name": "python3"},
        "language_info": {"file_extension": ".py", "name": "python", "nbconvert_exporter": "python"},
        "vscode": {"interpreter": {"hash": "0" * 64}},
    }
    for cell in made["cells"]:
        cell["metadata"]["vscode"] = {"languageId": "python" if cell["cell_type"] == "code" else "markdown"}
    return json.dumps(made, indent=2, ensure_ascii=False).encode()


def vscode_without_metadata(notebook: Notebook) -> bytes:
    """VS Code after *Export*: cells keep their ids and lose all else."""
    made = json.loads(vscode(notebook))
    made["metadata"] = {"language_info": {"name": "python"}}
    for cell in made["cells"]:
        cell["metadata"] = {"vscode": {"languageId": cell["metadata"]["vscode"]["languageId"]}}
    return json.dumps(made, indent=1).encode()


def colab(notebook: Notebook) -> bytes:
    """Colab: version 4.0, ids of its own in the metadata, everything in ASCII."""
    made = in_lines(notebook)
    made["nbformat_minor"] = 0
    made["metadata"] |= {
        "colab": {"provenance": [], "toc_visible": True},
        "kernelspec": {"display_name": "Python 3", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(made["cells"]):
        del cell["id"]
        cell["metadata"] |= {"id": f"Zk{number:02d}qWe_aB{number}"}
        if cell["cell_type"] == "code":
            cell["metadata"] |= {"outputId": "d0c2-1f", "colab": {"base_uri": "https://localhost:8080/"}}
    return json.dumps(made, indent=2).encode()


def colab_alone(notebook: Notebook) -> bytes:
    """Colab where the cells were pasted into a fresh notebook: no metadata of the course's is left."""
    made = json.loads(colab(notebook))
    del made["metadata"]["course"]
    for cell in made["cells"]:
        cell["metadata"] = {"id": cell["metadata"]["id"]}
    return json.dumps(made, indent=2).encode()


def older(minor: int) -> Callable[[Notebook], bytes]:
    """A program that writes an older minor version: there are no cell ids before 4.5."""

    def saved(notebook: Notebook) -> bytes:
        made = in_lines(notebook)
        made["nbformat_minor"] = minor
        for cell in made["cells"]:
            if minor < 5:
                del cell["id"]
        return json.dumps(made, indent=1).encode()

    saved.__name__ = f"version_4_{minor}"
    return saved


def regenerated_ids(notebook: Notebook) -> bytes:
    """A program that gives each cell an id of its own."""
    made = copy.deepcopy(notebook)
    for number, cell in enumerate(made["cells"]):
        cell["id"] = f"{number:08x}-cafe"
    return json.dumps(made).encode()


def whole_strings(notebook: Notebook) -> bytes:
    """Each source as one string, with a byte order mark in front of the file."""
    made = copy.deepcopy(notebook)
    for cell in made["cells"]:
        cell["source"] = text(cell)
    return b"\xef\xbb\xbf" + json.dumps(made, indent=4).encode()


def windows(notebook: Notebook) -> bytes:
    """Windows: CRLF in the file, and in the texts where they were pasted."""
    made = copy.deepcopy(notebook)
    for cell in made["cells"]:
        cell["source"] = text(cell).replace("\n", "\r\n")
    return json.dumps(made, indent=1).encode().replace(b"\n", b"\r\n") + b"\r\n"


def trailing_spaces(notebook: Notebook) -> bytes:
    """An editor that ends each text with a newline and leaves spaces at the ends of lines."""
    made = copy.deepcopy(notebook)
    for cell in made["cells"]:
        cell["source"] = text(cell).replace("\n", "  \n") + "\n\n"
    return json.dumps(made, indent=1).encode()


PROGRAMS = [
    *(jupyterlab, notebook7, vscode, vscode_without_metadata, colab, colab_alone, regenerated_ids, whole_strings),
    *(windows, trailing_spaces, *map(older, (2, 3, 4, 5))),
]
