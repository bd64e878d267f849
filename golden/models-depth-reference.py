"""What scikit-learn's network and histogram boosting reach on the two real tables, on the rows of models-reference.py.

Kept are areas under the curve only. The network sees number columns standardised on the training rows and one column
a level. Boosting sees numbers as they are, empty ones missing, and categories as such.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from golden_writer import write_golden
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.neural_network import MLPClassifier

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "shared" / "data"
TABLES = json.loads((HERE / "models-reference.json").read_text(encoding="utf-8"))
SPLITS, STATES = 5, 5
NETWORK = {"hidden_layer_sizes": (64,), "alpha": 1e-4, "learning_rate_init": 1e-3, "early_stopping": True}
BOOSTINGS = {
    "usual": {"learning_rate": 0.1, "max_leaf_nodes": 31, "max_iter": 100, "min_samples_leaf": 20, "l2_regularization": 0.0},
    "small": {"learning_rate": 0.05, "max_leaf_nodes": 8, "max_iter": 150, "min_samples_leaf": 20, "l2_regularization": 1.0},
}


def spread(areas):
    areas = np.reshape(areas, (SPLITS, -1))
    return {"mean": areas.mean(), "splitMeans": areas.mean(axis=1)}


def measure(name):
    spec = TABLES[name]
    frame = pd.read_csv(DATA / f"{name}.csv", dtype=str, keep_default_na=False)
    target, churned = spec["target"]
    labels = (frame[target] == churned).to_numpy(int)
    numbers = frame[spec["numbers"]].apply(lambda column: pd.to_numeric(column.str.strip(), errors="coerce")).to_numpy(float)
    flags = np.column_stack(
        [(frame[c] == level).to_numpy(float) for c in spec["categories"] for level in sorted(frame[c].unique())]
    )
    codes = np.column_stack([np.unique(frame[c], return_inverse=True)[1] for c in spec["categories"]]).astype(float)
    raw = np.column_stack([numbers, codes])
    is_category = [False] * numbers.shape[1] + [True] * codes.shape[1]
    network, boosting = [], {key: [] for key in BOOSTINGS}
    for seed in range(SPLITS):
        test = (np.arange(len(frame)) * 7919 + seed * 104729) % 100 < 20
        filled = np.where(np.isnan(numbers), np.nanmedian(numbers[~test], axis=0), numbers)
        scaled = np.column_stack([(filled - filled[~test].mean(axis=0)) / filled[~test].std(axis=0), flags])
        for state in range(STATES):
            model = MLPClassifier(random_state=1000 * seed + state, **NETWORK).fit(scaled[~test], labels[~test])
            network.append(roc_auc_score(labels[test], model.predict_proba(scaled[test])[:, 1]))
        for key, settings in BOOSTINGS.items():
            model = HistGradientBoostingClassifier(
                early_stopping=False, categorical_features=is_category, random_state=seed, **settings
            )
            model.fit(raw[~test], labels[~test])
            boosting[key].append(roc_auc_score(labels[test], model.predict_proba(raw[test])[:, 1]))
    return {"network": spread(network), "boosting": {key: spread(areas) for key, areas in boosting.items()}}


write_golden(
    __file__,
    {"splits": SPLITS, "states": STATES, "bank": measure("bank"), "telco": measure("telco")},
    tool="scikit-learn",
    version=sklearn.__version__,
)
