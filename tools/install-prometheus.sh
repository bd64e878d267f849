#!/bin/sh
# Sees to it that there is promtool, which the tests hold the alert rules against. Silent when there is one.
[ -n "${PROMTOOL:-}" ] && [ -x "$PROMTOOL" ] && exit 0
command -v promtool >/dev/null 2>&1 && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
  echo 'No promtool found. Install Prometheus with the package manager of your system, or set PROMTOOL to its path.' >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  echo 'No promtool found. Run: sudo apt-get update && sudo apt-get install -y prometheus; or set PROMTOOL to its path.' >&2
  exit 1
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get -o DPkg::Lock::Timeout=300 update -qq && apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends prometheus; } >"$log" 2>&1; then
  cat "$log" >&2
  echo 'promtool could not be installed; the last lines above say why.' >&2
  exit 1
fi
