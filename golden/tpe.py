"""Parzen estimators of Optuna's TPESampler, and how near it and random search come to known optima in 40 trials.

The functions are written once more in src/selection/testing/known-functions.ts.
"""

import math
import warnings

import numpy as np
import optuna
from golden_writer import write_golden
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.samplers._tpe.parzen_estimator import _ParzenEstimator, _ParzenEstimatorParameters
from optuna.samplers._tpe.sampler import default_weights

SEED = 31
SEEDS = 100
TRIALS = 40
rng = np.random.default_rng(SEED)
optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.filterwarnings("ignore")
parameters = _ParzenEstimatorParameters(1.0, True, False, default_weights, False, {})


def densities(distribution, observed, asked):
    """The log density of each asked value, given the observed ones in the order of time."""
    estimator = _ParzenEstimator({"x": np.array(observed)}, {"x": distribution}, parameters)
    return {
        "observed": list(observed),
        "asked": list(asked),
        "expected": [float(v) for v in estimator.log_pdf({"x": np.array(asked)})],
    }


def cases():
    linear, whole, choice = FloatDistribution(-2, 3), IntDistribution(4, 90), CategoricalDistribution([0, 1, 2, 3])
    counts = [0, 1, 2, 7, 25, 26, 40]
    # Which of two equal observations gets which width is up to numpy's sort, beyond 16 to chance: there none repeats.
    observed = {n: rng.choice(np.arange(4, 91), n, replace=n <= 16).tolist() for n in counts}
    return {
        "linear": {
            "low": -2,
            "high": 3,
            "cases": [densities(linear, rng.uniform(-2, 3, n).tolist(), [-2.0, -1.3, 0.0, 0.5, 2.9, 3.0]) for n in counts],
        },
        "whole": {
            "low": 4,
            "high": 90,
            "cases": [densities(whole, observed[n], [4, 5, 17, 60, 90]) for n in counts],
        },
        "choice": {
            "choices": 4,
            "cases": [densities(choice, rng.integers(0, 4, n).tolist(), [0, 1, 2, 3]) for n in counts],
        },
    }


def branin(x, y):
    """Three minima of 0.397887."""
    a = y - 5.1 * x * x / (4 * math.pi**2) + 5 * x / math.pi - 6
    return a * a + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


def recipe(kind, rate, depth):
    """Each kind has a best rate of its own; the best of all is kind b, rate 0.003, depth 6, with 0."""
    floor = {"a": 0.5, "b": 0.0, "c": 0.3, "d": 0.8}[kind]
    best_rate = {"a": -1.0, "b": math.log10(0.003), "c": -3.5, "d": -2.0}[kind]
    return floor + (math.log10(rate) - best_rate) ** 2 + 0.02 * (depth - 6) ** 2


def branin_trial(trial, noise):
    value = branin(trial.suggest_float("x", -5, 10), trial.suggest_float("y", 0, 15))
    return value, value


def recipe_trial(trial, noise):
    value = recipe(
        trial.suggest_categorical("kind", ["a", "b", "c", "d"]),
        trial.suggest_float("rate", 1e-5, 1, log=True),
        trial.suggest_int("depth", 2, 16),
    )
    return value, value + noise.normal(0, 0.1)


def best_found(function, sampler, seed):
    """The true value of the trial that looked best."""
    noise = np.random.default_rng(seed)
    truth = []

    def objective(trial):
        value, seen = function(trial, noise)
        truth.append(value)
        return seen

    study = optuna.create_study(sampler=sampler(seed=seed))
    study.optimize(objective, n_trials=TRIALS)
    return truth[study.best_trial.number]


def compared(function):
    found = {}
    for name, sampler in {"tpe": optuna.samplers.TPESampler, "random": optuna.samplers.RandomSampler}.items():
        values = np.array([best_found(function, sampler, seed) for seed in range(SEEDS)])
        found[name] = {"mean": float(values.mean()), "standardError": float(values.std(ddof=1) / math.sqrt(SEEDS))}
    return found


write_golden(
    __file__,
    {
        "parzen": cases(),
        "trials": TRIALS,
        "seeds": SEEDS,
        "functions": {
            "branin": {"at": [[x, y, branin(x, y)] for x, y in [(-5.0, 0.0), (2.5, 7.5), (math.pi, 2.275)]], **compared(branin_trial)},
            "recipe": {"at": [[k, r, d, recipe(k, r, d)] for k, r, d in [("a", 0.1, 6), ("b", 1.0, 2), ("d", 1e-5, 16)]], **compared(recipe_trial)},
        },
    },
    tool="optuna",
    version=optuna.__version__,
    seed=SEED,
)
