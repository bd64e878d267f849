#!/bin/sh
# Installs packages with apt for the tests that need a real program: sh apt-install.sh WHAT HINT PACKAGE...
# WHAT names what is missing; HINT says what else would do. Where apt or root is missing it says what to run.
what=$1 hint=$2
shift 2
if ! command -v apt-get >/dev/null 2>&1; then
  echo "No $what found. Install it with the package manager of your system, or $hint." >&2
  exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "No $what found. Run: sudo apt-get update && sudo apt-get install -y $*; or $hint." >&2
  exit 1
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get -o DPkg::Lock::Timeout=300 update -qq && apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1; then
  cat "$log" >&2
  echo "$what could not be installed; the last lines above say why." >&2
  exit 1
fi
