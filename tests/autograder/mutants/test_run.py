"""Mutants of a small course: who is rejected, who survives, who never returns, and what an author accepts."""

import importlib.util
import json

import pytest

from autograder.commands.command_line import main
from autograder.mutants import workers
from autograder.mutants.run import NoHypothesis, find_survivors
from autograder.mutants.trial import EQUIVALENT, REJECTED, SURVIVING, Trials
from autograder.mutants.workers import Batch, try_all

UNIT = "01_tiny"
LOOPING = "while x[0] < 0:\n        x = -x\n    return factor * x"


def fates(course, exercise, *numbers):
    """The state of each mutant by its name."""
    found = try_all(course, [Batch(UNIT, exercise, numbers)], 1)
    return {outcome.name: (outcome.state, outcome.shown) for _, _, outcome in found}


def number_of(course, exercise, name):
    return [mutant.name for mutant in Trials(course, UNIT, exercise).mutants].index(name)


def test_outcome_of_a_mutant(tiny_course):
    trials = Trials(tiny_course, UNIT, "scaled")

    def outcome(name):
        return trials.outcome(number_of(tiny_course, "scaled", name))

    assert outcome("right: factor * x → factor + x").state == REJECTED
    survivor = outcome("right: x → abs(x)")
    assert (survivor.state, survivor.shown) == (SURVIVING, "x = [-1], factor = 1")
    assert outcome("by_broadcasting: np.full(len(x), factor) * x → abs(np.full(len(x), factor) * x)").state == SURVIVING
    assert outcome("right: return factor * x → factor *= x; return factor").state == EQUIVALENT


def test_mutant_that_is_rejected_for_some_seeds_alone_survives(tiny_course, monkeypatch):
    """What a draw shows by chance, a student may be lucky with, even where the search finds no input."""
    trials = Trials(tiny_course, UNIT, "scaled")
    monkeypatch.setattr(trials.searcher, "difference", lambda make: None)
    passed = [True, False, True]
    monkeypatch.setattr(trials, "_passes", lambda subject, key: passed.pop())
    outcome = trials.outcome(0)
    assert outcome.state == SURVIVING
    assert outcome.shown == "some draws: with 2 of 3 seeds it passes"


def test_mutant_that_never_returns_is_rejected_and_the_next_is_tried(tiny_course, monkeypatch):
    monkeypatch.setattr(workers, "JUDGING_SECONDS", 2.0)
    endless = number_of(tiny_course, "halvings", "right: n //= 2 → pass")
    counted = number_of(tiny_course, "halvings", "right: count += 1 → pass")
    found = fates(tiny_course, "halvings", endless, counted)
    assert found == {"right: n //= 2 → pass": (REJECTED, ""), "right: count += 1 → pass": (REJECTED, "")}


def test_mutant_that_never_returns_on_an_input_of_the_search_survives(tiny_course, monkeypatch):
    monkeypatch.setattr(workers, "SEARCHING_SECONDS", 2.0)
    path = tiny_course.text(UNIT)
    path.write_text(
        path.read_text().replace("return factor * x", "while x[0] < 0:\n        x = -x\n    return factor * x")
    )
    endless = number_of(tiny_course, "scaled", "right: -x → x")
    assert fates(tiny_course, "scaled", endless) == {"right: -x → x": (SURVIVING, workers.NO_END)}


@pytest.fixture
def mutants(tiny_course, monkeypatch, capsys):
    """Run the command in the course without the exercise that takes long; gives the exit code and what is printed."""
    (tiny_course.exercises(UNIT) / "halvings.py").unlink()
    monkeypatch.chdir(tiny_course.root)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*options):
        code = main(["mutants", UNIT, "--workers", "1", *options])
        return code, capsys.readouterr().out

    return run


def test_command_lists_survivors_with_the_smallest_input(mutants):
    code, out = mutants()
    assert code == 1
    assert "01_tiny, scaled: right: x → abs(x) (absolute value)\n    differs for x = [-1], factor = 1\n" in out
    assert "mutants survive; " in out


def test_accepted_mutants_survive_no_more_and_stale_entries_are_told(mutants, tiny_course):
    path = tiny_course.exercises(UNIT) / "scaled.py"
    path.write_text(path.read_text() + '\nscaled.accepted_mutant("*", "A test.")\n')
    code, out = mutants()
    assert code == 0
    assert "No mutant survives" in out
    path.write_text(path.read_text() + 'scaled.accepted_mutant("right: factor * x → factor + x", "It is wrong.")\n')
    code, out = mutants("--resume")
    assert code == 1
    assert (
        '01_tiny: scaled accepts the mutant "right: factor * x → factor + x", and none that passes has this name' in out
    )


def test_run_goes_on_with_what_was_finished(mutants, tiny_course):
    code, whole = mutants()
    path = tiny_course.root / ".mutants" / "finished.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    told = json.loads(lines[0])
    told["outcome"] |= {"state": "surviving", "name": "kept from before"}
    path.write_text(json.dumps(told) + "\n" + "".join(lines[1:-2]) + lines[-1][:20])
    code, again = mutants("--resume")
    assert "kept from before" in again
    assert len(path.read_text().splitlines()) == len(lines)
    tiny_course.text(UNIT).write_text(tiny_course.text(UNIT).read_text() + "# %% [markdown]\n# Changed.\n")
    code, afresh = mutants("--resume")
    assert "kept from before" not in afresh


def test_what_was_finished_of_another_unit_is_kept(mutants, tiny_course):
    mutants()
    path = tiny_course.root / ".mutants" / "finished.jsonl"
    told = json.loads(path.read_text().splitlines()[0]) | {"unit": "02_other"}
    path.write_text(json.dumps(told) + "\n")
    mutants()
    assert json.loads(path.read_text().splitlines()[0]) == told


def test_missing_hypothesis_is_told_in_a_sentence(tiny_course, monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "hypothesis" else find(name))
    with pytest.raises(NoHypothesis, match="needs hypothesis, which is not installed here. Install"):
        find_survivors(tiny_course, [UNIT], workers=1)
