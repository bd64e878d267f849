"""Prints the polynomials of src/math/exp-log.ts: interpolation at Chebyshev nodes in 60-digit arithmetic.

Run by hand (`.cache/golden/bin/python -I golden/support/exp_log_coefficients.py`); nothing depends on its output.
Interpolation at these nodes is within a small factor of the best polynomial of its degree.
"""

import math
from decimal import Decimal, getcontext

getcontext().prec = 60
LN2 = Decimal(2).ln()
SQRT2 = Decimal(2).sqrt()


def series(terms, x):
    total, power = Decimal(0), Decimal(1)
    for term in terms:
        total += term * power
        power *= x
    return total


def chebyshev_nodes(low, high, count):
    for i in range(count):
        unit = Decimal(math.cos(math.pi * (2 * i + 1) / (2 * count)))
        yield (low + high) / 2 + (high - low) / 2 * unit


def interpolate(function, low, high, degree):
    """Coefficients in powers of x, by Newton's divided differences."""
    nodes = list(chebyshev_nodes(low, high, degree + 1))
    table = [function(x) for x in nodes]
    for level in range(1, degree + 1):
        for i in range(degree, level - 1, -1):
            table[i] = (table[i] - table[i - 1]) / (nodes[i] - nodes[i - level])
    coefficients = [Decimal(0)]
    for i in range(degree, -1, -1):
        shifted = [Decimal(0), *coefficients]
        for j, value in enumerate(coefficients):
            shifted[j] -= nodes[i] * value
        shifted[0] += table[i]
        coefficients = shifted[: degree + 1]
    return coefficients


def report(name, coefficients, error, points):
    rounded = [float(c) for c in coefficients]
    worst = max(abs(error([Decimal(c) for c in rounded], x)) for x in points)
    print(f"{name}: largest error 2^{math.log2(worst):.1f}")
    for c in rounded:
        print("  ", repr(c))


# exp(r) = 1 + r + r^2 / 2 + r^3 Q(r) for |r| <= ln 2 / 2, a little wider because the reduction rounds.
edge = LN2 / 2 * Decimal("1.0001")
exp_tail = [1 / Decimal(math.factorial(n)) for n in range(3, 43)]
report(
    "Q, degree 9, error relative to exp(r)",
    interpolate(lambda r: series(exp_tail, r), -edge, edge, 9),
    lambda q, r: (series(exp_tail, r) - series(q, r)) * r**3 / r.exp(),
    [edge * i / 1000 for i in range(-1000, 1001)],
)

# ln(1 + f) = 2 s + s z R(z) with s = f / (2 + f), z = s^2, 1 + f between sqrt(1/2) and sqrt(2).
top = ((SQRT2 - 1) / (SQRT2 + 1)) ** 2 * Decimal("1.0001")
atanh_tail = [Decimal(2) / (2 * n + 3) for n in range(60)]
report(
    "R, degree 6, error relative to ln(1 + f)",
    interpolate(lambda z: series(atanh_tail, z), Decimal(0), top, 6),
    lambda c, z: (series(atanh_tail, z) - series(c, z)) * z / 2,
    [top * i / 1000 for i in range(1, 1001)],
)

high = Decimal(math.floor(LN2 * 2**32)) / 2**32
print("ln 2, 32 bits, and the rest:", repr(float(high)), repr(float(LN2 - high)))
print("1 / ln 2:", repr(float(1 / LN2)))
