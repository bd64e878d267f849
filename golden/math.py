"""Answers of scipy, numpy, and of mpmath and decimal arithmetic with many digits where those lose some, for src/math."""

import math
from decimal import Decimal, getcontext

import mpmath
import numpy as np
import scipy
from golden_writer import write_golden
from scipy import linalg, optimize, special, stats

SEED = 20240601
mpmath.mp.dps = 40
rng = np.random.default_rng(SEED)


def elementary():
    """Correctly rounded exp, ln and their kin: 60 digits, rounded once to a double."""
    getcontext().prec = 60
    wide = np.concatenate([[-745.1, -744.5, -709.1, 709.7, 1e-300, -1e-17], rng.uniform(-700, 700, 40), rng.uniform(-2, 2, 40)])
    positive = np.concatenate([[5e-324, 2.2e-308, 1.7e308, 1 + 2**-52, 1 - 2**-53], 2 ** rng.uniform(-1070, 1020, 40), rng.uniform(0.5, 1.6, 60)])
    near = np.concatenate([[1e-300, -1e-17, -0.999999999], rng.uniform(-0.9, 3, 50), rng.uniform(-1, 1, 30) * 10 ** rng.uniform(-12, 0, 30)])
    bases = np.exp(rng.uniform(-12, 12, 60))
    powers = rng.uniform(-25, 25, 60)

    def rounded(function, values):
        # Decimal needs more digits than 60 where 1 + x swallows a tiny x.
        return [float(function(Decimal(float(x)))) for x in values]

    getcontext().prec = 400
    log1p = rounded(lambda x: (1 + x).ln(), near)
    expm1 = rounded(lambda x: x.exp() - 1, near)
    log1p_minus = rounded(lambda x: (1 + x).ln() - x, near[3:])
    getcontext().prec = 60
    return {
        "exp": {"x": wide, "expected": rounded(lambda x: x.exp(), wide)},
        "log": {"x": positive, "expected": rounded(lambda x: x.ln(), positive)},
        "log1p": {"x": near, "expected": log1p},
        "log1pMinus": {"x": near[3:], "expected": log1p_minus},
        "expm1": {"x": near, "expected": expm1},
        "pow": {
            "x": bases,
            "y": powers,
            "expected": [float((Decimal(float(y)) * Decimal(float(x)).ln()).exp()) for x, y in zip(bases, powers)],
        },
    }


def logistic():
    z = np.concatenate([[-708.0, -500.0, -40.0, -1e-9, 0.0, 1e-9, 37.0, 710.0], rng.normal(0, 8, 40)])
    p = np.concatenate([[1e-300, 1e-12, 0.3, 0.5, 0.5 + 1e-12, 0.7, 1 - 1e-12], rng.uniform(0, 1, 40)])
    return {
        "z": z,
        "sigmoid": special.expit(z),
        "log1pExp": -special.log_expit(-z),
        "p": p,
        "logit": special.logit(p),
    }


def samples():
    values = rng.lognormal(0, 2, 301).round(2)
    holes = values.copy()
    holes[::7] = np.nan
    shares = [0, 0.01, 0.1, 0.25, 1 / 3, 0.5, 0.9, 0.99, 1]
    tied = rng.integers(0, 12, 80).astype(float)
    return {
        "values": values,
        "sum": math.fsum(values),
        "mean": values.mean(),
        "variance": values.var(),
        "sampleVariance": values.var(ddof=1),
        "standardDeviation": values.std(),
        "shares": shares,
        "quantiles": np.quantile(values, shares),
        "withMissing": holes,
        "quantilesWithMissing": np.nanquantile(holes, shares),
        "tied": tied,
        "ranks": stats.rankdata(tied),
        "order": np.argsort(tied, kind="stable"),
    }


def normal():
    x = np.concatenate([np.linspace(-8, 8, 33), [-37.5, -30, -20, 1e-10, 0.46875, 4.0, 5.7]])
    p = np.concatenate([10.0 ** -np.arange(1, 301, 13), [0.02425, 0.075, 0.3, 0.5, 0.6, 0.925, 0.97575, 0.999, 1 - 1e-12]])
    return {
        "x": x,
        "cdf": special.ndtr(x),
        "erf": special.erf(x),
        "erfc": special.erfc(x),
        "p": p,
        "quantile": special.ndtri(p),
    }


def gamma():
    x = np.concatenate([[1e-8, 0.1, 0.5, 0.999, 1, 1.001, 1.5, 1.999, 2, 2.001, 3, 7.5, 12.25, 100, 1e4, 1e8], rng.uniform(0, 30, 30)])
    shapes, at = (grid.ravel() for grid in np.meshgrid([0.1, 0.5, 1, 2.5, 10, 75, 400], [1e-3, 0.2, 1, 3, 9.5, 40, 80, 390, 450]))
    degrees, chi = (grid.ravel() for grid in np.meshgrid([1, 2, 5, 30, 200], [0.01, 0.5, 3.84, 11, 60, 250]))
    return {
        "x": x,
        # Exact to 40 digits: scipy.special.gammaln keeps only twelve near its zeros 1 and 2.
        "logGamma": [float(mpmath.loggamma(mpmath.mpf(float(v)))) for v in x],
        "shape": shapes,
        "at": at,
        "lower": special.gammainc(shapes, at),
        "upper": special.gammaincc(shapes, at),
        "degrees": degrees,
        "statistic": chi,
        "chiSquareSurvival": stats.chi2.sf(chi, degrees),
    }


