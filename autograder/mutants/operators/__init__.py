"""The changes that make a mutant of a right answer, each small and named; each module here enters its own."""

from autograder.mutants.operators import arithmetic, arrays, flow, state
from autograder.mutants.operators.places import OPERATORS, Operator, Place

__all__ = ["OPERATORS", "Operator", "Place", "arithmetic", "arrays", "flow", "state"]
