"""Cells that honest students add to a notebook: some do no harm, some fail."""

SCRATCH = {
    "prints": "print('x' * 200)\nprint({1: [2]}, flush=True)",
    "stderr": "import sys\nsys.stderr.write('careful\\n')\nprint('oh', file=sys.stderr)",
    "warning": "import warnings\nwarnings.warn('careful')\nwarnings.warn('gone', DeprecationWarning)",
    "logger": (
        "import logging, sys\n"
        "logging.basicConfig(level=logging.DEBUG, stream=sys.stderr, force=True)\n"
        "log = logging.getLogger('mine')\n"
        "log.addHandler(logging.StreamHandler())\n"
        "log.warning('bound here')"
    ),
    "figure": "from matplotlib import pyplot as plt\nplt.plot([1, 2], [3, 4])\nplt.title('$x^2$')\nplt.show()",
    "figures left open": (
        "import matplotlib.pyplot as plt\nfor _ in range(3):\n    fig, ax = plt.subplots()\n    ax.hist([1, 2, 2])"
    ),
    "numpy's errors raised": "import numpy\nnumpy.seterr(all='raise')\nnumpy.set_printoptions(precision=2)",
    "numpy by other names": "import numpy as xp, numpy\nfrom numpy import dot as product\nfrom numpy.linalg import *",
    "seed": "import numpy, random\nnumpy.random.seed(1)\nrandom.seed(1)",
    "inline": "%matplotlib inline\n%config InlineBackend.figure_format = 'retina'",
    "timeit": "%timeit -n 1 -r 1 sum(range(10))\n%time sum(range(10))",
    "timed cell": "%%time\nseconds = 1",
    "timeit cell": "%%timeit -n 1 -r 1\nsum(range(10))",
    "captured": "%%capture mine\nprint('hidden')",
    "who": "%who\n%whos\n%lsmagic",
    "autoreload": "%load_ext autoreload\n%autoreload 2",
    "other magics": "%pwd\n%precision 3\n%xmode Verbose\n%history -n 1-2\n%env HOME\n%pdb off\n%alias_magic t timeit",
    "echo": "!echo hello\nfiles = !ls",
    "bash": "%%bash\necho hello",
    "file of code": "open('mine.py', 'w').write('mine = 3')\n%run mine.py\nimport mine\nassert mine.mine == 3",
    "file": "open('notes.txt', 'w').write('x')\nprint(open('notes.txt').read())",
    "help": "np.mean?\n?print\nhelp(len)",
    "pip": "!pip --version",
    "page": "%%html\n<b>hello</b>",
    "script": "%%javascript\nalert(1)",
    "rich objects": (
        "from IPython.display import HTML, Image, Latex, Markdown, SVG, Audio, clear_output, display\n"
        "import numpy as np\n"
        "display(HTML('<b>b</b>'), Markdown('**b**'), Latex('$x$'), {'a': 1})\n"
        "display(SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>'))\n"
        "handle = display('first', display_id=True)\n"
        "handle.update('second')\n"
        "clear_output(wait=True)\n"
        "class Card:\n    def _repr_html_(self):\n        return '<i>card</i>'\n"
        "Card()"
    ),
    "widget": (
        "import ipywidgets as widgets\n"
        "slider = widgets.IntSlider()\n"
        "display(slider)\n"
        "@widgets.interact(n=(1, 3))\ndef shown(n=1):\n    print(n)"
    ),
    "output widget": (
        "import ipywidgets as widgets\nout = widgets.Output()\nwith out:\n    print('inside')\nout.clear_output()\nout"
    ),
    "await": "import asyncio\nawait asyncio.sleep(0)",
    "thread": "import threading\nt = threading.Thread(target=print, args=('t',))\nt.start()\nt.join()",
    "thread that binds names": (
        "import threading, time\n"
        "def bind():\n    for n in range(100_000):\n        globals()[f'bound_{n % 500}'] = n\n"
        "        globals().pop(f'bound_{(n + 250) % 500}', None)\n        time.sleep(0)\n"
        "threading.Thread(target=bind, daemon=True).start()"
    ),
    "names that are no names": "globals()[3] = 4\nglobals()['not a name'] = 5\nglobals()[None, 1] = 6",
    "subprocess": "import subprocess, sys\nsubprocess.run(['echo', 'hi'], check=True)",
    "sleep": "import time\ntime.sleep(0.05)",
    "everything of course": "from course import *",
    "other tools": "from math import sqrt, pi\nfrom functools import partial\nimport itertools as it",
    "course's drawing": "import course, course.draw, course.data\nfrom course.data import *\nfrom course.draw import *",
    "garbage": "import gc\ngc.collect()\n_ = 3\n__ = 4",
    "future": "from __future__ import annotations",
    "shown twice": "get_ipython().run_line_magic('pwd', '')\nget_ipython().user_ns['mine'] = 1",
    "long": "# " + "-" * 5000 + "\nlong = '" + "é" * 5000 + "'",
    "empty": "",
    "comment": "# just a note",
    "unicode": "grüße = 'λ→∂'\nprint(grüße, '😀')",
    "output to a file": "import sys\nkept = sys.stdout\nsys.stdout = open('log', 'w')\nprint(1)\nsys.stdout.close()",
    "output back": "import sys\nsys.stdout = sys.__stdout__\nprint(1)",
    "much printed": "print('x' * 12_000_000)\nprint([0] * 100_000)",
    "much shown": "from IPython.display import HTML, display\ndisplay(HTML('x' * 40_000_000))",
    "half a character": "print('\\ud83d')\n'\\ud83d'",
    "half a character in docstrings": "def noted():\n    '\\ud83d'\nclass Noted:\n    '\\ud83d'\n'\\ud83d'\nNoted()",
    "many lines": "for n in range(30_000): print(n)",
    "streams kept": "import sys\nout, err = sys.stdout, sys.stderr",
    "many threads print": (
        "import threading\n"
        "ts = [threading.Thread(target=lambda: [print('a', n) for n in range(200)]) for _ in range(8)]\n"
        "[t.start() for t in ts]\n[t.join() for t in ts]"
    ),
    "thread goes on": (
        "import threading, time\n"
        "def tick():\n    while True:\n        print('tick')\n        time.sleep(0.001)\n"
        "threading.Thread(target=tick, daemon=True).start()"
    ),
    "pool": "from multiprocessing import Pool\nwith Pool(2) as pool:\n    print(pool.map(abs, [-1, 2]))",
    "fork that prints": "import os\nif not os.fork():\n    print('child', flush=True)\n    os._exit(0)",
    "asyncio.run": "import asyncio\ntry:\n    asyncio.run(asyncio.sleep(0))\nexcept RuntimeError:\n    pass",
    "task": "import asyncio\nasync def tick():\n    print('tick')\ntick_task = asyncio.create_task(tick())",
    "task awaited": "import asyncio\nasync def tock():\n    return 1\nassert await asyncio.ensure_future(tock()) == 1",
    "input": "name = input('Your name? ')\nassert name == ''",
    "password": "import getpass\nfrom getpass import getpass as ask_for\ngetpass.getpass() or ask_for('Key: ')",
    "input again and again": "try:\n    while input('q to quit') != 'q':\n        pass\nexcept EOFError:\n    pass",
    "kind of shell": "kind = type(get_ipython())\nassert kind.__name__ == 'ZMQInteractiveShell'\n"
    "assert 'zmqshell' in str(kind)",
    "answers to questions": "from course import ask\nreply = ask('u01-bug', 'c')\n"
    "assert reply and reply.right and reply.answered and reply.text\n"
    "assert not ask('u01-bug') and not ask('u01-bug').right",
    "Agg": "import matplotlib\nmatplotlib.use('Agg')\nimport matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()",
    "backend with a window": "import matplotlib\nmatplotlib.use('TkAgg')\nmatplotlib.use('Qt5Agg', force=True)",
    "backend switched": "import matplotlib.pyplot as plt\nplt.switch_backend('QtAgg')\nplt.plot([1])\nplt.show()",
    "backend by its name alone": "from matplotlib import use\nfrom matplotlib.pyplot import switch_backend\n"
    "use('macosx')\nswitch_backend('GTK4Agg')",
    "backend of a package": "import matplotlib\nmatplotlib.use('module://ipympl.backend_nbagg')\nmatplotlib.use('WebAgg')",
    "backend in the settings": "import matplotlib\nmatplotlib.rcParams['backend'] = 'TkAgg'\n"
    "import matplotlib.pyplot as plt\nplt.rcParams.update({'backend': 'QtAgg'})\nplt.plot([1])\nplt.show()",
    "backend in the environment": "import os\nos.environ['MPLBACKEND'] = 'TkAgg'\nimport matplotlib.pyplot as plt\n"
    "import importlib\nimportlib.reload(plt)\nplt.plot([1])\nplt.show()",
    "pylab": "%pylab qt\n%matplotlib tk\n%gui tk",
    "interactive": "import matplotlib.pyplot as plt\nplt.ion()\nplt.plot([1])\nplt.show(block=True)\nplt.pause(0.01)\n"
    "plt.ioff()",
    "figure's window": "import matplotlib.pyplot as plt\nfig = plt.figure()\nfig.show()\n"
    "plt.get_current_fig_manager().set_window_title('mine')",
    "settings of figures": "%config InlineBackend.figure_formats = ['svg', 'png']\n"
    "%config InlineBackend.close_figures = False\n%config InlineBackend.rc = {'figure.dpi': 90}\n"
    "%config Completer.use_jedi = False\n"
    "%config ZMQInteractiveShell.ast_node_interactivity = 'all'",
    "kept between kernels": "mine = 3\n%store mine",
    "styles": "import matplotlib.pyplot as plt\nplt.style.use('ggplot')\nplt.plot([1])",
    "latex in figures": "import matplotlib.pyplot as plt\nplt.rcParams['text.usetex'] = True\nplt.title('x')",
    "animation": (
        "import matplotlib.pyplot as plt\nfrom matplotlib.animation import FuncAnimation\n"
        "fig = plt.figure()\nFuncAnimation(fig, lambda n: [], frames=2)"
    ),
    "widget backend": "%matplotlib widget",
    "notebook backend": "%matplotlib notebook",
    "qt": "%matplotlib qt",
    "gui": "%gui qt",
    "autosave": "%autosave 30",
    "kernel's magics": "%connect_info\n%clear",
    "errors for warnings": "import warnings\nwarnings.filterwarnings('error')",
    "no warnings": "import warnings\nwarnings.filterwarnings('ignore')\nimport numpy\nnumpy.seterr(all='ignore')",
    "fault handler": "import faulthandler\nfaulthandler.enable()",
    "output of a program": "import subprocess, sys\nsubprocess.run(['echo', 'hi'], stdout=sys.stdout)",
    "file numbers": "import sys\nsys.stdout.fileno()\nsys.stdout.isatty()",
    "alarm": "import signal\nsignal.signal(signal.SIGALRM, lambda *a: None)\nsignal.alarm(1)",
    "other folder": "%cd /tmp\nimport os\nos.makedirs('d', exist_ok=True)\nos.chdir('d')",
    "figures of the course": "from course.widgets import descent\nimport course.widgets\ndescent(step=None)",
    "figure of the course kept": "from course.widgets import descent\nfigure = descent(step=None)\n"
    "figure.layout.width = '90%'\nfigure.children[0].observe(print, names='value')\ndisplay(figure)\n"
    "list(figure)\nfigure",
    "check by its place": (
        "from course.checking.check import check, ready\nfrom course.checking.questions import ask\ncheck(print)"
    ),
    "check by its place in an earlier release": (
        "from course.check import check, ready\nfrom course.asking import ask\ncheck(print)"
    ),
    "checked within": "from course import check, CheckFailed\ntry:\n    check(print)\nexcept CheckFailed:\n    pass",
    "frames": "import inspect\ninspect.currentframe().f_globals\nimport linecache\nIn[-1]; Out",
    "source": "import inspect\ndef one():\n    return 1\nassert 'return 1' in inspect.getsource(one)",
    "pickled": "import pickle\nclass P: pass\npickle.loads(pickle.dumps(P()))",
    "dataclass": "from dataclasses import dataclass\n@dataclass\nclass D:\n    x: int = 1\nD()",
    "typed": "from typing import *\nimport numpy.typing as npt\nx_typed: npt.NDArray = None",
    "debugged": "%debug",
    "atexit": "import atexit\natexit.register(print, 'bye')",
    "recursion": "import sys\nsys.setrecursionlimit(20_000)",
    "tabs": "if True:\n\tx_tab = 1",
}
"""Cells that do no harm, in the notebook or when graded."""

