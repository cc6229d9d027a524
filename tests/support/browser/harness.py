"""JupyterLab and Chromium for the browser tests: a server on a free port, a notebook in a folder of the test's own.

Nothing here waits for a time: every wait is for something that is seen to change.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import nbformat

ROOT = Path(__file__).resolve().parents[3]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MISSING = "Chromium is missing: apt install chromium"
TOKEN = "browser-test"
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# No question about news, and no cell left out because it is scrolled away.
SETTINGS: dict[str, dict[str, Any]] = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True},
    "notebook-extension/tracker": {"windowingMode": "none"},
}
KERNEL_IDLE = """() => {
  const shown = window.jupyterapp && window.jupyterapp.shell.currentWidget;
  const session = shown && shown.sessionContext && shown.sessionContext.session;
  const kernel = session && session.kernel;
  return !!(kernel && kernel.connectionStatus === 'connected' && kernel.status === 'idle');
}"""
ALL_RAN = """() => {
  const shown = window.jupyterapp.shell.currentWidget;
  const cells = shown.content.widgets.filter(c => c.model.type === 'code' && c.model.sharedModel.getSource().trim());
  return cells.length > 0 && cells.every(c => c.model.executionCount != null && c.model.executionState !== 'running')
    && shown.sessionContext.session.kernel.status === 'idle';
}"""
# A control sends its newest value once the kernel has answered the one before, a button its click at once. So the next
# click comes after all values where every message has been answered and none was sent meanwhile.
CAUGHT_UP = """async () => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  let asked;
  do {
    asked = new Map(kernel._futures);
    await Promise.allSettled([...asked.values()].map(future => future.done));
  } while ([...kernel._futures.keys()].some(message => !asked.has(message)));
}"""
# No figure has changed its words for a while, and no message is on its way to them.
SETTLED = "() => [...document.querySelectorAll('.course-sentence')].every(e => e.getAttribute('aria-busy') !== 'true')"
ERRORS = ", ".join(
    f'.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.{kind}"]' for kind in ("stderr", "error")
)


def notebook(path: Path, *sources: str) -> Path:
    """Write a small notebook with these code cells."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), path)
    return path


@contextmanager
def server(root: Path) -> Iterator[str]:
    """A JupyterLab server that serves a folder and keeps everything else beside it; gives its address.

    It is ended when the block is left, also by SIGTERM to the tests.
    """
    home = root.parent / f"{root.name}-home"
    for plugin, values in SETTINGS.items():
        file = home / "settings" / "@jupyterlab" / f"{plugin}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values), encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = home / "server.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            _command(root, port), env=_environment(home), cwd=root, stdout=output, stderr=output, start_new_session=True
        )
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        _wait_until_up(process, port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        signal.signal(signal.SIGTERM, before)
        _end(process)
        shutil.rmtree(home, ignore_errors=True)


def _command(root: Path, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "jupyterlab", "--LabApp.expose_app_in_browser=True", "--no-browser", "--allow-root"),
        *("--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0"),
        *(f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={root}"),
    ]


def _environment(home: Path) -> dict[str, str]:
    places = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime"}
    places |= {
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    # The kernel runs outside the tree; it takes the package from here.
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, "PYTHONPATH": path, **{name: str(home / folder) for name, folder in places.items()}}


def _wait_until_up(process: subprocess.Popen, port: int, log: Path) -> None:
    start = time.monotonic()
    while True:
        with suppress(OSError, urllib.error.URLError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api/status?token={TOKEN}", timeout=2).read()
            return
        if process.poll() is not None or time.monotonic() - start > 90:
            raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-3000:]}")
        time.sleep(0.05)


def _end(process: subprocess.Popen) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


@contextmanager
def chromium(profile: Path, width: int = 1280, height: int = 1000, flags: Sequence[str] = ()) -> Iterator[Any]:
    """A Chromium, started with more flags where asked; what one of its pages has loaded, the next one has at hand.

    Raises
    ------
    AssertionError
        Where there is no Chromium: a browser test that did not run has not passed.
    """
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, MISSING
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            str(profile),
            executable_path=CHROMIUM,
            headless=True,
            args=[*ARGUMENTS, *flags],
            viewport={"width": width, "height": height},
        )
        try:
            yield context
        finally:
            context.close()


