"""Who is graded when: nobody waits for those that never end. Time is simulated, so that no test waits either."""

import math
import random

import pytest
from support.courses import ROOT
from support.simulated_pool import Simulated, ends

from autograder.execution.job import FirstRun, Job, Postponed
from autograder.execution.turns import LAST_TURN, Pace
from autograder.grading.job_queue import JobQueue
from autograder.limits import Limits
from autograder.paths import Course

COURSE = Course(ROOT)
LIMITS = Limits()
CELLS = 25
NEVER = math.inf


def honest(count, seconds, draw):
    """Submissions that take about so long, in cells of all lengths."""
    for number in range(count):
        shares = [0.05 + (7 * cell % CELLS) / CELLS for cell in range(CELLS)]
        whole = seconds * draw.uniform(0.8, 1.2) / sum(shares)
        yield Simulated(f"honest{number}", tuple(share * whole * draw.uniform(0.9, 1.1) for share in shares))


def never_ending(count, seconds, draw):
    """Submissions like these, each with a cell that never ends."""
    for number, like in enumerate(honest(count, seconds, draw)):
        place = draw.randrange(CELLS)
        yield Simulated(f"endless{number}", (*like.cells[:place], NEVER, *like.cells[place + 1 :]))


def last_honest(submissions):
    found = ends(COURSE, submissions)
    assert set(found) == {submission.name for submission in submissions}, "each comes to its end"
    return max(found[submission.name] for submission in submissions if submission.honest)


@pytest.mark.parametrize("seconds", [1.5, 6.0, 20.0])
@pytest.mark.parametrize("seed", range(5))
def test_twenty_that_never_end_delay_twenty_honest_ones_by_no_more_than_their_own_time(seconds, seed):
    draw = random.Random(seed)
    good = list(honest(20, seconds, draw))
    everyone = [*good, *never_ending(20, seconds, draw)]
    draw.shuffle(everyone)
    assert last_honest(everyone) <= 2.0 * last_honest(good)


def test_class_of_slow_notebooks_alone_is_hardly_slower_than_without_turns():
    draw = random.Random(1)
    slow = list(honest(40, 60.0, draw))
    assert last_honest(slow) <= 1.25 * sum(sum(one.cells) for one in slow) / 2


def test_second_runs_come_after_all_first_ones():
    draw = random.Random(2)
    good = list(honest(20, 2.0, draw))
    again = [
        Simulated(f"again{number}", like.cells, (NEVER,) * CELLS) for number, like in enumerate(honest(20, 2.0, draw))
    ]
    everyone = [one for pair in zip(again, good, strict=True) for one in pair]
    found = ends(COURSE, everyone)
    assert max(found[one.name] for one in good) <= 1.1 * sum(sum(one.cells) for one in everyone) / 2
    assert min(found[one.name] for one in again) > max(found[one.name] for one in good)


def test_submission_that_never_ends_holds_a_process_for_its_limit_and_little_more():
    (found,) = ends(COURSE, [Simulated("endless", (NEVER,) * CELLS)], processes=1).values()
    assert found <= LIMITS.seconds + 15.0


@pytest.fixture
def job():
    return Job(COURSE, "01_kinds", b'{"cells": []}', 1, "", turn=0)


FIRST = FirstRun([[]], [0], [], ["slope"], "", 0, 12.5)


def test_order_is_of_turns_and_then_of_runs(job):
    waiting = JobQueue([("first", job), ("second", job)])
    later = {
        "slow": Postponed(1),
        "again": Postponed(0, FIRST),
        "slow again": Postponed(1, FIRST),
        "slowest": Postponed(2),
    }
    for tag, data in reversed(later.items()):
        assert waiting.done(tag, job, False, data.to_bytes()) is None
    taken = [waiting.take() for _ in range(6)]
    assert [tag for tag, _ in taken] == ["first", "second", "again", "slow", "slow again", "slowest"]
    assert waiting.take() is None


def test_job_that_comes_back_is_the_next(job):
    waiting = JobQueue([("first", job), ("second", job)])
    assert waiting.take() == ("first", job)
    waiting.put_back("first", job)
    assert [waiting.take(), waiting.take()] == [("first", job), ("second", job)]


def test_last_job_of_all_has_all_its_time(job):
    waiting = JobQueue([("a", job), ("b", job)])
    for tag in "ab":
        waiting.take()
        waiting.done(tag, job, False, Postponed(1).to_bytes())
    assert waiting.take()[1].turn == 1
    assert waiting.take()[1].turn == LAST_TURN


def test_job_that_goes_on_later_knows_what_its_first_run_came_to(job):
    later = job.postponed(Postponed(1, FIRST).to_bytes())
    assert (later.turn, later.first_run) == (1, FIRST)


def test_first_run_is_kept_where_the_second_ends_its_process(job):
    waiting = JobQueue([])
    assert waiting.lost("a", job)
    assert not waiting.lost("b", job.postponed(Postponed(0, FIRST).to_bytes()))
    tag, settled = waiting.take()
    assert (tag, settled.first_run.open, settled.first_run.passed) == ("b", [], ["slope"])


def test_unknown_cell_has_more_time_with_each_that_was_stopped_in_it():
    pace = Pace()
    before, _ = pace.seconds_for(3, 0)
    pace.stopped(3)
    after, _ = pace.seconds_for(3, 0)
    assert after == 2 * before
    pace.passed(3, 0.01, 0.02)
    assert pace.seconds_for(3, 0)[0] < before
