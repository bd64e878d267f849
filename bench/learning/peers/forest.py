"""Random forests of scikit-learn, grown to the end as its defaults have it, on the rows that a split does not hold out."""

import numpy as np
from peer import Timed, auc, serve
from sklearn.ensemble import RandomForestClassifier


def forest(rows, split, state, trees):
    held = rows.marks[f"hold-out {split}"] == 1
    # In single precision, as it asks for: no copy stands in its time.
    x, y = rows.matrix(np.float32), rows.labels
    train, labels, test, answers = x[~held], y[~held], x[held], y[held]
    model = RandomForestClassifier(n_estimators=trees, random_state=state, n_jobs=1)
    with Timed() as timed:
        model.fit(train, labels)
    nodes = sum(tree.tree_.node_count for tree in model.estimators_)
    return timed.told(auc=auc(answers, model.predict_proba(test)[:, 1]), trees=len(model.estimators_), nodes=nodes / trees)


serve(forest)
