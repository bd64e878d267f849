"""What scikit-learn reaches in five stratified folds over the whole telco and bank tables, each row held out once.

Preprocessing is that of a new project file, learned inside each fold. Two shuffles of the folds, so that the spread of
a figure is seen. Kept are means of the folds' areas under the curve only.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from acceptance import preprocessing
from golden_writer import write_golden
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "shared" / "data"
TABLES = {
    "telco": {"target": ("Churn", "Yes"), "drop": ["customerID"]},
    "bank": {"target": ("Exited", "1"), "drop": ["RowNumber", "CustomerId", "Surname"]},
}
MODELS = {
    "logistic-regression": lambda state: LogisticRegression(C=1, solver="newton-cholesky", max_iter=1000),
    "random-forest": lambda state: RandomForestClassifier(
        n_estimators=100, max_depth=10, min_samples_leaf=5, random_state=state, n_jobs=1
    ),
    "histogram-boosting": lambda state: HistGradientBoostingClassifier(
        learning_rate=0.05, max_iter=100, max_leaf_nodes=15, random_state=state
    ),
}
SHUFFLES = [0, 1]


def read(name):
    target, churned = TABLES[name]["target"]
    frame = pd.read_csv(DATA / f"{name}.csv", dtype=str, keep_default_na=False)
    labels = (frame[target] == churned).to_numpy(int)
    frame = frame.drop(columns=[target, *TABLES[name]["drop"]]).apply(lambda column: column.str.strip())
    frame = frame.astype(object).replace("", np.nan)
    numbers = []
    for column in frame.columns:
        values = pd.to_numeric(frame[column], errors="coerce")
        if values.notna().sum() == frame[column].notna().sum():
            frame[column] = values
            numbers.append(column)
    return frame, numbers, [column for column in frame.columns if column not in numbers], labels


def main():
    answers = {}
    for name in TABLES:
        frame, numbers, categories, labels = read(name)
        answers[name] = {}
        for model, make in MODELS.items():
            areas = []
            for shuffle in SHUFFLES:
                folds = StratifiedKFold(5, shuffle=True, random_state=shuffle).split(frame, labels)
                for train, held in folds:
                    steps = preprocessing(numbers, categories)
                    fitted = make(shuffle).fit(steps.fit_transform(frame.iloc[train]), labels[train])
                    scores = fitted.predict_proba(steps.transform(frame.iloc[held]))[:, 1]
                    areas.append(roc_auc_score(labels[held], scores))
            answers[name][model] = {"mean": np.mean(areas), "sdOfFolds": np.std(areas, ddof=1)}
    write_golden(__file__, answers, tool="scikit-learn", version=sklearn.__version__)


main()
