"""Logistic regression of scikit-learn on the customers of a seed, prepared as users prepare them."""

from peer import Timed, auc, log_loss, serve

from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler


def logistic_regression(rows, seed):
    """`part SEED` is 0 for training, 1 for validation, 2 for the hold-out, as `train` cuts by this seed."""
    frame, part = rows.frame(), rows.marks[f"part {seed}"]
    categories = [column["name"] for column in rows.columns if column["kind"] == "category"]
    numbers = [column["name"] for column in rows.columns if column["kind"] != "category"]
    train, held = part == 0, part == 2
    model = make_pipeline(
        make_column_transformer(
            (make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), numbers),
            (OneHotEncoder(handle_unknown="ignore"), categories),
        ),
        LogisticRegression(C=1.0, max_iter=1000),
    )
    with Timed() as timed:
        model.fit(frame[train], rows.labels[train])
    scores = model.predict_proba(frame[held])[:, 1]
    return timed.told(auc=auc(rows.labels[held], scores), logLoss=log_loss(rows.labels[held], scores))


serve(logistic_regression)
