"""The whole way through nbgrader's exchange: each student gets their own page back, as the grades are at the time."""

import re
import shutil
import warnings

import pytest
from nbgrader.api import Gradebook
from support.exchange import RIGHT, UNIT, ExchangeStudent
from support.programs import ran

from autograder.gradebook.nbgrader_api import nbgrader_api
from autograder.gradebook.url import gradebook_url
from autograder.grading.batch import grade_all

WRONG = "def slope(f, x, h=1e-5):\n    return f(x)"
PEOPLE = {"ada": RIGHT, "ben": WRONG, "zoë o'hara": RIGHT}
DUE = {"ada": 2, "ben": 0, "zoë o'hara": 2}


@pytest.fixture
def term(own_small_course, tmp_path):
    """A course whose unit is released to an exchange of its own, and three students."""
    exchange = tmp_path / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    with (own_small_course.root / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.Exchange.root = {str(exchange)!r}\n")
    pressed(own_small_course, "release_assignment")
    return own_small_course, {name: ExchangeStudent(own_small_course, exchange, name) for name in PEOPLE}


def press(course, button, *arguments, **options):
    """What formgrader's button comes to; of what nbgrader does there, SQLAlchemy and traitlets disapprove."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return getattr(nbgrader_api(course, gradebook_url(course)), button)(UNIT, *arguments, **options)


def pressed(course, button, *arguments, **options):
    result = press(course, button, *arguments, **options)
    assert result["success"], result.get("error") or result["log"]


def autograde(course):
    pressed(course, "autograde", "*")


def grade(course):
    assert all(result.graded for result in grade_all(course, [UNIT]))


def handed_in(term):
    course, students = term
    for name, text in PEOPLE.items():
        students[name].hand_in(text)
    pressed(course, "collect")
    return course, students


def returned(course):
    """Release the feedback as formgrader's buttons do."""
    pressed(course, "generate_feedback")
    pressed(course, "release_feedback")


def points_on(page):
    """The points for the one exercise that was answered, and whose answer the page shows."""
    return float(re.search(r">slope</a>: (\S+) of 2 points", page)[1]), re.findall(r"The answer of ([^.]+)\.", page)


def entered_by_hand(course, student, points=None, comment=None):
    with Gradebook(gradebook_url(course)) as book:
        if points is not None:
            book.find_grade("u01-slope-test", UNIT, UNIT, student).manual_score = points
        if comment is not None:
            book.find_comment("u01-slope", UNIT, UNIT, student).manual_comment = comment
        book.db.commit()


def own_page(student):
    (page,) = student.pages()
    points, names = points_on(page)
    assert set(names) == {student.name}
    return points


@pytest.mark.parametrize("way", [grade, autograde])
def test_each_student_gets_their_own_page(term, way):
    course, students = handed_in(term)
    way(course)
    returned(course)
    assert {name: own_page(student) for name, student in students.items()} == DUE
    assert len(list((course.root.parent / "exchange" / "backprop" / "feedback").iterdir())) == len(PEOPLE)


@pytest.mark.parametrize("way", [grade, autograde])
def test_page_of_a_resubmission_comes_with_the_resubmission(term, way):
    course, students = handed_in(term)
    way(course)
    returned(course)
    students["ben"].hand_in(RIGHT)
    pressed(course, "collect")
    way(course)
    returned(course)
    first, second = students["ben"].pages()
    assert (points_on(first)[0], points_on(second)[0]) == (0, 2)
    assert own_page(students["ada"]) == 2


def test_a_secret_of_its_own_makes_a_submission_another_one(term):
    course, students = handed_in(term)
    grade(course)
    secret = course.submitted / "ben" / UNIT / "submission_secret.txt"
    secret.chmod(0o644)
    secret.write_text("0" * 128)
    grade_all(course, [UNIT], resume=True)
    assert (course.root / "autograded" / "ben" / UNIT / "submission_secret.txt").read_text() == "0" * 128


def test_commands_of_nbgrader_do_the_whole_way(term):
    course, students = handed_in(term)
    students["ben"].hand_in(RIGHT)
    for command in (["collect"], ["autograde"], ["generate_feedback"], ["release_feedback"]):
        said = ran(course, "nbgrader", *command, UNIT)
        assert said.returncode == 0, said.stderr
    assert {name: own_page(student) for name, student in students.items()} == {**DUE, "ben": 2}
    entered_by_hand(course, "ada", points=1)
    said = ran(course, "nbgrader", "generate_feedback", UNIT)
    assert said.returncode == 0, said.stderr
    assert "slope</a>: 1 of 2 points" in (course.root / "feedback" / "ada" / UNIT / f"{UNIT}.html").read_text()


@pytest.mark.parametrize("force", [True, False])
def test_page_is_made_anew_after_a_regrade_and_after_a_change_by_hand(term, force):
    course, students = handed_in(term)
    grade(course)
    returned(course)
    page = course.root / "feedback" / "ben" / UNIT / f"{UNIT}.html"
    entered_by_hand(course, "ben", points=1.5, comment="Nearly: see 1.2.")
    pressed(course, "generate_feedback", force=force)
    assert points_on(page.read_text())[0] == 1.5
    assert "Nearly: see 1.2." in page.read_text()
    notebook = course.submitted / "ben" / UNIT / f"{UNIT}.ipynb"
    notebook.chmod(0o644)
    notebook.write_text(notebook.read_text().replace("return f(x)", "return (f(x + h) - f(x - h)) / (2 * h)"))
    entered_by_hand(course, "ben", comment="Right.")
    with Gradebook(gradebook_url(course)) as book:
        book.find_grade("u01-slope-test", UNIT, UNIT, "ben").manual_score = None
        book.db.commit()
    grade(course)
    pressed(course, "generate_feedback", "ben", force=force)
    assert points_on(page.read_text())[0] == 2


def test_what_is_released_is_as_the_gradebook_is_now(term):
    course, students = handed_in(term)
    grade(course)
    returned(course)
    entered_by_hand(course, "ben", points=1, comment="Half of it.")
    pressed(course, "release_feedback")
    assert own_page(students["ben"]) == 1
    assert "Half of it." in students["ben"].pages()[0]
    entered_by_hand(course, "ada", points=0)
    pressed(course, "release_feedback", "ada")
    assert own_page(students["ada"]) == 0


def test_what_has_no_page_yet_is_not_released(term):
    course, students = handed_in(term)
    grade(course)
    result = press(course, "release_feedback")
    assert not result["success"]
    assert f"There is no feedback on {UNIT} to release. Run: nbgrader generate_feedback {UNIT}" in result["log"]
    pressed(course, "generate_feedback", "ada")
    pressed(course, "release_feedback")
    assert own_page(students["ada"]) == 2
    assert students["ben"].pages() == []


def test_who_can_not_be_given_a_page_hinders_nobody(term):
    course, students = handed_in(term)
    sent = shutil.copytree(course.submitted / "ben" / UNIT, course.submitted / "dan" / UNIT)
    (sent / "submission_secret.txt").unlink()
    (sent / "timestamp.txt").unlink()
    shutil.copytree(course.submitted / "ben" / UNIT, course.submitted / "eve" / UNIT)
    shutil.copytree(sent, course.submitted / "fay" / UNIT)
    (course.submitted / "fay" / UNIT / "submission_secret.txt").symlink_to(course.root / "nbgrader_config.py")
    shutil.copytree(sent, course.submitted / "gus" / UNIT)
    grade(course)
    pressed(course, "generate_feedback")
    shutil.rmtree(course.root / "autograded" / "gus")
    result = press(course, "release_feedback")
    assert not result["success"]
    assert f"dan {UNIT} is not released: there is no submission_secret.txt beside what was graded" in result["log"]
    assert f"fay {UNIT} is not released: there is no submission_secret.txt beside what was graded" in result["log"]
    assert f"gus {UNIT} is not released: its page can't be made from autograded/ and the gradebook" in result["log"]
    for name in ("ben", "eve"):
        assert f"{name} {UNIT} is not released: another submission has the same submission_secret.txt" in result["log"]
    assert "2 of 7 are released; the reasons are above." in result["log"]
    assert (own_page(students["ada"]), own_page(students["zoë o'hara"])) == (2, 2)
    assert students["ben"].pages() == []


def test_page_of_what_was_sent_later_by_other_means_does_not_pass_for_the_earlier_one(term):
    course, students = handed_in(term)
    kept = course.root / "autograded" / "ben" / UNIT / "submission_secret.txt"
    grade(course)
    assert kept.exists()
    (course.submitted / "ben" / UNIT / "submission_secret.txt").unlink()
    grade(course)
    assert not kept.exists()


@pytest.mark.parametrize(
    ("name", "words"), [(f"{UNIT} (1).ipynb", "points"), ("my final.ipynb", "could not be graded")]
)
def test_student_who_renamed_the_notebook_finds_the_page(term, name, words):
    course, students = handed_in(term)
    grade(course)
    returned(course)
    students["ada"].rename(name)
    students["ada"].submit()
    pressed(course, "collect")
    grade_all(course, [UNIT])
    returned(course)
    first, second = students["ada"].pages()
    assert words in second and "The answer of ada." in second
    assert own_page(students["ben"]) == 0


def test_student_who_is_excluded_is_passed_over(term):
    course, students = handed_in(term)
    grade(course)
    pressed(course, "generate_feedback")
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.CourseDirectory.student_id_exclude = 'ben'\n")
    pressed(course, "release_feedback")
    assert students["ben"].pages() == []
    assert own_page(students["ada"]) == 2
