"""Writes golden/NAME.json in one fixed layout, so that a rerun changes only lines whose numbers changed."""

import json
import math
from pathlib import Path

import numpy as np


def write_golden(script, content, *, tool, version, seed=None):
    """`script` is the caller's `__file__`; `content` holds plain data, numpy values and arrays.

    NaN is written as null. An infinity is refused: leave the case out, or state it in the test.
    """
    path = Path(script).resolve()
    provenance = {"tool": tool, "version": version, "script": f"golden/{path.name}", "seed": seed}
    body = {"provenance": provenance, **_plain(content)}
    path.with_suffix(".json").write_text(_layout(body, "") + "\n", encoding="utf-8", newline="\n")


def _plain(value):
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, np.generic):
        return _plain(value.item())
    if isinstance(value, float):
        if math.isnan(value):
            return None
        if math.isinf(value):
            raise ValueError("golden numbers are finite or NaN")
    return value


def _layout(value, indent):
    """Objects over several lines; lists of numbers or texts on one; the order the script gave."""
    deeper = indent + "  "
    if isinstance(value, dict) and value:
        items = [f"{deeper}{json.dumps(key)}: {_layout(item, deeper)}" for key, item in value.items()]
        return "{\n" + ",\n".join(items) + f"\n{indent}}}"
    if isinstance(value, list) and any(isinstance(item, (dict, list)) for item in value):
        items = [deeper + _layout(item, deeper) for item in value]
        return "[\n" + ",\n".join(items) + f"\n{indent}]"
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
