"""SHAP values of trees and of a straight line by shap; partial dependence and weighted ridge by scikit-learn.

Trees are grown by scikit-learn and written out as arrays, so that both sides explain the same forest.
"""

import warnings

import numpy as np
import shap
import sklearn
from golden_writer import write_golden
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.inspection import partial_dependence
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.tree import DecisionTreeClassifier

SEED = 23
rng = np.random.default_rng(SEED)
warnings.filterwarnings("ignore")


def table(rows, columns):
    """Numbers that single precision holds exactly, for scikit-learn's trees compare in it."""
    return np.round(rng.normal(0, 2, (rows, columns)) * 64) / 64


def outcomes(x):
    z = 0.8 * x[:, 0] - 0.6 * x[:, 1] * (x[:, 2] > 0) + 0.4 * np.abs(x[:, 3]) - 0.5
    return (rng.random(len(x)) < 1 / (1 + np.exp(-z))).astype(int)


def arrays(trees, value_of):
    """All trees behind each other; leaves have feature -1."""
    roots = [0]
    parts = {key: [] for key in ("feature", "threshold", "left", "right", "value", "cover")}
    for tree in trees:
        before = roots[-1]
        leaf = tree.children_left < 0
        parts["feature"] += np.where(leaf, -1, tree.feature).tolist()
        parts["threshold"] += np.where(leaf, 0, tree.threshold).tolist()
        parts["left"] += np.where(leaf, 0, tree.children_left + before).tolist()
        parts["right"] += np.where(leaf, 0, tree.children_right + before).tolist()
        parts["value"] += value_of(tree).tolist()
        parts["cover"] += tree.weighted_n_node_samples.tolist()
        roots.append(before + tree.node_count)
    return {"roots": roots, **parts}


def churn_share(tree):
    counts = tree.value[:, 0, :]
    return counts[:, 1] / counts.sum(axis=1)


x, test = table(240, 5), table(12, 5)
y = outcomes(x)

tree = DecisionTreeClassifier(max_depth=4, random_state=SEED).fit(x, y)
forest = RandomForestClassifier(n_estimators=8, max_depth=5, min_samples_leaf=4, random_state=SEED).fit(x, y)
weighted = RandomForestClassifier(n_estimators=4, max_depth=4, class_weight="balanced", random_state=SEED).fit(x, y)
cases = []
for name, model, trees in [
    ("one tree", tree, [tree.tree_]),
    ("a forest", forest, [member.tree_ for member in forest.estimators_]),
    ("a forest with class weights", weighted, [member.tree_ for member in weighted.estimators_]),
]:
    explainer = shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")
    cases.append(
        {
            "name": name,
            "trees": arrays(trees, churn_share),
            "rows": test,
            "predictions": model.predict_proba(test)[:, 1],
            "base": explainer.expected_value[1],
            "values": explainer.shap_values(test)[:, :, 1],
        }
    )

boosting = GradientBoostingClassifier(n_estimators=10, max_depth=3, random_state=SEED).fit(x, y)
explainer = shap.TreeExplainer(boosting, feature_perturbation="tree_path_dependent")
rate = boosting.learning_rate
members = [member.tree_ for member in boosting.estimators_[:, 0]]
log_odds = boosting.decision_function(test)
start = log_odds[0] - sum(rate * member.predict(test[:1].astype(np.float32))[0, 0] for member in members)
cases.append(
    {
        "name": "boosted trees, in log-odds",
        "trees": arrays(members, lambda member: rate * member.value[:, 0, 0]),
        "rows": test,
        "start": start,
        "predictions": log_odds,
        "base": np.ravel(explainer.expected_value)[0],
        "values": explainer.shap_values(test),
    }
)

line = LogisticRegression(C=1.0, tol=1e-10, max_iter=10_000).fit(x, y)
linear = shap.LinearExplainer(line, shap.maskers.Independent(x, max_samples=len(x)))
dependence = []
for column in (0, 3):
    grid = np.array([-3.0, -1.0, 0.5, 2.0])
    result = partial_dependence(
        forest, x[:40], [column], custom_values={column: grid}, method="brute", kind="both", response_method="predict_proba"
    )
    single = result["individual"][0]
    dependence.append(
        {
            "column": column,
            "grid": grid,
            "mean": result["average"][0],
            "low": np.quantile(single, 0.1, axis=0),
            "high": np.quantile(single, 0.9, axis=0),
        }
    )

switches = (rng.random((60, 4)) < 0.6).astype(float)
answers = 0.3 + switches @ np.array([0.2, -0.1, 0.05, 0.0]) + rng.normal(0, 0.05, 60)
weights = rng.random(60) + 0.1
ridge = Ridge(alpha=1.0, solver="cholesky").fit(switches, answers, sample_weight=weights)

write_golden(
    __file__,
    {
        "treeShap": cases,
        "linearShap": {
            "coefficients": line.coef_[0],
            "means": x.mean(axis=0),
            "intercept": line.intercept_[0],
            "rows": test,
            "base": linear.expected_value,
            "values": linear.shap_values(test),
        },
        "partialDependence": {"rows": x[:40], "cases": dependence},
        "weightedRidge": {
            "switches": switches,
            "answers": answers,
            "weights": weights,
            "penalty": 1.0,
            "effects": ridge.coef_,
            "intercept": ridge.intercept_,
            "fit": ridge.score(switches, answers, sample_weight=weights),
        },
    },
    tool="shap, scikit-learn",
    version=f"{shap.__version__}, {sklearn.__version__}",
    seed=SEED,
)
