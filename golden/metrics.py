"""Metrics by scikit-learn, Wilson's interval by SciPy; DeLong, ECE, lift and gain by their definitions in plain numpy."""

import numpy as np
import sklearn
from golden_writer import write_golden
from scipy.stats import binomtest, norm
from sklearn import metrics

SEED = 20
rng = np.random.default_rng(SEED)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def customers(rows, centre, spread=1.5):
    z = rng.normal(centre, spread, rows)
    labels = (rng.random(rows) < sigmoid(z)).astype(int)
    labels[:2] = [1, 0]
    return labels, sigmoid(1.2 * z + 0.1)


def ece(labels, scores, weights):
    """Ten bins of equal mass; tied scores share the bin of the middle of their weight."""
    total = weights.sum()
    values, place = np.unique(scores, return_inverse=True)
    mass = np.bincount(place, weights)
    middle = np.cumsum(mass) - mass / 2
    bins = np.minimum(9, np.floor(10 * middle / total).astype(int))[place]
    error = 0.0
    for b in range(10):
        inside = bins == b
        if inside.any():
            w = weights[inside]
            gap = np.average(scores[inside], weights=w) - np.average(labels[inside], weights=w)
            error += w.sum() / total * abs(gap)
    return error


def gain(labels, scores, weights, share):
    """The gain curve, a corner for each distinct score, straight lines between them, read off at a share of all weight."""
    _, place = np.unique(-scores, return_inverse=True)
    called = np.concatenate([[0], np.cumsum(np.bincount(place, weights))]) / weights.sum()
    found = np.concatenate([[0], np.cumsum(np.bincount(place, weights * labels))]) / (weights * labels).sum()
    return np.interp(share, called, found)


def placements(labels, scores):
    """Every pair of a churner and a stayer: 1 right, 1/2 tied, 0 wrong; means over each side."""
    churners, stayers = scores[labels == 1], scores[labels == 0]
    pairs = (churners[:, None] > stayers[None, :]) + 0.5 * (churners[:, None] == stayers[None, :])
    return pairs.mean(axis=1), pairs.mean(axis=0)


def delong(labels, first, second):
    """Covariance matrix of two AUCs on the same rows."""
    (churners_a, stayers_a), (churners_b, stayers_b) = placements(labels, first), placements(labels, second)
    by_churners = np.cov(np.vstack([churners_a, churners_b]), ddof=1) / len(churners_a)
    by_stayers = np.cov(np.vstack([stayers_a, stayers_b]), ddof=1) / len(stayers_a)
    return np.array([churners_a.mean(), churners_b.mean()]), by_churners + by_stayers


def logit_interval(auc, variance):
    reach = norm.ppf(0.975) * np.sqrt(variance) / (auc * (1 - auc))
    middle = np.log(auc / (1 - auc))
    return [sigmoid(middle - reach), sigmoid(middle + reach)]


def judged(name, labels, scores, threshold, weights=None):
    called = (scores >= threshold).astype(int)
    w = {"sample_weight": weights}
    mass = np.ones(len(labels)) if weights is None else weights
    return {
        "name": name,
        "labels": labels,
        "scores": scores,
        "weights": weights,
        "threshold": threshold,
        "expected": {
            "rocAuc": metrics.roc_auc_score(labels, scores, **w),
            "prAuc": metrics.average_precision_score(labels, scores, **w),
            "logLoss": metrics.log_loss(labels, scores, **w),
            "brier": metrics.brier_score_loss(labels, scores, **w),
            "ece": ece(labels, scores, mass),
            "accuracy": metrics.accuracy_score(labels, called, **w),
            "precision": metrics.precision_score(labels, called, zero_division=0, **w),
            "recall": metrics.recall_score(labels, called, zero_division=0, **w),
            "f1": metrics.f1_score(labels, called, zero_division=0, **w),
            "balancedAccuracy": metrics.balanced_accuracy_score(labels, called, **w),
            "mcc": metrics.matthews_corrcoef(labels, called, **w),
            "liftAt10": gain(labels, scores, mass, 0.1) / 0.1,
            "liftAt20": gain(labels, scores, mass, 0.2) / 0.2,
            "gainAt10": gain(labels, scores, mass, 0.1),
            "gainAt20": gain(labels, scores, mass, 0.2),
        },
    }


