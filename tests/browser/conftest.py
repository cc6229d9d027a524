"""One JupyterLab and one Chromium for all browser tests of a run; each test writes its own notebook."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.browser.harness import CHROMIUM, MISSING, Lab, browser, server


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder: ``make browser`` runs these alone."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def lab_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of a JupyterLab server, and the folder that it serves."""
    if not CHROMIUM:
        pytest.fail(MISSING)  # to skip is not to pass
    folder = tmp_path_factory.mktemp("lab")
    with server(folder) as address:
        yield address, folder


@pytest.fixture
def lab(lab_address: tuple[str, Path], tmp_path: Path) -> Iterator[Lab]:
    """A fresh page of JupyterLab; screenshots go to ``BROWSER_ARTIFACTS``, else to the test's own folder."""
    address, folder = lab_address
    artifacts = Path(os.environ.get("BROWSER_ARTIFACTS", tmp_path))
    artifacts.mkdir(parents=True, exist_ok=True)
    with browser(tmp_path / "profile") as page:
        yield Lab(page, address, folder, artifacts)
