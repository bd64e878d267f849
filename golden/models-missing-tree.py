"""A decision tree of scikit-learn on a made-up table with missing values: nodes, and where missing values go at each.

Leaves have at least 8 rows: in smaller ones several cuts are equally good, and the two sides meet them in another order.
"""

import numpy as np
import sklearn
from golden_writer import write_golden
from sklearn.tree import DecisionTreeClassifier

SEED = 20260311
ROWS = 240


def table(random):
    """Missing at random in the first column; in the second missing tells of churn; the third misses nothing."""
    usage = np.round(random.normal(50, 20, ROWS), 0)
    charge = random.integers(10, 120, ROWS).astype(float)
    tenure = random.integers(0, 72, ROWS).astype(float)
    log_odds = 0.5 - 0.04 * tenure + 0.02 * (charge - 65)
    unknown = random.uniform(size=ROWS) < 0.2
    labels = (random.uniform(size=ROWS) < 1 / (1 + np.exp(-(log_odds + 1.5 * unknown)))).astype(int)
    charge[unknown] = np.nan
    usage[random.uniform(size=ROWS) < 0.3] = np.nan
    return np.column_stack([usage, charge, tenure]), labels


def case(rows, labels, depth):
    tree = DecisionTreeClassifier(max_depth=depth, min_samples_leaf=8, random_state=0).fit(rows, labels).tree_
    scores = np.asarray([[np.nan] * 3, [50, np.nan, 10], [np.nan, 100, 60], [20, 40, np.nan]])
    values = tree.value[:, 0, :]
    reached = tree.apply(scores.astype(np.float32))
    return {
        "depth": depth,
        "feature": [int(f) if f >= 0 else -1 for f in tree.feature],
        "threshold": [float(t) if f >= 0 else 0.0 for f, t in zip(tree.feature, tree.threshold)],
        "missingLeft": [int(m) if f >= 0 else 0 for f, m in zip(tree.feature, tree.missing_go_to_left)],
        "value": (values[:, 1] / values.sum(axis=1)).tolist(),
        "scored": scores.tolist(),
        "scores": (values[reached, 1] / values[reached].sum(axis=1)).tolist(),
    }


rows, labels = table(np.random.default_rng(SEED))
write_golden(
    __file__,
    {"rows": rows.tolist(), "labels": labels.tolist(), "cases": [case(rows, labels, depth) for depth in (2, 4)]},
    tool="scikit-learn",
    version=sklearn.__version__,
    seed=SEED,
)
