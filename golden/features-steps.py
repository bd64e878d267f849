"""What scikit-learn and pandas make of one small table: days, encoders that give numbers, selection, PCA."""

import numpy as np
import pandas as pd
import sklearn
from golden_writer import write_golden
from sklearn.decomposition import PCA
from sklearn.feature_selection import SelectFromModel
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import OrdinalEncoder, TargetEncoder
from sklearn.tree import DecisionTreeClassifier

SEED = 11
rng = np.random.default_rng(SEED)
LEVELS = ["monthly", "one year", "two year", "trial", "staff", "barter"]


def customers(rows, names):
    """Levels whose churn rates differ, and labels that follow them."""
    weights = np.array([50, 25, 15, 5, 3, 2] + [8] * (len(names) - len(LEVELS)), dtype=float)
    chosen = rng.choice(np.array(names, dtype=object), rows, p=weights / weights.sum())
    rates = dict(zip(names, [0.45, 0.2, 0.08, 0.6, 0.0, 0.5, 0.3], strict=False))
    labels = (rng.random(rows) < np.array([rates[level] for level in chosen])).astype(int)
    return chosen, labels


def ordinal(train, test):
    answers = {}
    for name, categories in {
        "byName": "auto",
        "inOrder": [["trial", "monthly", "one year", "two year", "staff", "barter"]],
    }.items():
        model = OrdinalEncoder(categories=categories, handle_unknown="use_encoded_value", unknown_value=-1)
        model.fit(train.reshape(-1, 1))
        answers[name] = model.transform(test.reshape(-1, 1))[:, 0]
    return answers


def target(train, labels, test):
    answers = {}
    for name, smooth in {"auto": "auto", "none": 0.0, "ten": 10.0}.items():
        model = TargetEncoder(smooth=smooth, target_type="binary").fit(train.reshape(-1, 1), labels)
        answers[name] = {
            "prior": model.target_mean_,
            "levels": list(model.categories_[0]),
            "rates": model.encodings_[0],
            "test": model.transform(test.reshape(-1, 1))[:, 0],
        }
    return answers


def numbers(rows):
    """Six columns, of which some say nearly what others say."""
    base = rng.normal(0, 1, (rows, 3)) * [1.0, 3.0, 0.4] + [5.0, -2.0, 100.0]
    return np.column_stack(
        [base, base[:, 0] * 2 + rng.normal(0, 0.5, rows), -base[:, 1] + rng.normal(0, 2.5, rows), base @ [1.0, 0.7, 1.3] + rng.normal(0, 0.3, rows)]
    )


def correlated(values, threshold):
    frame = pd.DataFrame(values, columns=[f"c{i}" for i in range(values.shape[1])])
    matrix = frame.corr().abs()
    upper = matrix.where(np.triu(np.ones(matrix.shape), k=1).astype(bool))
    return [name for name in upper.columns if any(upper[name] > threshold)]


def components(train, test):
    answers = {}
    for name, wanted in {"all": None, "two": 2, "share": 0.9}.items():
        model = PCA(n_components=wanted, svd_solver="full").fit(train)
        answers[name] = {
            "variances": model.explained_variance_,
            "vectors": model.components_,
            "test": model.transform(test),
        }
    return answers


def chosen(values, labels):
    """The kept columns of two models that give the same answer to everyone."""
    answers = {}
    for name, model in {
        "tree": DecisionTreeClassifier(max_depth=2, min_samples_leaf=10, random_state=0),
        "logistic": LogisticRegression(C=1.0, solver="newton-cholesky", tol=1e-14, max_iter=1000),
    }.items():
        selector = SelectFromModel(model, max_features=3, threshold=-np.inf).fit(values, labels)
        found = selector.estimator_
        importance = found.feature_importances_ if name == "tree" else np.abs(found.coef_[0])
        answers[name] = {"kept": np.flatnonzero(selector.get_support()), "importances": importance}
    return answers


def days():
    dates = pd.to_datetime(["2018-01-22", "2018-01-21T23:59:59", "2016-02-29", "1969-12-31", None, "2018-02-01"], format="ISO8601")
    later = pd.to_datetime(["2018-01-22", "2018-01-23", "2017-02-28", None, "2018-01-01", "2018-01-31T12:00"], format="ISO8601")
    reference = pd.Timestamp("2018-01-22")
    return {
        "dates": [None if pd.isna(date) else date.isoformat() for date in dates],
        "later": [None if pd.isna(date) else date.isoformat() for date in later],
        "reference": reference.date().isoformat(),
        "since": np.array((reference - dates).days, dtype=float),
        "between": np.array((later - dates).days, dtype=float),
        "weekday": [None if pd.isna(date) else date.day_name() for date in dates],
        "month": [None if pd.isna(date) else date.month_name() for date in dates],
        "quarter": [None if pd.isna(date) else f"Q{date.quarter}" for date in dates],
    }


def main():
    train, labels = customers(240, LEVELS)
    test, _ = customers(40, [*LEVELS, "lifetime"])
    table, more = numbers(160), numbers(30)
    holed = table.copy()
    holed[rng.random(holed.shape) < 0.1] = np.nan
    signal = (table - table.mean(axis=0)) / table.std(axis=0)
    outcome = (signal @ [1.2, 0.8, 0.0, 0.1, -0.6, 0.2] + rng.normal(0, 1, 160) > 0.3).astype(int)
    write_golden(
        __file__,
        {
            "train": train,
            "labels": labels,
            "test": test,
            "ordinal": ordinal(train, test),
            "target": target(train, labels, test),
            "numbers": table.T,
            "numbersHoled": holed.T,
            "moreNumbers": more.T,
            "outcome": outcome,
            "signal": signal.T,
            "correlated": {
                str(threshold): {"whole": correlated(table, threshold), "holed": correlated(holed, threshold)}
                for threshold in (0.95, 0.7, 0.3)
            },
            "pca": components(table, more),
            "topK": chosen(signal, outcome),
            "days": days(),
        },
        tool="scikit-learn, pandas and numpy",
        version=f"{sklearn.__version__}, {pd.__version__} and {np.__version__}",
        seed=SEED,
    )


main()
