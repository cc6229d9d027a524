"""A process that grades: the course and a warm sandbox, kept from one submission to the next."""

import gc
import os
import shutil
import tempfile
from pathlib import Path

from autograder.errors import AutograderError
from autograder.execution.job import Executed, Job, execute, version_of
from autograder.judge.grade import SEED_VARIABLE
from autograder.limits import Limits, Tier
from autograder.paths import Course
from autograder.sandbox.root import build_root
from autograder.sandbox.sandbox import Sandbox


class Grader:
    """What one grading process keeps from job to job; the current directory becomes the course's.

    Parameters
    ----------
    course : Course
    tier : Tier
        How submissions are shut in.
    limits : Limits, optional
        What one may take.
    """

    def __init__(self, course: Course, tier: Tier, limits: Limits | None = None) -> None:
        os.chdir(course.root)
        os.environ["NBGRADER_EXECUTION"] = "autograde"
        self.course, self._tier, self._limits = course, tier, limits or Limits()
        self._folder: Path | None = None
        self._sandbox: Sandbox | None = None

    def run_job(self, job: Job) -> bytes:
        """Run one job.

        Returns
        -------
        bytes
            Of an :class:`~autograder.execution.job.Executed`; it has a reason in place of a notebook where the job
            can't be done, whatever the cause.
        """
        try:
            require_same_version(self.course, job.unit, job.version)
            os.environ[SEED_VARIABLE] = str(job.seed)
            return execute(self.course, job.unit, job.data, self._warm()).packed()
        except (AutograderError, OSError) as error:
            return Executed({}, reason=str(error)).packed()
        except Exception as error:
            return Executed({}, reason=f"the grader itself stopped with {type(error).__name__}: {error}").packed()

    def _warm(self) -> Sandbox:
        """The sandbox, made when it is first needed."""
        if self._sandbox is None:
            self._folder = Path(tempfile.mkdtemp(prefix="grading-"))
            self._folder.chmod(0o711)  # else the user that root becomes for a submission could not read it
            self._sandbox = Sandbox(
                build_root(self._folder / "root", self.course), self._limits, self._tier, prestart=True
            )
            gc.collect()
            gc.freeze()  # what was loaded stays: to look through it again and again takes a tenth of the time
        return self._sandbox

    def close(self) -> None:
        """End every process that the sandbox started, and leave no file behind."""
        if self._sandbox is not None:
            self._sandbox.stop()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> "Grader":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def require_same_version(course: Course, unit: str, version: str) -> None:
    """Refuse a course that has another version of a unit than the one that is graded.

    Raises
    ------
    AutograderError
    """
    if version != version_of(course, unit):
        raise AutograderError(f"{course.root} holds another version of {unit}. Bring it up to date and build it there.")
