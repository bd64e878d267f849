#!/bin/sh
# Sees to it that there is a Chromium for the tests that open pages. Silent when there is one.
[ -n "${CHROMIUM:-}" ] && [ -x "$CHROMIUM" ] && exit 0
for name in chromium chromium-browser google-chrome-stable google-chrome; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
exec sh "$(dirname "$0")/apt-install.sh" Chromium 'set CHROMIUM to its path' chromium fonts-dejavu-core
