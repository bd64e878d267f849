"""What scikit-learn's histogram boosting, with its defaults, reaches on the bank table, on the rows that `train` uses.

The rows come from holdout-rows.json: 0.2 held out, 0.16 for validation, the rest to learn from. Numbers stay as they
are, Geography and Gender are categories; RowNumber, CustomerId and Surname are left out. Nothing in it is random at
this size. Kept are areas under the curve only.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from acceptance import parts_of_rows
from golden_writer import write_golden
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "shared" / "data"
CATEGORIES = ["Geography", "Gender"]
NO_FEATURES = ["RowNumber", "CustomerId", "Surname", "Exited"]


def main():
    table = json.loads((HERE / "holdout-rows.json").read_text(encoding="utf-8"))["bank"]
    frame = pd.read_csv(DATA / "bank.csv")
    labels = frame["Exited"].to_numpy(int)
    frame = frame.drop(columns=NO_FEATURES)
    frame[CATEGORIES] = frame[CATEGORIES].astype("category")
    assert len(frame) == table["rows"]
    areas = {}
    for seed, packed in table["parts"].items():
        part = parts_of_rows(packed, len(frame))
        train, test = part == 0, part == 2
        model = HistGradientBoostingClassifier(categorical_features="from_dtype", random_state=0)
        model.fit(frame[train], labels[train])
        areas[seed] = roc_auc_score(labels[test], model.predict_proba(frame[test])[:, 1])
    write_golden(
        __file__,
        {"rocAuc": areas, "mean": np.mean(list(areas.values()))},
        tool="scikit-learn",
        version=sklearn.__version__,
    )


main()
