"""What every peer script shares: the rows as they were handed over, the clock, and the loop that answers what is asked.

A script defines functions `task(rows, **args)` that return `timed.told(fact=number, ...)` and ends with `serve(task, ...)`.
One process answers many questions, so imports and reading are paid once and stand in no time; a warm-up is the caller's.
"""

import json
import os
import sys
import time
import traceback

import numpy as np

folder = sys.argv[1]


class Rows:
    """The table of the question: number columns as floats with NaN, categories as codes with levels."""

    def __init__(self, where):
        with open(os.path.join(where, "rows.json")) as file:
            told = json.load(file)
        self.columns = told["columns"]
        self.count = told["rows"]
        values = np.memmap(os.path.join(where, "rows.f64"), dtype="<f8", mode="r", shape=(len(self.columns) + 1 + len(told["marks"]), self.count))
        self.values = values[: len(self.columns)]
        self.labels = np.array(values[len(self.columns)]).astype(np.int64)
        self.marks = {name: np.array(values[len(self.columns) + 1 + i]) for i, name in enumerate(told["marks"])}

    @property
    def train(self):
        """Where to learn: the rows that `test` doesn't mark."""
        return self.marks["test"] == 0

    @property
    def test(self):
        return self.marks["test"] == 1

    def matrix(self, dtype=np.float64):
        """Rows x columns, one row after the other; categories as their codes, missing ones NaN."""
        return np.ascontiguousarray(self.values.T, dtype=dtype)

    def categories(self):
        """The places of the category columns."""
        return [i for i, column in enumerate(self.columns) if column["kind"] == "category"]

    def frame(self):
        """With pandas categories, as a user of Python would have it."""
        import pandas as pd

        made = {}
        for column, values in zip(self.columns, self.values):
            if column["kind"] == "category":
                codes = np.where(np.isnan(values), -1, values).astype(np.int64)
                made[column["name"]] = pd.Categorical.from_codes(codes, categories=column["levels"])
            else:
                made[column["name"]] = np.array(values)
        return pd.DataFrame(made)


class Timed:
    """`with Timed() as timed:` around what is measured, and nothing else."""

    def __enter__(self):
        self.wall = time.perf_counter()
        self.cpu = time.process_time()
        return self

    def __exit__(self, *_):
        self.cpu = time.process_time() - self.cpu
        self.wall = time.perf_counter() - self.wall

    def told(self, **facts):
        return {"cpuSeconds": self.cpu, "wallSeconds": self.wall, "facts": {name: float(value) for name, value in facts.items()}}


def auc(labels, scores):
    from sklearn.metrics import roc_auc_score

    return roc_auc_score(labels, scores)


def log_loss(labels, scores):
    from sklearn.metrics import log_loss as mean_loss

    return mean_loss(labels, np.clip(scores, 1e-15, 1 - 1e-15))


def keep(name, values):
    """Hands an array back, row after row: `NAME.f64` beside the rows."""
    np.ascontiguousarray(values, dtype="<f8").tofile(os.path.join(folder, name + ".f64"))


def serve(*tasks):
    """A line of JSON { task, args } in, a line out, until the input ends. What libraries print goes to standard error."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    by_name = {task.__name__: task for task in tasks}
    rows = Rows(folder)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = by_name[asked["task"]](rows, **asked["args"])
        except Exception:
            answer = {"error": traceback.format_exc()}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
