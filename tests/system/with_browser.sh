#!/bin/sh
# Runs a command that drives Chromium, or says why not: sh with_browser.sh [--or-without] COMMAND…
# With --or-without it runs without one too, for commands that can do more than drive it.
set -eu
without=""
if [ "$1" = --or-without ]; then without=yes; shift; fi
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then
    OUTLISTEN_TEST_BROWSER=$(command -v "$name")
    export OUTLISTEN_TEST_BROWSER
    exec "$@"
  fi
done
[ -z "$without" ] || exec "$@"
echo "SKIPPED: the browser tests (no Chromium found; install Debian's chromium)"
