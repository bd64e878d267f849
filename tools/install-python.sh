#!/bin/sh
# Python programs that the tests ask, each in an environment of its own under .cache, from pins: sh install-python.sh NAME...
# The pins of NAME are in tools/NAME/requirements.txt. Silent when all is there.
set -e
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd -P)
for name in "$@"; do
  pins=$root/tools/$name/requirements.txt
  place=$root/.cache/$name
  cmp -s "$pins" "$place/requirements.txt" && continue
  base=$(command -v python3 || true)
  if [ -z "$base" ] || ! "$base" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "$name needs Python 3.11 or newer with venv (found: ${base:-none}). Install it, and run: sh tools/install-python.sh $name" >&2
    exit 1
  fi
  # Under another name until it is whole: two tests may ask at once, and a stopped one leaves nothing half done.
  draft=$place.$$
  trap 'rm -rf "$draft"' EXIT
  mkdir -p "$root/.cache"
  "$base" -m venv "$draft"
  "$draft/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$pins"
  cp "$pins" "$draft/requirements.txt"
  rm -rf "$place"
  mv "$draft" "$place"
done
