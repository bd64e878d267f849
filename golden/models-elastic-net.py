"""Coefficients of scikit-learn's elastic net (saga, run until it stands still); the table stands beside the answers."""

import numpy as np
import sklearn
from golden_writer import write_golden
from sklearn.linear_model import LogisticRegression

SEED = 20261121
random = np.random.default_rng(SEED)


def table():
    """Numbers on one scale, as saga needs them, two of them correlated; a 0/1 column and a full one-hot group of three."""
    n = 200
    first = random.normal(size=n)
    second = 0.8 * first + 0.6 * random.normal(size=n)
    others = random.normal(size=(n, 3))
    flag = random.integers(0, 2, n).astype(float)
    contract = random.integers(0, 3, n)
    log_odds = -0.4 - first + 0.5 * others[:, 0] + 0.7 * flag - 1.1 * (contract == 2)
    labels = (random.uniform(size=n) < 1 / (1 + np.exp(-log_odds))).astype(int)
    one_hot = (contract[:, None] == np.arange(3)).astype(float)
    return np.round(np.column_stack([first, second, others, flag, one_hot]), 4), labels


def solve(rows, labels, l2, l1_ratio, weights):
    """saga draws rows at random; run to the end, no draw shows: two states must agree."""
    found = []
    for state in (0, 1):
        model = LogisticRegression(
            C=1 / l2, l1_ratio=l1_ratio, solver="saga", tol=1e-15, max_iter=200_000, random_state=state
        )
        model.fit(rows, labels, sample_weight=weights)
        found.append(np.append(model.coef_[0], model.intercept_))
    assert np.allclose(found[0], found[1], atol=1e-10), np.abs(found[0] - found[1]).max()
    return found[0]


rows, labels = table()
weights = np.round(random.uniform(0.2, 3, len(labels)), 2)
cases = []
for l2 in (0.5, 5.0, 20.0):
    for l1_ratio in (0.2, 0.7, 1.0):
        for weighted in (False, True):
            found = solve(rows, labels, l2, l1_ratio, weights if weighted else None)
            cases.append(
                {
                    "l2": l2,
                    "l1Ratio": l1_ratio,
                    "weighted": weighted,
                    "coefficients": found[:-1],
                    "intercept": found[-1],
                    "zeros": int((found[:-1] == 0).sum()),
                }
            )
assert any(case["zeros"] > 2 for case in cases)

write_golden(
    __file__,
    {"rows": rows, "labels": labels, "weights": weights, "cases": cases},
    tool="scikit-learn",
    version=sklearn.__version__,
    seed=SEED,
)
