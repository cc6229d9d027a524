"""A graded notebook in which a student planted whatever a page could be made to run, beside honest text."""

import base64
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.grading.batch import grade_all
from autograder.paths import Course

UNIT = "01_kinds"
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
REMOTE = "http://127.0.0.1:9/planted"
"""Nothing listens there; a page that asks for it is seen to ask."""
ACTING = "[http-equiv=refresh], iframe, object, embed, form, svg, [onerror], [onload], [href^='javascript:'], .score"


def hit(name: str) -> str:
    """Script that leaves a trace on the console, from a frame too."""
    return f"console.log('planted {name}')"


def acting(place: str) -> str:
    """HTML that acts in every way we know, each trace named for the place and the way."""
    framed = base64.b64encode(f"<script>{hit(place + ' frame')}</script>".encode()).decode()
    return f"""<script>{hit(place + " script")}</script>
<img src="data:," onerror="{hit(place + " onerror")}">
<svg onload="{hit(place + " svg onload")}"><script>{hit(place + " svg script")}</script></svg>
<a class="planted" href="javascript:{hit(place + " link")}">{place} link</a>
<iframe srcdoc="&lt;script&gt;{hit(place + " srcdoc")}&lt;/script&gt;"></iframe>
<iframe src="data:text/html;base64,{framed}"></iframe>
<details open ontoggle="{hit(place + " toggle")}"><summary>{place} fold</summary></details>
<img src="{REMOTE}/{place}.png">
<div id="u01-slope-test" class="score" style="position:fixed;top:0">{place} over the page</div>
<meta http-equiv="refresh" content="1;url={REMOTE}/refresh">"""


HONEST = f"""## Heading

| a | b |
|---|---|
| one | $\\frac{{a}}{{b}} < 3$ |

```python
total = 1 + 1
```

![dot](data:image/png;base64,{DOT})
<details><summary>A fold</summary>

folded **text**

</details>"""


def planted(course: Course, student: str) -> Path:
    """Grade a student's untouched notebook, then plant everything in what was graded; gives its path."""
    folder = course.submitted / student / UNIT
    folder.mkdir(parents=True)
    (folder / f"{UNIT}.ipynb").write_text((course.release / UNIT / f"{UNIT}.ipynb").read_text())
    (result,) = grade_all(course, [UNIT], [student])
    assert result.graded, result.reason
    path = course.root / "autograded" / student / UNIT / f"{UNIT}.ipynb"
    notebook = json.loads(path.read_text())
    shown = [
        {"text/html": acting("html")},
        {"text/markdown": acting("md-output")},
        {"image/svg+xml": f"<svg xmlns='http://www.w3.org/2000/svg' onload=\"{hit('svg-output')}\"></svg>"},
        {"application/javascript": hit("javascript-output")},
        {"text/latex": f"$x$<script>{hit('latex')}</script>"},
        {"text/vnd.mermaid": f"<script>{hit('mermaid')}</script>"},
        {"image/png": f'x" onerror="{hit("png")}'},
        {"text/html": "<table><tr><td>shown in a table</td></tr></table>"},
    ]
    outputs = [{"output_type": "display_data", "data": data, "metadata": {}} for data in shown]
    words = f"<script>{hit('stream')}</script>"
    outputs.append({"output_type": "stream", "name": "stdout", "text": words})
    outputs.append({"output_type": "error", "ename": words, "evalue": words, "traceback": [words]})
    code = {"cell_type": "code", "id": "p1", "metadata": {}, "source": f"# {words}", "execution_count": 1}
    notebook["cells"] += [
        {**code, "outputs": outputs},
        {"cell_type": "markdown", "id": "p2", "metadata": {}, "source": acting("markdown")},
        {
            "cell_type": "markdown",
            "id": "p3",
            "metadata": {},
            "source": f"[way](javascript:{hit('md-link')})\n\n{HONEST}",
        },
        {"cell_type": "raw", "id": "p4", "metadata": {"raw_mimetype": "text/html"}, "source": acting("raw")},
    ]
    path.write_text(json.dumps(notebook))
    return path


CLICK = """document.addEventListener('DOMContentLoaded', () =>
  document.querySelectorAll('a').forEach(a => (a.getAttribute('href') || '').startsWith('javascript:') && a.click()))"""


@dataclass
class Seen:
    """What a page did while it was looked at: what acted, and what it asked for."""

    acted: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @classmethod
    def on(cls, page: Any) -> "Seen":
        """Watch a page from its next load on; every link that would run something is followed."""
        seen = cls()
        page.add_init_script(CLICK)
        page.on("console", lambda told: told.text.startswith("planted ") and seen.acted.append(told.text[8:]))
        page.on("request", lambda request: request.url.startswith(REMOTE) and seen.asked.append(request.url))
        return seen
