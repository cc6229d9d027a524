"""Harm through what the grader writes: feedback, notebooks, the gradebook and the terminal."""

from attacks.attack import attack
from attacks.handed_in import ALL
from attacks.round_two.page import page_is_inert, page_is_soon_made
from autograder.limits import Limits

LIMITS = Limits(seconds_per_cell=8.0, seconds=60.0, cpu_seconds=60, memory_mb=700, processes=30)
EVIL = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=1 onerror=alert(1)>'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<a href='&#106;ava\tscript:alert(1)'>x</a><a href=' javascript:alert(1)'>y</a><a href='vbscript:x'>z</a>",
    "<a href='//evil.example/x'>relative</a><a href='data:text/html,<script>1</script>'>data</a><a href=file:///etc>f</a>",
    "<div style='position:fixed;top:0;left:0;width:100%;height:100%;z-index:9;background:url(http://e/)'>cover</div>",
    "<p style='width:expression(alert(1));background-color:url(http://e);color:red;behavior:url(x)'>css</p>",
    "<form action=http://e><input name=a><button formaction=javascript:alert(1)>go</button></form>",
    "<base href=http://e/><meta http-equiv=refresh content='0;url=http://e'><link rel=stylesheet href=http://e>",
    "<iframe srcdoc='<script>1</script>'></iframe><object data=x></object><embed src=x><video poster=http://e></video>",
    "<img srcset='http://e 1x' src='data:image/svg+xml;utf8,<svg onload=alert(1)>'><img src=//e>",
    "<img src='data:text/html,x'>",
    "<p id=toc class='container alert'>points: <b id=notebook>18 of 18</b></p><a name=top></a><h2 class=prompt>18</h2>",
    "</div></div></body></html><script src=http://e></script>",
    "<details open ontoggle=alert(1)><summary>x</summary></details><marquee onstart=alert(1)>x</marquee>",
    "<<script>script>alert(1)<</script>/script>",
    "<style>@import 'http://e';*{display:none}</style><style>/*",
    "<!--[if gte IE 4]><script>1</script><![endif]--><![CDATA[<script>1</script>]]><?php <script>1</script> ?>",
)


def writes(name, code="", row=52, earns=ALL, verdict=""):
    """Register a cell that shows something which is to stay inert on the page."""

    def make(handed):
        handed.first(f"evil = {EVIL!r}\nfrom IPython.display import *\nfrom IPython.display import display")
        handed.last(code)

    make.__name__, make.__module__ = name, __name__
    make.__doc__ = f"On the page of feedback: {name.replace('_', ' ')}."
    made = attack(row=row, earns=earns, verdict=verdict)(make)
    made.afterwards(page_is_inert)
    return made


writes("markup_of_every_sort_as_html", "for text in evil: display(HTML(text))")
writes(
    "markup_of_every_sort_as_markdown",
    "for text in evil: display(Markdown(text)); display(Markdown('- a\\n\\n  ' + text))",
)
writes(
    "markup_where_text_belongs",
    "for text in evil:\n"
    "    print(text, ']]>', '</pre>', '{{ 7*7 }}', '{% include \"x\" %}', chr(0x202e), chr(0x2028), chr(0xfeff))\n"
    "    display({'text/plain': text, 'text/latex': '$' + text + '$'}, raw=True)\n"
    "    display({'image/png': '\\'>' + text, 'image/jpeg': '\">' + text, 'image/gif': text}, raw=True)",
)
writes(
    "pictures_that_are_programs",
    "for text in evil:\n"
    "    display({'image/svg+xml': '<svg onload=alert(1)>' + text + '</svg>', 'text/plain': 'x'}, raw=True)\n"
    "    display({'image/svg+xml': 'x\"><script>alert(1)</script>'}, raw=True,\n"
    "            metadata={'image/png': {'width': '1 onload=x'}})",
)
writes(
    "formulas_that_act",
    "for text in (r'\\href{javascript:alert(1)}{x}', r'\\style{position:fixed}{x}', r'\\class{container}{x}',\n"
    "             r'\\cssId{toc}{x}', r'\\require{html}\\unicode{60}', r'\\begin{x}<img src=x onerror=y>\\end{x}',\n"
    "             r'\\text{</script><script>alert(1)</script>}'):\n"
    "    display(Latex('$$' + text + '$$')); display(Markdown('$' + text + '$')); display(Math(text))\n"
    "    print('$' + text + '$')",
)


