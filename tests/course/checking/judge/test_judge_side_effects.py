"""What an answer leaves behind does not reach the next one: settings of numpy, warnings, a module that is emptied."""

import types
import warnings

import numpy as np
import pytest
from support.odd_notebooks.strange_objects import Trap, trapped
from support.small_exercises import (
    asked_mse_grad,
    mse_grad,
    refused,
)

pytestmark = pytest.mark.usefixtures("fewer_entries")


def test_settings_of_numpy_and_warnings_do_not_leak() -> None:
    asked = asked_mse_grad()
    before, filters = np.geterr(), list(warnings.filters)

    def careless(y_hat, y):
        np.seterr(all="raise")
        warnings.simplefilter("error")
        return np.full(y.shape, 1e308)

    refused(asked.judge(careless))
    assert np.geterr() == before
    assert warnings.filters == filters


def test_settings_of_the_notebook_do_not_change_a_verdict() -> None:
    asked = asked_mse_grad(care=("no warnings",))

    def overflows(y_hat, y):
        np.exp(np.full(3, 1000.0))
        return np.full(y.shape, 1e308)

    plain = asked.judge(overflows)
    for setting in ("raise", "ignore"):
        with np.errstate(all=setting):  # type: ignore[call-overload]
            assert asked.judge(overflows).message == plain.message


@pytest.mark.parametrize(
    "category", [UserWarning, DeprecationWarning, RuntimeWarning, ResourceWarning, SyntaxWarning, BytesWarning, Warning]
)
def test_warning_of_any_category_costs_nothing(category: type[Warning]) -> None:
    def warns(y_hat, y):
        warnings.warn("careful", category, stacklevel=1)
        return mse_grad(y_hat, y)

    assert asked_mse_grad().judge(warns).passed


def test_warning_with_evil_text_costs_nothing() -> None:
    class Evil(RuntimeWarning):
        armed = False

        def __str__(self):
            if self.armed:
                raise SystemExit
            return "harmless"

    def warns(y_hat, y):
        warning = Evil()
        warnings.warn(warning, stacklevel=1)
        warning.armed = True
        return mse_grad(y_hat, y)

    assert asked_mse_grad().judge(warns).passed


def test_answer_that_deletes_its_module_is_judged() -> None:
    module = types.ModuleType("student")
    exec("def mse_grad(y_hat, y):\n    globals().clear()\n    return 2 * (y_hat - y) / y.size", module.__dict__)
    assert asked_mse_grad().judge(module.mse_grad).passed


def test_trap_is_never_sprung_by_the_judge() -> None:
    with pytest.raises(Trap):
        len(trapped(list)([1.0]))
