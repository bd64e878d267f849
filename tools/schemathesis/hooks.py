"""Lines of JSON are sent as the text that they are."""

import re
import uuid

import schemathesis


@schemathesis.serializer("application/x-ndjson", "application/jsonl", "application/ndjson")
def lines_of_json(_context, value):
    text = value if isinstance(value, str) else str(value)
    return text.encode("utf-8", "surrogatepass")


@schemathesis.hook
def before_call(_context, case, _kwargs):
    """A key is for one request: the same again with another body is refused, as it has to be."""
    for name, value in list((case.headers or {}).items()):
        if name.lower() == "idempotency-key" and re.fullmatch(r"[!-~]{1,255}", value):
            case.headers[name] = str(uuid.uuid4())
