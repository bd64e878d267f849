"""Probabilities of scikit-learn's StackingClassifier on given folds, its last model fed with clamped log-odds."""

import numpy as np
import sklearn
from golden_writer import write_golden
from sklearn.ensemble import StackingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.tree import DecisionTreeClassifier

SEED = 20261122
FOLDS = 4
random = np.random.default_rng(SEED)


def table(n):
    """One column works straight, another by its distance from 0, a third not at all."""
    rows = random.normal(size=(n, 3))
    log_odds = 1.2 * rows[:, 0] + 2 * np.abs(rows[:, 1]) - 2
    labels = (random.uniform(size=n) < 1 / (1 + np.exp(-log_odds))).astype(int)
    return np.round(rows, 4), labels


def line(l2):
    return LogisticRegression(C=1 / l2, solver="newton-cholesky", tol=1e-12, max_iter=1000)


rows, labels = table(240)
fresh, _ = table(40)
fold_of = random.permutation(np.arange(len(labels)) % FOLDS)
folds = [(np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)) for fold in range(FOLDS)]
most = np.log(len(labels) + 2)


def log_odds(scores):
    with np.errstate(divide="ignore"):
        return np.clip(np.log(scores / (1 - scores)), -most, most)


def tree(state):
    return DecisionTreeClassifier(max_depth=3, min_samples_leaf=4, random_state=state)


# The state decides between columns that part the rows equally well: here it must have no say.
for state in range(1, 8):
    first, other = (cross_val_predict(tree(s), rows, labels, cv=folds, method="predict_proba") for s in (0, state))
    assert (first == other).all()
    first, other = (tree(s).fit(rows, labels).predict_proba(fresh) for s in (0, state))
    assert (first == other).all()
cases = []
for l2 in (1.0, 25.0):
    stack = StackingClassifier(
        [("line", line(1.0)), ("shy", line(300.0)), ("tree", tree(0))],
        final_estimator=make_pipeline(FunctionTransformer(log_odds), line(l2)),
        cv=folds,
        stack_method="predict_proba",
    ).fit(rows, labels)
    last = stack.final_estimator_[-1]
    # Scores of 0 or 1 must occur, or nothing shows that they are clamped.
    assert any((model.predict_proba(fresh)[:, 1] % 1 == 0).any() for model in stack.estimators_)
    cases.append(
        {
            "l2": l2,
            "coefficients": last.coef_[0],
            "intercept": last.intercept_[0],
            "scores": stack.predict_proba(fresh)[:, 1],
        }
    )

write_golden(
    __file__,
    {"rows": rows, "labels": labels, "foldOf": fold_of, "fresh": fresh, "cases": cases},
    tool="scikit-learn",
    version=sklearn.__version__,
    seed=SEED,
)
