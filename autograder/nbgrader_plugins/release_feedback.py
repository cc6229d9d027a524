"""What ``nbgrader release_feedback`` and formgrader's button run: pages as the grades are now, each to its own student.

``nbgrader_config.py`` names :class:`ReleaseFeedback`. nbgrader's own copies whatever page was made last, however old it
is, and ends at the first student who did not hand in through the exchange.
"""

import shutil
from collections import Counter
from pathlib import Path

from nbgrader.converters import GenerateFeedback, NbGraderException
from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.utils import notebook_hash
from traitlets.config import Config

from autograder.gradebook.secret import SECRET_FILE, read_secret
from autograder.nbgrader_plugins.commands.folder_names import matching
from autograder.submissions.inbox import printable_name

MOST_NAMES = 10
NOT_MADE = "its page can't be made from autograded/ and the gradebook as they are now; grade it again"
NO_SECRET = (
    f"there is no {SECRET_FILE} beside what was graded, so nobody could fetch it; "
    "if it was handed in through the exchange, grade it again, else give the page back by hand"
)
SAME_SECRET = f"another submission has the same {SECRET_FILE}; see who handed in what, and give the page back by hand"


class PagesMadeAnew(GenerateFeedback):
    """Makes those pages again that there are; whether a student shall have one is for the instructor to say."""

    def init_notebooks(self) -> None:
        """Find the graded notebooks of students who have a folder of feedback."""
        super().init_notebooks()
        for source in list(self.assignments):
            if not Path(self._format_dest(self.coursedir.assignment_id, Path(source).parent.name)).is_dir():
                del self.assignments[source]


class ReleaseFeedback(ExchangeReleaseFeedback):
    """Makes each page anew and puts it where only its own student looks; what can't be released has its line."""

    def copy_files(self) -> None:
        """Release the feedback on an assignment.

        Raises
        ------
        ExchangeError
            After all others, if any can't be released; or if there is none.
        """
        unit = self.coursedir.assignment_id
        excluded = self.coursedir.student_id_exclude.split(",")
        found = [folder for folder in map(Path, sorted(matching(self.src_path))) if folder.parent.name not in excluded]
        if not found:
            self.fail(f"There is no feedback on {unit} to release. Run: nbgrader generate_feedback {unit}")
        pages = self._made_anew(found)
        holders = self._holders()
        for folder in found:
            secret = read_secret(folder)
            reason = _reason(folder in pages, secret, holders[secret])
            if reason:
                self.log.error("%s %s is not released: %s.", printable_name(folder.parent.name), unit, reason)
                pages.pop(folder, None)
                continue
            for page in pages[folder]:
                for name in (page.stem, *self._other_names(folder.parent.name, page.stem, secret)):
                    self._release(page, name, secret)
        if len(pages) < len(found):
            self.fail(f"{len(pages)} of {len(found)} are released; the reasons are above.")

    def _made_anew(self, found: list[Path]) -> dict[Path, list[Path]]:
        """The pages of each folder, as the gradebook is now; a folder whose pages can't all be made is left out."""
        maker = PagesMadeAnew(coursedir=self.coursedir, parent=self)
        maker.update_config(Config(HTMLExporter=Config(template_name="feedback")))  # formgrader names its own template
        try:
            maker.start()
        except NbGraderException as error:
            self.log.error("%s", error)
        pages = {}
        for folder in found:
            source = maker._format_source(self.coursedir.assignment_id, folder.parent.name)
            made = [folder / f"{Path(notebook).stem}.html" for notebook in maker.assignments.get(source, ())]
            if made and all(page.is_file() for page in made):
                pages[folder] = made
        return pages

    def _holders(self) -> Counter[str]:
        """How many of the class have each secret."""
        everyone = self.coursedir.format_path(self.coursedir.feedback_directory, "*", self.coursedir.assignment_id)
        return Counter(read_secret(Path(folder)) for folder in matching(everyone))

    def _other_names(self, student: str, name: str, secret: str) -> list[str]:
        """What the notebooks are called that a student handed in without one of the unit's name.

        By these names ``nbgrader fetch_feedback`` asks for pages: of a copy that was graded, or of what was refused.
        """
        unit = self.coursedir.assignment_id
        folder = Path(self.coursedir.format_path(self.coursedir.submitted_directory, student, unit))
        names = [Path(notebook).stem for notebook in sorted(matching(f"{folder}/*.ipynb"))]
        return [] if name in names or read_secret(folder) != secret else names[:MOST_NAMES]

    def _release(self, page: Path, name: str, secret: str) -> None:
        """Put a page into the exchange, whole or not at all."""
        target = Path(self.dest_path) / f"{notebook_hash(secret=secret, notebook_id=name)}.html"
        half = target.with_name(f"{target.stem}-tmp.html")
        shutil.copy(page, half)
        half.replace(target)
        self.log.info("Released %s", page)


def _reason(made: bool, secret: str, holders: int) -> str:
    """Why a page is not released, or nothing."""
    if not made:
        return NOT_MADE
    if not secret:
        return NO_SECRET
    return SAME_SECRET if holders > 1 else ""
