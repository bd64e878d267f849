"""What scikit-learn's random forest of the bank document reaches on the bank table, on the rows that `train` uses.

The rows come from holdout-rows.json: 0.2 held out, 0.16 for validation. Preprocessing is that of a new project file,
learned from the training rows: numbers get the median, are clipped 1.5 quartile distances beyond the quartiles (not
where the quartiles are equal) and standardised; categories get a column a level. RowNumber, CustomerId and Surname
are left out. Kept are areas under the curve only.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from acceptance import parts_of_rows, preprocessing
from golden_writer import write_golden
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "shared" / "data"
STATES = 5
FOREST = {"n_estimators": 100, "max_depth": 10, "min_samples_split": 5, "min_samples_leaf": 2}
CATEGORIES = ["Geography", "Gender"]
NO_FEATURES = ["RowNumber", "CustomerId", "Surname", "Exited"]


def read():
    frame = pd.read_csv(DATA / "bank.csv", dtype=str, keep_default_na=False)
    labels = (frame["Exited"] == "1").to_numpy(int)
    frame = frame.drop(columns=NO_FEATURES).apply(lambda column: column.str.strip()).astype(object)
    frame = frame.replace("", np.nan)
    numbers = [name for name in frame.columns if name not in CATEGORIES]
    frame[numbers] = frame[numbers].astype(float)
    return frame, numbers, labels


def main():
    table = json.loads((HERE / "holdout-rows.json").read_text(encoding="utf-8"))["bank"]
    frame, numbers, labels = read()
    assert len(frame) == table["rows"]
    areas = {}
    counts = {}
    for seed, packed in table["parts"].items():
        part = parts_of_rows(packed, len(frame))
        train, test = part == 0, part == 2
        steps = preprocessing(numbers, CATEGORIES)
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
