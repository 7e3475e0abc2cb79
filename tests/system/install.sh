#!/bin/sh
# Installs the Debian packages that the tests drive: a browser with Chinese fonts, PostgreSQL, and a mail server. Without
# root it installs nothing, and the suites that miss something say so.
set -eu
packages="chromium fonts-noto-cjk postgresql dovecot-imapd postfix"
missing=""
for package in $packages; do
  dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
command -v npm >/dev/null 2>&1 || missing="$missing nodejs npm"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing for the tests:$missing"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null
else
  echo "not installed, and not root:$missing (the suites that need them are skipped and say so)"
fi
