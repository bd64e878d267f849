"""Raw scores and SHAP values (pred_contrib) of boosted trees by LightGBM, on numbers and a category with missing values.

The trees are written out as arrays, so that both sides score and explain the same trees.
"""

import lightgbm as lgb
import numpy as np
from golden_writer import write_golden

SEED = 31
NUMBERS = 4
LEVELS = 12
rng = np.random.default_rng(SEED)


def table(rows):
    numbers = np.round(rng.normal(0, 2, (rows, NUMBERS)) * 16) / 16
    levels = rng.integers(0, LEVELS, (rows, 1)).astype(float)
    x = np.hstack([numbers, levels])
    x[rng.random(x.shape) < 0.08] = np.nan
    return x


def outcomes(x):
    known = np.nan_to_num(x)
    z = 0.7 * known[:, 0] - 0.5 * known[:, 1] * (known[:, 2] > 0) + 0.8 * np.isin(known[:, 4], [1, 3, 8]) + np.isnan(x[:, 3]) - 0.6
    return (rng.random(len(x)) < 1 / (1 + np.exp(-z))).astype(int)


def arrays(model):
    """All trees behind each other, parents before their children; leaves have feature -1."""
    parts = {key: [] for key in ("feature", "threshold", "left", "right", "value", "cover", "missingLeft", "levels")}

    def add(node):
        place = len(parts["feature"])
        is_leaf = "leaf_value" in node
        is_category = not is_leaf and node["decision_type"] == "=="
        parts["feature"].append(-1 if is_leaf else node["split_feature"])
        parts["threshold"].append(0 if is_leaf or is_category else node["threshold"])
        parts["value"].append(node["leaf_value"] if is_leaf else node["internal_value"])
        parts["cover"].append(node["leaf_count"] if is_leaf else node["internal_count"])
        # Where no category was missing, missing ones go right.
        parts["missingLeft"].append(int(not is_leaf and not is_category and node["default_left"]))
        parts["levels"].append([int(level) for level in node["threshold"].split("||")] if is_category else [])
        assert is_leaf or is_category or node["missing_type"] == "NaN", node
        for side in ("left", "right"):
            parts[side].append(0)
        if not is_leaf:
            for side in ("left", "right"):
                parts[side][place] = len(parts["feature"])
                add(node[f"{side}_child"])

    roots = [0]
    for tree in model.dump_model()["tree_info"]:
        add(tree["tree_structure"])
        roots.append(len(parts["feature"]))
    return {"roots": roots, **parts}


x, rows = table(1500), table(40)
settings = {
    "objective": "binary",
    "num_leaves": 14,
    "learning_rate": 0.2,
    "min_data_in_leaf": 10,
    "max_cat_to_onehot": 1,
    "min_data_per_group": 10,
    "num_threads": 1,
    "seed": SEED,
    "deterministic": True,
    "verbosity": -1,
}
model = lgb.train(settings, lgb.Dataset(x, outcomes(x), categorical_feature=[NUMBERS]), num_boost_round=15)
explained = model.predict(rows, pred_contrib=True, num_threads=1)

write_golden(
    __file__,
    {
        "trees": arrays(model),
        "rows": rows,
        "raw": model.predict(rows, raw_score=True, num_threads=1),
        "base": explained[0, -1],
        "values": explained[:, :-1],
    },
    tool="lightgbm",
    version=lgb.__version__,
    seed=SEED,
)
