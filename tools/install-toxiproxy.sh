#!/bin/sh
# Sees to it that there is toxiproxy, which breaks the way to PostgreSQL in tests. Silent when there is one. It is built
# once, outside the clone, so that a new clone finds it.
version=v2.12.0
place="${XDG_CACHE_HOME:-$HOME/.cache}/holdfast/toxiproxy-$version"
[ -n "${TOXIPROXY:-}" ] && [ -x "$TOXIPROXY" ] && exit 0
[ -x "$place/server" ] && exit 0
if ! command -v go >/dev/null 2>&1; then
  echo 'No toxiproxy found. Install Go 1.23 or later so that it can be built, or set TOXIPROXY to the path of toxiproxy-server.' >&2
  exit 1
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! GOBIN="$place.new" go install "github.com/Shopify/toxiproxy/v2/cmd/server@$version" >"$log" 2>&1; then
  cat "$log" >&2
  echo 'toxiproxy could not be built; the last lines above say why.' >&2
  exit 1
fi
# Whole or not at all: two runs may build at the same time.
mkdir -p "$place" && mv -f "$place.new/server" "$place/server" && rmdir "$place.new" 2>/dev/null
[ -x "$place/server" ]