plain_labels, plain_scores = customers(200, -1.0)
tied_labels, tied_scores = customers(250, -0.5)
tied_scores = np.round(tied_scores * 20) / 20
# scikit-learn clips a wrong and certain score elsewhere than we do; 0.02 and 0.98 are certain enough.
tied_scores = np.clip(tied_scores, 0.02, 0.98)
rare_labels, rare_scores = customers(400, -4.5)
weighted_labels, weighted_scores = customers(150, -1.0)
weighted_scores = np.round(weighted_scores, 2).clip(0.02, 0.98)
whole_weights = rng.integers(0, 5, 150).astype(float)
part_weights = np.round(rng.gamma(2.0, 1.0, 150), 3)
certain_labels = np.array([1, 0, 1, 0, 0, 0, 1, 0])
certain_scores = np.array([1.0, 0.0, 0.7, 0.0, 0.4, 0.6, 1.0, 0.3])

cases = [
    judged("no ties", plain_labels, plain_scores, 0.35),
    judged("ties", tied_labels, tied_scores, 0.4),
    judged("rare churn", rare_labels, rare_scores, 0.1),
    judged("nobody called", plain_labels, plain_scores, 1.0),
    judged("everybody called", plain_labels, plain_scores, 0.0),
    judged("whole weights", weighted_labels, weighted_scores, 0.3, whole_weights),
    judged("weights in parts", weighted_labels, weighted_scores, 0.3, part_weights),
    judged("certain scores", certain_labels, certain_scores, 0.5),
]

rival_scores = np.round(sigmoid(0.6 * np.log(tied_scores / (1 - tied_scores)) + rng.normal(0, 0.8, 250)), 2)
comparisons = []
for name, labels, first, second, weights in [
    ("ties", tied_labels, tied_scores, rival_scores, None),
    ("whole weights", weighted_labels, weighted_scores, rng.permutation(weighted_scores), whole_weights),
]:
    rows = np.arange(len(labels)) if weights is None else np.repeat(np.arange(len(labels)), weights.astype(int))
    aucs, covariance = delong(labels[rows], first[rows], second[rows])
    apart = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    reach = norm.ppf(0.975) * np.sqrt(apart)
    comparisons.append(
        {
            "name": name,
            "labels": labels,
            "first": first,
            "second": second,
            "weights": weights,
            "aucs": aucs,
            "covariance": covariance,
            "firstInterval": logit_interval(aucs[0], covariance[0, 0]),
            "difference": [aucs[0] - aucs[1], aucs[0] - aucs[1] - reach, aucs[0] - aucs[1] + reach],
        }
    )

wilson = []
for hits, trials in [(0, 10), (1, 10), (5, 10), (10, 10), (3, 400), (265, 1056)]:
    ends = binomtest(hits, trials).proportion_ci(0.95, method="wilson")
    wilson.append({"hits": hits, "trials": trials, "low": ends.low, "high": ends.high})

false_positive_rate, true_positive_rate, roc_thresholds = metrics.roc_curve(
    tied_labels, tied_scores, drop_intermediate=False
)
precision, recall, pr_thresholds = metrics.precision_recall_curve(tied_labels, tied_scores)
candidates = np.unique(plain_scores)
f1_at = [metrics.f1_score(plain_labels, plain_scores >= candidate) for candidate in candidates]

write_golden(
    __file__,
    {
        "cases": cases,
        "comparisons": comparisons,
        "wilson": wilson,
        "curves": {
            "case": "ties",
            "roc": {
                "falsePositiveRate": false_positive_rate,
                "truePositiveRate": true_positive_rate,
                "threshold": roc_thresholds[1:],
            },
            "pr": {"precision": precision, "recall": recall, "threshold": pr_thresholds},
        },
        "bestF1": {"case": "no ties", "threshold": candidates[int(np.argmax(f1_at))], "f1": max(f1_at)},
    },
    tool="scikit-learn",
    version=sklearn.__version__,
    seed=SEED,
)
