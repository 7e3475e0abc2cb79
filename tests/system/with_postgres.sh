#!/bin/sh
# Runs a command with a throw-away PostgreSQL server: sh with_postgres.sh COMMAND…
set -eu
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(dirname "$(command -v pg_ctl 2>/dev/null || echo /nowhere/x)")
if [ ! -x "$bin/initdb" ]; then
  echo "SKIPPED: the PostgreSQL run (no server found; install Debian's postgresql)"
  exit 0
fi
data=$(mktemp -d)
port=${OUTLISTEN_TEST_POSTGRES_PORT:-54329}
run() { "$@"; }
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
  chown postgres "$data"
  run() { setpriv --reuid postgres --regid postgres --clear-groups "$@"; }
fi
stop() { run "$bin/pg_ctl" -D "$data" -m immediate -s stop || true; rm -rf "$data"; }
trap stop EXIT
run "$bin/initdb" -D "$data" -U outlisten --auth trust --locale C.UTF-8 >/dev/null
run "$bin/pg_ctl" -D "$data" -s -w -l "$data/log" -o "-p $port -k $data -c listen_addresses=127.0.0.1 -c fsync=off" start
echo "tests on $("$bin/postgres" --version)"
OUTLISTEN_DATABASE_URL="postgres://outlisten@127.0.0.1:$port/postgres" "$@"
