"""What ``nbgrader autograde`` and formgrader's button run: each submission rebuilt and shut in, as ``grade`` does it.

``nbgrader_config.py`` names :class:`IsolatedExecute` as the exporter of ``nbgrader autograde``. nbgrader gives an
exporter each notebook twice: as it was handed in, and as the first pass wrote it, for the scores to be saved.
"""

import atexit
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.converters import NbGraderException
from traitlets import Bool

from autograder.configuration.limit_settings import limits_of
from autograder.errors import AutograderError, reason_of
from autograder.execution.job import Executed, Job, version_of
from autograder.files import write_if_changed
from autograder.gradebook.secret import keep_secret, read_secret
from autograder.grading.local_pool import LocalPool
from autograder.judge.seeds import fresh_seed
from autograder.limits import Limits, Tier
from autograder.nbgrader_plugins.converters import (
    grade_everything_anew,
    leave_out_what_cannot_be_read,
    leave_out_what_ends_the_batch,
    read_timestamps_safely,
)
from autograder.nbgrader_plugins.refusals import Refusals
from autograder.paths import FOLDERS, Course
from autograder.sandbox.sandbox import best_tier
from autograder.scores import require_scores
from autograder.submissions.inbox import Submission, read_submission
from autograder.submissions.timestamp import TIMESTAMP_FILE, read_timestamp


class IsolatedExecute(NotebookExporter):
    """Rebuilds what was handed in and runs it in a sandbox; the graded cells run outside it."""

    sandbox = Bool(True, help="Shut in what was handed in. If not, it runs with all rights that you have.").tag(
        config=True
    )

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        # Of a submission's folder nothing but the notebook is taken: a symbolic link there would be followed.
        read_timestamps_safely(self.parent, ignore=["*"])
        folders = self.parent.coursedir
        self.course = Course(Path(folders.root), **{name: getattr(folders, name) for name in FOLDERS})
        self._limits = self._chosen_limits()
        self._tier, self._seed = self._chosen_tier(), fresh_seed()
        self._refusals = Refusals(self.parent, self.course)
        grade_everything_anew(self.parent)
        leave_out_what_cannot_be_read(self.parent, self.course, self._refusals)
        leave_out_what_ends_the_batch(self.parent)

    def _chosen_limits(self) -> Limits:
        try:
            return limits_of(self.parent.config)
        except AutograderError as error:
            raise self._refusal(str(error)) from error

    def _chosen_tier(self) -> Tier:
        tier, reasons = best_tier() if self.sandbox else (Tier.NONE, "")
        if self.sandbox and tier is Tier.NONE:
            raise self._refusal(
                f"Nothing here can shut in what was handed in ({reasons}). Install bubblewrap (apt install bubblewrap) "
                "on Linux where user namespaces are allowed, or write c.IsolatedExecute.sandbox = False into "
                "nbgrader_config.py to run what was handed in with all rights that you have."
            )
        return tier

    def _refusal(self, words: str) -> NbGraderException:
        self.log.error(words)
        return NbGraderException(words)

    def from_filename(self, filename: str, resources: Any = None, **options: Any) -> tuple[str, Any]:
        """Export a notebook: one that was handed in is executed first.

        Raises
        ------
        AutograderError
            If it can't be graded; nbgrader goes on with the next one.
        """
        names = resources["nbgrader"]
        submission = Submission(names["student"], names["assignment"], Path(filename).parent)
        if not submission.folder.is_relative_to(self.course.submitted):
            return super().from_filename(filename, resources, **options)
        self._refusals.keep(submission)
        try:
            executed = self._executed(submission)
            self._keep_beside(submission)
        except Exception as error:
            reason = reason_of(error)
            self.log.error("%s %s is not graded: %s", submission.student, submission.unit, reason)
            self._refusals.add(submission, reason)
            raise AutograderError(reason) from error
        self._refusals.let_go()
        return self.from_notebook_node(nbformat.from_dict(executed.notebook), resources, **options)

    def _executed(self, submission: Submission) -> Executed:
        data = read_submission(self.course, submission)
        version = version_of(self.course, submission.unit)
        job = Job(self.course, submission.unit, data, self._seed, version, self._limits, self._tier)
        result = _pool().result(job)
        if result is None:
            raise AutograderError("grading it ended the process that graded it")
        executed = Executed.from_bytes(result)
        if executed.reason:
            raise AutograderError(executed.reason)
        require_scores(executed.notebook)
        about = [*executed.notes, executed.problem] if executed.problem else executed.notes
        for words in about:
            self.log.warning("%s %s: %s", submission.student, submission.unit, words)
        return executed

    def _keep_beside(self, submission: Submission) -> None:
        """Formgrader tells by the stamp whether what was graded was handed in last; feedback is named by the secret."""
        folders = self.parent.coursedir
        place = Path(folders.format_path(folders.autograded_directory, submission.student, submission.unit))
        timestamp = str(read_timestamp(submission.folder))
        if timestamp:
            write_if_changed(place / TIMESTAMP_FILE, timestamp)
        keep_secret(place, read_secret(submission.folder))


@lru_cache(maxsize=1)
def _pool() -> LocalPool:
    """A process that grades, with a sandbox beside it, for as long as this process lives."""
    pool = LocalPool(1)
    atexit.register(pool.close)
    return pool