def beta():
    a, b, x = (grid.ravel() for grid in np.meshgrid([0.5, 1, 2.5, 20, 300], [0.5, 1, 7, 50, 1000], [1e-6, 0.02, 0.3, 0.5, 0.85, 0.999]))
    p = np.array([1e-6, 0.025, 0.3, 0.5, 0.8, 0.975])
    qa, qb, qp = (grid.ravel() for grid in np.meshgrid([0.5, 1, 6, 120], [0.5, 1, 14, 900], p))
    t, t_degrees = (grid.ravel() for grid in np.meshgrid([-40, -4.2, -1, 0, 0.3, 1.96, 9], [1, 2, 4.5, 30, 500]))
    tp, tp_degrees = (grid.ravel() for grid in np.meshgrid([0.001, 0.025, 0.3, 0.5, 0.95, 0.995], [1, 2, 4.5, 30, 500]))
    f, f1, f2 = (grid.ravel() for grid in np.meshgrid([0.01, 0.7, 1, 3.3, 25], [1, 4, 30], [2, 17, 400]))
    hits, trials = np.array([0, 1, 3, 50, 99, 100, 7000]), np.array([10, 10, 10, 100, 100, 100, 100000])
    exact = [stats.binomtest(int(k), int(n)).proportion_ci(0.95, "exact") for k, n in zip(hits, trials)]
    wilson = [stats.binomtest(int(k), int(n)).proportion_ci(0.95, "wilson") for k, n in zip(hits, trials)]
    return {
        "a": a, "b": b, "x": x,
        "incompleteBeta": special.betainc(a, b, x),
        "quantile": {"a": qa, "b": qb, "p": qp, "expected": special.betaincinv(qa, qb, qp)},
        "studentT": {"t": t, "degrees": t_degrees, "cdf": special.stdtr(t_degrees, t)},
        "studentTQuantile": {"p": tp, "degrees": tp_degrees, "expected": special.stdtrit(tp_degrees, tp)},
        "f": {"f": f, "degrees1": f1, "degrees2": f2, "survival": stats.f.sf(f, f1, f2)},
        "binomial": {
            "successes": hits,
            "trials": trials,
            "exact": [[i.low, i.high] for i in exact],
            "wilson": [[i.low, i.high] for i in wilson],
        },
    }  # fmt: skip


def matrices():
    x = rng.normal(size=(12, 4))
    weights = rng.uniform(0.1, 2, 12)
    spd = x.T @ (weights[:, None] * x)
    right = rng.normal(size=4)
    values, vectors = np.linalg.eigh(spd)
    # A vector and its negative are the same direction: the largest entry is made positive.
    vectors = vectors * np.sign(vectors[np.abs(vectors).argmax(axis=0), range(4)])
    return {
        "x": x,
        "weights": weights,
        "weightedGram": spd,
        "cholesky": linalg.cholesky(spd, lower=True),
        "right": right,
        "solution": linalg.solve(spd, right, assume_a="pos"),
        "eigenvalues": values[::-1],
        "eigenvectors": vectors[:, ::-1],
    }


def minima():
    """Logistic regression with l2 = 1, intercept free; solved to machine precision by scipy's trust region."""
    x = rng.normal(size=(60, 3))
    y = (rng.uniform(size=60) < special.expit(x @ [1.5, -1, 0.2] - 0.4)).astype(float)
    design = np.hstack([x, np.ones((60, 1))])
    penalty = np.array([1.0, 1, 1, 0])

    def value(w):
        z = design @ w
        return np.sum(np.logaddexp(0, z) - y * z) + 0.5 * np.sum(penalty * w * w)

    def gradient(w):
        return design.T @ (special.expit(design @ w) - y) + penalty * w

    def hessian(w):
        p = special.expit(design @ w)
        return design.T @ ((p * (1 - p))[:, None] * design) + np.diag(penalty)

    found = optimize.minimize(value, np.zeros(4), jac=gradient, hess=hessian, method="trust-exact", options={"gtol": 1e-12})
    return {"design": design, "labels": y, "penalty": penalty, "x": found.x, "value": found.fun}


write_golden(
    __file__,
    {
        "elementary": elementary(),
        "logistic": logistic(),
        "samples": samples(),
        "normal": normal(),
        "gamma": gamma(),
        "beta": beta(),
        "matrices": matrices(),
        "minima": minima(),
    },
    tool="scipy, numpy, mpmath",
    version=f"scipy {scipy.__version__}, numpy {np.__version__}, mpmath {mpmath.__version__}",
    seed=SEED,
)
