"""Class counts of scikit-learn's stratified splits and folds: counts only, the rows themselves are ours to draw."""

import math

import numpy as np
import sklearn
from golden_writer import write_golden
from sklearn.model_selection import StratifiedKFold, train_test_split

# Rows, churned rows and the outcome of the first row. The first two are the sizes of the telco and bank tables.
TABLES = [
    (7043, 1869, 0),
    (10000, 2037, 1),
    (30801, 6345, 1),
    (1000, 500, 0),
    (999, 333, 1),
    (100, 20, 0),
    (101, 17, 1),
    (40, 20, 1),
    (37, 11, 0),
    (20, 7, 1),
    (5000, 60, 0),
    (2500, 2300, 1),
]
SHARES = [(0.15, 0.15), (0.2, 0.2), (0.2, 0), (0, 0.25), (0.1, 0.3), (0.3, 0.07), (0.25, 0.5)]
FOLDS = [2, 3, 5, 10]
STATES = range(24)


def labels_of(rows, churned, first):
    labels = np.zeros(rows, dtype=int)
    labels[:churned] = 1
    rest = np.random.default_rng(rows).permutation(np.delete(labels, int(np.flatnonzero(labels == first)[0])))
    return np.concatenate([[first], rest])


def counts(labels, rows):
    churned = int(labels[rows].sum())
    return [len(rows) - churned, churned]


def cut(rows, labels, size, state):
    if size == 0:
        return rows, rows[:0]
    kept, aside = train_test_split(rows, test_size=size, stratify=labels[rows], random_state=state)
    return kept, aside


def parts(labels, test, validation, state):
    n = len(labels)
    rest, test_rows = cut(np.arange(n), labels, math.ceil(test * n), state)
    train, validation_rows = cut(rest, labels, math.ceil(validation * n), state)
    return [counts(labels, rows) for rows in (train, validation_rows, test_rows)]


def main():
    splits, folds = [], []
    for rows, churned, first in TABLES:
        labels = labels_of(rows, churned, first)
        for test, validation in SHARES:
            # More than one outcome only where two remainders tie, which scikit-learn settles by chance.
            seen = []
            for state in STATES:
                got = parts(labels, test, validation, state)
                if got not in seen:
                    seen.append(got)
            if min(min(part) for got in seen for part in got if sum(part) > 0) >= 2:
                table = {"rows": rows, "churned": churned, "test": test, "validation": validation}
                splits.append({**table, "trainValidationTest": sorted(seen)})
        for k in FOLDS:
            if min(churned, rows - churned) < k:
                continue
            folder = StratifiedKFold(k, shuffle=True, random_state=k)
            held = [counts(labels, fold) for _, fold in folder.split(labels, labels)]
            folds.append({"rows": rows, "churned": churned, "first": first, "k": k, "stayedChurned": held})
    write_golden(__file__, {"splits": splits, "folds": folds}, tool="scikit-learn", version=sklearn.__version__, seed=0)


main()
