"""Scores the customers of a JSON file through Triton's client of the Open Inference Protocol, reading from the server what the
model takes.

Usage: inference_client.py PORT MODEL CUSTOMERS.json
"""

import json
import sys

import numpy as np
import tritonclient.http as triton

port, model, path = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    customers = json.load(file)
client = triton.InferenceServerClient(f"127.0.0.1:{port}")
assert client.is_server_live() and client.is_server_ready() and client.is_model_ready(model)
metadata = client.get_model_metadata(model)
arrays = {"FP64": np.float64, "BOOL": np.bool_, "BYTES": np.object_}
inputs = []
for tensor in metadata["inputs"]:
    name, datatype = tensor["name"], tensor["datatype"]
    values = np.array([one[name] for one in customers], dtype=arrays[datatype])
    one = triton.InferInput(name, list(values.shape), datatype)
    one.set_data_from_numpy(values, binary_data=False)
    inputs.append(one)
output = metadata["outputs"][0]["name"]
result = client.infer(
    model,
    inputs,
    request_id="from-triton",
    outputs=[triton.InferRequestedOutput(output, binary_data=False)],
)
try:
    client.get_model_metadata("no-such-model")
    refused = None
except triton.InferenceServerException as error:
    refused = error.message()
print(
    json.dumps(
        {
            "server": client.get_server_metadata()["name"],
            "id": result.get_response()["id"],
            "version": result.get_response()["model_version"],
            "scores": [float(score) for score in result.as_numpy(output)],
            "refused": refused,
        }
    )
)
