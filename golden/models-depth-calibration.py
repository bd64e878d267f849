"""scikit-learn's isotonic regression and Platt's sigmoid on made-up scores, ties and row weights among them."""

import numpy as np
import sklearn
from golden_writer import write_golden
from sklearn.calibration import _SigmoidCalibration
from sklearn.isotonic import IsotonicRegression

SEED = 20240603
random = np.random.default_rng(SEED)
ROWS = 160
asked = np.round(np.linspace(-0.2, 1.2, 57), 3)


def customers(digits, steepness):
    scores = np.round(random.beta(1.5, 3, ROWS), digits)
    truth = 1 / (1 + np.exp(-steepness * (scores - 0.45)))
    return scores, (random.uniform(size=ROWS) < truth).astype(int)


isotonic, sigmoid = [], []
for digits, steepness in [(6, 6), (2, 6), (1, 3), (6, 0)]:
    scores, labels = customers(digits, steepness)
    weights = np.round(random.uniform(0, 3, ROWS), 2)
    weights[:6] = 0
    for row_weights in (None, weights):
        model = IsotonicRegression(out_of_bounds="clip").fit(scores, labels, sample_weight=row_weights)
        isotonic.append(
            {
                "scores": scores,
                "labels": labels,
                "weights": row_weights,
                "knots": model.X_thresholds_,
                "values": model.y_thresholds_,
                "answers": model.predict(asked),
            }
        )
        for margins in (scores, np.round(np.log(np.clip(scores, 0.01, 0.99) / (1 - np.clip(scores, 0.01, 0.99))), 6)):
            calibration = _SigmoidCalibration().fit(margins, labels, sample_weight=row_weights)
            sigmoid.append(
                {
                    "margins": margins,
                    "labels": labels,
                    "weights": row_weights,
                    "a": calibration.a_,
                    "b": calibration.b_,
                    "answers": calibration.predict(asked),
                }
            )

write_golden(
    __file__,
    {"asked": asked, "isotonic": isotonic, "sigmoid": sigmoid},
    tool="scikit-learn",
    version=sklearn.__version__,
    seed=SEED,
)
