"""Figures of unit 03: computation graphs with values above and gradients below each edge, paths, and a chain."""

from course.draw.graphs.examples import chain_gradients, fork, ladder, neuron, squared_error

__all__ = ["chain_gradients", "fork", "ladder", "neuron", "squared_error"]
