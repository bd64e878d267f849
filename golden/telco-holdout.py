"""What scikit-learn's logistic regression reaches on the telco table, on the rows that `train` learns from and holds out.

The rows come from holdout-rows.json. Preprocessing is that of a new project file, learned from the training rows:
numbers get the median, are clipped 1.5 quartile distances beyond the quartiles (not where the quartiles are equal)
and standardised; categories get a column a level. Kept are areas under the curve and, for one seed, the weights.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from acceptance import parts_of_rows, preprocessing
from golden_writer import write_golden
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "shared" / "data"
L2 = [0.1, 1, 10]
SEED_OF_WEIGHTS = "42"
NUMBERS = ["SeniorCitizen", "tenure", "MonthlyCharges", "TotalCharges"]
NO_FEATURES = ["customerID", "Churn"]


def read():
    frame = pd.read_csv(DATA / "telco.csv", dtype=str, keep_default_na=False)
    labels = (frame["Churn"] == "Yes").to_numpy(int)
    frame = frame.drop(columns=NO_FEATURES).apply(lambda column: column.str.strip()).astype(object)
    frame = frame.replace("", np.nan)
    frame[NUMBERS] = frame[NUMBERS].astype(float)
    return frame, labels


def names_of(fitted, categories):
    levels = fitted.named_transformers_["categories"][-1].categories_
    return NUMBERS + [f"{name}={level}" for name, seen in zip(categories, levels) for level in seen]


def main():
    table = json.loads((HERE / "holdout-rows.json").read_text(encoding="utf-8"))["telco"]
    frame, labels = read()
    assert len(frame) == table["rows"]
    categories = [name for name in frame.columns if name not in NUMBERS]
    areas = {str(l2): {} for l2 in L2}
    weights = {}
    counts = {}
    for seed, packed in table["parts"].items():
        part = parts_of_rows(packed, len(frame))
        train, test = part == 0, part == 2
        steps = preprocessing(NUMBERS, categories)
        rows = steps.fit_transform(frame[train])
        held_out = steps.transform(frame[test])
        counts[seed] = [int(train.sum()), int(test.sum()), int(labels[train].sum()), int(labels[test].sum())]
        for l2 in L2:
            model = LogisticRegression(C=1 / l2, solver="newton-cholesky", tol=1e-13, max_iter=1000)
            model.fit(rows, labels[train])
            areas[str(l2)][seed] = roc_auc_score(labels[test], model.predict_proba(held_out)[:, 1])
            if seed == SEED_OF_WEIGHTS:
                weights[str(l2)] = {
                    "intercept": model.intercept_[0],
                    **dict(zip(names_of(steps, categories), model.coef_[0], strict=True)),
                }
    write_golden(
        __file__,
        {
            "trainTestChurnedTrainChurnedTest": counts,
            "l2": {
                key: {"rocAuc": by_seed, "mean": np.mean(list(by_seed.values()))} for key, by_seed in areas.items()
            },
            "weights": {"seed": int(SEED_OF_WEIGHTS), "l2": weights},
        },
        tool="scikit-learn",
        version=sklearn.__version__,
    )


main()
