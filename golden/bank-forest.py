"""What scikit-learn's random forest of the bank document reaches on the bank table, on the rows that `train` uses.

The rows come from holdout-rows.json: 0.2 held out, 0.16 for validation. Preprocessing is that of a new project file,
learned from the training rows: numbers get the median, are clipped 1.5 quartile distances beyond the quartiles (not
where the quartiles are equal) and standardised; categories get a column a level. RowNumber, CustomerId and Surname
are left out. Kept are areas under the curve only.
"""

import base64
import json
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from golden_writer import write_golden
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "shared" / "data"
STATES = 5
FOREST = {"n_estimators": 100, "max_depth": 10, "min_samples_split": 5, "min_samples_leaf": 2}
CATEGORIES = ["Geography", "Gender"]
NO_FEATURES = ["RowNumber", "CustomerId", "Surname", "Exited"]


class IqrClip(TransformerMixin, BaseEstimator):
    def fit(self, X, y=None):
        q1, q3 = np.percentile(X, [25, 75], axis=0)
        width = np.where(q3 > q1, 1.5 * (q3 - q1), np.inf)
        self.lower_, self.upper_ = q1 - width, q3 + width
        return self

    def transform(self, X):
        return np.clip(X, self.lower_, self.upper_)


def read():
    frame = pd.read_csv(DATA / "bank.csv", dtype=str, keep_default_na=False)
    labels = (frame["Exited"] == "1").to_numpy(int)
    frame = frame.drop(columns=NO_FEATURES).apply(lambda column: column.str.strip()).astype(object)
    frame = frame.replace("", np.nan)
    numbers = [name for name in frame.columns if name not in CATEGORIES]
    frame[numbers] = frame[numbers].astype(float)
    return frame, numbers, labels


def parts_of_rows(packed, rows):
    """0 training, 1 validation, 2 hold-out; two bits a row, the lowest bits first."""
    packed = np.frombuffer(base64.b64decode(packed), dtype=np.uint8)
    parts = (packed[:, None] >> np.array([0, 2, 4, 6], dtype=np.uint8) & 3).ravel()
    assert len(parts) - rows in range(4) and parts.max() == 2
    return parts[:rows]


def preprocessing(numbers):
    return ColumnTransformer([
        ("numbers", make_pipeline(SimpleImputer(strategy="median"), IqrClip(), StandardScaler()), numbers),
        (
            "categories",
            make_pipeline(
                SimpleImputer(strategy="constant", fill_value="missing"),
                OneHotEncoder(handle_unknown="ignore", sparse_output=False),
            ),
            CATEGORIES,
        ),
    ])


def main():
    table = json.loads((HERE / "holdout-rows.json").read_text(encoding="utf-8"))["bank"]
    frame, numbers, labels = read()
    assert len(frame) == table["rows"]
    areas = {}
    counts = {}
    for seed, packed in table["parts"].items():
        part = parts_of_rows(packed, len(frame))
        train, test = part == 0, part == 2
        steps = preprocessing(numbers)
        rows = steps.fit_transform(frame[train])
        held_out = steps.transform(frame[test])
        counts[seed] = [int(train.sum()), int(test.sum()), int(labels[train].sum()), int(labels[test].sum())]
        areas[seed] = []
        for state in range(STATES):
            model = RandomForestClassifier(random_state=1000 * int(seed) + state, n_jobs=1, **FOREST)
            model.fit(rows, labels[train])
            areas[seed].append(roc_auc_score(labels[test], model.predict_proba(held_out)[:, 1]))
    every = np.array(list(areas.values()))
    write_golden(
        __file__,
        {
            "features": [*numbers, *CATEGORIES],
            "trainTestChurnedTrainChurnedTest": counts,
            "forest": {
                "params": FOREST,
                "states": STATES,
                "rocAuc": areas,
                "splitMeans": every.mean(axis=1),
                "mean": every.mean(),
                "sdOfStates": every.std(axis=1, ddof=1).mean(),
            },
        },
        tool="scikit-learn",
        version=sklearn.__version__,
    )


main()
