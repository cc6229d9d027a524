"""IPython as the student's cells see it: what needs a window, a terminal or a kernel goes on without."""

import _sitebuiltins
import ast
import asyncio
import builtins
import subprocess
import sys
import traceback
from typing import Any

from IPython.core.async_helpers import get_asyncio_loop
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from IPython.utils.text import LSString, SList

from ..kernel import rlimits
from .after_error import keep_bound, may_go_on, only_binds
from .syntax_trees import UnencodableDocstrings
from .unattended import answer_prompts

OF_A_KERNEL = ("autosave", "clear", "connect_info", "edit", "less", "man", "more", "qtconsole", "store")
"""Magics that do nothing here."""


class ZMQInteractiveShell(InteractiveShell):
    """IPython whose figures are outputs and whose commands are run without a terminal.

    It has the name of a kernel's shell, by which notebooks tell where they run.
    """

    __module__ = "ipykernel.zmqshell"
    _binding_the_rest = False

    async def run_ast_nodes(
        self,
        nodelist: list[ast.stmt],
        cell_name: str,
        interactivity: str = "last_expr",
        compiler: Any = compile,
        result: ExecutionResult | None = None,
    ) -> bool:
        """Run statements, and below one that stops with an error those that only bind names; true, if one stopped."""
        result = result or ExecutionResult(None)
        for place, node in enumerate(nodelist):
            last = place == len(nodelist) - 1
            shown = interactivity if last or interactivity == "all" else "none"
            if await super().run_ast_nodes([node], cell_name, shown, compiler, result):
                if may_go_on(node, result.error_in_exec or result.error_before_exec):
                    await self._bind_the_rest(nodelist[place + 1 :], cell_name, compiler)
                return True
        return False

    async def _bind_the_rest(self, nodes: list[ast.stmt], cell_name: str, compiler: Any) -> None:
        """Bind the names that are free; what fails then is left out."""
        bound = dict(self.user_ns)
        self._binding_the_rest = True
        try:
            for node in nodes:
                if only_binds(node, bound):
                    result = ExecutionResult(None)
                    await super().run_ast_nodes([node], cell_name, "none", compiler, result)
                    keep_bound(node, bound, self.user_ns)
                    if not may_go_on(node, result.error_in_exec):
                        return
        finally:
            self._binding_the_rest = False

    def showtraceback(self, *arguments: Any, **options: Any) -> None:
        """Show an error, but of those in one cell only the first."""
        if not (self._binding_the_rest and isinstance(sys.exc_info()[1], Exception)):
            super().showtraceback(*arguments, **options)

    async def run_code(self, code_obj: Any, result: ExecutionResult | None = None, *, async_: bool = False) -> bool:
        """Run a statement within an event loop, as a kernel does, so that it may start tasks."""
        if asyncio._get_running_loop():
            return await super().run_code(code_obj, result, async_=async_)
        asyncio._set_running_loop(get_asyncio_loop())
        try:
            return await super().run_code(code_obj, result, async_=async_)
        finally:
            asyncio._set_running_loop(None)

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
    shell = ZMQInteractiveShell.instance(config=config)
    shell.user_ns["__name__"] = "__main__"
    shell.ast_transformers.append(UnencodableDocstrings())
    shell.set_custom_exc((MemoryError,), _out_of_memory)
    for name in OF_A_KERNEL:
        shell.register_magic_function(lambda line: None, magic_name=name)
    builtins.help = _sitebuiltins._Helper()  # Python without its site module has none
    answer_prompts(shell)
    packages = (place for place, path in enumerate(sys.path) if path.endswith(("site-packages", "dist-packages")))
    sys.path.insert(next(packages, len(sys.path)), "")  # what a cell wrote beside the notebook, where IPython has it
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
