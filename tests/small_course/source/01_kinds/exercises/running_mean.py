"""running_mean: what is asked, and what people write instead."""

import numpy as np

from autograder.exercises import Exercise, RightAnswers

right = RightAnswers(__file__)

running_mean = Exercise("running_mean", subject="RunningMean", outputs=("means",))


@running_mean.draw
def numbers(rng):
    return dict(values=rng.normal(size=6).tolist())


@running_mean.scenario(values=[1.0, 4.0, 10.0])
def run(RunningMean, values):
    mean = RunningMean()
    other = RunningMean()
    means = []
    for value in values:
        means.append(mean.update(value))
        other.update(0.0)
    return means


@running_mean.wrong("forgets", "Each call must remember the earlier ones.")
class Forgets(right.RunningMean):
    def update(self, value):
        return value


@running_mean.wrong("one-late", "The newest value counts as well.")
class OneLate(right.RunningMean):
    def update(self, value):
        before = self.total / max(self.count, 1)
        super().update(value)
        return before


@running_mean.wrong("sum", "This is the sum; the mean divides by the count.")
class NeverDivides(right.RunningMean):
    def update(self, value):
        super().update(value)
        return self.total


@running_mean.unusual
class KeepsAll:
    def __init__(self):
        self.values = []

    def update(self, value):
        self.values.append(value)
        return np.mean(self.values)


@running_mean.unusual
class Incremental:
    def __init__(self):
        self.n, self.mean = 0, 0.0

    def update(self, value):
        self.n += 1
        self.mean += (value - self.mean) / self.n
        return self.mean
