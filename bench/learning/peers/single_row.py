"""One row at a time: scikit-learn's predict_proba, and the same models in onnxruntime."""

from peer import Timed, auc, log_loss, serve

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

# Fitted once, by kind.
models = {
    "logistic": LogisticRegression(C=1.0, max_iter=1000),
    "network": MLPClassifier((64, 32), early_stopping=True, random_state=0),
}
scorers = {}


def scorer(kind, how, x, y):
    """What answers P(churn) of one row."""
    if not hasattr(models[kind], "classes_"):
        models[kind].fit(x, y)
    if how == "scikit-learn":
        return lambda row: models[kind].predict_proba(row)[0, 1]

    import onnxruntime
    from skl2onnx import to_onnx

    graph = to_onnx(models[kind], x[:1], options={"zipmap": False})
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = settings.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(graph.SerializeToString(), settings, providers=["CPUExecutionProvider"])
    name, output = session.get_inputs()[0].name, session.get_outputs()[1].name
    return lambda row: session.run([output], {name: row})[0][0, 1]


def run(rows, kind, how, count, group, times):
    """By turns in groups, each so many times: as the other side asks."""
    x = rows.matrix(np.float32)
    if (kind, how) not in scorers:
        scorers[kind, how] = scorer(kind, how, x, rows.labels)
    score = scorers[kind, how]
    singles = [x[i : i + 1] for i in range(count)]
    scores = np.empty(count)
    with Timed() as timed:
        for first in range(0, count, group):
            for _ in range(times):
                for i in range(first, first + group):
                    scores[i] = score(singles[i])
    labels = rows.labels[:count]
    return timed.told(auc=auc(labels, scores), logLoss=log_loss(labels, scores))


def logistic(rows, **asked):
    return run(rows, "logistic", **asked)


def network(rows, **asked):
    return run(rows, "network", **asked)


serve(logistic, network)
