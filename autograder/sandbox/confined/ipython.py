"""IPython as the student's cells see it: what needs a window, a terminal or a kernel goes on without."""

import _sitebuiltins
import builtins
import subprocess
import sys
import traceback
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import LSString, SList

from .kernel import rlimits
from .syntax_trees import UnencodableDocstrings

OF_A_KERNEL = ("autosave", "clear", "connect_info", "edit", "less", "man", "more", "qtconsole", "store")
"""Magics that do nothing here."""


class Shell(InteractiveShell):
    """IPython whose figures are outputs and whose commands are run without a terminal."""

    def enable_gui(self, gui: str | None = None) -> None:
        """There are no windows to wait for."""

    def enable_matplotlib(self, gui: str | None = None) -> Any:
        """Figures are outputs, whatever was asked for."""
        return super().enable_matplotlib("inline")

    def system_piped(self, cmd: str) -> None:
        """Run ``!command``: what it writes is shown when it has ended."""
        done = _ran(self.var_expand(cmd, depth=1))
        print(done.stdout, end="")
        self.user_ns["_exit_code"] = done.returncode

    system = system_piped

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
        """Give what a command writes, for ``lines = !command``."""
        text = _ran(self.var_expand(cmd, depth=depth + 1)).stdout
        return SList(text.splitlines()) if split else LSString(text)


def _ran(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, shell=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace", check=False,
    )  # fmt: skip


def make_shell() -> InteractiveShell:
    """IPython without history, threads and terminal, with figures as outputs."""
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell = Shell.instance(config=config)
    shell.user_ns["__name__"] = "__main__"
    shell.ast_transformers.append(UnencodableDocstrings())
    shell.set_custom_exc((MemoryError,), _out_of_memory)
    for name in OF_A_KERNEL:
        shell.register_magic_function(lambda line: None, magic_name=name)
    builtins.help = _sitebuiltins._Helper()  # Python without its site module has none
    sys.path.append("")  # what a cell wrote beside the notebook comes last: it takes the place of nothing
    return shell


def _out_of_memory(shell: Any, kind: type, error: MemoryError, trace: Any, tb_offset: int | None = None) -> None:
    """Free what the functions that ran out of memory held, and show the error with the memory kept back for that."""
    traceback.clear_frames(trace)
    with rlimits.reserve():
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset)


def warm() -> None:
    """Make the shell ahead of time: each submission gets a copy."""
    import matplotlib.pyplot
    from IPython.core.pylabtools import select_figure_formats
    from matplotlib_inline.backend_inline import flush_figures

    matplotlib.use("module://matplotlib_inline.backend_inline")
    shell = make_shell()
    select_figure_formats(shell, {"png"})
    shell.events.register("post_execute", flush_figures)
    matplotlib.use = matplotlib.pyplot.switch_backend = _stay_inline


def _stay_inline(*backend: Any, **options: Any) -> None:
    """Figures are outputs, whatever backend was asked for."""
