"""For the test of the protocol: tells what it was handed, and how its clock runs."""

import os
import subprocess
import sys
import time

from peer import Timed, auc, keep, log_loss, serve


def spin(seconds):
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def shape(rows):
    frame = rows.frame()
    with Timed() as timed:
        pass
    # What a library prints must not end the conversation.
    print("noise")
    return timed.told(
        rows=len(frame),
        columns=len(frame.columns),
        churned=rows.labels.sum(),
        held=rows.test.sum() if "test" in rows.marks else 0,
        missing=frame.isna().sum().sum(),
        levels=len(frame["plan"].cat.categories),
        isB=(frame["plan"] == "b").sum(),
    )


def hand_back(rows):
    with Timed() as timed:
        keep("matrix", rows.matrix())
    return timed.told()


def judge(rows):
    with Timed() as timed:
        pass
    return timed.told(auc=auc(rows.labels, rows.marks["score"]), logLoss=log_loss(rows.labels, rows.marks["score"]))


def busy(rows, inside, outside):
    spin(outside)
    with Timed() as timed:
        spin(inside)
    return timed.told()


def busy_child(rows, seconds):
    code = f"import time\nwhile time.process_time() < {seconds}: pass"
    with Timed() as timed:
        subprocess.run([sys.executable, "-c", code], check=True)
    return timed.told()


def fails(rows):
    raise ValueError("as asked")


def dies(rows):
    os._exit(1)


serve(shape, hand_back, judge, busy, busy_child, fails, dies)
