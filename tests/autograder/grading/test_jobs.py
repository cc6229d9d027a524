"""Jobs: each has all that it needs with it, so that two in one process have nothing to do with each other."""

import json
import threading

import pytest

from autograder.build.release import build
from autograder.execution.job import Executed, Job, version_of
from autograder.grading.grader import Grader
from autograder.judge import context as judging
from autograder.judge.context import GradingContext
from autograder.verify.simulated_class import fill_in

UNIT = "01_kinds"
SIGN = "def linear_backward(dz, x, W):\n    return -dz @ W.T, -x.T @ dz, -dz.sum(axis=0)"
WORDS = "The sign is reversed."


def job(course, seed):
    """A submission with a wrong answer, whose message the course's own exercise holds."""
    notebook = json.loads((course.release / UNIT / f"{UNIT}.ipynb").read_text(encoding="utf-8"))
    fill_in(course, UNIT, notebook, {"linear_backward": SIGN})
    return Job(course, UNIT, json.dumps(notebook).encode(), seed, version_of(course, UNIT))


@pytest.fixture
def jobs(built_small_course, own_small_course):
    """Of two courses, which have other words for the same mistake."""
    exercise = own_small_course.exercises(UNIT) / "linear_backward.py"
    exercise.write_text(exercise.read_text(encoding="utf-8").replace(WORDS, "Elsewhere it is called upside down."))
    list(build(own_small_course, [UNIT]))
    return {WORDS: job(built_small_course, 7), "Elsewhere it is called upside down.": job(own_small_course, 8)}


def printed(result):
    """What the graded cell of the answer shows."""
    executed = Executed.from_bytes(result)
    assert not executed.problem, executed
    (cell,) = [cell for cell in executed.notebook["cells"] if 'grade("linear_backward"' in cell["source"]]
    return "".join(output.get("text", "") for output in cell["outputs"])


def see_that_each_is_its_own(jobs, results):
    for words, own in jobs.items():
        text = printed(results[words])
        assert text.startswith(f"Graded with new numbers (seed {own.seed})")
        assert text.count("Graded with") == 1
        assert words in text


def test_jobs_of_two_courses_one_after_the_other_in_one_process(jobs, tmp_path, monkeypatch):
    """In the directory of neither, with a seed and a mode in the environment that are not theirs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUTOGRADER_SEED", "1")
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    with Grader() as grader:
        see_that_each_is_its_own(jobs, {words: grader.run_job(one) for words, one in jobs.items()})


def test_jobs_of_two_courses_in_two_threads_of_one_process(jobs):
    results = {}

    def grade(words, one):
        with Grader() as grader:
            results[words] = grader.run_job(one)

    threads = [threading.Thread(target=grade, args=item) for item in jobs.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    see_that_each_is_its_own(jobs, results)


def test_context_of_one_thread_is_not_seen_in_another(small_course):
    both, seen = threading.Barrier(2), {}

    def look(seed):
        with judging.key_files.running(GradingContext.of(small_course, seed)):
            both.wait(10)
            seen[seed] = judging.current().seed
            both.wait(10)

    threads = [threading.Thread(target=look, args=(seed,)) for seed in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {1: 1, 2: 2}
