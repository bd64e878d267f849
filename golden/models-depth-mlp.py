"""scikit-learn's MLPClassifier from given weights, over rows in a given order, on a small made-up table.

Its random draws are taken out: the first weights are handed to it, `shuffle` is off, and the rows set aside for early
stopping are the last ones. Kept are the losses and the weights, layer by layer: weights row-major, then biases.
"""

import warnings

import numpy as np
import sklearn
import sklearn.neural_network._multilayer_perceptron as module
from golden_writer import write_golden
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

SEED = 20240601
random = np.random.default_rng(SEED)
warnings.simplefilter("ignore", ConvergenceWarning)

ROWS, COLUMNS, HIDDEN, SET_ASIDE = 60, 5, (6, 4), 12
X = np.round(random.normal(size=(ROWS, COLUMNS)), 3)
X[:, 4] = X[:, 4] > 0.3
y = (X[:, 0] - np.abs(X[:, 1]) + X[:, 4] + random.normal(scale=0.5, size=ROWS) > 0).astype(int)
row_weights = np.round(random.uniform(0.2, 3, ROWS), 2)
SIZES = [COLUMNS, *HIDDEN, 1]
START = [
    (np.round(random.uniform(-0.9, 0.9, (i, o)), 4), np.round(random.uniform(-0.5, 0.5, o), 4))
    for i, o in zip(SIZES[:-1], SIZES[1:])
]


class Given(MLPClassifier):
    """Starts from START."""

    def _init_coef(self, fan_in, fan_out, dtype):
        index = [coefficients.shape for coefficients, _ in START].index((fan_in, fan_out))
        return tuple(part.copy() for part in START[index])


def last_rows_aside(*arrays, **_):
    return [part for array in arrays for part in (array[:-SET_ASIDE], array[-SET_ASIDE:])]


module.train_test_split = last_rows_aside


def packed(layers):
    return np.concatenate([part.ravel() for layer in layers for part in layer])


def fit(weights=None, **settings):
    model = Given(hidden_layer_sizes=HIDDEN, shuffle=False, **settings)
    model.fit(X, y, sample_weight=weights)
    answer = {
        "weights": packed(zip(model.coefs_, model.intercepts_)),
        "epochs": model.n_iter_,
        "loss": model.loss_,
        "scores": model.predict_proba(X[:8])[:, 1],
    }
    if settings.get("early_stopping"):
        answer["accuracies"] = model.validation_scores_
    return answer


usual = {"alpha": 0.01, "learning_rate_init": 0.02}
write_golden(
    __file__,
    {
        "columns": COLUMNS,
        "rows": X,
        "labels": y,
        "rowWeights": row_weights,
        "sizes": SIZES,
        "start": packed(START),
        "oneStep": fit(**usual, batch_size=ROWS, max_iter=1),
        "oneWeightedStep": fit(row_weights, **usual, batch_size=ROWS, max_iter=1),
        "threeEpochs": fit(**usual, batch_size=16, max_iter=3),
        "weightedEpochs": fit(row_weights, **usual, batch_size=16, max_iter=3),
        "byLoss": fit(**usual, batch_size=16, max_iter=400, n_iter_no_change=3, tol=5e-3),
        "earlyStopping": fit(**usual, batch_size=16, max_iter=400, n_iter_no_change=4, tol=1e-4, early_stopping=True),
    },
    tool="scikit-learn",
    version=sklearn.__version__,
    seed=SEED,
)
