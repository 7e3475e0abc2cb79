#!/bin/sh
# Installs the Debian packages that the tests drive: a browser with Chinese fonts, PostgreSQL, and servers that connectors are
# tried on. Without root it installs nothing, and the suites that miss something say so.
set -eu
packages="chromium fonts-noto-cjk postgresql dovecot-imapd postfix nginx-light"
backported="snac2"  # newer than in Debian 12, or not there at all
missing=""
missing_backported=""
for package in $packages; do
  dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
for package in $backported; do
  dpkg -s "$package" >/dev/null 2>&1 || missing_backported="$missing_backported $package"
done
command -v npm >/dev/null 2>&1 || missing="$missing nodejs npm"
[ -n "$missing$missing_backported" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "not installed, and not root:$missing$missing_backported (the suites that need them are skipped and say so)"
  exit 0
fi

# The suite of backports, from where the other packages come from.
add_backports() {
  sources=/etc/apt/sources.list.d
  codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
  if [ "$codename" = bookworm ] && [ -f $sources/debian.sources ] && [ ! -f $sources/backports.sources ]; then
    awk -v RS= 'NR==1' $sources/debian.sources | sed 's/^Suites:.*/Suites: bookworm-backports/' >$sources/backports.sources
  fi
}

echo "installing for the tests:$missing$missing_backported"
export DEBIAN_FRONTEND=noninteractive
[ -z "$missing_backported" ] || add_backports
apt-get update -qq
[ -z "$missing" ] || apt-get install -qq -y --no-install-recommends $missing >/dev/null
if [ -n "$missing_backported" ]; then
  target=""
  apt-cache policy | grep -q bookworm-backports && target="-t bookworm-backports"
  apt-get install -qq -y --no-install-recommends $target $missing_backported >/dev/null
fi
