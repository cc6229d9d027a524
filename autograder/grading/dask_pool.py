"""Grading on a Dask cluster: the same jobs as on this machine, run by a grader in each of the cluster's processes."""

import contextlib
import logging
import queue
import sys
import time
import uuid
import warnings
from collections.abc import Generator, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from typing import TypeVar

from distributed import Client, Future, KilledWorker

from autograder.errors import AutograderError
from autograder.execution.job import Executed, Job
from autograder.grading import dask_worker
from autograder.grading.job_queue import JobQueue
from autograder.limits import Tier

Tag = TypeVar("Tag")
CONNECT_TIMEOUT = 10.0
"""Seconds to wait for a scheduler's answer."""
POLL_SECONDS = 1.0
"""Seconds from one look at the cluster's workers to the next."""
WORKER_TIMEOUT = 60.0
"""Seconds to wait for a worker, when there is none."""
FETCH_TIMEOUT = 30.0
"""Seconds in which a result comes over, unless it was lost on the way."""
CLOSE_TIMEOUT = 5.0


class ClusterFailed(AutograderError):
    """The cluster can't go on; what was finished is kept."""


class DaskPool:
    """A Dask cluster that does jobs, as :class:`~autograder.grading.local_pool.LocalPool` does them on this machine.

    A worker that can grade offers a resource, of which each job needs one: so it has one job at a time, whatever
    threads it has, and a worker that joins later takes part.

    Parameters
    ----------
    address : str
        Of the scheduler.
    versions : mapping of str to str
        The units that are graded, and their versions.
    tier : Tier, optional
        That each worker must have; its own best, unless it is said.

    Raises
    ------
    ClusterFailed
        If there is no scheduler at the address.
    """

    def __init__(self, address: str, versions: Mapping[str, str], tier: Tier | None = None) -> None:
        self.address, self.name = address, f"autograder-{uuid.uuid4().hex}"
        _silence_dask_logging()
        try:
            self._client = Client(address, timeout=CONNECT_TIMEOUT, set_as_default=False)
        except (ValueError, TypeError):
            raise ClusterFailed(
                f"{address!r} is no address of a Dask scheduler. Write tcp://HOST:PORT, as dask scheduler prints it."
            ) from None
        except OSError:
            raise ClusterFailed(
                f"No Dask scheduler answers at {address}. Start it with dask scheduler, or mend the address."
            ) from None
        self._printed: set[str] = set()
        self._able, self._had_worker = 0, False
        self._looked = 0.0
        with self._scheduler_errors():
            try:
                self._client.register_plugin(dask_worker.DaskGrader(self.name, versions, tier))
            except Exception as error:
                self.close()
                if isinstance(error, OSError):
                    raise
                raise ClusterFailed(
                    f"A worker of the cluster can't take the grader in ({type(error).__name__}: {error}). "
                    "Start every worker with the environment of this course."
                ) from None

    def results(self, jobs: Iterable[tuple[Tag, Job]]) -> Generator[tuple[Tag, bytes | None] | None, None, None]:
        """Do jobs, taking a new one only when there is a worker for it.

        Parameters
        ----------
        jobs : iterable of (tag, Job)
            The tag is given back with the result.

        Yields
        ------
        (tag, bytes or None), or None
            As each is done, with None where it ended one worker after the other; None alone where nothing was done
            for a while.

        Raises
        ------
        ClusterFailed
            If no worker can grade, or the scheduler goes away.
        """
        waiting = JobQueue(jobs)
        submitted: dict[str, tuple[Future, Tag, Job]] = {}
        done: queue.SimpleQueue[Future] = queue.SimpleQueue()

        def submit_jobs() -> None:
            workers = self._count_able_workers()
            while len(submitted) < workers and (item := waiting.take()) is not None:
                with self._scheduler_errors():
                    future = self._submit(item[1])
                submitted[str(future.key)] = future, *item
                future.add_done_callback(done.put)

        try:
            submit_jobs()
            while submitted:
                result = self._result(submitted, done, waiting)
                submit_jobs()  # before anybody looks at the result, so that no worker waits for that
                yield result
        finally:
            with contextlib.suppress(Exception):
                self._client.cancel([future for future, _, _ in submitted.values()], force=True)
            self.close()

    def _result(
        self,
        submitted: dict[str, tuple[Future, Tag, Job]],
        done: "queue.SimpleQueue[Future]",
        waiting: JobQueue[Tag],
    ) -> tuple[Tag, bytes | None] | None:
        """The next result; nothing, if there is none for a while."""
        try:
            future = done.get(timeout=POLL_SECONDS)
        except queue.Empty:
            return None
        with self._scheduler_errors():
            try:
                outcome = self._outcome(future)
            except TimeoutError:  # its worker has died since, so that it is done anew
                future.add_done_callback(done.put)
                return None
        _, tag, job = submitted.pop(str(future.key))
        if outcome is None:
            return (tag, None) if waiting.lost(tag, job) else None
        data = waiting.done(tag, job, *outcome)
        return None if data is None else (tag, data)

    def _submit(self, job: Job) -> Future:
        key = f"{job.unit}-{uuid.uuid4().hex}"
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Sending large graph")  # a large notebook is sent once, to one
            return self._client.submit(
                dask_worker.take_turn, self.name, job, key=key, pure=False, resources={self.name: 1}
            )

    def _outcome(self, future: Future) -> tuple[bool, bytes] | None:
        """What came of a turn: whether the job has come to its end, and bytes; None if it ended its worker."""
        try:
            finished, data = future.result(timeout=FETCH_TIMEOUT)
        except KilledWorker:
            return None
        except (OSError, CancelledError):
            raise
        except Exception as error:
            reason = f"the worker itself stopped with {type(error).__name__}: {error}"
            return True, Executed({}, reason=reason).to_bytes()
        return finished, data

    def _count_able_workers(self) -> int:
        """How many workers can grade, looked up now and then; waits for the first, if there is none."""
        since = time.monotonic()
        while not self._able or time.monotonic() - self._looked > POLL_SECONDS:
            with self._scheduler_errors():
                workers = self._client.scheduler_info(n_workers=-1)["workers"]
                able = {address for address, about in workers.items() if self.name in about["resources"]}
                unable = self._print_problems([address for address in workers if address not in able])
            self._looked, self._able = time.monotonic(), len(able)
            if able:
                self._had_worker = True
                break
            if unable and not self._had_worker and len(unable) == len(workers):
                raise ClusterFailed(f"No worker of the cluster at {self.address} can grade.")
            if self._looked - since > WORKER_TIMEOUT:
                raise ClusterFailed(
                    f"The cluster at {self.address} has no worker that can grade. Start one in a folder of this course "
                    f"with dask worker {self.address} --nthreads 1, then use --resume."
                )
            self._print_once(f"Waiting for a worker at {self.address}.")
            time.sleep(POLL_SECONDS)
        return self._able

    def _print_problems(self, addresses: list[str]) -> list[str]:
        """Print once for each worker why it can't grade."""
        if not addresses:
            return []
        answers = self._client.run(dask_worker.problem, self.name, workers=addresses, on_error="return")
        unable = [f"{address} does not grade: {problem}" for address, problem in answers.items() if problem]
        for words in unable:
            self._print_once(words)
        return unable

    def _print_once(self, words: str) -> None:
        if words not in self._printed:
            self._printed.add(words)
            print(words, file=sys.stderr)

    @contextlib.contextmanager
    def _scheduler_errors(self) -> Iterator[None]:
        """Turn the errors of a scheduler that is gone into one sentence."""
        try:
            yield
        except (OSError, CancelledError):
            raise ClusterFailed(
                f"The scheduler at {self.address} is gone. What was finished is kept: "
                "start it again, then use --resume."
            ) from None

    def close(self) -> None:
        """Leave the cluster, which ends the graders of this run."""
        if self._client.status == "running":
            with contextlib.suppress(Exception):
                self._client.unregister_worker_plugin(self.name)
        with contextlib.suppress(Exception):
            self._client.close(timeout=CLOSE_TIMEOUT)

    def __enter__(self) -> "DaskPool":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def _silence_dask_logging() -> None:
    """Keep Dask from logging tracebacks of what is reported in one sentence anyway."""
    for name in ("distributed", "tornado.application", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    for name in list(logging.Logger.manager.loggerDict):
        if name.startswith("distributed."):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
