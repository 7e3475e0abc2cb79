#!/bin/sh
# Runs a command that drives Chromium, or says why not: sh with_browser.sh COMMAND…
set -eu
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then
    OUTLISTEN_TEST_BROWSER=$(command -v "$name")
    export OUTLISTEN_TEST_BROWSER
    exec "$@"
  fi
done
echo "SKIPPED: the browser tests (no Chromium found; install Debian's chromium)"
