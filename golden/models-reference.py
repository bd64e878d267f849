"""What scikit-learn's forest and logistic regression reach on the two real tables, on rows that both sides can find.

Kept are row counts and areas under the curve only. A row is a test row of split s when
(row * 7919 + s * 104729) % 100 < 20, rows counted from 0. Empty numbers become the median of the training rows, a
category becomes one column a level (levels sorted, an empty cell is a level of its own), and the regression's number
columns are standardised on the training rows.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from golden_writer import write_golden
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SPLITS, STATES = 5, 5
TABLES = {
    "bank": {
        "target": ("Exited", "1"),
        "numbers": [
            "CreditScore", "Age", "Tenure", "Balance", "NumOfProducts", "HasCrCard", "IsActiveMember", "EstimatedSalary",
        ],
        "categories": ["Geography", "Gender"],
    },
    "telco": {
        "target": ("Churn", "Yes"),
        "numbers": ["SeniorCitizen", "tenure", "MonthlyCharges", "TotalCharges"],
        "categories": [
            "gender", "Partner", "Dependents", "PhoneService", "MultipleLines", "InternetService", "OnlineSecurity",
            "OnlineBackup", "DeviceProtection", "TechSupport", "StreamingTV", "StreamingMovies", "Contract",
            "PaperlessBilling", "PaymentMethod",
        ],
    },
}
FOREST = {"n_estimators": 100, "max_depth": 10, "min_samples_split": 5, "min_samples_leaf": 2}
L2 = 1.0


def columns(frame, spec):
    numbers = frame[spec["numbers"]].apply(lambda column: pd.to_numeric(column.str.strip(), errors="coerce"))
    flags = [
        (frame[name] == level).to_numpy(float)
        for name in spec["categories"]
        for level in sorted(frame[name].unique())
    ]
    return numbers.to_numpy(float), np.column_stack(flags)


def split(count, seed):
    rows = np.arange(count)
    return (rows * 7919 + seed * 104729) % 100 < 20


def measure(name, spec):
    frame = pd.read_csv(DATA / f"{name}.csv", dtype=str, keep_default_na=False)
    target, churned = spec["target"]
    labels = (frame[target] == churned).to_numpy(int)
    numbers, flags = columns(frame, spec)
    forest, regression, test_rows, test_churned = [], [], [], []
    for seed in range(SPLITS):
        test = split(len(frame), seed)
        filled = np.where(np.isnan(numbers), np.nanmedian(numbers[~test], axis=0), numbers)
        rows = np.column_stack([filled, flags])
        scaled = np.column_stack([(filled - filled[~test].mean(axis=0)) / filled[~test].std(axis=0), flags])
        test_rows.append(int(test.sum()))
        test_churned.append(int(labels[test].sum()))
        model = LogisticRegression(C=1 / L2, solver="newton-cholesky", tol=1e-12, max_iter=1000)
        model.fit(scaled[~test], labels[~test])
        regression.append(roc_auc_score(labels[test], model.predict_proba(scaled[test])[:, 1]))
        for state in range(STATES):
            model = RandomForestClassifier(random_state=1000 * seed + state, n_jobs=1, **FOREST)
            model.fit(rows[~test], labels[~test])
            forest.append(roc_auc_score(labels[test], model.predict_proba(rows[test])[:, 1]))
    return {
        "rows": len(frame),
        "columns": int(flags.shape[1] + numbers.shape[1]),
        "testRows": test_rows,
        "testChurned": test_churned,
        "forest": {
            "mean": np.mean(forest),
            "sd": np.std(forest, ddof=1),
            "splitMeans": np.reshape(forest, (SPLITS, STATES)).mean(axis=1),
        },
        "regression": {"l2": L2, "rocAuc": regression},
        "numbers": spec["numbers"],
        "categories": spec["categories"],
        "target": list(spec["target"]),
    }


write_golden(
    __file__,
    {"splits": SPLITS, "states": STATES, **{name: measure(name, spec) for name, spec in TABLES.items()}},
    tool="scikit-learn",
    version=sklearn.__version__,
)