FAILING = {
    "object whose picture fails": "class Odd:\n    def _repr_html_(self):\n        1 / 0\nOdd()",
    "raises": "1 / 0",
    "assertion": "assert False, 'not yet'",
    "syntax": "def half(:",
    "unknown name": "no_such_name",
    "stub": "def later():\n    raise NotImplementedError()\nlater()",
    "exit": "import sys\nsys.exit('done')",
    "exit by name": "exit()",
    "quit": "quit",
    "system exit": "raise SystemExit(3)",
    "interrupt": "raise KeyboardInterrupt",
    "no such package": "import no_such_package",
    "no such magic": "%no_such_magic",
    "no such program": "%%ruby\nputs 1",
    "no such file": "%run no_such.py\nopen('no_such.csv')",
    "network": "import urllib.request\nurllib.request.urlopen('http://localhost:9/')",
    "deep": "def deep():\n    return deep()\ndeep()",
    "group": "raise ExceptionGroup('two', [ValueError('a'), TypeError('b')])",
    "bad error": "class Bad(Exception):\n    def __str__(self):\n        raise ValueError('no text')\nraise Bad",
    "unclosed": "print('a",
    "timeit answer": "%timeit -n 1 -r 1 no_such_name",
    "breakpoint": "breakpoint()",
    "debugger on errors": "%pdb on\n1 / 0",
    "folder gone": "import os\nos.makedirs('gone')\nos.chdir('gone')\nos.rmdir('../gone')\nopen('x', 'w')",
}
"""Cells that fail, each alone, and leave the rest as it is."""
ORDINARY = [
    *("prints", "stderr", "warning", "logger", "figure", "figures left open", "numpy by other names", "inline"),
    *("timeit", "timed cell", "captured", "who", "echo", "bash", "rich objects", "widget", "await", "thread"),
]
"""What is in one notebook in two."""
