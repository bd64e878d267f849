#!/bin/sh
# Sees to it that there is a Chromium for the tests that open pages. Silent when there is one.
[ -n "${CHROMIUM:-}" ] && [ -x "$CHROMIUM" ] && exit 0
for name in chromium chromium-browser google-chrome-stable google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
if ! command -v apt-get >/dev/null 2>&1; then
  echo 'No Chromium found. Install it with the package manager of your system, or set CHROMIUM to its path.' >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  echo 'No Chromium found. Run: sudo apt-get update && sudo apt-get install -y chromium; or set CHROMIUM to its path.' >&2
  exit 1
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; } >"$log" 2>&1; then
  cat "$log" >&2
  echo 'Chromium could not be installed; the last lines above say why.' >&2
  exit 1
fi
