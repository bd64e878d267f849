"""Features of the two event logs by pandas, and scikit-learn's logistic regression on those of online_retail_2009.

Windows are half-open: features from [cutoff - window, cutoff), the label (no event) from [cutoff, cutoff + horizon).
Of each feature only how many customers have it, its sum and its sum of squares over all customers are kept. The
regression learns from the training rows of event-rows.json, preprocessed as a new project file says: median, clipped
1.5 quartile distances beyond the quartiles (not where they are equal), standardised; l2 = 1.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import sklearn
from acceptance import IqrClip, parts_of_rows
from golden_writer import write_golden
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "shared" / "data"
DAY = pd.Timedelta(days=1)


def days(delta):
    return delta / DAY


def features(log, cutoff, window, horizon):
    """`log` has customer, time, value and order."""
    cutoff = pd.Timestamp(cutoff)
    start = cutoff - pd.Timedelta(days=window)
    seen = log[(log.time >= start) & (log.time < cutoff)]
    half, quarter = cutoff - pd.Timedelta(days=window / 2), cutoff - pd.Timedelta(days=window / 4)
    groups = seen.groupby("customer")
    table = pd.DataFrame(index=groups.size().index)

    def orders(part):
        return part.groupby("customer")["order"].nunique().reindex(table.index, fill_value=0).astype(float)

    def money(part):
        return part.groupby("customer")["value"].sum().reindex(table.index, fill_value=0.0)

    table["recency_days"] = days(cutoff - groups["time"].max())
    table["tenure_days"] = days(cutoff - groups["time"].min())
    table["frequency"] = orders(seen)
    table["events"] = groups.size().astype(float)
    active = groups["time"].agg(lambda times: times.dt.floor("D").nunique())
    reach = days(groups["time"].max().dt.floor("D") - groups["time"].min().dt.floor("D"))
    table["interval_mean_days"] = (reach / (active - 1)).where(active > 1)
    table["recency_to_interval"] = table["recency_days"] / table["interval_mean_days"]
    newer, older = orders(seen[seen.time >= half]), orders(seen[seen.time < half])
    table["frequency_newer_half"] = newer
    table["frequency_last_quarter"] = orders(seen[seen.time >= quarter])
    table["trend"] = (newer - older) / (newer + older)
    table["monetary_sum"] = money(seen)
    table["monetary_mean"] = table["monetary_sum"] / table["frequency"]
    table["monetary_last_quarter"] = money(seen[seen.time >= quarter])
    later = log[(log.time >= cutoff) & (log.time < cutoff + pd.Timedelta(days=horizon))]
    churned = ~table.index.isin(later.customer.unique())
    return table, churned.astype(int)


def totals(table, churned):
    return {
        "customers": len(table),
        "churned": int(churned.sum()),
        "features": {
            name: {
                "count": int(column.notna().sum()),
                "sum": float(column.sum()),
                "mean": float(column.mean()),
                "squares": float((column**2).sum()),
            }
            for name, column in table.items()
        },
    }


def regression(table, churned):
    known = json.loads((HERE / "event-rows.json").read_text())
    assert known["rows"] == len(table)
    areas = {}
    for seed, packed in known["parts"].items():
        part = parts_of_rows(packed, len(table))
        train, test = part == 0, part == 2
        model = make_pipeline(
            SimpleImputer(strategy="median"), IqrClip(), StandardScaler(), LogisticRegression(C=1, max_iter=10_000, tol=1e-10)
        )
        model.fit(table[train], churned[train])
        areas[seed] = roc_auc_score(churned[test], model.predict_proba(table[test])[:, 1])
    return {"bySeed": areas, "mean": float(np.mean(list(areas.values())))}


def cdnow():
    log = pd.read_csv(DATA / "cdnow.csv", parse_dates=["date"])
    log = log.rename(columns={"customer_id": "customer", "date": "time", "price": "value"})
    log["customer"] = log["customer"].astype(str)
    log["order"] = log["time"].dt.floor("D")
    return features(log, "1997-10-01", 273, 273)


def retail():
    log = pd.read_parquet(DATA / "online_retail_2009.parquet").dropna(subset=["Customer ID"])
    log = pd.DataFrame(
        {
            "customer": log["Customer ID"].astype(int).astype(str),
            "time": pd.to_datetime(log["InvoiceDate"]),
            "value": log["Price"] * log["Quantity"],
            "order": log["Invoice"],
        }
    )
    return features(log, "2010-09-11", 270, 90)


def main():
    shop = retail()
    content = {"cdnow": totals(*cdnow()), "retail": totals(*shop), "retailRegression": regression(*shop)}
    versions = f"{sklearn.__version__}, pandas {pd.__version__}"
    write_golden(__file__, content, tool="scikit-learn", version=versions)


main()
