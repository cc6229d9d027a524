"""Values that hold arrays are equal to themselves alone.

The equality that a dataclass comes with asks each field for a yes or a no, and two arrays answer for each entry. Up to
Python 3.12 that went unseen where both sides held the very same arrays; from 3.13 on it is an error there as well.
"""

import dataclasses
import importlib
import inspect
import pkgutil

import pytest

import autograder
import course


def dataclasses_of(package):
    """The dataclasses that a package defines, and those of its parts."""
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith("__main__"):
            members = vars(importlib.import_module(module.name)).values()
            yield from {
                m
                for m in members
                if inspect.isclass(m) and m.__module__ == module.name and "__dataclass_fields__" in vars(m)
            }


def holds_arrays(kind):
    types = [str(field.type) for field in dataclasses.fields(kind)]
    return any("ndarray" in text and "Callable" not in text for text in types)


@pytest.mark.parametrize("package", [course, autograder], ids=lambda package: package.__name__)
def test_no_dataclass_compares_arrays(package):
    found = list(dataclasses_of(package))
    assert found
    assert [kind for kind in found if holds_arrays(kind) and kind.__eq__ is not object.__eq__] == []


def test_arrays_are_found_in_fields():
    @dataclasses.dataclass
    class Several:
        some: "dict[str, np.ndarray]"  # noqa: F821

    assert holds_arrays(Several)
