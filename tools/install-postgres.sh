#!/bin/sh
# Sees to it that there is a PostgreSQL server for the tests that need a real one. Silent when there is one.
[ -n "${POSTGRES_BIN:-}" ] && [ -x "$POSTGRES_BIN/initdb" ] && exit 0
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && exit 0
command -v initdb >/dev/null 2>&1 && exit 0
exec sh "$(dirname "$0")/apt-install.sh" 'PostgreSQL server' 'set POSTGRES_BIN to the folder of initdb' postgresql
