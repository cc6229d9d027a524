"""Figures of unit 10: gradients checked, loss curves, what a network of digits gets wrong, models and batches compared.

The student's MLP and train_mlp do the work. Where they stop with an error, a sentence stands in place of the figure.
"""

from course.draw.digits.checked_gradients import gradient_check
from course.draw.digits.confusion import mistakes
from course.draw.digits.errors import surviving
from course.draw.digits.scores import log_probabilities, loss_and_accuracy
from course.draw.digits.training import batch_sizes, fits, rates

__all__ = [
    "batch_sizes",
    "fits",
    "gradient_check",
    "log_probabilities",
    "loss_and_accuracy",
    "mistakes",
    "rates",
    "surviving",
]
