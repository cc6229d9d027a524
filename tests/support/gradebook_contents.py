"""What a gradebook says, whatever database it is in."""

from autograder.gradebook.url import gradebook_url


def contents(course, db=None):
    """Every score and comment of every submission: by student, unit and cell."""
    from nbgrader.api import Gradebook

    found = {}
    with Gradebook(gradebook_url(course, db)) as book:
        for assignment in book.assignments:
            for submission in assignment.submissions:
                (notebook,) = submission.notebooks
                place = submission.student.id, assignment.name
                for grade in notebook.grades:
                    words = grade.auto_score, grade.manual_score, grade.extra_credit, grade.needs_manual_grade
                    found[*place, grade.name, "grade"] = (*words, grade.score, grade.max_score)
                for comment in notebook.comments:
                    found[*place, comment.name, "comment"] = comment.auto_comment, comment.manual_comment
    assert found
    return found
