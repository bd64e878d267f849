#!/bin/sh
# Sees to it that there is a PostgreSQL server for the tests that need a real one. Silent when there is one.
[ -n "${POSTGRES_BIN:-}" ] && [ -x "$POSTGRES_BIN/initdb" ] && exit 0
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && exit 0
command -v initdb >/dev/null 2>&1 && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
  echo 'No PostgreSQL server found. Install it with the package manager of your system, or set POSTGRES_BIN to the folder of initdb.' >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  echo 'No PostgreSQL server found. Run: sudo apt-get update && sudo apt-get install -y postgresql; or set POSTGRES_BIN to the folder of initdb.' >&2
  exit 1
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get -o DPkg::Lock::Timeout=300 update -qq && apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends postgresql; } >"$log" 2>&1; then
  cat "$log" >&2
  echo 'PostgreSQL could not be installed; the last lines above say why.' >&2
  exit 1
fi
