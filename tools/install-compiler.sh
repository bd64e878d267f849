#!/bin/sh
# Sees to it that there is a C compiler: tests watch the server's writes through a small library. Silent when there is one.
command -v "${CC:-cc}" >/dev/null 2>&1 && exit 0
exec sh "$(dirname "$0")/apt-install.sh" 'C compiler' 'set CC to one' gcc libc6-dev
