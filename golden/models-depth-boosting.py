"""scikit-learn's histogram boosting on a small made-up table with missing values and categories.

Kept are the table (empty number: null; empty category: "") and the probabilities of its rows and of rows never seen.
Many small leaves are asked for with row weights only: without them the first trees meet cuts of exactly equal gain,
and which is taken is a matter of rounding. So is, deep in a tree, at which of several bins without a training row a cut
stands: for that case rows never seen are left out.
"""

import numpy as np
import sklearn
from golden_writer import write_golden
from sklearn.ensemble import HistGradientBoostingClassifier

SEED = 20240602
random = np.random.default_rng(SEED)
ROWS, FRESH = 500, 60
LEVELS = ["card", "cash", "cheque", "debit", "post", "wallet"]


def table(count):
    tenure = np.round(random.gamma(2, 12, count), 2)
    charge = np.round(random.normal(60, 25, count), 2)
    calls = random.poisson(2, count).astype(float)
    payment = random.choice(len(LEVELS), count, p=[0.3, 0.25, 0.2, 0.15, 0.09, 0.01]).astype(float)
    log_odds = 0.4 - 0.06 * tenure + 0.02 * (charge - 60) + 0.3 * calls + np.isin(payment, [1, 4]) - (payment == 2)
    labels = (random.uniform(size=count) < 1 / (1 + np.exp(-log_odds))).astype(int)
    charge[random.uniform(size=count) < 0.1 + 0.15 * labels] = np.nan
    payment[random.uniform(size=count) < 0.08] = np.nan
    return np.column_stack([tenure, charge, calls, payment]), labels


def shown(rows):
    payment = ["" if np.isnan(code) else LEVELS[int(code)] for code in rows[:, 3]]
    return {"tenure": rows[:, 0], "charge": rows[:, 1], "calls": rows[:, 2], "payment": payment}


X, y = table(ROWS)
fresh, _ = table(FRESH)
row_weights = np.round(random.uniform(0.2, 3, ROWS), 2)
cases = []
for trees, leaves, rate, min_leaf, l2, bins, weighted in [
    (1, 4, 1.0, 5, 0.0, 255, False),
    (8, 8, 0.1, 10, 1.0, 255, False),
    (8, 8, 0.1, 10, 1.0, 32, False),
    (8, 6, 0.1, 20, 0.5, 255, True),
    (20, 31, 0.2, 5, 0.0, 64, True),
]:
    model = HistGradientBoostingClassifier(
        max_iter=trees, max_leaf_nodes=leaves, learning_rate=rate, min_samples_leaf=min_leaf, l2_regularization=l2,
        max_bins=bins, early_stopping=False, categorical_features=[False, False, False, True],
    )
    model.fit(X, y, sample_weight=row_weights if weighted else None)
    cases.append(
        {
            "params": {
                "trees": trees, "maxLeaves": leaves, "learningRate": rate, "minLeaf": min_leaf, "l2": l2, "maxBins": bins,
            },
            "weighted": weighted,
            "scores": model.predict_proba(X)[:, 1],
            "freshScores": model.predict_proba(fresh)[:, 1] if leaves < 10 else None,
        }
    )

write_golden(
    __file__,
    {"training": shown(X), "labels": y, "rowWeights": row_weights, "fresh": shown(fresh), "cases": cases},
    tool="scikit-learn",
    version=sklearn.__version__,
    seed=SEED,
)
