"""The grid of neural networks: GridSearchCV as a user would run it, and the same 80 fits alone in one process."""

from peer import Timed, serve

import numpy as np
from sklearn.metrics import get_scorer
from sklearn.model_selection import GridSearchCV, ParameterGrid
from sklearn.neural_network import MLPClassifier


def network(max_epochs, seed):
    return MLPClassifier(
        solver="adam",
        batch_size=200,
        early_stopping=True,
        validation_fraction=0.1,
        n_iter_no_change=10,
        tol=1e-4,
        max_iter=max_epochs,
        random_state=seed,
    )


def grid_of(grid):
    return {
        "hidden_layer_sizes": [tuple(sizes) for sizes in grid["hidden"]],
        "alpha": grid["alpha"],
        "learning_rate_init": grid["learningRate"],
    }


def folds_of(rows):
    fold = rows.marks["fold"]
    return [(np.flatnonzero(fold != k), np.flatnonzero(fold == k)) for k in range(int(fold.max()) + 1)]


def weights_of(model):
    return sum(w.size + b.size for w, b in zip(model.coefs_, model.intercepts_))


ranking = get_scorer("roc_auc")


def auc_and_work(model, x, y):
    return {"auc": ranking(model, x, y), "work": model.n_iter_ * weights_of(model)}


def search(rows, grid, max_epochs, seed):
    """Asked with the CPU of the whole process tree: the fits run in two processes of joblib. All have one seed, as a user would give it."""
    x, y, folds = rows.matrix(np.float32), rows.labels, folds_of(rows)
    with Timed() as timed:
        found = GridSearchCV(network(max_epochs, seed), grid_of(grid), scoring=auc_and_work, cv=folds, n_jobs=2, refit=False).fit(x, y)
    aucs = found.cv_results_["mean_test_auc"]
    work = found.cv_results_["mean_test_work"].sum() * len(folds)
    return timed.told(auc=aucs.max(), meanAuc=aucs.mean(), fits=len(aucs) * len(folds), work=work / 1e6)


def fits(rows, grid, max_epochs, seed):
    """Nothing but the fits, each with a seed of its own; their AUC and their work are found out when the clock has stopped."""
    from peer import auc

    x, y = rows.matrix(np.float32), rows.labels
    folds = [(x[train], y[train], x[held], y[held]) for train, held in folds_of(rows)]
    chosen = list(ParameterGrid(grid_of(grid)))
    with Timed() as timed:
        models = [
            [network(max_epochs, (1000 * seed + i) * 10 + k).set_params(**one).fit(train, labels) for k, (train, labels, _, _) in enumerate(folds)]
            for i, one in enumerate(chosen)
        ]
    means = [np.mean([auc(labels, model.predict_proba(held)[:, 1]) for model, (_, _, held, labels) in zip(row, folds)]) for row in models]
    work = sum(model.n_iter_ * weights_of(model) for row in models for model in row)
    return timed.told(auc=max(means), meanAuc=np.mean(means), fits=len(chosen) * len(folds), work=work / 1e6)


serve(search, fits)
