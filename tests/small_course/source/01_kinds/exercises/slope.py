"""slope: what is asked, and what people write instead."""

from autograder.exercises import Exercise
from course.functions import Named

slope = Exercise("slope", tolerance=1e-5)


@slope.draw
def smooth(rng):
    return dict(f=Named("polynomial", coefficients=rng.normal(size=4)), x=float(rng.uniform(0.5, 2)))


slope.wrong("not-halved", "The step is 2h long.", lambda f, x, h=1e-5: (f(x + h) - f(x - h)) / h)

slope.wrong("value", "This is the value, not the slope.", lambda f, x, h=1e-5: f(x))

slope.wrong("backwards", "The difference is the wrong way round.", lambda f, x, h=1e-5: (f(x - h) - f(x + h)) / (2 * h))


@slope.unusual
def richardson(f, x, h=1e-3):
    def central(h):
        return (f(x + h) - f(x - h)) / (2 * h)

    return (4 * central(h / 2) - central(h)) / 3


@slope.unusual
def small_step(f, x, h=1e-6):
    return (f(x + h) - f(x - h)) / (2 * h)
