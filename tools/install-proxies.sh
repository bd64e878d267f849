#!/bin/sh
# Sees to it that there are haproxy and nginx, which the tests hold the files of deploy/ against. Silent when there are.
missing=
command -v haproxy >/dev/null 2>&1 || missing=haproxy
# nginx lives where only root looks.
command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ] || missing="$missing nginx"
[ -z "$missing" ] && exit 0
# shellcheck disable=SC2086 # two words are two packages
exec sh "$(dirname "$0")/apt-install.sh" "$missing" 'put them on the PATH' $missing
