"""Whole notebooks as odd but honest students hand them in; the modules are named for the units that they belong to."""

from support.odd_notebooks.homework import (
    mlp_layers,
    mlp_training,
    mse,
    neuron,
    neuron_cells,
    two_layers,
    two_layers_cells,
)
from support.odd_notebooks.homework.register import HOMEWORK, Homework

__all__ = [
    "HOMEWORK",
    "Homework",
    "mlp_layers",
    "mlp_training",
    "mse",
    "neuron",
    "neuron_cells",
    "two_layers",
    "two_layers_cells",
]
