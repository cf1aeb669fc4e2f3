"""What a simulated number says about a published one. The rules are those that docs/experiments.md states."""
import dataclasses

AGREES, MISSES, DIRECTION, NONE = "agrees", "**misses**", "direction only", "no verdict"
CALIBRATED, SET, RANGE, WEAK, ONLY, EXACT, CONTEXT = (
    "calibrated", "weight set from it", "range", "weak", "direction", "formula", "")


@dataclasses.dataclass(frozen=True)
class Row:
    quantity: str
    published: str
    source: str
    firmness: str
    simulated: str
    verdict: str


def times(ratio):
    return f"x {ratio:.2f}" if ratio < 10 else f"x {ratio:.1f}"


def sign(ratio, wanted):
    """Is a ratio to control up, down (by more than 2 %) or the same (within 10 %)?"""
    return {"up": ratio > 1.02, "down": ratio < 0.98, "same": abs(ratio - 1.0) <= 0.1}[wanted]


def in_range(quantity, source, ratio, low, high, firmness=RANGE):
    """A ratio to control with a published range: agrees inside it. A weak one says sign and order of magnitude only."""
    published = f"x {low:g} to {high:g}"
    if firmness != WEAK:
        return Row(quantity, published, source, firmness, times(ratio), AGREES if low <= ratio <= high else MISSES)
    right = sign(ratio, "up" if low > 1.0 else "down")
    inside = "" if low <= ratio <= high else ", outside the range"
    return Row(quantity, published, source, firmness, times(ratio), DIRECTION + inside if right else MISSES)


def direction(quantity, source, ratio, wanted):
    """A ratio to control of which the sign is published."""
    published = {"up": "up", "down": "down", "same": "unchanged"}[wanted]
    return Row(quantity, published, source, ONLY, times(ratio), DIRECTION if sign(ratio, wanted) else MISSES)


def order(quantity, source, ratio, low, published):
    """A ratio to control that is to be at least `low`, and up to no limit."""
    return Row(quantity, published, source, ONLY, times(ratio), DIRECTION if ratio >= low else MISSES)


def within(quantity, source, value, wanted, factor, unit, firmness, published=""):
    """A number that agrees within a factor."""
    right = wanted / factor <= value <= wanted * factor
    return Row(quantity, published or f"{wanted:.3g}{unit}", source, firmness, f"{value:.3g}{unit}", AGREES if right else MISSES)


def context(quantity, simulated, source=""):
    """A number beside the others, which nothing published is compared with."""
    return Row(quantity, "", source, CONTEXT, simulated, "")
