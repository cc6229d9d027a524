"""Unit 08, live: logits, softmax probabilities, the cross-entropy and its gradient p − y."""

from course.widgets.logits.figure import logits

__all__ = ["logits"]
