"""How three platforms on the web save a notebook."""

import copy
import json
from typing import Any

from support.odd_notebooks.programs import in_lines, text


def kaggle(notebook: dict[str, Any]) -> bytes:
    """Kaggle: version 4.4, and names of its own in each cell's metadata."""
    made = in_lines(notebook)
    made["nbformat_minor"] = 4
    made["metadata"] = {"kernelspec": {"language": "python", "display_name": "Python 3", "name": "python3"}}
    made["metadata"] |= {"kaggle": {"accelerator": "none", "dataSources": [], "isGpuEnabled": False}}
    for number, cell in enumerate(made["cells"]):
        del cell["id"]
        cell["metadata"] = {"_uuid": f"{number:032x}", "_cell_guid": f"b1076dfc-{number}", "trusted": True}
    return json.dumps(made).encode()


def deepnote(notebook: dict[str, Any]) -> bytes:
    """Deepnote: ids in the metadata, hashes of sources, and sources as single strings."""
    made = copy.deepcopy(notebook)
    made["metadata"] |= {"deepnote": {}, "deepnote_notebook_id": "0" * 32, "orig_nbformat": 2}
    made["nbformat_minor"] = 0
    for number, cell in enumerate(made["cells"]):
        del cell["id"]
        cell["source"] = text(cell)
        cell["metadata"] |= {"cell_id": f"{number:032x}", "deepnote_cell_type": cell["cell_type"], "source_hash": "1f"}
        cell["block_group"] = "x"
    return json.dumps(made, separators=(",", ":")).encode()


def pyodide(notebook: dict[str, Any]) -> bytes:
    """JupyterLite: another kernel, ids as they were, a number that is no JSON in the state of a widget."""
    made = in_lines(notebook)
    made["metadata"] |= {"kernelspec": {"display_name": "Python (Pyodide)", "language": "python", "name": "python"}}
    made["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {"a": float("nan")}}}
    return json.dumps(made, indent=4, sort_keys=True).encode()
