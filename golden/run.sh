#!/bin/sh
# Asks the outside authorities again: every golden/NAME.py writes golden/NAME.json.
# `sh golden/run.sh` runs all scripts, `sh golden/run.sh math metrics` only those named.
set -e
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd -P)

# Makes or brings up to date the Python environment $1 from the pins $2.
environment() {
  cmp -s "$2" "$1/requirements.txt" || {
    if [ ! -x "$1/bin/python" ]; then
      base=$(command -v python3 || true)
      [ -n "$base" ] && "$base" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
        echo "golden: needs Python 3.11 or newer (found: ${base:-none})" >&2
        exit 1
      }
      "$base" -m venv "$1"
    fi
    "$1/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$2"
    cp "$2" "$1/requirements.txt"
  }
  # A .pth entry comes after the standard library, so golden/math.py can't stand in for Python's own math;
  # -I below keeps the script's folder off the front of the path for the same reason.
  echo "$root/golden/support" >"$("$1/bin/python" -I -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/golden.pth"
}

# One thread: a sum split over threads may differ in its last bits from run to run.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

cd "$root/golden"
if [ $# -eq 0 ]; then
  for script in *.py; do set -- "$@" "${script%.py}"; done
fi
for name in "$@"; do
  venv=$root/.cache/golden
  pins=$root/golden/requirements.txt
  # An authority that does not get along with the others has pins, and an environment, of its own.
  if [ -f "$root/golden/$name.requirements.txt" ]; then
    venv=$root/.cache/golden-$name
    pins=$root/golden/$name.requirements.txt
  fi
  environment "$venv" "$pins"
  "$venv/bin/python" -I -B "$root/golden/$name.py"
  echo "golden/$name.json"
done
