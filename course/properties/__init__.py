"""Properties that a result must have, where many results are right: a shuffle, an initialiser, a training.

The notebook's text states every property it asks for. A module holds those of one kind of result.
"""

from course.properties import batches, seeds, weights
from course.properties.registry import ANOTHER_FORM, JOINT, PROPERTIES, hold, lacking, lacking_in_all

__all__ = ["ANOTHER_FORM", "JOINT", "PROPERTIES", "batches", "hold", "lacking", "lacking_in_all", "seeds", "weights"]
