"""Numbers as the figures write them, and the factor from one step to the next in words."""

SAME = 1e-3
"""Two steps whose lengths differ by a smaller share are told to be of the same length."""


def number(value: float) -> str:
    """Four digits with a real minus sign: −1.2, 3.447e9."""
    digits, _, power = f"{value:.4g}".partition("e")
    return (f"{digits}e{int(power)}" if power else digits).replace("-", "−")


def factor_in_words(ratio: float) -> str:
    """How long a step is, compared to the one before it; a negative ratio changes side.

    Parameters
    ----------
    ratio : float
        The step over the one before: −1.2 is longer by a fifth, in the opposite direction.
    """
    side = " and changes side" if ratio < 0 else ""
    if abs(abs(ratio) - 1) < SAME:
        return f"each step is as long as the last{side}"
    return f"each step is {number(abs(ratio))} times the last{side}"
