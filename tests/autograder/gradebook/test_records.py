"""What nbgrader's SaveAutoGrades finds, and the points of a submission."""

from nbgrader.api import Comment, Grade, Gradebook
from support.pretending_pool import executed_notebook
from support.pretending_pool import points as points_shown

from autograder.gradebook.url import gradebook_url
from autograder.gradebook.writer import GradebookWriter

UNIT, CELL = "01_kinds", "u01-slope-test"


def notebook_with(course, points):
    """The unit's own notebook, executed, in which one graded cell has earned so much, and all others everything."""
    notebook = executed_notebook(course, UNIT)
    for cell in notebook["cells"]:
        if cell["id"] == CELL:
            cell["outputs"] = [points_shown(points)]
    return notebook


def test_points_are_those_of_nbgraders_own_query(own_small_course):
    with GradebookWriter(own_small_course) as books:
        score = books.write("ada", UNIT, notebook_with(own_small_course, 1.5))
        books.commit()
    with Gradebook(gradebook_url(own_small_course)) as book:
        submission = book.find_submission(UNIT, "ada")
        assert (score.points, score.max_points) == (round(submission.score, 2), submission.max_score)


def test_points_by_hand_and_extra_ones_count(own_small_course):
    url = gradebook_url(own_small_course)
    with GradebookWriter(own_small_course) as books:
        first = books.write("ada", UNIT, notebook_with(own_small_course, 0.5)).points
        books.commit()
    with Gradebook(url) as book:
        grade = book.find_grade(CELL, UNIT, UNIT, "ada")
        grade.manual_score, grade.extra_credit = 2.0, 0.25
        book.db.commit()
    with GradebookWriter(own_small_course) as books:
        again = books.write("ada", UNIT, notebook_with(own_small_course, 0.0))
        books.commit()
    with Gradebook(url) as book:
        assert again.points == first - 0.5 + 2.25 == round(book.find_submission(UNIT, "ada").score, 2)
        assert book.find_grade(CELL, UNIT, UNIT, "ada").auto_score == 0.0


def test_cell_that_the_unit_has_got_since_is_entered_too(own_small_course):
    url = gradebook_url(own_small_course)
    with GradebookWriter(own_small_course) as books:
        before = books.write("ada", UNIT, notebook_with(own_small_course, 1.0))
        books.commit()
    with Gradebook(url) as book:
        book.db.delete(book.find_grade(CELL, UNIT, UNIT, "ada"))
        book.db.delete(book.find_comment("u01-slope", UNIT, UNIT, "ada"))
        book.db.commit()
    with GradebookWriter(own_small_course) as books:
        assert books.write("ada", UNIT, notebook_with(own_small_course, 1.0)) == before
        books.commit()
    with Gradebook(url) as book:
        assert book.find_grade(CELL, UNIT, UNIT, "ada").auto_score == 1.0
        assert book.db.query(Grade).count() == book.db.query(Grade).distinct().count()
        assert book.db.query(Comment).count() > 0


def test_what_was_entered_and_not_kept_is_not_there(own_small_course):
    with GradebookWriter(own_small_course) as books:
        books.write("ada", UNIT, notebook_with(own_small_course, 1.0))
    with Gradebook(gradebook_url(own_small_course)) as book:
        assert book.students == []
