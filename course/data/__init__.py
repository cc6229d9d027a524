"""Small real data sets; the licence of each lies beside it."""

import csv
from importlib import resources
from typing import NamedTuple

import numpy as np

from course.data.splits import Split, ThreeWaySplit, breast_cancer, digits, split

__all__ = ["Penguins", "Split", "ThreeWaySplit", "breast_cancer", "digits", "penguins", "split"]


class Penguins(NamedTuple):
    """The 333 complete rows of the Palmer penguins, one entry for each bird."""

    species: np.ndarray
    flipper_mm: np.ndarray
    mass_g: np.ndarray


def penguins() -> Penguins:
    """Palmer penguins: species, flipper length in millimetres, body mass in grams.

    Returns
    -------
    Penguins
        Three arrays of shape (333,).

    Source: Horst, Hill and Gorman 2020, "palmerpenguins"; data by Gorman, Williams and Fraser 2014. CC0.
    """
    text = (resources.files("course.data") / "penguins.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    return Penguins(
        np.array([row["species"] for row in rows]),
        np.array([float(row["flipper_length_mm"]) for row in rows]),
        np.array([float(row["body_mass_g"]) for row in rows]),
    )
