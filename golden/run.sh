#!/bin/sh
# Asks the outside authorities again: every golden/NAME.py writes golden/NAME.json.
# `sh golden/run.sh` runs all scripts, `sh golden/run.sh math metrics` only those named.
set -e
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd -P)
venv=$root/.cache/golden
pins=$root/golden/requirements.txt
python=$venv/bin/python

if ! cmp -s "$pins" "$venv/requirements.txt"; then
  if [ ! -x "$python" ]; then
    base=$(command -v python3 || true)
    [ -n "$base" ] && "$base" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
      echo "golden: needs Python 3.11 or newer (found: ${base:-none})" >&2
      exit 1
    }
    "$base" -m venv "$venv"
  fi
  "$python" -m pip install --quiet --disable-pip-version-check --requirement "$pins"
  cp "$pins" "$venv/requirements.txt"
fi

# A .pth entry comes after the standard library, so golden/math.py can't stand in for Python's own math;
# -I below keeps the script's folder off the front of the path for the same reason.
echo "$root/golden/support" >"$("$python" -I -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/golden.pth"

# One thread: a sum split over threads may differ in its last bits from run to run.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

cd "$root/golden"
if [ $# -eq 0 ]; then
  for script in *.py; do set -- "$@" "${script%.py}"; done
fi
for name in "$@"; do
  "$python" -I -B "$root/golden/$name.py"
  echo "golden/$name.json"
done
