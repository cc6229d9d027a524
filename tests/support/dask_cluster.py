"""A Dask cluster on this machine, started by the commands that an instructor types."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

DASK = Path(sys.executable).parent / "dask"


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Started:
    """A scheduler and workers on this machine, each a process that was started by the ``dask`` command."""

    def __init__(self, folder):
        self.folder, self.processes = folder, []
        self.address = f"tcp://127.0.0.1:{free_port()}"
        self.scheduler = self.start("scheduler", "--no-dashboard", "--host", self.address, cwd=folder)

    def wait(self):
        wait_until(lambda: answers(self.address), "the scheduler answers")

    def start(self, *arguments, cwd):
        number = len(self.processes)
        with (self.folder / f"{number}.log").open("w") as log:
            process = subprocess.Popen(
                [str(DASK), *arguments], cwd=cwd, stdout=log, stderr=log, start_new_session=True,
                env={**os.environ, "DASK_DISTRIBUTED__DIAGNOSTICS__NVML": "False"},
            )  # fmt: skip
        self.processes.append(process)
        return process

    def worker(self, course, *options):
        """Start a worker in a course's folder, as the documentation says."""
        local = ("--no-dashboard", "--local-directory", str(self.folder))
        return self.start("worker", self.address, "--nthreads", "1", *local, *options, cwd=course)

    def end(self):
        """End everything, the workers first; what does not end is killed with all that it started."""
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(5)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def answers(address):
    host, port = address.removeprefix("tcp://").split(":")
    with contextlib.suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
        return True
    return False


def wait_until(holds, what, seconds=120):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.05)
