"""Unit 02: what several exercises share."""

# Where h is given it is large, and f is rounded: a central difference of a rounded parabola is right
# for large steps of any kind, a one-sided one is not, and one that ignores h meets the rounding.
LARGE = 0.2
ALIKE = 1e-12
