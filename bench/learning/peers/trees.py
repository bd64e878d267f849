"""200 trees of 31 leaves by each library, grown when first asked for; then scoring and SHAP values of the rows held out."""

from functools import cache

import numpy as np
from peer import Timed, auc, serve

TREES, LEAVES, RATE = 200, 31, 0.1


@cache
def grown(rows, library):
    x, y = rows.matrix()[rows.train], rows.labels[rows.train]
    if library == "xgboost":
        import xgboost as xgb

        settings = {"objective": "binary:logistic", "tree_method": "hist", "grow_policy": "lossguide", "max_leaves": LEAVES, "max_depth": 0}
        return xgb.train({**settings, "learning_rate": RATE, "nthread": 1}, xgb.DMatrix(x, y), TREES)
    if library == "lightgbm":
        import lightgbm as lgb

        settings = {"objective": "binary", "num_leaves": LEAVES, "learning_rate": RATE, "num_threads": 1, "verbosity": -1}
        return lgb.train(settings, lgb.Dataset(x, y), TREES)
    if library == "shap":
        import shap

        return shap.TreeExplainer(grown(rows, "lightgbm"), feature_perturbation="tree_path_dependent")
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(max_iter=TREES, max_leaf_nodes=LEAVES, learning_rate=RATE, early_stopping=False).fit(x, y)


@cache
def held(rows):
    return rows.matrix()[rows.test], rows.labels[rows.test]


def raw(rows, library, x):
    model = grown(rows, library)
    if library == "xgboost":
        return model.inplace_predict(x, predict_type="margin")
    if library == "lightgbm":
        return model.predict(x, raw_score=True, num_threads=1)
    return model.decision_function(x)


def contributions(rows, library, x):
    """Values of the columns and the base in the last column."""
    model = grown(rows, library)
    if library == "lightgbm":
        return model.predict(x, pred_contrib=True, num_threads=1)
    if library == "xgboost":
        import xgboost as xgb

        return model.predict(xgb.DMatrix(x, nthread=1), pred_contribs=True)
    values = model.shap_values(x)
    return np.column_stack([values, np.full(len(x), np.ravel(model.expected_value)[-1])])


def score(rows, library):
    x, y = held(rows)
    grown(rows, library)
    with Timed() as timed:
        scores = raw(rows, library, x)
    return timed.told(auc=auc(y, scores))


def score_alone(rows, library, count):
    x, y = held(rows)
    grown(rows, library)
    with Timed() as timed:
        scores = [raw(rows, library, x[row : row + 1])[0] for row in range(count)]
    return timed.told(auc=auc(y[:count], scores))


def error_of(rows, library, x, explained):
    return np.abs(explained.sum(axis=1) - raw(rows, "lightgbm" if library == "shap" else library, x)).max()


def explain(rows, library, count):
    x = held(rows)[0][:count]
    grown(rows, library)
    with Timed() as timed:
        explained = contributions(rows, library, x)
    return timed.told(error=error_of(rows, library, x, explained))


def explain_alone(rows, library, count):
    x = held(rows)[0][:count]
    grown(rows, library)
    with Timed() as timed:
        explained = [contributions(rows, library, x[row : row + 1]) for row in range(count)]
    return timed.told(error=error_of(rows, library, x, np.vstack(explained)))


serve(score, score_alone, explain, explain_alone)
