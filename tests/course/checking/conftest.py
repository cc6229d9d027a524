"""Exercises of every form to judge answers by."""

import pytest
from support.small_exercises import EVERY_FORM, Asked


@pytest.fixture
def fewer_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a list with too many entries is found so sooner."""
    monkeypatch.setattr("course.answers.normalize.MOST_ENTRIES", 10_000)


@pytest.fixture(scope="module", params=EVERY_FORM)
def asked(request: pytest.FixtureRequest) -> Asked:
    """An exercise of each form."""
    return EVERY_FORM[request.param]()
