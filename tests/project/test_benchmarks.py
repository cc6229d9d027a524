"""The benchmarks are no part of a test run, so what they use of the product is tried here, on little work."""

import importlib.util
import sys

import pytest
from support.courses import ROOT

from autograder.paths import Course

FILES = sorted((ROOT / "benchmarks").glob("*.py"))


def imported(name: str, monkeypatch: pytest.MonkeyPatch):
    """A benchmark as a module; the search path is as before afterwards."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    spec = importlib.util.spec_from_file_location(f"benchmark_{name}", ROOT / "benchmarks" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)  # where its dataclasses look for their annotations
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("file", [file for file in FILES if file.stem != "mlp"], ids=lambda file: file.stem)
def test_every_benchmark_finds_what_it_imports(file, monkeypatch):
    assert callable(imported(file.stem, monkeypatch).main)


def test_speed_times_every_check_of_a_unit(monkeypatch):
    speed = imported("speed", monkeypatch)
    monkeypatch.setattr(Course, "units", lambda self: ["01_mse"])
    monkeypatch.setattr(speed, "seconds", lambda work, times=1: work() or 1.0)
    assert "mse_grad" in speed.checks(Course(ROOT))


def test_grading_can_time_the_parts_of_a_submission(monkeypatch):
    imported("grading", monkeypatch)
    from parts.own_cells import PARTS, parts

    with parts() as taken:
        assert taken == dict.fromkeys(PARTS, 0.0)
