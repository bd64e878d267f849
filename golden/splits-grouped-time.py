"""Folds of scikit-learn by group (how even they are) and forward in time (which rows they are)."""

import numpy as np
import sklearn
from golden_writer import write_golden
from sklearn.model_selection import StratifiedGroupKFold, TimeSeriesSplit


def households(rows, most, seed):
    """Groups of 1 to `most` rows that lean to one outcome."""
    random = np.random.default_rng(seed)
    labels, groups, group = [], [], 0
    while len(labels) < rows:
        leaning = 0.8 if random.random() < 0.3 else 0.1
        for _ in range(int(random.integers(1, most + 1))):
            labels.append(int(random.random() < leaning))
            groups.append(group)
        group += 1
    return np.array(labels[:rows]), np.array(groups[:rows])


def grouped(name, labels, groups, k):
    folder = StratifiedGroupKFold(k, shuffle=True, random_state=0)
    folds = [[len(held), int(labels[held].sum())] for _, held in folder.split(labels, labels, groups)]
    return {"name": name, "labels": labels.tolist(), "groups": groups.tolist(), "k": k, "folds": folds}


def in_time(rows, k, gap):
    folder = TimeSeriesSplit(n_splits=k, gap=gap)
    folds = [[len(train), int(held[0]), int(held[-1])] for train, held in folder.split(np.arange(rows))]
    return {"rows": rows, "k": k, "gap": gap, "folds": folds}


def main():
    tables = [(400, 4, 5), (600, 12, 5), (300, 3, 3), (500, 30, 4)]
    by_group = [grouped(f"{rows} rows, groups up to {most}", *households(rows, most, rows + most), k) for rows, most, k in tables]
    by_time = [
        in_time(rows, k, gap)
        for rows in (60, 101, 365, 1000)
        for k in (2, 3, 5)
        for gap in (0, 1, 7)
        if rows - k * (rows // (k + 1)) - gap > 1
    ]
    write_golden(__file__, {"grouped": by_group, "time": by_time}, tool="scikit-learn", version=sklearn.__version__, seed=0)


main()
