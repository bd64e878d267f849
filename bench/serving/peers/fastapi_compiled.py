"""The same trees compiled to C (treelite, tl2cgen, gcc) behind FastAPI, with the log that Holdfast keeps: the answers of
a few milliseconds are written in one transaction that is on the disk (WAL, synchronous=FULL), and only then given.

Written to be quick: an async function, no table, one array for all requests, the C function called directly, one
executemany a batch in a thread of its own.
"""

import asyncio
import ctypes
import hashlib
import json
import math
import os
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from uuid import uuid4

from columns import CATEGORIES, NUMBERS
from customer import THRESHOLD, Answer, Customer, band_of
from fastapi import FastAPI

FOLDER = os.environ["PEER_FOLDER"]
GATHER_SECONDS = float(os.environ.get("PEER_GATHER_MS", "2")) / 1000
KEPT = [
    name
    for name in NUMBERS + CATEGORIES
    if name not in ("gender", "SeniorCitizen", "Partner", "Dependents")
]


class Entry(ctypes.Union):
    _fields_ = [("missing", ctypes.c_int), ("fvalue", ctypes.c_double)]


trees = ctypes.CDLL(os.path.join(FOLDER, "trees.so"))
trees.predict.restype = None
entries = (Entry * (len(NUMBERS) + len(CATEGORIES)))()
result = (ctypes.c_double * 1)()
with open(os.path.join(FOLDER, "levels.json"), encoding="utf-8") as file:
    codes = [
        (name, {level: float(code) for code, level in enumerate(levels)})
        for name, levels in json.load(file).items()
    ]


def score_of(customer: dict) -> float:
    for place, name in enumerate(NUMBERS):
        value = customer[name]
        if value is None or math.isnan(value):
            entries[place].missing = -1
        else:
            entries[place].fvalue = value
    place = len(NUMBERS)
    for name, known in codes:
        entries[place].fvalue = known.get(customer[name], -1.0)
        place += 1
    # It adds to what stands there.
    result[0] = 0.0
    trees.predict(entries, 0, result)
    return result[0]


log = sqlite3.connect(
    os.environ["PEER_LOG"], isolation_level=None, check_same_thread=False
)
log.executescript(
    """
    pragma journal_mode=wal; pragma synchronous=full;
    create table if not exists prediction (
      seq integer primary key autoincrement, request_id text not null, row_index integer not null, at integer not null,
      source text not null, model_id text not null, model_label text not null, slot text not null, customer_id text,
      features_hash text, score real, churn integer, band text, certainty text, latency_us integer,
      status integer not null, error_code text, key_id text, handled text);
    create index if not exists prediction_request on prediction (request_id, row_index);
    create index if not exists prediction_customer on prediction (customer_id);
    create table if not exists prediction_values (
      request_id text not null, row_index integer not null, input text not null, primary key (request_id, row_index));
    """
)
disk = ThreadPoolExecutor(1)
waiting: list[tuple[tuple, tuple, asyncio.Future]] = []
arrived = asyncio.Event()


def write(batch: list[tuple[tuple, tuple, asyncio.Future]]) -> None:
    log.execute("begin immediate")
    log.executemany(
        "insert into prediction (request_id, row_index, at, source, model_id, model_label, slot, customer_id,"
        " features_hash, score, churn, band, certainty, latency_us, status, error_code, key_id, handled)"
        " values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        [row for row, _, _ in batch],
    )
    log.executemany(
        "insert into prediction_values (request_id, row_index, input) values (?,?,?)",
        [values for _, values, _ in batch],
    )
    log.execute("commit")


async def write_always() -> None:
    loop = asyncio.get_running_loop()
    while True:
        await arrived.wait()
        await asyncio.sleep(GATHER_SECONDS)
        batch = waiting[:]
        waiting.clear()
        arrived.clear()
        await loop.run_in_executor(disk, write, batch)
        for _, _, written in batch:
            if not written.done():
                written.set_result(None)


@asynccontextmanager
async def lifespan(_: FastAPI):
    task = asyncio.create_task(write_always())
    yield
    task.cancel()


app = FastAPI(lifespan=lifespan)


@app.get("/ready")
async def ready() -> dict[str, bool]:
    return {"ready": True}


@app.post("/predict")
async def predict(customer: Customer) -> Answer:
    started = time.perf_counter()
    values = customer.__dict__
    score = score_of(values)
    request_id = str(uuid4())
    features = json.dumps([values[name] for name in NUMBERS + CATEGORIES])
    written = asyncio.get_running_loop().create_future()
    churn, band = score >= THRESHOLD, band_of(score)
    latency = int((time.perf_counter() - started) * 1e6)
    digest = hashlib.sha256(features.encode()).hexdigest()
    row = (
        request_id,
        0,
        int(time.time() * 1000),
        "api",
        "7c91e901-d067-4801-89e7-21057ffa36ab",
        "20260101.nogit",
        "live",
        values["customerID"],
        digest,
        score,
        int(churn),
        band,
        "sure",
        latency,
        200,
        None,
        None,
        None,
    )
    kept = (request_id, 0, json.dumps({name: values[name] for name in KEPT}))
    waiting.append((row, kept, written))
    arrived.set()
    await written
    return Answer(requestId=request_id, churnProbability=score, churn=churn, band=band)
