"""The inputs that stand where a wrong entry of an output does."""

from typing import Any

import numpy as np
import pytest

from course.checking.entries.inputs_at_entry import inputs_at

Z = np.arange(12.0).reshape(4, 3)
Y = np.array([7, 8, 9, 10])
PARAMS = [np.arange(4.0), Z, 0.5]


@pytest.mark.parametrize(
    ("where", "expected", "inputs", "found"),
    [
        ("[2, 1]", Z, {"z": Z}, {"z[2, 1]": 7.0}),
        ("[2, 1]", Z, {"z": Z, "y": Y, "slope": 0.1}, {"z[2, 1]": 7.0, "y[2]": 9}),
        ("[3]", Y, {"z": Y + 0.5, "y": Y}, {"z[3]": 10.5, "y[3]": 10}),
        ("[2, 1]", Z, {"w": np.ones(3)}, {}),
        ("[2, 1]", Z, {"y": Y}, {}),
        ("[2, 1]", Z, {"z": Z, "w": np.ones(3)}, {}),
        ("[2, 1]", Z, {"dz": Z, "cache": {"x": Z}}, {}),
        ("", np.array(1.0), {"z": Z}, {}),
        ("[1][2, 1]", PARAMS, {"params": PARAMS, "lr": 0.1}, {"params[1][2, 1]": 7.0}),
        ("[2]", PARAMS, {"params": PARAMS}, {"params[2]": 0.5}),
        ("[1][2, 1]", PARAMS, {"params": PARAMS[:2]}, {}),
        ("['W'][2, 1]", {"W": Z}, {"params": {"W": Z}}, {"params['W'][2, 1]": 7.0}),
    ],
)
def test_entries_of_inputs_are_found_by_their_shape(
    where: str, expected: Any, inputs: dict[str, Any], found: dict[str, Any]
) -> None:
    assert inputs_at(where, expected, inputs) == found