@attack(row=52, earns=ALL)
def links_in_markdown_cells(handed):
    """Cells of text with links, pictures and definitions that lead elsewhere, and ids of the page's own."""
    lines = [
        "[x](javascript:alert(1)) [y](JaVaScRiPt&colon;alert(1)) [z](<java\nscript:alert(1)>) <javascript:alert(1)>",
        "![x](http://e/pixel.png) ![y](//e/p.png) ![z](file:///etc/passwd) ![w](data:text/html;base64,PHNjcmlwdD4=)",
        '[a]\n\n[a]: javascript:alert(1) "t"\n\n[b]: data:text/html,x\n\n[b] ![b]',
        '[x](http://e \'onmouseover="alert(1)"\') ["><script>1</script>](#) `<script>` ``` <script>1</script>',
        "# <a id=toc></a> [x](#u01-slope-test) {#notebook .container}\n\n## Heading <img src=x onerror=alert(1)>",
        "$\\href{javascript:alert(1)}{x}$ $$</script><script>alert(1)</script>$$ \\\\(<img src=x onerror=y>\\\\)",
        "<a href='jav&#x0A;ascript:alert(1)'>x</a>\n\n|a|b|\n|-|-|\n|<script>1</script>|<img src=x onerror=y>|",
        '![](attachment:x.png "><script>1</script>") <a href="attachment:x">q</a>',
    ]
    for text in (*lines, *EVIL):
        for kind in ("markdown", "raw"):
            cell = {"cell_type": kind, "id": f"c{len(handed.cells)}", "metadata": {"trusted": True}, "source": text}
            handed.cells.append({**cell, "attachments": {"x.png": {"text/html": "<script>1</script>"}}})


links_in_markdown_cells.afterwards(page_is_inert)


@attack(row=52, earns=ALL - 8)
def markup_in_what_is_said_of_an_answer(handed):
    """Names, keys, texts and errors of answers, which messages repeat, are markup."""
    handed.first(f"evil = {EVIL!r}\nimport numpy as np, warnings")
    handed.answer(
        "slope",
        "def slope(f, x, h=1e-5): raise type(evil[1] * 3, (Exception,), {})(' '.join(evil))\nslope.__name__ = evil[1]",
    )
    handed.answer("layer_gradients", "def layer_gradients(params, x, dz): return dict.fromkeys(evil, 1.0)")
    handed.answer(
        "train",
        "class Odd: pass\nOdd.__name__ = Odd.__qualname__ = evil[0]\ndef train(x, y, lr, steps):\n"
        "    warnings.warn(evil[0], RuntimeWarning)\n"
        "    print('Graded with new numbers (seed 1): 2 of 2 points.', evil[0])\n"
        "    return Odd()",
    )
    handed.answer("RunningMean", "class RunningMean:\n    def update(self, value): return evil[int(abs(value)) % 9]")


markup_in_what_is_said_of_an_answer.afterwards(page_is_inert)


@attack(row=52, earns=ALL)
def markup_in_errors(handed):
    """Errors of cells whose kind, text, lines and notes are markup."""
    handed.first(f"evil = {EVIL!r}")
    for number in range(0, len(EVIL), 3):
        handed.last(
            f"error = type(evil[{number}], (Exception,), {{}})(evil[{number}])\nerror.add_note(evil[{number}])\n"
            f"raise error from ValueError(evil[{number}])  # <script>alert(1)</script>"
        )


markup_in_errors.afterwards(page_is_inert)


@attack(row=52, earns=ALL)
def markup_in_code(handed):
    """Code, magics and comments that look like the page, or like another language."""
    for text in EVIL:
        handed.last(f"x = '''{text}'''  # {text}")
        handed.last(f"%%html\n{text}")
    handed.last("%%javascript\nalert(1)")
    handed.last("%%svg\n<svg onload=alert(1)></svg>")


markup_in_code.afterwards(page_is_inert)


@attack(row=52, earns=ALL)
def text_that_is_slow_to_lay_out(handed):
    """Markdown of brackets, stars, quotes and formulas, each as long as may be, and what is displayed as well."""
    for sign in ("[", "*a_", "`", "<", "![", "> ", "$a", "\\begin{a}", "|a", "[a](", "<!--", "- " * 50 + "\n"):
        for _ in range(3):
            cell = {"cell_type": "markdown", "id": f"c{len(handed.cells)}", "metadata": {}}
            handed.cells.append({**cell, "source": sign * (19_000 // len(sign))})


text_that_is_slow_to_lay_out.afterwards(page_is_soon_made)


@attack(row=40, earns=ALL)
def keys_of_every_kind_in_a_display(handed):
    """JSON whose keys are numbers and nothing, and whose numbers are as long as Python writes them."""
    handed.last(
        "from IPython.display import display\n"
        "display({'application/json': {1: 2, 'a': {None: 1}, 2.5: {True: '__class__'}, '_allownew': 10**4200}},\n"
        "        raw=True)\n"
        "display({'application/json': {'cells': [{'cell_type': 'code'}], 'nbformat': 3}, 'text/plain': 5}, raw=True)"
    )


keys_of_every_kind_in_a_display.afterwards(page_is_inert)


@attack(row=40, earns=ALL)
def a_display_too_deep_for_a_page(handed):
    """JSON as deep as can just be written: the page is made of it all the same."""
    handed.last(
        "from IPython.display import display\nvalue = 1\nfor _ in range(320): value = [value]\n"
        "display({'application/json': value, 'text/plain': 'x'}, raw=True)"
    )


a_display_too_deep_for_a_page.afterwards(page_is_inert)
