"""A scikit-learn pipeline behind FastAPI as most tutorials write it: a sync function, a table of one row. Keeps no log."""

import os
from uuid import uuid4

import joblib
import pandas as pd
from columns import CATEGORIES, NUMBERS
from customer import THRESHOLD, Answer, Customer, band_of
from fastapi import FastAPI

app = FastAPI()
pipeline = joblib.load(os.path.join(os.environ["PEER_FOLDER"], "pipeline.joblib"))


@app.get("/ready")
def ready() -> dict[str, bool]:
    return {"ready": True}


@app.post("/predict")
def predict(customer: Customer) -> Answer:
    row = pd.DataFrame([customer.model_dump()])[NUMBERS + CATEGORIES]
    row[NUMBERS] = row[NUMBERS].astype(float)
    score = float(pipeline.predict_proba(row)[0, 1])
    return Answer(
        requestId=str(uuid4()),
        churnProbability=score,
        churn=score >= THRESHOLD,
        band=band_of(score),
    )
