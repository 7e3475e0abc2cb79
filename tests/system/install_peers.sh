#!/bin/sh
# Installs the third-party servers that tests/peers talks to and that come from package registries, each into a folder of its own
# under .peers/. What comes from Debian is in install.sh.
set -eu
python=${PYTHON:-python3}
uv=.venv/bin/uv

if [ ! -x .peers/mastodon_mock/bin/mastodon_mock ]; then
  echo "installing mastodon_mock into .peers/"
  "$python" -m venv .peers/mastodon_mock
  VIRTUAL_ENV=.peers/mastodon_mock $uv pip install --quiet 'mastodon-mock==0.6.1'
fi
