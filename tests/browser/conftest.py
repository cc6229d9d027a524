"""One JupyterLab and one Chromium for all browser tests of a run; each test has a page and a notebook of its own."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.browser import harness
from support.browser.harness import Lab
from support.sampling import sample


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark every test of this folder, and leave half of them to another day, unless one file alone is run."""
    ours = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.browser)
    if len({item.path for item in ours}) > 1:
        chosen = sample(ours, 2)
        config.hook.pytest_deselected(items=[item for item in ours if item not in chosen])
        items[:] = [item for item in items if item not in ours or item in chosen]


@pytest.fixture(scope="session")
def lab_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a JupyterLab server, and the folder that it serves."""
    folder = tmp_path_factory.mktemp("lab")
    with harness.server(folder) as address:
        yield address, folder


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The Chromium of this run; it keeps in its cache what JupyterLab loads."""
    with harness.chromium(tmp_path_factory.mktemp("chromium")) as started:
        yield started


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """An empty page."""
    with harness.new_page(chromium) as opened:
        yield opened


@pytest.fixture
def artifacts(tmp_path: Path) -> Path:
    """Where screenshots go: to ``BROWSER_ARTIFACTS``, else to the test's own folder."""
    folder = Path(os.environ.get("BROWSER_ARTIFACTS", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def lab(lab_address: tuple[str, Path], page: Any, artifacts: Path) -> Iterator[Lab]:
    """A fresh page of JupyterLab; the kernels that it started end with the test."""
    address, folder = lab_address
    yield Lab(page, address, folder, artifacts)
    harness.end_kernels(address)
