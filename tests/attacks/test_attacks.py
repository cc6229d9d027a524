"""Every row of what a submission can carry: it earns what its honest part earns, and costs nobody else anything."""

import shutil
from functools import lru_cache

import pytest

from attacks.handed_in import ALL
from attacks.round import fought, theme
from attacks.themes import THEMES
from autograder.paths import Course

ATTACKS = [
    pytest.param(name, one, id=f"row{one.row:02d}-{one.name}", marks=pytest.mark.xdist_group(name))
    for name in THEMES
    for one in theme(name)
]
BY_THEME = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in THEMES]


@pytest.fixture(scope="session")
def round_of(built_small_course, tmp_path_factory):
    """What came of a theme; it is graded the first time that somebody asks."""

    @lru_cache
    def ask(name):
        root = tmp_path_factory.mktemp(name) / "course"
        shutil.copytree(built_small_course.root, root)
        return fought(Course(root), name)

    return ask


@pytest.mark.parametrize("name, one", ATTACKS)
def test_attack_earns_what_is_right_in_it(name, one, round_of):
    outcome = round_of(name).outcomes[one.name]
    result = outcome.result
    if one.reason:
        assert one.reason in result.reason
    else:
        assert result.reason == ""
        assert one.earns <= result.points <= one.most
    assert any(words in result.verdict for words in one.verdict.split("|")), result.verdict
    assert bool(one.verdict) == bool(result.verdict), result.verdict
    for check in one.checks:
        check(outcome)


@pytest.mark.parametrize("name", BY_THEME)
def test_honest_students_lose_nothing_to_attacks(name, round_of):
    assert [(r.student, r.points, r.reason, r.verdict) for r in round_of(name).honest] == [
        ("ada", ALL, "", ""),
        ("zoe", ALL, "", ""),
    ]


@pytest.mark.parametrize("name", BY_THEME)
def test_attacks_leave_no_process_and_no_file(name, round_of):
    assert (round_of(name).processes, round_of(name).files) == ([], [])


@pytest.mark.parametrize("name", BY_THEME)
def test_attacks_change_no_file_of_the_course(name, round_of):
    assert round_of(name).changed == []


@pytest.mark.parametrize("name", BY_THEME)
def test_attacks_write_no_score_themselves(name, round_of):
    scores = round_of(name).scores
    assert len(scores) >= 2
    assert [score for score in scores if score[1] is not None or not 0 <= (score[0] or 0) <= score[2]] == []
