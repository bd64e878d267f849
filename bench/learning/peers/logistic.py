"""Logistic regression of scikit-learn, from columns to coefficients; the copy that makes a matrix of them is part of it."""

from peer import Timed, keep, serve

import numpy as np
from sklearn.linear_model import LogisticRegression


def fit(rows, solver, single, tolerance, fits):
    """`fits` times the same; the coefficients and last the intercept are handed back."""
    dtype = np.float32 if single else np.float64
    columns = [np.array(column) for column in rows.values]
    with Timed() as timed:
        for _ in range(fits):
            matrix = np.empty((rows.count, len(columns)), dtype=dtype)
            for place, column in enumerate(columns):
                matrix[:, place] = column
            model = LogisticRegression(C=1.0, solver=solver, tol=tolerance, max_iter=1000).fit(matrix, rows.labels)
    keep("found", np.append(model.coef_[0], model.intercept_))
    return timed.told(steps=model.n_iter_[0])


serve(fit)
