"""The text of the figure: logits, probabilities and their loss, and what goes wrong in float32."""

import math
from collections.abc import Iterable, Sequence

import numpy as np

from course.widgets.logits.scores import CLASSES, RANGE, Outcome

GUESSING = math.log(CLASSES)


def fixed(value: float, digits: int = 4) -> str:
    """A number with so many decimals; no sign before a zero."""
    if not math.isfinite(value):
        return str(value).replace("-", "−")
    text = f"{value:.{digits}f}"
    return (text.lstrip("-") if float(text) == 0 else text).replace("-", "−")


def short(value: float) -> str:
    """A number that somebody set, without zeros at its end."""
    return f"{round(value, 4) + 0.0:.6g}".replace("-", "−")


def share(p: float) -> str:
    """A probability; a tiny one by its power of ten."""
    return power(math.log10(p)) if 0 < p < 0.00005 else "0" if p == 0 else fixed(p)


def power(log10: float) -> str:
    """A positive number, given by its decimal logarithm, of any size."""
    if not math.isfinite(log10):
        return "nan" if math.isnan(log10) else "inf" if log10 > 0 else "0"
    if -3 <= log10 < 5:
        return f"{10**log10:.4f}" if log10 < 3 else f"{10**log10:.1f}"
    exponent = math.floor(log10)
    digits = f"{10 ** (log10 - exponent):.1f}"
    if digits == "10.0":
        digits, exponent = "1.0", exponent + 1
    return f"{digits}e{exponent}".replace("-", "−")


def listed(values: Iterable[str]) -> str:
    """Several numbers as one piece of text."""
    return ", ".join(values)


def sentence(shown: Outcome, safe: Outcome | None = None, losses: Sequence[float] = ()) -> str:
    """The state in words; beside a naive outcome the safe one, and the losses of the steps that were taken."""
    dials = shown.dials
    words = [
        f"Logits z = {listed(map(short, dials.logits))}. With c = {short(dials.added)} and "
        f"T = {dials.temperature:.3g}, s = (z + c) / T = {listed(map(short, dials.scores))}.",
        f"e^s = {listed(map(power, shown.powers))}, sum {power(shown.total)}.",
        f"p = {listed(map(share, shown.p))}.",
        f"Class {dials.true} is true: loss −ln {share(shown.p[dials.true])} = {fixed(shown.loss)}; "
        f"guessing costs {fixed(GUESSING)}.",
        f"p − y = {listed(map(fixed, shown.pull))}, sum {fixed(shown.pull.sum())}; "
        f"measured by nudges {listed(map(fixed, shown.measured))}.",
    ]
    if losses:
        steps = "1 step" if len(losses) == 1 else f"{len(losses)} steps"
        words.append(f"{steps} downhill, losses {listed(map(fixed, [*losses, shown.loss]))}.")
        if max(map(abs, dials.logits)) >= RANGE:
            words.append("A logit has come to the end of its slider.")
    if safe:
        words.append(f"In float32: {what_broke(shown, safe)}")
    return " ".join(words)


def what_broke(naive: Outcome, safe: Outcome) -> str:
    """What the naive formula made of these scores."""
    told = []
    scores = naive.dials.scores
    if np.isposinf(naive.powers).any():
        told.append(f"e^{short(scores.max())} is above 3.4e38, the largest float32, so it is inf; inf/inf = nan.")
    elif np.isneginf(naive.powers).all():
        told.append("each e^s is below 1.4e−45, the smallest float32, so it is 0; 0/0 = nan.")
    elif np.isposinf(naive.total):
        told.append("the sum of e^s is above 3.4e38, the largest float32, so it is inf, and each p is 0.")
    if naive.p[naive.dials.true] == 0:
        told.append("p of the true class is 0, and −ln 0 = inf.")
    if not naive.works:
        told.append(f"The safe loss is {fixed(safe.loss)}.")
    elif abs(naive.loss - safe.loss) > 5e-4:
        told.append(f"digits are lost: loss {fixed(naive.loss)} instead of {fixed(safe.loss)}.")
    else:
        told.append("no trouble here.")
    return " ".join(told)


def formulas(shown: Outcome) -> list[str]:
    """The way to the loss and back for the true class, with the numbers put in; at most eight lines."""
    k, e = shown.dials.true, [power(value) for value in shown.powers]
    p = share(shown.p[k])
    lines = [
        f"p{k} = e^s{k} / (e^s0 + e^s1 + e^s2)",
        f"\u2003= {e[k]} / ({' + '.join(e)})",
        f"\u2003= {p}",
        f"L = −ln p{k} = −ln {p} = {fixed(shown.loss)}",
        f"dL/dp{k} = −1/p{k} = {_large(-1 / shown.p[k] if shown.p[k] else -math.inf)}",
        f"slopes of p{k}: {listed(_large(slope) for slope in shown.slopes)}",
        "their products are p − y" if shown.works else "no products: not all are numbers",
    ]
    temperature = shown.dials.temperature
    return lines if temperature == 1 else [*lines, f"dL/dz = (p − y) / T, T = {temperature:.3g}"]


def _large(value: float) -> str:
    if not math.isfinite(value) or 0.00005 <= abs(value) < 10_000 or value == 0:
        return fixed(value)
    return ("−" if value < 0 else "") + power(math.log10(abs(value)))
