"""What a grading run remembers for the next: seed, results, and that nobody else is at it."""

import pytest

from autograder.grading.journal import AnotherRun, Journal
from autograder.grading.results import Result
from autograder.paths import Course

ADA = Result("ada", "01_kinds", 3.0, 18.0, fingerprint="f1")


@pytest.fixture
def course(tmp_path):
    return Course(tmp_path)


def test_resumed_run_has_the_seed_and_the_results_of_the_one_before(course):
    with Journal(course, False, seed=7) as journal:
        journal.write([ADA])
    with Journal(course, True, seed=8) as journal:
        assert (journal.seed, journal.finished) == (7, {ADA.key: ADA})


def test_run_that_is_not_resumed_forgets(course):
    with Journal(course, False, seed=7) as journal:
        journal.write([ADA])
        journal.end()
    with Journal(course, False, seed=8) as journal:
        assert (journal.seed, journal.finished, journal.stopped_after) == (8, {}, 0)
    with Journal(course, True, seed=9) as journal:
        assert (journal.seed, journal.finished) == (8, {})


def test_run_that_was_stopped_can_be_gone_on_with_until_another_has_finished_something(course):
    with Journal(course, False, seed=7) as journal:
        journal.write([ADA])
    with Journal(course, False, seed=8) as journal:
        assert (journal.seed, journal.finished, journal.stopped_after) == (8, {}, 1)
    with Journal(course, True, seed=9) as journal:
        assert (journal.seed, journal.finished, journal.stopped_after) == (7, {ADA.key: ADA}, 0)
        journal.end()
    zoe = Result("zoe", "01_kinds", 1.0, 18.0, notes=("Missing answers: slope.",))
    with Journal(course, False, seed=8) as journal:
        assert journal.stopped_after == 0, "the one that went on has come to its end"
        journal.write([zoe])
    with Journal(course, True, seed=9) as journal:
        assert (journal.seed, journal.finished) == (8, {zoe.key: zoe})


def test_line_that_was_cut_off_costs_itself_alone(course):
    with Journal(course, False, seed=7) as journal:
        journal.write([ADA])
    path = course.root / ".grading" / "journal.jsonl"
    path.write_bytes(path.read_bytes() + b'{"student": "be\xc3')
    with Journal(course, True, seed=8) as journal:
        journal.write([Result("zoe", "01_kinds", 1.0, 18.0)])
    with Journal(course, True, seed=8) as journal:
        assert [place[0] for place in journal.finished] == ["ada", "zoe"]


def test_journal_cut_off_in_its_first_line_starts_anew(course):
    with Journal(course, False, seed=7):
        pass
    path = course.root / ".grading" / "journal.jsonl"
    path.write_bytes(path.read_bytes()[:5])
    with Journal(course, True, seed=8) as journal:
        assert (journal.seed, journal.finished) == (8, {})
    with Journal(course, True, seed=9) as journal:
        assert journal.seed == 8


def test_second_run_at_the_same_time_is_refused_and_spoils_nothing(course):
    with Journal(course, False, seed=7) as journal:
        journal.write([ADA])
        with pytest.raises(AnotherRun, match="Another run is grading this course"):
            Journal(course, False, seed=8)
    with Journal(course, True, seed=9) as journal:
        assert journal.finished == {ADA.key: ADA}
