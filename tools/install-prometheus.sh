#!/bin/sh
# Sees to it that there is promtool, which the tests hold the alert rules against. Silent when there is one.
[ -n "${PROMTOOL:-}" ] && [ -x "$PROMTOOL" ] && exit 0
command -v promtool >/dev/null 2>&1 && exit 0
exec sh "$(dirname "$0")/apt-install.sh" promtool 'set PROMTOOL to its path' prometheus
