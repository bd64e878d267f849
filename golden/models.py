"""Coefficients, trees and importances of scikit-learn on small made-up tables; the tables stand beside the answers."""

import numpy as np
import sklearn
from golden_writer import write_golden
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier

SEED = 20240115
random = np.random.default_rng(SEED)


def regression_table():
    """Columns of very different scales, two of them correlated, a 0/1 column and a full one-hot group of three."""
    n = 150
    tenure = random.integers(0, 72, n).astype(float)
    charge = np.round(random.normal(65, 30, n), 2)
    total = np.round(tenure * charge + random.normal(0, 40, n), 1)
    paperless = random.integers(0, 2, n).astype(float)
    contract = random.integers(0, 3, n)
    log_odds = 0.3 - 0.05 * tenure + 0.02 * (charge - 65) + 0.7 * paperless - 1.1 * (contract == 2)
    labels = (random.uniform(size=n) < 1 / (1 + np.exp(-log_odds))).astype(int)
    one_hot = (contract[:, None] == np.arange(3)).astype(float)
    return np.column_stack([tenure, charge, total, paperless, one_hot]), labels


def solve(rows, labels, l2, weights, class_weight):
    """newton-cholesky on standardised columns would meet another penalty, so it works on the columns as they are."""
    model = LogisticRegression(
        C=1 / l2 if l2 > 0 else np.inf, solver="newton-cholesky", tol=1e-13, max_iter=10_000, class_weight=class_weight
    )
    model.fit(rows, labels, sample_weight=weights)
    return model


def regressions():
    rows, labels = regression_table()
    weights = np.round(random.uniform(0, 3, len(labels)), 2)
    weights[:5] = 0
    cases = []
    for l2 in (0.1, 1.0, 10.0):
        for weighted in (False, True):
            for class_weight in (None, "balanced"):
                model = solve(rows, labels, l2, weights if weighted else None, class_weight)
                cases.append(
                    {
                        "l2": l2,
                        "weighted": weighted,
                        "classWeight": class_weight or "none",
                        "intercept": model.intercept_[0],
                        "coefficients": model.coef_[0],
                    }
                )
    free = solve(rows[:, :6], labels, 0, None, None)
    return {
        "rows": rows,
        "labels": labels,
        "weights": weights,
        "cases": cases,
        # Without its last level the one-hot group determines the coefficients; with it only the probabilities.
        "unpenalised": {
            "columns": 6,
            "intercept": free.intercept_[0],
            "coefficients": free.coef_[0],
            "probabilities": free.predict_proba(rows[:, :6])[:, 1],
        },
    }


def tree_case(rows, labels, weights, **settings):
    """The tree, and proof that no draw of scikit-learn among equal cuts decides it."""
    made = []
    for state in range(20):
        model = DecisionTreeClassifier(random_state=state, **settings).fit(rows, labels, sample_weight=weights)
        tree = model.tree_
        made.append(
            {
                "feature": np.where(tree.feature < 0, -1, tree.feature),
                "threshold": np.where(tree.feature < 0, 0, tree.threshold),
                "left": np.where(tree.feature < 0, 0, tree.children_left),
                "right": np.where(tree.feature < 0, 0, tree.children_right),
                "value": tree.value[:, 0, 1],
                "cover": tree.weighted_n_node_samples,
                "importance": model.feature_importances_,
            }
        )
    for other in made[1:]:
        for key, value in made[0].items():
            assert np.allclose(other[key], value, atol=1e-12), f"{settings}: {key} depends on the random state"
    return made[0]


def trees():
    n = 300
    # Quarters are exact in the 32-bit numbers that scikit-learn's trees work on.
    rows = np.column_stack(
        [
            np.round(random.normal(0, 8, n) * 4) / 4,
            random.integers(0, 40, n),
            random.integers(0, 2, n),
            np.round(random.gamma(2, 20, n) * 4) / 4,
        ]
    ).astype(float)
    log_odds = 0.12 * rows[:, 0] - 0.05 * (rows[:, 1] - 20) + 0.8 * rows[:, 2] - 0.5
    labels = (random.uniform(size=n) < 1 / (1 + np.exp(-log_odds))).astype(int)
    weights = random.integers(0, 4, n).astype(float)
    settings = [
        ("depth", None, {"max_depth": 4, "min_samples_leaf": 5, "min_samples_split": 2}),
        ("leaf", None, {"max_depth": None, "min_samples_leaf": 12, "min_samples_split": 2}),
        ("split", None, {"max_depth": 6, "min_samples_leaf": 3, "min_samples_split": 30}),
        ("weighted", weights, {"max_depth": 5, "min_samples_leaf": 6, "min_samples_split": 20}),
    ]
    cases = [
        {
            "name": name,
            "weighted": given is not None,
            "maxDepth": options["max_depth"],
            "minLeaf": options["min_samples_leaf"],
            "minSplit": options["min_samples_split"],
            "tree": tree_case(rows, labels, given, **options),
        }
        for name, given, options in settings
    ]
    # Grown to the end many cuts are equally good, unless there is only one column to cut.
    single = tree_case(rows[:, :1], labels, None, max_depth=None)
    return {"rows": rows, "labels": labels, "weights": weights, "cases": cases, "single": single}


write_golden(
    __file__,
    {"regression": regressions(), "tree": trees()},
    tool="scikit-learn",
    version=sklearn.__version__,
    seed=SEED,
)
