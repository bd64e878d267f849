"""Expected maximum profit, the profit of the best cut and lift by empulse; once more by numeric integration.

Beside made customers there are those of the telco table: the outcomes alone, in the order of out-of-fold scores of
scikit-learn's boosting. One bit a row, the highest score first: no customer can be recognised.
"""

import base64
from pathlib import Path

import empulse
import numpy as np
import pandas as pd
from empulse.metrics import empc_score, lift_score, mpc_score
from golden_writer import write_golden
from scipy.stats import beta as beta_distribution
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

SEED = 41
DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
rng = np.random.default_rng(SEED)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def customers(rows, centre, spread=1.5, digits=None):
    z = rng.normal(centre, spread, rows)
    labels = (rng.random(rows) < sigmoid(z)).astype(int)
    labels[:2] = [1, 0]
    scores = sigmoid(z + rng.normal(0, 0.7, rows))
    return labels, scores if digits is None else np.round(scores, digits)


def integrated(labels, scores, offer, contact, lifetime_value, alpha, beta, steps=200_000):
    """The mean over the acceptance of the best cut's profit, by the midpoint rule on quantiles of equal mass."""
    cuts = np.unique(scores)[::-1]
    leavers = np.concatenate([[0], [np.mean((scores >= cut) & (labels == 1)) for cut in cuts]])
    stayers = np.concatenate([[0], [np.mean((scores >= cut) & (labels == 0)) for cut in cuts]])
    total = 0.0
    for g in np.array_split(beta_distribution.ppf((np.arange(steps) + 0.5) / steps, alpha, beta), 200):
        gained = (g[:, None] * (lifetime_value - offer) - contact) * leavers[None, :]
        total += (gained - (offer + contact) * stayers[None, :]).max(axis=1).sum()
    return total / steps


DEFAULT = {"offer": 10, "contact": 1, "lifetimeValue": 200, "alpha": 6, "beta": 14}
cases = []
for name, (labels, scores), settings in [
    ("defaults", customers(300, -1.0), {}),
    ("ties", customers(400, -0.5, digits=1), {}),
    ("rare churn", customers(500, -4.0), {}),
    ("dear offer", customers(250, -1.0), {"offer": 80, "contact": 5}),
    ("contacts for nothing", customers(250, -1.0), {"contact": 0, "alpha": 1, "beta": 1}),
    ("hardly anybody accepts", customers(250, -1.0), {"alpha": 0.5, "beta": 30}),
    ("acceptance nearly known", customers(250, -1.0), {"alpha": 600, "beta": 1400}),
    ("worse than chance", (lambda labels, scores: (labels, 1 - scores))(*customers(250, -1.0)), {}),
    ("all scores tied", (customers(100, -1.0)[0], np.full(100, 0.25)), {}),
]:
    campaign = {**DEFAULT, **settings}
    money = {
        "clv": campaign["lifetimeValue"],
        "incentive_cost": campaign["offer"],
        "contact_cost": campaign["contact"],
    }
    spread = {"alpha": campaign["alpha"], "beta": campaign["beta"]}
    accepts = campaign["alpha"] / (campaign["alpha"] + campaign["beta"])
    tied_out = len(np.unique(scores)) < len(scores)
    cases.append(
        {
            "name": name,
            "labels": labels,
            "scores": scores,
            "campaign": campaign,
            "expectedProfit": empc_score(labels, scores, **money, **spread),
            "contacted": empc_score.optimal_rate(labels, scores, **money, **spread),
            "integrated": integrated(
                labels, scores, campaign["offer"], campaign["contact"], campaign["lifetimeValue"], **spread
            ),
            "profitOfBestCut": mpc_score(labels, scores, accept_rate=accepts, **money),
            # empulse breaks ties by the order of rows, which has no meaning.
            "liftAt10": None if tied_out else lift_score(labels, scores, fraction=0.1),
            "liftAt20": None if tied_out else lift_score(labels, scores, fraction=0.2),
        }
    )

frame = pd.read_csv(DATA / "telco.csv")
telco_labels = (frame.pop("Churn") == "Yes").to_numpy(int)
frame = frame.drop(columns="customerID")
frame["TotalCharges"] = pd.to_numeric(frame["TotalCharges"], errors="coerce")
for column in frame.columns[~frame.dtypes.map(pd.api.types.is_numeric_dtype)]:
    frame[column] = frame[column].astype("category")
folds = StratifiedKFold(5, shuffle=True, random_state=0)
boosting = HistGradientBoostingClassifier(
    learning_rate=0.05, max_iter=150, max_leaf_nodes=8, categorical_features="from_dtype", random_state=0
)
out_of_fold = cross_val_predict(boosting, frame, telco_labels, cv=folds, method="predict_proba")[:, 1]
order = np.argsort(-out_of_fold, kind="stable")
in_order = telco_labels[order]
ranks = np.linspace(1, 0, len(order))
money = {"clv": 200, "incentive_cost": 10, "contact_cost": 1}
churn_rate = telco_labels.mean()
write_golden(
    __file__,
    {
        "cases": cases,
        "telco": {
            "rows": len(order),
            "churned": telco_labels.sum(),
            "rocAuc": roc_auc_score(telco_labels, out_of_fold),
            "outcomesByScore": base64.b64encode(np.packbits(in_order.astype(np.uint8), bitorder="little")).decode(),
            "campaign": DEFAULT,
            "expectedProfit": empc_score(in_order, ranks, **money),
            "contacted": empc_score.optimal_rate(in_order, ranks, **money),
            "profitOfBestCut": mpc_score(in_order, ranks, accept_rate=0.3, **money),
            "ofScoresAlike": empc_score(in_order, np.full(len(order), 0.5), **money),
            "ofCallingAll": (0.3 * 190 - 1) * churn_rate - 11 * (1 - churn_rate),
            "ofFaultlessScores": empc_score(in_order, in_order.astype(float), **money),
        },
    },
    tool="empulse",
    version=empulse.__version__,
    seed=SEED,
)