@contextmanager
def new_page(browser: Any) -> Iterator[Any]:
    """A page of its own in a Chromium."""
    page = browser.new_page()
    page.on("dialog", lambda dialog: dialog.accept())  # "leave the page?"
    try:
        yield page
    finally:
        page.close()


def end_kernels(address: str) -> None:
    """End the kernels of a server, which would go on otherwise when their page is closed."""
    for kernel in json.loads(_ask(f"{address}/api/kernels")):
        _ask(f"{address}/api/kernels/{kernel['id']}", method="DELETE")


def _ask(url: str, method: str = "GET") -> bytes:
    """What a server answers to someone who has its token."""
    request = urllib.request.Request(url, method=method, headers={"Authorization": f"token {TOKEN}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()


class Lab:
    """A page of JupyterLab that a test looks at and types into.

    Parameters
    ----------
    page : playwright Page
    address : str
        Of the server.
    folder : Path
        What it serves.
    artifacts : Path
        Where screenshots go.
    """

    def __init__(self, page: Any, address: str, folder: Path, artifacts: Path) -> None:
        self.page, self.address, self.folder, self.artifacts = page, address, folder, artifacts

    def run(self, *sources: str, name: str = "figure.ipynb", timeout: float = 90_000) -> None:
        """Make a notebook of these cells, open it, run all, and hold that no cell wrote an error."""
        notebook(self.folder / name, *sources)
        self.open(name, timeout)
        self.page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
        self.page.wait_for_function(ALL_RAN, timeout=timeout)
        assert self.page.locator(ERRORS).all_inner_texts() == []

    def open(self, name: str, timeout: float = 90_000) -> None:
        """Open a notebook and wait for its kernel."""
        self.page.goto(f"{self.address}/lab/tree/{name}?reset&token={TOKEN}", wait_until="domcontentloaded")
        self.page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=timeout)
        self.page.wait_for_function(KERNEL_IDLE, timeout=timeout)

    def handle(self, name: str) -> Any:
        """The handle of the slider with this description: what takes the focus."""
        return self.page.get_by_role("slider", name=name, exact=True)

    def alternative_text_is_the_sentence(self, picture: str, sentence: str) -> None:
        """Wait until a picture's alternative text is its figure's sentence; the kernel sends it after the frame."""
        self.page.wait_for_function(
            "([picture, sentence]) =>"
            " document.querySelector(picture)?.alt === document.querySelector(sentence)?.innerText",
            arg=[f"{picture} img", sentence],
        )

    def changes(self, selector: str, act: Callable[[], Any], *, what: str = "innerHTML") -> str:
        """Do something, wait until what an element holds (or an attribute of it) is new, and give it."""
        element = self.page.locator(selector).first
        element.wait_for()
        self.page.wait_for_function(SETTLED)
        self.catch_up()
        read = "(e, what) => what in e ? String(e[what]) : e.getAttribute(what)"
        before = element.evaluate(read, what)
        act()
        self.page.wait_for_function(
            "([selector, what, before]) => { const e = document.querySelector(selector);"
            " return e && (what in e ? String(e[what]) : e.getAttribute(what)) !== before; }",
            arg=[selector, what, before],
        )
        return element.evaluate(read, what)

    def catch_up(self) -> None:
        """Let the kernel have every value that was set before."""
        self.page.evaluate(CAUGHT_UP)

    def press(self, name: str, keys: Sequence[str]) -> None:
        """Move a slider with the keyboard alone."""
        self.handle(name).focus()
        for key in keys:
            self.page.keyboard.press(key)

    def drag(self, name: str, by: float) -> None:
        """Move a slider with the mouse, by so many pixels."""
        box = self.handle(name).bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + by / 2, y, steps=4)
        self.page.mouse.move(x + by, y, steps=4)
        self.page.mouse.up()

    def screenshot(self, name: str) -> Path:
        """A picture of the first figure, or of the page where there is none, in the artifacts folder."""
        path = self.artifacts / f"{name}.png"
        figure = self.page.locator(".course-panel")
        (figure.first if figure.count() else self.page).screenshot(path=str(path))
        return path
