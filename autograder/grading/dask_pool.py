"""Grading on a Dask cluster: the same jobs as on this machine, done by a station in each of the cluster's processes."""

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
from autograder.limits import Limits, Tier

Place = TypeVar("Place")
PATIENCE = 10.0
"""Seconds to wait for a scheduler's answer."""
LOOK = 1.0
"""Seconds from one look at the cluster's workers to the next."""
NO_WORKER = 60.0
"""Seconds to wait for a worker, when there is none."""
FETCH = 30.0
"""Seconds in which a result comes over, unless it was lost on the way."""
CLOSING = 5.0


class ClusterFailed(AutograderError):
    """The cluster can't go on; what was finished is kept."""


class Cluster:
    """A Dask cluster that does jobs, as :class:`~autograder.grading.local_pool.Workers` does them on this machine.

    A worker that can grade offers a resource, of which each job needs one: so it has one job at a time, whatever
    threads it has, and a worker that joins later takes part.

    Parameters
    ----------
    address : str
        Of the scheduler.
    versions : mapping of str to str
        The units that are graded, and their versions.
    tier : Tier, optional
        Each worker's own best, unless it is said.
    limits : Limits, optional

    Raises
    ------
    ClusterFailed
        If there is no scheduler at the address.
    """

    def __init__(
        self, address: str, versions: Mapping[str, str], tier: Tier | None = None, limits: Limits | None = None
    ) -> None:
        self.address, self.name = address, f"autograder-{uuid.uuid4().hex}"
        _quiet()
        try:
            self._client = Client(address, timeout=PATIENCE, set_as_default=False)
        except (ValueError, TypeError):
            raise ClusterFailed(
                f"{address!r} is no address of a Dask scheduler. Write tcp://HOST:PORT, as dask scheduler prints it."
            ) from None
        except OSError:
            raise ClusterFailed(
                f"No Dask scheduler answers at {address}. Start it with dask scheduler, or mend the address."
            ) from None
        self._told: set[str] = set()
        self._fit, self._had = 0, False
        self._looked = 0.0
        with self._there():
            try:
                self._client.register_plugin(dask_worker.Outpost(self.name, versions, tier, limits))
            except Exception as error:
                self.close()
                if isinstance(error, OSError):
                    raise
                raise ClusterFailed(
                    f"A worker of the cluster can't take the grader in ({type(error).__name__}: {error}). "
                    "Start every worker with the environment of this course."
                ) from None

    def results(self, jobs: Iterable[tuple[Place, Job]]) -> Generator[tuple[Place, bytes | None] | None, None, None]:
        """Do jobs, taking a new one only when there is a worker for it.

        Parameters
        ----------
        jobs : iterable of (place, Job)
            The place is given back with the result.

        Yields
        ------
        (place, bytes or None), or None
            As each is done, with None where it ended one worker after the other; None alone where nothing was done
            for a while.

        Raises
        ------
        ClusterFailed
            If no worker can grade, or the scheduler goes away.
        """
        coming = iter(jobs)
        places: dict[str, tuple[Future, Place]] = {}
        done: queue.SimpleQueue[Future] = queue.SimpleQueue()

        def hand_out() -> None:
            room = self._room()
            while len(places) < room and (item := next(coming, None)) is not None:
                with self._there():
                    future = self._submit(item[1])
                places[str(future.key)] = future, item[0]
                future.add_done_callback(done.put)

        try:
            hand_out()
            while places:
                result = self._result(places, done)
                hand_out()  # before anybody looks at the result, so that no worker waits for that
                yield result
        finally:
            with contextlib.suppress(Exception):
                self._client.cancel([future for future, _ in places.values()], force=True)
            self.close()

    def _result(
        self, places: dict[str, tuple[Future, Place]], done: "queue.SimpleQueue[Future]"
    ) -> tuple[Place, bytes | None] | None:
        """The next result; nothing, if there is none for a while."""
        try:
            future = done.get(timeout=LOOK)
        except queue.Empty:
            return None
        with self._there():
            try:
                data = self._data(future)
            except TimeoutError:  # its worker has died since, so that it is done anew
                future.add_done_callback(done.put)
                return None
        return places.pop(str(future.key))[1], data

    def _submit(self, job: Job) -> Future:
        key = f"{job.unit}-{uuid.uuid4().hex}"
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Sending large graph")  # a large notebook is sent once, to one
            return self._client.submit(
                dask_worker.perform, self.name, job, key=key, pure=False, resources={self.name: 1}
            )

    def _data(self, future: Future) -> bytes | None:
        """What came of a job that is done."""
        try:
            data = future.result(timeout=FETCH)
        except KilledWorker:
            return None
        except (OSError, CancelledError):
            raise
        except Exception as error:
            return Executed({}, reason=f"the worker itself stopped with {type(error).__name__}: {error}").packed()
        assert isinstance(data, bytes)
        return data

    def _room(self) -> int:
        """How many workers can grade, looked up now and then; waits for one, if there is none."""
        since = time.monotonic()
        while not self._fit or time.monotonic() - self._looked > LOOK:
            with self._there():
                workers = self._client.scheduler_info(n_workers=-1)["workers"]
                able = {address for address, about in workers.items() if self.name in about["resources"]}
                unable = self._troubles([address for address in workers if address not in able])
            self._looked, self._fit = time.monotonic(), len(able)
            if able:
                self._had = True
                break
            if unable and not self._had and len(unable) == len(workers):
                raise ClusterFailed(f"No worker of the cluster at {self.address} can grade.")
            if self._looked - since > NO_WORKER:
                raise ClusterFailed(
                    f"The cluster at {self.address} has no worker that can grade. Start one in a folder of this course "
                    f"with dask worker {self.address} --nthreads 1, then use --resume."
                )
            self._tell(f"Waiting for a worker at {self.address}.")
            time.sleep(LOOK)
        return self._fit

    def _troubles(self, addresses: list[str]) -> list[str]:
        """Say of each worker why it can't grade, once."""
        if not addresses:
            return []
        answers = self._client.run(dask_worker.trouble, self.name, workers=addresses, on_error="return")
        unable = [f"{address} does not grade: {trouble}" for address, trouble in answers.items() if trouble]
        for words in unable:
            self._tell(words)
        return unable

    def _tell(self, words: str) -> None:
        if words not in self._told:
            self._told.add(words)
            print(words, file=sys.stderr)

    @contextlib.contextmanager
    def _there(self) -> Iterator[None]:
        """Say in one sentence that the scheduler is gone."""
        try:
            yield
        except (OSError, CancelledError):
            raise ClusterFailed(
                f"The scheduler at {self.address} is gone. What was finished is kept: "
                "start it again, then use --resume."
            ) from None

    def close(self) -> None:
        """Leave the cluster, which ends the stations of this run."""
        if self._client.status == "running":
            with contextlib.suppress(Exception):
                self._client.unregister_worker_plugin(self.name)
        with contextlib.suppress(Exception):
            self._client.close(timeout=CLOSING)

    def __enter__(self) -> "Cluster":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def _quiet() -> None:
    """Keep Dask from printing tracebacks of what is told in one sentence anyway."""
    for name in ("distributed", "tornado.application", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    for name in list(logging.Logger.manager.loggerDict):
        if name.startswith("distributed."):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
