"""Scores the customers of a JSON file through MLflow's own scoring client, in each form that it can send.

Usage: mlflow_client.py PORT CUSTOMERS.json
"""

import json
import sys

import pandas as pd
import requests
from mlflow.pyfunc.scoring_server.client import ScoringServerClient

port, path = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    customers = json.load(file)
client = ScoringServerClient("127.0.0.1", int(port))
client.wait_server_ready(timeout=60)
frame = pd.DataFrame(customers)


def scores_of(data):
    return client.invoke(data).get_predictions("ndarray").tolist()


def posted(body):
    """What people send by hand."""
    answer = requests.post(f"http://127.0.0.1:{port}/invocations", json=body, timeout=60)
    answer.raise_for_status()
    return answer.json()["predictions"]


answers = {
    "data frame by the client (dataframe_split)": scores_of(frame),
    "dataframe_split": posted({"dataframe_split": json.loads(frame.to_json(orient="split", double_precision=15))}),
    "dataframe_records": posted({"dataframe_records": customers}),
    "instances": posted({"instances": customers}),
    "inputs": posted({"inputs": {name: [one[name] for one in customers] for name in frame.columns}}),
}
refused = requests.post(f"http://127.0.0.1:{port}/invocations", json={"instances": [{frame.columns[1]: {}}]}, timeout=60)
print(json.dumps({"answers": answers, "refused": [refused.status_code, sorted(refused.json())]}))
